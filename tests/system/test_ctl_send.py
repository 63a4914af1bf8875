#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""cometactl send, through cometa-server, to cometa-agentd: the way of those who send commands."""

import json
import random
import signal
import subprocess
import unittest

import programs
from programs import BIN, SystemTest, poll

MEBIBYTE = 1024 * 1024


class Sending(SystemTest):
    def attach(self, *options, server_options=(), **settings):
        self.the_server, self.the_agent = self.pair(*options, server_options=server_options,
                                                    **settings)
        self.secret_file = self.home.file("secret", self.the_server.secret.encode() + b"\n")
        self.secret_file.chmod(0o600)

    def line(self, *rest, device="dev", secret=True):
        line = [str(BIN / "cometactl"), "send", "--server", "127.0.0.1", "--port",
                str(self.the_server.port), "--app", self.the_server.app, "--device", device]
        if secret:
            line += ["--secret-file", str(self.secret_file)]
        return line + [str(item) for item in rest]

    def send(self, *rest, code=0, input_=b"", env=None, **settings):
        """What was printed; the words on standard error are kept."""
        done = subprocess.run(self.line(*rest, **settings), env={**self.home.env, **(env or {})},
                              input=input_, capture_output=True, timeout=90, check=False)
        self.errors = done.stderr.decode()
        self.assertEqual(done.returncode, code, (rest, done.stdout[:300], self.errors))
        self.assertNotIn(self.the_server.secret, self.errors)
        return done.stdout

    def start_sending(self, *rest):
        process = subprocess.Popen(self.line(*rest), env=self.home.env, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(self.discard, process)
        return process

    @staticmethod
    def discard(process):
        if process.poll() is None:
            process.kill()
        process.communicate()

    def ended(self, process, code):
        output, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, code, (output, errors))
        return output, errors.decode()

    def told(self, process, words):
        """Until the sender has said so."""
        for line in process.stderr:
            if words in line.decode():
                return
        self.fail("%r did not come" % words)

    def decide(self, command, decision="approve"):
        """The owner looks at what waits and decides."""
        def waiting():
            for request in json.loads(self.ctl("requests", "--json")):
                if request["state"] == "awaiting-approval":
                    return request
            return None
        request = poll(waiting, 20, "a request that waits")
        self.assertEqual(request["cmd"], command)
        if decision == "approve":
            self.ctl("review", request["request"], "--approve", request["sha256"])
        else:
            self.ctl("deny", request["request"], "--reason", "not\ntoday")


