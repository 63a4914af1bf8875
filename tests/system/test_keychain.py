#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Secrets in a real keychain (gnome-keyring on a bus of its own): the password for the proxy, and the
secret of an application for cometactl send."""

import os
import pty
import re
import select
import subprocess
from pathlib import Path

import programs
from programs import BIN, SystemTest, poll
from chunks import attach_reply
from keyring import Keyring
from proxy import Proxy

PASSWORD = "s3cret-of-the-proxy"


class KeychainTest(SystemTest):
    def setUp(self):
        super().setUp()
        self.keyring = Keyring(unlocked=False)
        self.addCleanup(self.keyring.close)
        self.home.env.update(self.keyring.env)

    def keychain(self, operation, *lines):
        """What our own program for it gives."""
        process = subprocess.Popen([str(BIN / "cometa-keychain"), operation], env=self.home.env,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        process.stdin.write("".join(line + "\n" for line in lines).encode())
        process.stdin.flush()
        code = process.wait(20)
        process.stdin.close()
        with process.stdout as output:
            return code, output.read().decode()

    def where(self, secret):
        """Files of the home directory with it."""
        found = subprocess.run(["grep", "-rlF", secret, self.home.path], capture_output=True,
                               text=True, check=False).stdout.split()
        return [os.path.basename(path) for path in found]


class ProxyPassword(KeychainTest):
    def through(self, *options):
        self.the_peer = self.peer()
        proxy = Proxy("http", user="anna", password=PASSWORD,
                      names={"cometa.test": ("127.0.0.1", self.the_peer.port)})
        self.addCleanup(proxy.close)
        self.key = "proxy anna@127.0.0.1:%d" % proxy.port
        self.start_agent = lambda: self.agent(
            8080, "--no-tls", "--proxy", proxy.url, "--proxy-user", "anna", "--proxy-keychain",
            "--trust-plaintext", *options, server="cometa.test")
        return proxy

    def missing(self, agent, *words):
        event = agent.wait_event(lambda e: e.get("event") == "state" and "password for the proxy"
                                 in e["detail"], 20, "the reason")
        self.assertEqual(event["state"], "disconnected")
        for word in words:
            self.assertIn(word, event["detail"])
        self.assertNotIn("\n", event["detail"])
        self.assertIn(event["detail"], self.ctl("status"))

    def test_ST_06_password_is_in_the_keychain_alone(self):
        self.keyring.start()
        self.home.env["QT_LOGGING_RULES"] = "*.debug=true"
        proxy = self.through("--verbose")
        self.assertEqual(self.keychain("write", self.key, PASSWORD)[0], 0)
        agent = self.start_agent()
        link = self.the_peer.attach(reply=attach_reply())
        agent.wait_state("attached")
        self.assertEqual(proxy.asked, [("cometa.test", 8080)])
        link.message({"cmd": "env; cat /proc/$PPID/environ /proc/$PPID/cmdline | tr '\\0' '\\n'"})
        self.assertNotIn(PASSWORD.encode(), link.wait_reply().data)
        for command in (("status", "--json"), ("log", "export", "--format", "json")):
            self.assertNotIn(PASSWORD, self.ctl(*command))
        self.assertEqual(agent.stop(), 0)
        self.assertEqual(self.where(PASSWORD), [])
        self.assertNotIn(PASSWORD.encode(), self.keyring.files())
        self.assertNotIn(PASSWORD, "".join(agent.lines + agent.errors))

    def test_nothing_is_asked_of_the_proxy_without_the_password(self):
        proxy = self.through()
        agent = self.start_agent()
        self.missing(agent, "No keychain runs in this session")
        self.keyring.start()
        self.assertEqual(self.keychain("write", self.key + "0", PASSWORD)[0], 0)
        self.ctl("pause")
        self.ctl("resume")
        poll(lambda: "none for this proxy and user" in self.ctl("status"), 20, "the wrong entry")
        self.assertEqual(proxy.heads, [])
        self.assertEqual(self.keychain("write", self.key, PASSWORD)[0], 0)
        self.the_peer.attach(reply=attach_reply(), timeout=30)  # by itself
        agent.wait_state("attached")
        self.assertNotIn("password", self.ctl("status"))

    def test_locked(self):
        self.keyring.start()
        proxy = self.through()
        self.assertEqual(self.keychain("write", self.key, PASSWORD)[0], 0)
        self.keyring.lock()
        agent = self.start_agent()
        self.missing(agent, "The keychain is locked", "unlock it")
        self.assertEqual(proxy.heads, [])
        self.assertEqual(agent.stop(), 0)

    def test_agent_ends_while_the_keychain_does_not_answer(self):
        self.keyring.start()
        proxy = self.through()
        self.keyring.pause()
        agent = self.start_agent()
        self.missing(agent, "Waiting for the keychain")
        helpers = poll(lambda: self.helpers(agent), what="the one that asks")
        self.assertNotIn(self.key, " ".join(helpers.values()))
        self.assertEqual(agent.stop(), 0)
        poll(lambda: not any(Path("/proc/%d" % pid).exists() for pid in helpers), what="its end")
        self.assertEqual(proxy.heads, [])

    def test_agent_is_killed_while_the_keychain_does_not_answer(self):
        self.keyring.start()
        self.through()
        self.keyring.pause()
        agent = self.start_agent()
        helpers = poll(lambda: self.helpers(agent), what="the one that asks")
        agent.process.kill()
        poll(lambda: not any(Path("/proc/%d" % pid).exists() for pid in helpers), what="its end")

    @staticmethod
    def helpers(agent):
        """{pid: its command line} of those that ask the keychain for the agent."""
        found = {}
        for pid in Path("/proc/%d/task/%d/children" % (agent.pid, agent.pid)).read_text().split():
            line = Path("/proc/%s/cmdline" % pid).read_bytes().replace(b"\0", b" ").decode()
            if "cometa-keychain" in line:
                found[int(pid)] = line
        return found


class Sending(KeychainTest):
    def line(self, *words):
        return [str(BIN / "cometactl"), *words, "--server", "127.0.0.1", "--port",
                str(self.the_server.port), "--app", self.the_server.app]

    def run_ctl(self, line, code=0, input_="", words=()):
        done = subprocess.run(line, env=self.home.env, input=input_.encode(), capture_output=True,
                              timeout=60, check=False)
        errors = done.stderr.decode()
        self.assertEqual(done.returncode, code, (done.stdout, errors))
        self.assertNotIn(self.the_server.secret, errors)
        if words:
            self.assert_one_line(errors.splitlines(), *words)
        return done.stdout

    def send(self, **settings):
        return self.run_ctl(self.line("send") + ["--device", "dev", "--keychain", "--", "echo", "x"],
                            **settings)

    def test_secret_is_stored_taken_and_forgotten(self):
        self.keyring.start()
        self.the_server, _ = self.pair()
        self.send(code=125, words=["--keychain", "not in the keychain", "secret store"])
        self.run_ctl(self.line("secret", "store"), input_=self.the_server.secret + "\n")
        self.assertEqual(self.send(), b"x\n")
        self.assertNotIn(self.the_server.secret.encode(), self.keyring.files())
        self.run_ctl(self.line("secret", "store") + ["--app", "other"], input_="another\n")
        self.assertEqual(self.send(), b"x\n")  # each application has its own
        self.run_ctl(self.line("secret", "store"), input_="wrong\n")
        self.send(code=120, words=["403"])
        self.run_ctl(self.line("secret", "forget"))
        self.run_ctl(self.line("secret", "forget"))
        self.send(code=125, words=["not in the keychain"])

    def test_locked_and_absent(self):
        self.the_server, _ = self.pair()
        self.send(code=125, words=["no keychain runs in this session"])
        self.run_ctl(self.line("secret", "store"), code=1, words=["no keychain runs"])
        self.keyring.start()
        self.run_ctl(self.line("secret", "store"), input_=self.the_server.secret + "\n")
        self.keyring.lock()
        self.send(code=125, words=["--keychain", "locked", "unlock it"])
        self.run_ctl(self.line("secret", "store"), code=1, input_="new\n", words=["unlock it"])
        self.run_ctl(self.line("secret", "forget"), code=1, words=["unlock it"])

    def test_wrong_usage(self):
        self.keyring.start()
        self.the_server, _ = self.pair()
        for text in ("", "\n", "two words\n", "s\u00e9cret\n", "x" * 5000):
            with self.subTest(text=text[:9]):
                self.run_ctl(self.line("secret", "store"), code=1, input_=text, words=["no secret"])
        self.run_ctl([str(BIN / "cometactl"), "secret"], code=2, words=["store, forget"])
        self.run_ctl([str(BIN / "cometactl"), "secret", "store", "--app", "x"], code=2,
                     words=["--server is missing"])
        self.run_ctl(self.line("secret", "store") + ["the-secret"], code=2, words=["no more arguments"])
        self.run_ctl(self.line("send") + ["--device", "dev", "--keychain", "--secret-file", "x", "--", "id"],
                     code=125, words=["exclude each other"])
        for command in (["send"], ["secret", "store"], ["secret", "forget"]):
            self.assertIn(b"keychain", self.run_ctl([str(BIN / "cometactl"), *command, "--help"]))

    def terminal(self, *words):
        """(process, its terminal) of a cometactl that has asked for the secret."""
        ours, theirs = pty.openpty()
        self.addCleanup(os.close, ours)
        process = subprocess.Popen(self.line("secret", "store", *words), env=self.home.env, stdin=theirs,
                                   stdout=theirs, stderr=theirs, start_new_session=True,
                                   preexec_fn=lambda: __import__("fcntl").ioctl(0, 0x540E, 0))  # TIOCSCTTY
        self.addCleanup(process.wait, 20)
        os.close(theirs)
        shown = b""
        while b"The secret of" not in shown:
            shown += self.read(ours)
        return process, ours

    def read(self, terminal):
        self.assertTrue(select.select([terminal], [], [], 20)[0], "nothing more is shown")
        return os.read(terminal, 4096)

    def rest_of(self, terminal):
        shown = b""
        try:
            while more := self.read(terminal):
                shown += more
        except OSError:  # the last one has closed it
            pass
        return shown

    def test_P16_terminal_does_not_show_the_secret(self):
        self.keyring.start()
        self.the_server, _ = self.pair()
        process, terminal = self.terminal()
        os.write(terminal, self.the_server.secret.encode() + b"\n")
        self.assertNotIn(self.the_server.secret.encode(), self.rest_of(terminal))
        self.assertEqual(process.wait(20), 0)
        self.assertEqual(self.send(), b"x\n")

    def test_interrupted_at_the_terminal(self):
        self.keyring.start()
        self.the_server, _ = self.pair()
        process, terminal = self.terminal()
        os.write(terminal, b"half\x03")
        self.assertIsNotNone(re.search(rb"no secret", self.rest_of(terminal)))
        self.assertEqual(process.wait(20), 1)
        self.send(code=125, words=["not in the keychain"])


if __name__ == "__main__":
    programs.main()
