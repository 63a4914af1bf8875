#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""cometactl rules: what it makes decides, and nothing is made without a yes on a terminal."""

import hashlib
import json
import random
import signal
import subprocess
import time

import programs
from programs import BIN, SystemTest, poll
from terminal import Terminal

QUESTION = b"Enter yes, anything else leaves it: "
GO_ON = b"Return: go on, else leave it: "


class CtlRules(SystemTest):
    scope = "127.0.0.1:7007/app"

    def terminal(self, *arguments, stdin=b"", **settings):
        return Terminal(self.home, ["--data-dir", self.home.path / "agent", *arguments], stdin,
                        **settings)

    def change(self, *arguments, stdin=b"", answer=b"yes\n", **settings):
        """(exit code, what the terminal showed)"""
        terminal = self.terminal(*arguments, stdin=stdin, **settings)
        if QUESTION in terminal.read(QUESTION):
            terminal.wait_open()
            terminal.type(answer)
        return terminal.end(), terminal.shown

    def add(self, stdin, *options, answer=b"yes\n", verdict="--allow", **settings):
        return self.change("rules", "add", verdict, "--scope", self.scope, *options, stdin=stdin,
                           answer=answer, **settings)

    def rules(self):
        return self.ctl_json("rules", "list", "--json")

    @property
    def file(self):
        return self.home.path / "agent/rules.json"

    def test_P13_what_was_confirmed_decides(self):
        peer = self.peer()
        self.scope = "127.0.0.1:%d/app" % peer.port
        self.assertEqual(self.add(b"echo ran")[0], 0)
        self.assertEqual(self.add(b"echo no", verdict="--deny")[0], 0)
        agent = self.agent(peer.port, "--trust-plaintext", approve="rules")
        link = peer.attach()
        agent.wait_state("attached")
        self.assertEqual(link.ask({"cmd": "echo ran"}), b"ran\n")
        self.assertEqual(agent.wait_request("finished")["by"], "rule")
        for command, by in (("echo no", "rule"), ("echo ran ", "policy"), ("echo ran; id", "policy")):
            answer = json.loads(link.ask({"cmd": command}))
            self.assertEqual((answer["code"], answer["by"]), ("denied", by), command)
        self.assertEqual(agent.stop(), 0)
        self.assert_verifies()

    def test_PO_08_what_runs_by_a_rule_is_shown_as_such_and_ends_with_a_pause(self):
        peer = self.peer()
        self.scope = "127.0.0.1:%d/app" % peer.port
        command = "echo x >> %s" % (self.home.path / "trace")
        self.assertEqual(self.add(command.encode())[0], 0)
        agent = self.agent(peer.port, "--trust-plaintext", "--reply-budget", 1, approve="ask")
        link = peer.attach()
        agent.wait_state("attached")
        link.ask({"cmd": command})
        request = agent.wait_request("finished")["request"]
        row = next(row for row in self.ctl_json("requests", "--json") if row["request"] == request)
        self.assertEqual((row["by"], row["state"]), ("rule", "finished"))
        self.assertEqual({row["data"]["by"] for row in self.journal()
                          if row["request"] == request and "by" in row["data"]}, {"rule"})
        self.ctl("pause")
        agent.wait_state("paused")
        poll(lambda: link.ended, 10, "the end of the link")
        with self.assertRaises(OSError):  # the server cannot reach it, whatever it sends
            for _ in range(100):
                link.message({"cmd": command})
        self.assertEqual(self.runs(), 1)
        self.ctl("resume")
        peer.attach().ask({"cmd": command})
        self.assertEqual(self.runs(), 2)
        self.assertEqual(agent.stop(), 0)

    def runs(self):
        return len((self.home.path / "trace").read_text().split())

    def test_PO_01_the_rule_holds_exactly_the_bytes_that_were_shown(self):
        for stdin, command in ((b"df -h", "df -h"), (b"df -h\n", "df -h"), (b"id\n\n", "id\\n"),
                               (b" a\tb ", "\\sa\\tb\\s"), (b"a\nb*", "a\\nb*")):
            code, shown = self.add(stdin)
            self.assertEqual(code, 0, shown)
            self.assertEqual(self.rules()[-1]["cmd"], command)

    def test_P13_only_yes_makes_a_rule(self):
        for answer in (b"\n", b"y\n", b"YES\n", b"yes \n", b"yes please\n", b"no\nyes\n", b"\x04",
                       b"ye\x04s\x04\x04"):
            code, shown = self.add(b"uptime", answer=answer)
            self.assertEqual(code, 1, (answer, shown))
            self.assertIn(b"No rule was made", shown)
        self.assertFalse(self.file.exists())

    def test_P6_what_is_typed_before_the_question_has_stood_there_makes_no_rule(self):
        for begun, typed in ((b"yes\n", b"no\n"), (b"yes", b"\n"), (b"y", b"es\n")):
            terminal = self.terminal("rules", "add", "--allow", "--scope", self.scope,
                                     stdin=b"uptime", typed_before=b"yes\n" * 3)
            terminal.read(QUESTION)
            terminal.type(begun)
            terminal.wait_open()
            self.assertGreaterEqual(time.monotonic() - terminal.started, 0.7)
            terminal.type(typed)
            self.assertEqual(terminal.end(), 1)
            self.assertFalse(self.file.exists())

    def test_P6_nor_does_it_remove_one(self):
        self.assertEqual(self.add(b"b", verdict="--deny")[0], 0)
        terminal = self.terminal("rules", "remove", 1)
        terminal.read(QUESTION)
        terminal.type(b"yes\n")
        terminal.wait_open()
        terminal.type(b"no\n")
        self.assertEqual(terminal.end(), 1)
        self.assertEqual([rule["cmd"] for rule in self.rules()], ["b"])

    def test_ctrl_c_ends_the_question_at_once(self):
        terminal = self.terminal("rules", "add", "--allow", "--scope", self.scope, stdin=b"uptime")
        terminal.read(QUESTION)
        terminal.type(b"\x03")
        self.assertEqual(terminal.end(), -signal.SIGINT)
        self.assertFalse(self.file.exists())

    def test_P13_nothing_is_made_without_a_terminal(self):
        done = subprocess.run([str(BIN / "cometactl"), "--data-dir", str(self.home.path / "agent"),
                               "rules", "add", "--allow", "--scope", self.scope], input=b"uptime\n",
                              env=self.home.env, capture_output=True, timeout=20, check=False,
                              start_new_session=True)
        self.assertEqual((done.returncode, done.stdout), (1, b""))
        self.assertIn(b"no terminal", done.stderr)
        self.assertFalse(self.file.exists())

    def test_SP_03_what_is_read_is_escaped_on_the_terminal(self):
        command = b"echo \x1b[2J\x07\xe2\x80\xae\xff\r"
        code, shown = self.add(command, verdict="--deny")
        self.assertEqual(code, 0, shown)
        self.assertIn(b"echo \\u{001B}[2J\\u{0007}\\u{202E}\\x{FF}\\r", shown)
        self.assertIn(b"Beware", shown)
        listed = self.ctl("rules", "list").encode()
        self.assertIn(b"\\u{202E}", listed)
        for letter in b"\x1b\x07\xff":
            self.assertNotIn(letter, shown + listed)

    def test_SP_09_no_row_of_a_command_looks_like_one_of_ours(self):
        for columns in (30, 80, 132):
            command = "ls #".ljust(columns - 8, "=") + "".join(
                row.ljust(columns, ".")[:columns] for row in
                ("Rule 9:", "  command      ends here: 1 line, 99999 bytes", "    1 | id") * 2)
            terminal = self.terminal("rules", "add", "--deny", "--scope", self.scope,
                                     stdin=command.encode(), size=(columns, 90))
            terminal.read(b"leaves it: ")
            terminal.wait_open()
            margins = "    1 | ", "      | "
            rows = terminal.rows()
            self.assertEqual("".join(row[8:] for row in rows if row.startswith(margins)),
                             command.replace(" " * 9, "\\s{9}"))
            ours = "\n".join(row for row in rows if not row.startswith(margins))
            for word in ("Rule 9", "99999", "| id"):
                self.assertNotIn(word, ours)
            self.assertIn("%d bytes" % len(command), "".join(rows[-9:]))  # below the command
            terminal.type(b"yes\n")
            self.assertEqual(terminal.end(), 0)

    def test_SP_09_nor_can_a_row_of_the_list_be_made_up(self):
        # On a terminal that wraps it the second row would be of another rule.
        room = 80 - len("  1  allow  until removed           %s  " % self.scope)
        self.assertEqual(self.add(b"#" * room + b"  9  allow  until removed  x")[0], 0)
        terminal = self.terminal("rules", "list")
        self.assertEqual(terminal.end(), 0)
        rows = [row for row in terminal.rows() if "  allow  until removed  " in row]
        self.assertEqual([row[:10] for row in rows], ["  1  allow", " " * 10], terminal.shown)
        self.assertEqual(len(self.ctl("rules", "list").splitlines()), 1)  # for programs

    def test_SP_04_a_rule_is_asked_about_when_its_end_has_been_on_the_screen(self):
        command = b"echo" + b"\n:" * 40
        for begun, made in ((b"yes\n", False), (b"y\n", False), (b"\n", True)):
            terminal = self.terminal("rules", "add", "--allow", "--scope", self.scope,
                                     stdin=command, typed_before=b"\n\nyes\n")
            terminal.read(GO_ON)
            terminal.wait_open()
            self.assertIn(b"-- 22 of 44 rows --", terminal.shown)
            terminal.type(begun)
            if made:
                terminal.read(GO_ON, 2)
                terminal.wait_open(2)
                self.assertNotIn(QUESTION, terminal.shown)
                terminal.type(b"\nyes\n")  # the question does not stand there yet
                terminal.read(QUESTION)
                terminal.wait_open(3)
                self.assertFalse(self.file.exists())
                terminal.type(b"yes\n")
            self.assertEqual(terminal.end(), 0 if made else 1)
            self.assertEqual(self.file.exists(), made)
            self.assertEqual(QUESTION in terminal.shown, made)

    def test_SP_09_nothing_is_asked_on_a_terminal_that_is_too_narrow(self):
        terminal = self.terminal("rules", "add", "--allow", "--scope", self.scope, stdin=b"id",
                                 size=(29, 24))
        self.assertEqual(terminal.end(), 1)
        self.assertIn(b"29 columns", terminal.shown)
        self.assertFalse(self.file.exists())

    def test_AC_08_hidden_characters_cannot_be_allowed(self):
        code, shown = self.add(b"id\xe2\x80\x8b")
        self.assertEqual(code, 1)
        self.assertIn(b"hidden characters", shown)
        self.assertNotIn(QUESTION, shown)
        self.assertFalse(self.file.exists())

    def test_what_is_no_command_is_refused(self):
        for stdin in (b"", b"\n", b"  \n", b"a\0b", b"x" * 65537):
            code, shown = self.add(stdin)
            self.assertEqual(code, 1, shown)
            self.assertNotIn(QUESTION, shown)
        code, shown = self.add(b"x" * 65536, size=(250, 400))
        self.assertEqual(code, 0, shown[-200:])

    def test_PO_05_time_and_count_are_kept(self):
        self.assertEqual(self.add(b"a", "--for", "30d", "--uses", "3")[0], 0)
        self.assertEqual(self.add(b"b", "--uses", "1", verdict="--deny")[0], 0)
        first, second = self.rules()
        self.assertEqual((first["number"], first["verdict"], first["cmd"], first["uses_left"],
                          first["scope"], first["in_force"]),
                         (1, "allow", "a", 3, self.scope, True))
        self.assertTrue(first["until"].endswith("Z"))
        self.assertEqual((second["verdict"], second["until"], second["uses_left"], second["sha256"]),
                         ("deny", None, 1, hashlib.sha256(b"b").hexdigest()))

    def test_PO_05_a_rule_that_denies_counts_too(self):
        peer = self.peer()
        self.scope = "127.0.0.1:%d/app" % peer.port
        self.assertEqual(self.add(b"echo x", "--uses", "2", verdict="--deny")[0], 0)
        agent = self.agent(peer.port, "--trust-plaintext", approve="all")
        link = peer.attach()
        agent.wait_state("attached")
        answers = [link.ask({"cmd": "echo x"}) for _ in range(3)]
        self.assertEqual([json.loads(answer)["by"] for answer in answers[:2]], ["rule", "rule"])
        self.assertEqual(answers[2], b"x\n")
        self.assertEqual(self.rules(), [])

    def test_P13_rules_hold_whenever_the_agent_is_killed(self):
        peer = self.peer()
        self.scope = "127.0.0.1:%d/app" % peer.port
        self.assertEqual(self.add(b"true", "--uses", "1000000")[0], 0)
        self.assertEqual(self.add(b"echo no", verdict="--deny")[0], 0)
        for _ in range(200 if programs.LONG else 12):
            agent = self.agent(peer.port, "--trust-plaintext", "--automatic-runs", 1000, approve="rules")
            link = peer.attach()
            agent.wait_state("attached")
            for _ in range(8):
                link.message({"cmd": "true"})
            time.sleep(random.uniform(0, 0.03))
            agent.kill()
            self.assertEqual([line for line in agent.errors if "rules" in line], [])
        self.assertEqual([rule["in_force"] for rule in self.rules()], [True, True])
        self.assert_verifies()

    def test_PO_06_rules_whose_file_is_gone_are_missed(self):
        peer = self.peer()
        self.scope = "127.0.0.1:%d/app" % peer.port
        self.assertEqual(self.add(b"echo no", verdict="--deny")[0], 0)
        self.file.unlink()
        agent = self.agent(peer.port, "--trust-plaintext", approve="all")
        link = peer.attach()
        agent.wait_error_line(str(self.file))
        link.message({"cmd": "echo no"})
        agent.wait_request("awaiting-approval")

    def test_PO_06_what_somebody_else_wrote_is_used_after_a_yes_only(self):
        self.assertEqual(self.add(b"df -h")[0], 0)
        self.file.write_text(self.file.read_text() + "\n")
        self.assertEqual([rule["in_force"] for rule in self.rules()], [False])
        self.assertIn("rules trust", self.ctl_errors)
        code, shown = self.change("rules", "trust", answer=b"no\n")
        self.assertEqual(code, 1, shown)
        self.assertIn(b"    1 | df -h", shown)
        self.assertEqual([rule["in_force"] for rule in self.rules()], [False])
        code, shown = self.change("rules", "trust")
        self.assertEqual(code, 0, shown)
        self.assertEqual([rule["in_force"] for rule in self.rules()], [True])
        code, shown = self.change("rules", "trust")
        self.assertEqual((code, QUESTION in shown), (0, False), shown)

    def test_PO_06_rules_that_are_gone_are_given_up_after_a_yes_only(self):
        self.assertEqual(self.add(b"df -h")[0], 0)
        self.file.unlink()
        code, shown = self.add(b"id")
        self.assertEqual((code, QUESTION in shown), (1, False), shown)
        self.assertIn(b"rules trust", shown)
        self.assertEqual(self.change("rules", "trust")[0], 0)
        self.assertEqual(self.add(b"id")[0], 0)
        self.assertEqual([rule["cmd"] for rule in self.rules()], ["id"])

    def test_P16_a_rule_may_leave_nothing_of_the_output(self):
        peer = self.peer()
        self.scope = "127.0.0.1:%d/app" % peer.port
        code, shown = self.add(b"echo left$((6*7))", "--discard-output")
        self.assertEqual(code, 0, shown)
        self.assertIn(b"output not kept", shown)
        self.assertEqual(self.add(b"echo other$((6*7))")[0], 0)
        self.assertEqual([rule["keep_output"] for rule in self.rules()], [False, True])
        agent = self.agent(peer.port, "--trust-plaintext", approve="rules")
        link = peer.attach()
        for word in (b"left", b"other"):
            self.assertEqual(link.ask({"cmd": "echo %s$((6*7))" % word.decode()}), word + b"42\n")
        self.assertEqual(agent.stop(), 0)
        everything = b"".join(path.read_bytes() for path in self.home.path.rglob("*")
                              if path.is_file())
        self.assertIn(b"other42", everything)
        self.assertNotIn(b"left42", everything)
        self.assert_verifies()

    def test_wrong_usage_is_told(self):
        for options in (("--allow", "--deny"), (), ("--allow", "--for", "soon"),
                        ("--allow", "--for", "0d"), ("--allow", "--uses", "0"),
                        ("--deny", "--discard-output"), ("--allow", "--uses", "x"), ("--allow", "--scope", "nowhere"),
                        ("--allow", "--scope", "a b:1/x"), ("--allow", "--scope", "a:0/x"),
                        ("--allow", "--scope", "a:1/.."), ("--allow",), ("--allow", "uptime")):
            self.ctl("rules", "add", *options, code=2)
        self.ctl("rules", code=2)
        self.ctl("rules", "remove", code=2)

    def test_the_scope_is_that_of_the_settings(self):
        (self.home.path / "config/cometa-agent").mkdir()
        self.home.file("config/cometa-agent/agent.conf",
                       b"server = Cometa.Example.ORG\nport = 8443\napp = ops\n")
        self.assertEqual(self.change("rules", "add", "--allow", stdin=b"id")[0], 0)
        self.assertEqual(self.rules()[0]["scope"], "cometa.example.org:8443/ops")

    def test_P18_a_running_agent_keeps_its_rules(self):
        self.assertEqual(self.add(b"id")[0], 0)
        before = self.file.read_bytes()
        peer = self.peer()
        agent = self.agent(peer.port, approve="rules")
        peer.attach()
        agent.wait_state("attached")
        code, shown = self.add(b"uptime")
        self.assertEqual(code, 1)
        self.assertIn(b"pid %d" % agent.pid, shown)
        self.assertNotIn(QUESTION, shown)
        self.ctl("rules", "remove", 1, code=1)
        self.assertEqual(self.file.read_bytes(), before)
        self.assertTrue(self.rules()[0]["in_force"])
        self.assertEqual(agent.stop(), 0)

    def test_PO_06_rules_that_others_changed_stay_off(self):
        self.assertEqual(self.add(b"id")[0], 0)
        changed = self.file.read_bytes().replace(b"aWQ=", b"bHM=")
        self.file.write_bytes(changed)
        self.assertEqual([(rule["cmd"], rule["in_force"]) for rule in self.rules()], [("ls", False)])
        self.assertIn("not used", self.ctl_errors)
        code, shown = self.add(b"uptime")
        self.assertEqual(code, 1)
        self.assertNotIn(QUESTION, shown)
        self.ctl("rules", "remove", 1, code=1)
        self.assertEqual(self.file.read_bytes(), changed)
        self.file.chmod(0o644)
        self.assertEqual(self.rules(), [])
        self.assertIn("others could have changed", self.ctl_errors)

    def test_removing_what_allows_needs_no_terminal_and_what_denies_does(self):
        self.assertEqual(self.add(b"a")[0], 0)
        self.assertEqual(self.add(b"b", verdict="--deny")[0], 0)
        for number in ("0", "3", "-1", "x"):
            self.ctl("rules", "remove", "--", number, code=1)
        self.ctl("rules", "remove", 1)
        self.assertEqual(self.change("rules", "remove", "1", answer=b"no\n")[0], 1)
        self.assertEqual([rule["cmd"] for rule in self.rules()], ["b"])
        self.assertEqual(self.change("rules", "remove", "1")[0], 0)
        self.assertEqual(self.rules(), [])
        self.assertIn("No rules", self.ctl("rules", "list"))
        self.assert_verifies()

    def test_EX_04_what_a_killed_agent_left_is_told_by_the_next_one(self):
        peer, link, agent = self.linked("--reply-budget", 1)
        link.message({"cmd": "sleep 60"})
        request = agent.wait_request("running")["request"]
        self.assertIn(b"Pending.", link.wait_reply().data)
        self.assertEqual(agent.kill(), -signal.SIGKILL)
        self.assertEqual(self.add(b"uptime")[0], 0)
        self.agent(peer.port)
        link = peer.attach()
        poll(lambda: any(request.encode() in frame.data and b"interrupted" in frame.data
                         for frame in link.events), 10, "the outcome as an event")


if __name__ == "__main__":
    programs.main()
