#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""An HTTP client sends commands through cometa-server to an agent that approves everything."""

import base64
import json
import random
import re
import subprocess
import threading
import unittest

import programs
from programs import SystemTest, poll

MEBIBYTE = 1024 * 1024


class Send(SystemTest):
    def setUp(self):
        super().setUp()
        self.the_server, self.the_agent = self.pair()

    def send(self, message):
        status, body = self.the_server.send("dev", message)
        self.assertEqual(status, 200, body)
        return body

    def run_raw(self, command, **more):
        return self.send({"cmd": command, **more})

    def run_json(self, command, **more):
        answer = json.loads(self.send({"cmd": command, "reply": "json", **more}))
        self.assertEqual(answer["code"], "finished", answer)
        return answer

    def assert_code(self, message, code, words):
        answer = json.loads(self.send(message))
        self.assertEqual((answer["code"], answer["msg"]), (code, words), answer)
        return answer

    def binary(self, size):
        data = bytes([0xFF]) + random.Random(size).randbytes(size - 1)
        self.home.file("output", data)
        return data

    def test_file_comes_byte_for_byte(self):
        with open("/etc/passwd", "rb") as file:
            self.assertEqual(self.run_raw("/bin/cat /etc/passwd"), file.read())

    def test_curl_gets_the_output(self):
        url = "http://127.0.0.1:%d%s" % (self.the_server.port,
                                         self.the_server.device_path("dev", "/send"))
        done = subprocess.run(["curl", "-sS", "-f", "-H",
                               "Authorization: OAuth " + self.the_server.secret,
                               "-d", '{"cmd":"echo from curl"}', url],
                              capture_output=True, timeout=30, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, b"from curl\n"), done.stderr)

    def test_one_mebibyte_comes_whole(self):
        data = self.binary(MEBIBYTE)
        self.assertEqual(self.run_raw("cat output"), data)

    def test_longer_output_is_cut_in_the_middle_and_says_so(self):
        data = self.binary(MEBIBYTE + 5000)
        reply = self.run_raw("cat output")
        self.assertLessEqual(len(reply), MEBIBYTE)
        self.assertGreater(len(reply), MEBIBYTE - 2048)
        mark = re.search("\n?\\[… (\\d+) bytes left out; request ([^]]+) …\\]\n".encode(), reply)
        self.assertIsNotNone(mark, reply[MEBIBYTE // 2 - 100:][:200])
        line = mark.group().lstrip(b"\n")
        head, tail = reply.split(line)
        left_out = int(mark.group(1))
        if data[:len(head)] != head:
            head = head[:-1]  # the newline that gives the mark a line of its own
        self.assertEqual(head, data[:len(head)])
        self.assertEqual(tail, data[-len(tail):])
        self.assertEqual(left_out, len(data) - len(head) - len(tail))
        self.assertLess(abs(len(head) - len(tail)), 4096)

    def test_long_output_in_json_is_cut_and_says_so(self):
        data = self.binary(MEBIBYTE)
        reply = self.send({"cmd": "cat output", "reply": "json"})
        self.assertLessEqual(len(reply), MEBIBYTE)
        answer = json.loads(reply)
        self.assertEqual((answer["encoding"], answer["truncated"], answer["stdout_bytes"]),
                         ("base64", True, MEBIBYTE))
        kept = base64.b64decode(answer["stdout"], validate=True)
        half = len(kept) // 2 - 4096
        self.assertGreater(half, MEBIBYTE // 4)
        self.assertEqual(kept[:half], data[:half])
        self.assertEqual(kept[-half:], data[-half:])

    def test_failing_command_says_its_exit_code(self):
        self.assertEqual(self.run_raw("sh -c 'exit 3'"), b"[exit 3]\n")
        self.assertEqual(self.run_raw("printf out; printf err >&2; exit 255"),
                         b"outerr\n[exit 255]\n")

    def test_successful_command_gives_only_its_standard_output(self):
        self.assertEqual(self.run_raw("echo out; echo err >&2"), b"out\n")

    def test_empty_output_is_one_newline(self):
        self.assertEqual(self.run_raw("true"), b"\n")

    def test_output_that_begins_with_bel_comes_as_json(self):
        for command, output in (("printf '\\a'", b"\x07"), ("printf '\\aring'", b"\x07ring"),
                                ("printf '\\006'", b"\x06")):
            answer = json.loads(self.run_raw(command))
            self.assertEqual(answer["encoding"], "base64")
            self.assertEqual(base64.b64decode(answer["stdout"]), output)
            self.assertEqual((answer["code"], answer["exit"]), ("finished", 0))

    def test_ack_byte_with_more_behind_it_is_plain_output(self):
        self.assertEqual(self.run_raw("printf '\\006x'"), b"\x06x")

    def test_nul_comes_byte_for_byte(self):
        self.assertEqual(self.run_raw("printf 'a\\000b'"), b"a\0b")

    def test_long_command_runs(self):
        text = "x" * 6000
        self.assertEqual(self.run_raw("echo " + text), text.encode() + b"\n")

    def test_JS_09_longest_command_runs_and_a_longer_one_is_refused(self):
        command = "true #" + "y" * (65536 - 6)
        self.assertEqual(self.run_raw(command), b"\n")
        self.assert_code({"cmd": command + "y"}, "invalid", "Invalid command.")

    def test_utf8_goes_both_ways(self):
        self.assertEqual(self.run_raw("printf 'grüße, мир, 世界 🌍'"),
                         "grüße, мир, 世界 🌍".encode())
        answer = self.run_json("printf 'grüße 🌍'")
        self.assertEqual((answer["encoding"], answer["stdout"]), ("utf-8", "grüße 🌍"))

    def test_EX_07_reader_of_standard_input_sees_its_end(self):
        self.assertEqual(self.run_raw("cat; echo $?"), b"0\n")
        self.assertEqual(self.run_raw("read x; echo $?"), b"1\n")

    def test_json_reply_has_every_member(self):
        answer = self.run_json("echo out; echo err >&2; exit 7", id="ops-17", colour="red")
        duration = answer.pop("duration_ms")
        self.assertTrue(0 <= duration < 20000, duration)
        self.assertTrue(answer.pop("request"))
        self.assertEqual(answer, {
            "msg": "Finished.", "code": "finished", "id": "ops-17", "exit": 7, "signal": None,
            "stdout": "out\n", "stderr": "err\n", "encoding": "utf-8", "stdout_bytes": 4,
            "stderr_bytes": 4, "truncated": False, "ignored": ["colour"]})

    def test_json_reply_has_no_id_when_none_was_sent(self):
        self.assertNotIn("id", self.run_json("true"))

    def test_invalid_json_is_refused(self):
        for message in (b"not json", b'{"cmd":"id"', b'{"cmd":"id"} x', b"[1]", b'"id"', b"5",
                        b'{"cmd":"id","cmd":"ls"}', b'{"cmd":"a\x01b"}', b'{"cmd":"\xff"}',
                        b'\xef\xbb\xbf{"cmd":"id"}', b'{"cmd":"\\ud800"}'):
            with self.subTest(message=message):
                self.assert_code(message, "invalid", "Invalid JSON object.")

    def test_invalid_command_is_refused_with_a_reason(self):
        for message in ({}, {"cmd": None}, {"cmd": 5}, {"cmd": ""}, {"cmd": "  "}, {"CMD": "id"},
                        {"cmd": "id", "timeout": 0}, {"cmd": "id", "timeout": "5"},
                        {"cmd": "id", "timeout": 86401}, {"cmd": "id", "timeout": 1.5},
                        {"cmd": "id", "reply": "xml"}, {"cmd": "id", "op": "status"},
                        {"op": "shutdown"}, {"cmd": "a\0b"}, {"cmd": "id", "id": "x" * 65},
                        {"cmd": "id", "reason": "x" * 501}):
            with self.subTest(message=message):
                answer = self.assert_code(message, "invalid", "Invalid command.")
                self.assertTrue(answer["detail"])

    def test_EX_13_killed_command_names_the_signal(self):
        self.assertEqual(self.run_raw("kill -SEGV $$"), b"[killed by SIGSEGV]\n")
        self.assertEqual(self.run_raw("printf half; kill -9 $$"), b"half\n[killed by SIGKILL]\n")
        answer = self.run_json("kill -ABRT $$")
        self.assertEqual((answer["exit"], answer["signal"]), (None, "SIGABRT"))

    def test_EX_01_time_out_ends_the_command(self):
        mark = programs.marker()
        self.assertEqual(self.run_raw("echo a; sleep %s & sleep %s" % (mark, mark), timeout=1),
                         b"a\n[timed out after 1 s]\n")
        self.assert_gone(mark)
        answer = json.loads(self.run_raw("sleep %s" % mark, timeout=1, reply="json"))
        self.assertEqual((answer["msg"], answer["code"], answer["exit"]),
                         ("Timed out.", "timed-out", None))

    def test_EX_03_what_holds_the_output_open_is_ended(self):
        mark = programs.marker()
        self.assertEqual(self.run_raw("echo done; sleep %s &" % mark), b"done\n")
        self.assert_gone(mark)

    def test_EX_10_child_has_three_descriptors_and_no_more(self):
        self.assertEqual(self.run_raw("ls /proc/$$/fd").split(), [b"0", b"1", b"2"])

    def test_EX_09_environment_is_the_allowed_one(self):
        names = {line.partition(b"=")[0] for line in self.run_raw("env").splitlines()}
        allowed = {b"PATH", b"HOME", b"USER", b"LANG", b"TZ", b"XDG_RUNTIME_DIR", b"DISPLAY",
                   b"WAYLAND_DISPLAY", b"DBUS_SESSION_BUS_ADDRESS", b"COMETA_REQUEST"}
        shell = {b"PWD", b"SHLVL", b"_", b"OLDPWD"}
        extra = {name for name in names - allowed - shell if not name.startswith(b"LC_")}
        self.assertEqual(extra, set())
        self.assertIn(b"COMETA_REQUEST", names)

    def test_EX_11_child_gets_umask_home_and_no_core(self):
        self.assertEqual(self.run_raw("umask; pwd; ulimit -c").split(),
                         [b"0077", str(self.home.path).encode(), b"0"])

    def test_command_that_begins_with_a_dash_runs_as_it_is(self):
        self.assertIn(b"[exit 127]", self.run_raw("-c 'echo wrong'"))

    def test_status_needs_no_approval(self):
        answer = json.loads(self.send({"op": "status"}))
        self.assertEqual({name: answer[name] for name in
                          ("msg", "code", "state", "approval", "window_until", "awaiting",
                           "running")},
                         {"msg": "Status.", "code": "status", "state": "attached",
                          "approval": "all", "window_until": None, "awaiting": 0, "running": 0})
        self.assertTrue(answer["version"])
        self.assertIsInstance(answer["answerable"], bool)

    def test_result_of_a_raw_request_is_its_json_form(self):
        self.run_raw("echo kept; exit 4")
        request = self.the_agent.wait_request("finished")["request"]
        answer = json.loads(self.send({"op": "result", "request": request}))
        self.assertEqual((answer["code"], answer["request"], answer["exit"], answer["stdout"]),
                         ("finished", request, 4, "kept\n"))

    def test_result_of_an_unknown_request_is_unknown(self):
        answer = self.assert_code({"op": "result", "request": "nobody"}, "unknown",
                                  "Unknown request.")
        self.assertEqual(answer["request"], "nobody")

    def test_every_request_is_told_on_standard_output(self):
        self.run_raw("exit 9")
        event = self.the_agent.wait_request("finished")
        self.assertEqual((event["cmd"], event["exit"]), ("exit 9", 9))
        self.assertRegex(event["t"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


class SlowCommand(SystemTest):
    def test_cancel_ends_a_running_command(self):
        server, _ = self.pair("--reply-budget", 1, server_options=("--timeout", 3))
        mark = programs.marker()
        status, body = server.send("dev", {"cmd": "sleep " + mark})
        pending = json.loads(body)
        self.assertEqual((status, pending["code"], pending["msg"], pending["state"]),
                         (200, "pending", "Pending.", "running"))
        request = pending["request"]
        answer = json.loads(server.send("dev", {"op": "result", "request": request})[1])
        self.assertEqual((answer["code"], answer["request"]), ("pending", request))
        answer = json.loads(server.send("dev", {"op": "cancel", "request": request})[1])
        self.assertEqual((answer["code"], answer["request"]), ("cancelled", request))
        self.assert_gone(mark)
        event = server.wait_event_from("dev", lambda value: value.get("event") == "result")
        self.assertEqual((event["code"], event["request"]), ("cancelled", request))
        answer = json.loads(server.send("dev", {"op": "cancel", "request": request})[1])
        self.assertEqual(answer["code"], "cancelled")

    def test_second_sender_is_locked_out_until_the_reply_has_come(self):
        server, agent = self.pair()
        results = []
        sender = threading.Thread(target=lambda: results.append(
            server.send("dev", {"cmd": "until test -e go; do sleep 0.02; done; echo first"})))
        sender.start()
        agent.wait_request("running")
        self.assertEqual(server.send("dev", {"cmd": "echo second"})[0], 423)
        self.home.file("go")
        sender.join(20)
        self.assertEqual(results, [(200, b"first\n")])
        self.assertEqual(server.send("dev", {"cmd": "echo third"}), (200, b"third\n"))

    def test_plain_text_is_a_command_only_when_asked_for(self):
        server, _ = self.pair("--accept-text")
        self.assertEqual(server.send("dev", b"echo plain text"), (200, b"plain text\n"))
        for message in (b"\x06", b"\x07echo", b"\xff", b" {x"):
            answer = json.loads(server.send("dev", message)[1])
            self.assertEqual(answer["msg"], "Invalid JSON object.", message)

    def test_device_that_leaves_is_not_attached(self):
        server, agent = self.pair()
        self.assertEqual(agent.stop(), 0)
        poll(lambda: not server.attached("dev"), 5, "detachment")
        status, body = server.send("dev", {"cmd": "id"})
        self.assertEqual((status, body), (418, b'{"msg":"418 Device not attached"}'))


if __name__ == "__main__":
    unittest.main()
