#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Secrets are in their own files and nowhere else, whatever goes wrong (ST-06): that of the
application, which cometa-server holds, and the password of the proxy, which the agent holds."""

import os
import resource
import signal
import socket
import stat
from pathlib import Path

import programs
from chunks import attach_reply
from programs import SystemTest, poll
from proxy import Proxy


class Secrets(SystemTest):
    secret = None

    def setUp(self):
        super().setUp()
        self.home.env["QT_LOGGING_RULES"] = "*.debug=true"
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))  # cores are not left out for our sake

    def open_proc(self, pid, name):
        """None for who is not root: the programs keep it from others of their user."""
        try:
            return open("/proc/%d/%s" % (pid, name), "rb", 0)
        except PermissionError:
            self.assertNotEqual(os.geteuid(), 0)
            return None

    def holds(self, program):
        """The secret is in its memory, or its death would show nothing."""
        memory = self.open_proc(program.pid, "mem")
        if memory is None:
            return True
        maps = Path("/proc/%d/maps" % program.pid).read_text(encoding="utf-8")
        with memory:
            for line in maps.splitlines():
                begin, end = (int(number, 16) for number in line.split()[0].split("-"))
                # More than that is what a sanitizer keeps beside the memory.
                if line.split()[1].startswith("rw") and end - begin <= 1 << 28:
                    memory.seek(begin)
                    data = memory.read(end - begin)
                    if self.secret.encode() in data or self.secret.encode("utf-16-le") in data:
                        return True
        return False

    def assert_no_argument_and_no_environment(self, program):
        """Of the program and of what it has started holds the secret."""
        path = Path("/proc/%d/task/%d/children" % (program.pid, program.pid))
        children = [int(pid) for pid in path.read_text(encoding="ascii").split()]
        for pid in [program.pid, *children]:
            try:
                self.assertNotIn(self.secret.encode(), Path("/proc/%d/cmdline" % pid).read_bytes())
                file = self.open_proc(pid, "environ")
            except (FileNotFoundError, ProcessLookupError):
                return 0  # it has ended meanwhile: once more
            if file is None:  # then it is what we have given, and what a command sees: talk()
                environment = "\0".join(map("=".join, program.home.env.items())).encode()
            else:
                with file:
                    environment = file.readall()
            self.assertNotIn(self.secret.encode(), environment)
            if pid == program.pid:
                self.assertIn(b"HOME=%s" % os.fsencode(program.home.path), environment)
        return len(children)

    def abort(self, program):
        before = os.listdir("/")  # where the agent works
        program.process.send_signal(signal.SIGABRT)
        self.assertEqual(program.wait_exit(), -signal.SIGABRT)
        self.assertEqual([name for name in os.listdir("/") if name not in before], [])

    def files_with_the_secret(self):
        found = []
        for folder, _, names in os.walk(self.home.path):
            for name in names:
                path = os.path.join(folder, name)
                if stat.S_ISREG(os.lstat(path).st_mode):
                    with open(path, "rb") as file:
                        if self.secret.encode() in file.read():
                            found.append(os.path.relpath(path, self.home.path))
        return found

    def assert_untold(self, *programs_):
        """By what they have said, but for the line that is meant to tell it."""
        for program in programs_:
            self.assertTrue(program.lines + program.errors)
            for line in program.lines + program.errors:
                if '"app_secret"' not in line:
                    self.assertNotIn(self.secret, line)


class OfTheApplication(Secrets):
    def setUp(self):
        super().setUp()
        self.the_server, self.the_agent = self.pair("--verbose")
        self.secret = self.the_server.secret
        self.assertGreater(len(self.secret), 15)

    def raw(self, head):
        """What the server answers to a head that is sent as it is."""
        with socket.create_connection(("127.0.0.1", self.the_server.port), 10) as link:
            link.sendall(head)
            link.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: link.recv(65536), b""))

    def talk(self):
        """Requests of every kind that carry the secret; none of the answers may."""
        secret = self.secret.encode()
        path = self.the_server.device_path("dev", "/send").encode()
        answers = [self.the_server.send("dev", {"cmd": "env; tr '\\0' '\\n' </proc/$PPID/environ"})[1],
                   self.the_server.send("dev", b"no JSON")[1],
                   self.the_server.send("nobody", {"cmd": "true"})[1],
                   self.the_server.call("GET", self.the_server.device_path(""), secret=self.secret + "x")[1],
                   self.raw(b"POST %s HTTP/1.1\r\nAuthorization: OAuth %s\r\nBad\n\r\n" % (path, secret)),
                   self.raw(b"POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\n\r\n" % (path, secret)),
                   self.raw(b"GET /%s HTTP/9\r\n\r\n" % secret)]
        for answer in answers:
            self.assertNotIn(secret, answer)

    def test_ST_06_only_its_own_file_holds_the_secret(self):
        self.talk()
        self.assertEqual(self.files_with_the_secret(), ["server/application"])
        mode = os.stat(self.home.path / "server/application").st_mode
        self.assertEqual(stat.S_IMODE(mode), 0o600)
        self.assert_untold(self.the_server, self.the_agent)

    def test_ST_06_no_export_holds_the_secret(self):
        self.talk()
        for form in ("csv", "json"):
            self.assertNotIn(self.secret, self.ctl("log", "export", "--format", form))
        for command in (("status", "--json"), ("requests", "--json"), ("log", "search", "environ")):
            self.assertNotIn(self.secret, self.ctl(*command))

    def test_ST_06_no_argument_and_no_environment_holds_the_secret(self):
        self.talk()
        self.assert_no_argument_and_no_environment(self.the_server)
        poll(lambda: self.assert_no_argument_and_no_environment(self.the_agent), 10, "a child")

    def test_ST_06_a_crash_tells_nothing(self):
        self.talk()
        self.assertTrue(self.holds(self.the_server))
        self.abort(self.the_server)
        self.assertEqual(self.files_with_the_secret(), ["server/application"])
        self.assert_untold(self.the_server, self.the_agent)


class OfTheProxy(Secrets):
    secret = "s3cret-of-the-proxy-4711"

    def setUp(self):
        super().setUp()
        peer = self.peer()
        proxy = Proxy("http", user="anna", password=self.secret,
                      names={"cometa.test": ("127.0.0.1", peer.port)})
        self.addCleanup(proxy.close)
        file = self.home.file("proxy-password", self.secret.encode() + b"\n")
        file.chmod(0o600)
        self.the_agent = self.agent(8080, "--no-tls", "--verbose", "--trust-plaintext", "--proxy",
                                    proxy.url, "--proxy-user", "anna", "--proxy-password-file", file,
                                    server="cometa.test")
        self.link = peer.attach(reply=attach_reply())
        self.the_agent.wait_state("attached")

    def talk(self):
        reply = self.link.ask({"cmd": "env; tr '\\0' '\\n' </proc/$PPID/environ"})
        self.assertIn(b"PATH=", reply)
        self.assertNotIn(self.secret.encode(), reply)
        for command in (("status", "--json"), ("requests", "--json"), ("log", "search", "environ"),
                        ("log", "export", "--format", "json")):
            self.assertNotIn(self.secret, self.ctl(*command))

    def test_ST_06_only_its_own_file_holds_the_password_and_no_process_shows_it(self):
        self.talk()
        self.assertEqual(self.files_with_the_secret(), ["proxy-password"])
        poll(lambda: self.assert_no_argument_and_no_environment(self.the_agent), 10, "a child")
        self.assert_untold(self.the_agent)

    def test_ST_06_a_crash_does_not_tell_the_password(self):
        self.talk()
        self.assertTrue(self.holds(self.the_agent))
        self.abort(self.the_agent)
        self.assertEqual(self.files_with_the_secret(), ["proxy-password"])
        self.assert_untold(self.the_agent)


if __name__ == "__main__":
    programs.main()