class WhatComesBack(Sending):
    def setUp(self):
        super().setUp()
        self.attach()

    def test_output_and_exit_status_are_those_of_the_command(self):
        self.assertEqual(self.send("--", "echo", "a b"), b"a b\n")
        self.assertEqual(self.send("--", "echo out; echo err >&2; exit 3", code=3), b"out\n")
        self.assertEqual(self.errors, "err\n")
        self.assertEqual(self.send("--", "true"), b"")
        self.assertEqual(self.send("--", "exit 255", code=255), b"")
        self.send("--", "kill -SEGV $$", code=128 + 11)
        self.assertIn("killed by SIGSEGV", self.errors)

    def test_words_arrive_as_they_were_given(self):
        words = ["it's", "a b", "", "$HOME", "`id`", "*", "a=b", "~", "\\n", "two\nlines", "世界"]
        shown = self.send("--", "printf", "%s\\0", *words)
        self.assertEqual(shown.decode().split("\0")[:-1], words)
        self.the_agent.wait_request("finished")

    def test_one_word_is_a_line_of_shell(self):
        self.assertEqual(self.send("--", "echo one | tr o 0; echo $((1+1))"), b"0ne\n2\n")

    def test_command_comes_from_standard_input(self):
        script = b"for i in 1 2\ndo echo $i\ndone\n"
        self.assertEqual(self.send("-", input_=script), b"1\n2\n")
        self.assertEqual(self.the_agent.wait_request("finished")["cmd"],
                         "for i in 1 2\\ndo echo $i\\ndone\\n")

    def test_command_from_standard_input_is_read_to_its_end(self):
        line = " ".join("'%s'" % word for word in self.line("-"))
        done = subprocess.run(["sh", "-c", "(printf 'echo one'; sleep 0.3; printf ' two') | " + line],
                              env=self.home.env, capture_output=True, timeout=60, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, b"one two\n"), done.stderr)
        longest = b"true #" + b"y" * (65536 - 6)
        self.assertEqual(self.send("-", input_=longest), b"")

    def test_UTF_8_goes_both_ways(self):
        text = "grüße, мир, 世界 🌍"
        self.assertEqual(self.send("--", "printf", "%s", text), text.encode())

    def test_bytes_come_exactly(self):
        data = bytes(range(256)) * 3
        self.home.file("output", data)
        self.assertEqual(self.send("--", "cat output"), data)
        self.assertEqual(self.send("--", "printf", "\\a"), b"\a")

    def test_long_output_comes_whole_or_says_that_it_is_cut(self):
        text = ("x" * 99 + "\n").encode() * 10000
        self.home.file("output", text)
        self.assertEqual(self.send("--", "cat output"), text)
        data = bytes([0xFF]) + random.Random(1).randbytes(MEBIBYTE - 1)
        self.home.file("output", data)
        kept = self.send("--", "cat output", code=118)
        self.assertIn("%d bytes are missing" % (MEBIBYTE - len(kept)), self.errors)
        half = MEBIBYTE // 4
        self.assertEqual((kept[:half], kept[-half:]), (data[:half], data[-half:]))
        self.send("--", "cat output; exit 7", code=7)

    def test_json_is_the_reply_as_it_came(self):
        answer = json.loads(self.send("--json", "--", "echo out; exit 7", code=7))
        self.assertEqual((answer["code"], answer["exit"], answer["stdout"]),
                         ("finished", 7, "out\n"))

    def test_time_out_is_124(self):
        mark = programs.marker()
        self.assertEqual(self.send("--timeout", 1, "--", "echo a; sleep " + mark, code=124), b"a\n")
        self.assert_gone(mark)

    def test_reason_reaches_the_owner(self):
        self.send("--reason", "disk alert “4711”", "--", "true")
        rows = [row for row in self.journal() if row["kind"] == "received"]
        self.assertIn("disk alert “4711”", json.dumps(rows, ensure_ascii=False))


class WhatIsRefused(Sending):
    def setUp(self):
        super().setUp()
        self.attach()

    def refused(self, *rest, code, words, **settings):
        self.assertEqual(self.send(*rest, code=code, **settings), b"")
        self.assert_one_line(self.errors.splitlines(), "cometactl: ", *words)

    def test_wrong_secret(self):
        self.secret_file.write_text("wrong\n")
        self.refused("--", "id", code=120, words=["403", "secret"])

    def test_wrong_application(self):
        self.refused("--app", "nobody", "--", "id", code=120, words=["403", "--app"])

    def test_unknown_device(self):
        self.refused("--", "id", device="nobody", code=121, words=["nobody", "not attached"])

    def test_device_that_is_busy(self):
        first = self.start_sending("--", "until test -e go; do sleep 0.02; done; echo first")
        self.the_agent.wait_request("running")
        self.refused("--", "id", code=121, words=["busy", "423"])
        self.home.file("go")
        self.assertEqual(self.ended(first, 0)[0], b"first\n")

    def test_no_server(self):
        port = self.the_server.port
        self.the_server.stop()
        self.refused("--", "id", code=119, words=[str(port), "refuses the connection"])

    def test_server_without_TLS(self):
        self.refused("--tls", "--", "id", code=119, words=["no encrypted link"])

    def test_secret_file_that_others_can_read(self):
        self.secret_file.chmod(0o644)
        self.refused("--", "id", code=125, words=["chmod 600"])

    def test_secret_comes_from_the_environment_and_is_never_an_argument(self):
        self.assertEqual(self.send("--", "echo", "x", secret=False,
                                   env={"COMETA_SECRET": self.the_server.secret}), b"x\n")
        self.refused("--", "id", secret=False, code=125, words=["COMETA_SECRET"])
        self.refused("--secret", "x", "--", "id", code=125, words=["unknown option"])

    def test_command_that_is_too_long(self):
        self.refused("-", input_=b"x" * 65537, code=125, words=["65536"])


