#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Without a display the owner decides with cometactl; nothing else approves."""

import hashlib
import json
import signal
import time
import unittest

from programs import SystemTest, poll
from terminal import Terminal


class Approval(SystemTest):
    def setUp(self):
        super().setUp()
        self.command = "echo ran >> %s; echo output" % (self.home.path / "trace")

    def ran(self):
        path = self.home.path / "trace"
        return len(path.read_text().split()) if path.exists() else 0

    def asked(self, *options, **settings):
        """An agent that asks, and a request that waits for its owner."""
        _, link, agent = self.linked("--reply-budget", 1, *options, approve="ask", **settings)
        link.message({"cmd": self.command, "id": "ops-17"})
        request = agent.wait_request("awaiting-approval")["request"]
        return link, agent, request

    def pending(self, link, number=1):
        answer = json.loads(link.wait_reply(timeout=5, number=number).data)
        self.assertEqual((answer["msg"], answer["code"], answer["state"]),
                         ("Pending.", "pending", "awaiting-approval"))
        return answer["request"]

    def listed(self, request):
        return next((row for row in self.ctl_json("requests", "--json")
                     if row["request"] == request), None)

    def outcome(self, link, request):
        return link.wait_event(lambda value: value.get("event") == "result"
                               and value.get("request") == request)

    def test_P4_nothing_runs_before_the_owner_has_approved(self):
        link, _, request = self.asked()
        self.assertEqual(self.pending(link), request)
        row = self.listed(request)
        self.assertEqual(row["state"], "awaiting-approval")
        self.assertEqual(row["sha256"], hashlib.sha256(self.command.encode()).hexdigest())
        self.assertIn("echo ran", row["cmd"])
        self.assertEqual(self.ran(), 0)

    def test_P8_approved_after_pending_sends_the_outcome_as_an_event(self):
        link, agent, request = self.asked()
        self.pending(link)
        self.ctl("review", request, "--approve", self.listed(request)["sha256"])
        event = self.outcome(link, request)
        self.assertEqual((event["code"], event["exit"], event["stdout"], event["id"]),
                         ("finished", 0, "output\n", "ops-17"))
        self.assertEqual(len(link.replies), 1)
        self.assertEqual(self.ran(), 1)
        self.assertEqual(agent.wait_request("finished")["by"], "user")
        agent.stop()
        self.assert_verifies()

    def reviewed(self):
        """An agent with three requests that wait, and their review on a terminal."""
        _, link, agent = self.linked("--reply-budget", 1, approve="ask")
        for number in range(3):
            link.message({"cmd": "%s %d" % (self.command, number)})
        link.wait_replies(3)
        return agent, Terminal(self.home, ["--data-dir", self.home.path / "agent", "review"])

    QUESTION = b"[l]ater: "

    def test_P6_answers_that_are_typed_at_once_run_nothing(self):
        agent, terminal = self.reviewed()
        for number, (begun, typed) in enumerate(((b"a\n", b"l\n"), (b"a", b"\n"),
                                                 (b"approve\na\n", b"\n")), 1):
            terminal.read(self.QUESTION, number)
            terminal.type(begun)
            terminal.wait_open(number)
            terminal.type(typed)
        self.assertEqual(terminal.end(), 0)
        self.assertNotIn(b"Approved", terminal.shown)
        self.assertEqual(self.ctl_json("status", "--json")["awaiting"], 3)
        self.assertEqual(agent.stop(), 0)
        self.assertEqual(self.ran(), 0)

    def test_P6_an_answer_to_a_question_that_has_stood_there_counts(self):
        agent, terminal = self.reviewed()
        answered = terminal.started
        for number in range(1, 4):
            terminal.wait_open(number)
            self.assertGreaterEqual(time.monotonic() - answered, 0.7)
            answered = time.monotonic()
            terminal.type(b"a\n")
        self.assertEqual(terminal.end(), 0)
        self.assertEqual(terminal.shown.count(b"Approved."), 3)
        poll(lambda: self.ran() == 3, 10, "the third run")
        self.assertEqual(agent.stop(), 0)

    def test_ctrl_c_ends_a_question_at_once(self):
        _, terminal = self.reviewed()
        terminal.read(self.QUESTION)
        terminal.type(b"\x03")
        self.assertEqual(terminal.end(), -signal.SIGINT)
        self.assertEqual(self.ctl_json("status", "--json")["awaiting"], 3)

    def test_approved_within_the_budget_is_answered_at_once(self):
        _, link, agent = self.linked(approve="ask")
        link.message({"cmd": self.command})
        request = agent.wait_request("awaiting-approval")["request"]
        self.ctl("review", request, "--approve", self.listed(request)["sha256"])
        self.assertEqual(link.wait_reply().data, b"output\n")
        self.assertEqual(link.events, [])

    def test_P18_wrong_hash_approves_nothing(self):
        _, _, request = self.asked()
        for wrong in ("0" * 64, "abc", self.listed(request)["sha256"][:-1], ""):
            self.ctl("review", request, "--approve", wrong, code=None)
            self.assertTrue(self.ctl_errors.strip(), wrong)
        self.assertEqual(self.listed(request)["state"], "awaiting-approval")
        self.assertEqual(self.ran(), 0)

    def test_P5_second_approval_is_no_longer_valid(self):
        link, agent, request = self.asked()
        sha = self.listed(request)["sha256"]
        self.ctl("review", request, "--approve", sha)
        agent.wait_request("finished")
        self.assertEqual(self.approve_fails(request, sha), 1)
        link.wait_replies(1)
        self.assertEqual(self.ran(), 1)

    def approve_fails(self, request, sha):
        self.ctl("review", request, "--approve", sha, code=None)
        self.assertTrue(self.ctl_errors.strip())
        return self.ran()

    def test_denied_with_a_reason(self):
        _, link, agent = self.linked(approve="ask")
        link.message({"cmd": self.command})
        request = agent.wait_request("awaiting-approval")["request"]
        self.ctl("deny", request, "--reason", "not on my watch")
        reply = link.wait_reply().data
        answer = json.loads(reply)
        self.assertEqual((answer["msg"], answer["code"], answer["by"], answer["request"]),
                         ("Denied.", "denied", "user", request))
        self.assertIn("not on my watch", reply.decode())
        self.assertEqual(self.ran(), 0)

    def test_denied_after_pending_is_a_result_event(self):
        link, _, request = self.asked()
        self.pending(link)
        self.ctl("deny", request)
        self.assertEqual(self.outcome(link, request)["code"], "denied")
        self.assertEqual(self.ran(), 0)

    def test_expired_is_never_approvable_again(self):
        link, agent, request = self.asked("--approval-deadline", 5)
        sha = self.listed(request)["sha256"]
        self.pending(link)
        self.assertEqual(self.outcome(link, request)["code"], "expired")
        agent.wait_request("expired", request=request)
        self.assertEqual(self.approve_fails(request, sha), 0)
        answer = json.loads(link.ask({"op": "result", "request": request}))
        self.assertEqual((answer["code"], answer["request"]), ("expired", request))

    def test_ninth_request_is_busy(self):
        _, link, agent = self.linked("--reply-budget", 1, approve="ask")
        for _ in range(9):
            link.message({"cmd": self.command})
        answers = [json.loads(frame.data) for frame in link.wait_replies(9, 6)]
        self.assertEqual([answer["code"] for answer in answers], ["pending"] * 8 + ["busy"])
        self.assertEqual(answers[8]["msg"], "Busy.")
        self.assertEqual(self.ctl_json("status", "--json")["awaiting"], 8)
        self.assertEqual(len([row for row in self.ctl_json("requests", "--json")
                              if row["state"] == "awaiting-approval"]), 8)
        agent.wait_request("busy")
        self.assertEqual(self.ran(), 0)

    def test_fifth_command_is_busy(self):
        _, link, _ = self.linked("--reply-budget", 1)
        for _ in range(5):
            link.message({"cmd": "until test -e go; do sleep 0.05; done"})
        answers = [json.loads(frame.data) for frame in link.wait_replies(5, 6)]
        self.assertEqual([answer["code"] for answer in answers], ["pending"] * 4 + ["busy"])
        self.home.file("go")

    def test_AC_05_withdrawn_when_the_link_drops_before_any_reply(self):
        peer, link, agent = self.linked(approve="ask")
        link.message({"cmd": self.command})
        request = agent.wait_request("awaiting-approval")["request"]
        sha = self.listed(request)["sha256"]
        link.reset()
        agent.wait_request("withdrawn", request=request)
        again = peer.attach(timeout=8)
        self.assertEqual(self.approve_fails(request, sha), 0)
        answer = json.loads(again.ask({"op": "status"}))
        self.assertEqual((answer["code"], answer["awaiting"]), ("status", 0))
        self.assertEqual(len(again.replies), 1)

    def test_P5_not_withdrawn_when_the_requester_holds_a_pending_reply(self):
        peer, link, agent = self.linked("--reply-budget", 1, approve="ask")
        link.message({"cmd": self.command})
        request = self.pending(link)
        link.reset()
        again = peer.attach(timeout=8)
        agent.wait_state("attached", after=len(agent.events) - 1)
        self.assertEqual(self.listed(request)["state"], "awaiting-approval")
        self.ctl("review", request, "--approve", self.listed(request)["sha256"])
        self.assertEqual(self.outcome(again, request)["stdout"], "output\n")
        self.assertEqual(again.replies, [])
        self.assertEqual(self.ran(), 1)

    def test_cancelled_by_the_requester_cannot_be_approved(self):
        link, _, request = self.asked()
        sha = self.listed(request)["sha256"]
        self.pending(link)
        answer = json.loads(link.ask({"op": "cancel", "request": request}))
        self.assertEqual((answer["code"], answer["request"]), ("cancelled", request))
        self.assertEqual(self.approve_fails(request, sha), 0)

    def test_op_result_is_pending_while_the_request_lives(self):
        link, _, request = self.asked()
        self.pending(link)
        answer = json.loads(link.ask({"op": "result", "request": request}))
        self.assertEqual((answer["code"], answer["request"]), ("pending", request))

    def test_rules_mode_denies_what_no_rule_allows(self):
        _, link, _ = self.linked(approve="rules")
        answer = json.loads(link.ask({"cmd": self.command}))
        self.assertEqual((answer["msg"], answer["code"], answer["by"]),
                         ("Denied.", "denied", "policy"))
        self.assertEqual(self.ran(), 0)

    def test_asking_is_the_default(self):
        peer = self.peer()
        agent = self.agent(peer.port, approve=None)
        link = peer.attach()
        link.message({"cmd": self.command})
        agent.wait_request("awaiting-approval")
        self.assertEqual(self.ran(), 0)

    def test_PO_07_requester_cannot_change_rules_or_settings(self):
        _, link, _ = self.linked(approve="ask")
        for message in ({"rule": "allow"}, {"config": {"approve": "all"}},
                        {"op": "approve", "request": "1"}, {"op": "set", "approve": "all"}):
            self.assertEqual(json.loads(link.ask(message))["code"], "invalid")
        self.assertEqual(self.ctl_json("status", "--json")["approval"], "ask")

    def test_EX_16_end_of_the_agent_ends_what_waits(self):
        link, agent, request = self.asked()
        self.assertEqual(agent.stop(), 0)
        poll(lambda: link.ended, 5)
        self.assertLessEqual(len(link.replies), 1)
        self.assertEqual(self.ran(), 0)
        self.assert_verifies()
        self.assertIn(request, self.ctl("log", "export", "--format", "json"))


if __name__ == "__main__":
    unittest.main()