class WhatTheOwnerDecides(Sending):
    def test_approved_before_the_budget_ends(self):
        self.attach(approve="ask")
        sender = self.start_sending("--", "echo", "it's me")
        self.decide("echo 'it'\\\\''s me'")
        self.assertEqual(self.ended(sender, 0)[0], b"it's me\n")

    def test_pending_then_result(self):
        self.attach("--reply-budget", 1, approve="ask")
        sender = self.start_sending("--", "echo late; exit 3")
        self.told(sender, "waits for the approval")
        self.decide("echo late; exit 3")
        self.assertEqual(self.ended(sender, 3)[0], b"late\n")

    def test_result_longer_than_an_event_comes_whole(self):
        self.attach("--reply-budget", 1)
        data = random.Random(2).randbytes(300000)
        self.home.file("output", data)
        self.assertEqual(self.send("--", "sleep 2; cat output"), data)

    def test_denied(self):
        self.attach(approve="ask")
        sender = self.start_sending("--", "id")
        self.decide("id", "deny")
        output, errors = self.ended(sender, 122)
        self.assertEqual(output, b"")
        self.assert_one_line(errors.splitlines()[-1:], "denied by the device's owner",
                             "not\\ntoday")

    def test_denied_by_the_settings(self):
        self.attach(approve="rules")
        self.send("--", "id", code=122)
        self.assertIn("denied", self.errors)

    def test_nobody_decides(self):
        self.attach("--reply-budget", 1, "--approval-deadline", 2, approve="ask")
        self.send("--", "id", code=122)
        self.assertIn("nobody decided in time", self.errors)

    def test_wait_ends(self):
        self.attach("--reply-budget", 1, approve="ask")
        self.send("--wait", 3, "--", "id", code=124)
        self.assertIn("goes on", self.errors)
        answer = json.loads(self.the_server.send("dev", {"op": "status"})[1])
        self.assertEqual(answer["awaiting"], 1)

    def test_interrupt_cancels_what_waits(self):
        self.attach("--reply-budget", 1, approve="ask")
        sender = self.start_sending("--", "id")
        self.told(sender, "waits for the approval")
        sender.send_signal(signal.SIGINT)
        _, errors = self.ended(sender, 130)
        self.assertIn("cancelled", errors)
        self.the_agent.wait_request("cancelled")

    def test_link_and_server_may_be_away_for_a_while(self):
        self.attach("--reply-budget", 1)
        sender = self.start_sending("--", "until test -e go; do sleep 0.02; done; echo done")
        self.told(sender, "is running")
        port, app, secret = self.the_server.port, self.the_server.app, self.the_server.secret
        self.the_server.stop()
        self.home.file("go")
        self.the_agent.wait_request("finished")
        again = self.server(port=port)
        self.assertEqual((again.app, again.secret), (app, secret))
        self.assertEqual(self.ended(sender, 0)[0], b"done\n")


class OverTls(Sending):
    def setUp(self):
        super().setUp()
        # Qt waits for the end of its network thread, not for what OpenSSL frees after that end.
        known = self.home.file("known-leaks", b"leak:libcrypto\n")
        self.home.env["LSAN_OPTIONS"] = "suppressions=%s:print_suppressions=0" % known

    def test_server_is_known_before_the_secret_is_sent(self):
        data = programs.SOURCE / "tests/data/tls"
        authority = data / "ca.pem"
        server = self.server("--cert", data / "server.pem", "--key", data / "server.key")
        agent = self.agent(server.port, "--tls", "--ca-file", authority, app=server.app)
        agent.wait_state("attached")
        self.the_server, self.the_agent = server, agent
        self.secret_file = self.home.file("secret", server.secret.encode())
        self.secret_file.chmod(0o600)
        self.assertEqual(self.send("--ca-file", authority, "--", "echo", "x"), b"x\n")
        self.send("--tls", "--", "echo", "x", code=119)
        self.assertIn("not signed by an authority", self.errors)
        self.send("--ca-file", authority, "--pin", "0" * 64, "--", "id", code=119)
        pin = self.errors.split("it is ")[1].split(")")[0]
        self.assertEqual(self.send("--ca-file", authority, "--pin", pin, "--", "echo", "x"), b"x\n")
        self.send("--", "id", code=119)  # in the clear
        self.assertIn("cometactl: ", self.errors)


if __name__ == "__main__":
    unittest.main()
