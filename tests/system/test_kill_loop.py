#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""SIGKILL at random moments of stubborn commands: nothing survives or runs twice (EX-04)."""

import collections
import contextlib
import itertools
import json
import os
import random
import signal
import time
import unittest
from pathlib import Path

import programs
from programs import SystemTest, poll, with_marker

# {m}: a marker, {n}: a word that is written before anything else is done
COMMANDS = (
    "echo {n} >> trace; setsid sleep {m} & sleep {m}",
    "echo {n} >> trace; (setsid sh -c 'sleep {m} & sleep {m} & wait' &); sleep {m}",
    "echo {n} >> trace; nohup sleep {m} >/dev/null 2>&1 & sleep {m}",
    "echo {n} >> trace; trap '' TERM HUP INT QUIT; setsid sh -c 'sleep {m}; sleep {m}' & "
    "sleep {m}; sleep {m}",
    "echo {n} >> trace; timeout 0.03 sleep {m}; true",
)
ENDS = ("finished", "interrupted", "failed")
# {t}: a directory, {how}: KILL or STOP, {pause}: seconds. They write the pid of their supervisor first.
BEGIN = "echo $PPID > {t}/pid.{n}; "
OVER = "; echo {n} >> {t}/trace; echo out; exit 3"
ATTACKED = (
    # by the command itself, by a process of another session, again and again
    BEGIN + "setsid sleep {m} & sleep {pause}; kill -{how} $PPID; sleep {m}",
    BEGIN + "S=$PPID; (setsid sh -c \"trap '' TERM HUP; sleep {pause}; kill -{how} $S; sleep {m}\" &); "
    "sleep {m}",
    BEGIN + "S=$PPID; trap '' TERM; while :; do kill -{how} $S; sleep 0.01; done & nohup sleep {m} "
    ">/dev/null 2>&1 & sleep {m}",
    # only from outside
    BEGIN + "trap '' TERM HUP INT QUIT; setsid sh -c 'sleep {m}; sleep {m}' & sleep {m}; sleep {m}",
    BEGIN + "sleep {pause}" + OVER,
    BEGIN + "setsid sleep {m} & sleep {pause}" + OVER,
)


def fields(pid):
    """Of /proc/PID/stat: name, state, parent."""
    try:
        before, behind = Path("/proc/%d/stat" % pid).read_text().rsplit(")", 1)
    except OSError:
        return "", "X", 0
    return before.split("(", 1)[1], behind.split()[0], int(behind.split()[1])


def spare(agent):
    """Pid of the one cometa-run below the agent, which waits for the next command."""
    def found():
        pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
        below = [(pid, *fields(pid)) for pid in pids]
        below = [it for it in below if it[3] == agent.pid]
        return len(below) == 1 and below[0][1:3] == ("cometa-run", "S") and below
    return poll(found, 5, "a single cometa-run")[0][0]


class KillLoop(SystemTest):
    def setUp(self):
        super().setUp()
        seed = int(os.environ.get("COMETA_SEED") or random.randrange(2**32))
        self.random = random.Random(seed)
        print("COMETA_SEED=%d" % seed, flush=True)

    def runs(self):
        path = self.home.path / "trace"
        return path.read_text().split() if path.exists() else []

    def wait_random(self, most):
        """A moment, any; not the time of something that could be awaited."""
        end = time.monotonic() + self.random.uniform(0, most)
        while time.monotonic() < end:
            time.sleep(0.001)

    def message(self, link, number):
        mark = programs.marker()
        command = COMMANDS[number % len(COMMANDS)]
        link.message({"cmd": command.format(m=mark, n="n%d" % number)})
        return mark

    @staticmethod
    def kill(pid):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it was through already

    def ends(self):
        """The kinds of the journal's rows that end a request: by the word its command wrote."""
        words, ends = {}, {}
        for row in self.journal():
            if row["kind"] == "received":
                words[row["request"]] = row["data"]["cmd"].split()[1]
            elif row["kind"] in ENDS:
                ends.setdefault(words[row["request"]], []).append(row["kind"])
        return words, ends

    def test_EX_04_agent_killed_at_random_moments(self):
        peer = self.peer()
        rounds = 1000 if programs.LONG else 20
        for number in range(rounds):
            agent = self.agent(peer.port)
            link = peer.attach()
            mark = self.message(link, number)
            self.wait_random(0.15)
            agent.kill()
            self.assert_gone(mark)
            link.close()
        self.assert_verifies()
        agent = self.agent(peer.port)
        link = peer.attach()
        self.assertEqual(link.ask({"cmd": "echo alive"}), b"alive\n")
        agent.stop()
        self.assert_verifies()
        runs = self.runs()
        self.assertEqual(len(runs), len(set(runs)), runs)
        words, ends = self.ends()
        self.assertLessEqual(set(runs), set(words.values()))
        for word in words.values():
            self.assertEqual(len(ends.get(word, [])), 1, "%s: %s" % (word, ends.get(word)))
        self.assertIn(["interrupted"], ends.values())

    def test_EX_04_supervisor_killed_at_random_moments(self):
        """The agent ends what is left, says failed or the true end, and goes on."""
        _, link, agent = self.linked()
        for number in range(200 if programs.LONG else 8):
            supervisor = spare(agent)
            mark = self.message(link, number)
            self.wait_random(0.08)
            self.kill(supervisor)
            self.wait_reply_or_kill(link, number + 1, mark, supervisor)
            self.assert_gone(mark)
            self.assertTrue(agent.running)
        count = len(link.replies)
        self.assertEqual(link.ask({"cmd": "echo alive"}), b"alive\n")
        self.assertEqual(len(link.replies), count + 1)
        self.assert_clean(link)
        agent.stop()
        self.assert_verifies()
        runs = self.runs()
        self.assertEqual(len(runs), len(set(runs)), runs)
        words, ends = self.ends()
        for word in words.values():
            self.assertEqual(len(ends.get(word, [])), 1, "%s: %s" % (word, ends.get(word)))

    def wait_reply_or_kill(self, link, count, mark, killed):
        """Killed before the command came, the spare was replaced: then that one is killed."""
        def supervisors():
            parents = {fields(pid)[2] for pid in with_marker(mark)}
            return [pid for pid in parents if fields(pid)[0] == "cometa-run"]
        poll(lambda: len(link.replies) >= count or supervisors(), 5, "the command or its end")
        for pid in supervisors():
            if pid != killed:
                self.kill(pid)
        link.wait_replies(count)

    def test_EX_04_both_killed(self):
        """The supervisor first; the agent once it has ended what that left."""
        peer, link, agent = self.linked()
        supervisor = spare(agent)
        mark = self.message(link, 0)
        poll(lambda: with_marker(mark), 5, "the command")
        self.kill(supervisor)
        agent.wait_request("failed")
        agent.kill()
        self.assert_gone(mark)
        self.assert_verifies()
        self.agent(peer.port)
        self.assertEqual(peer.attach().ask({"cmd": "echo alive"}), b"alive\n")

    # cometa-run is attacked, by its command and from outside
    def attacked(self, link, number):
        """Sends four commands at once whose supervisors are killed or stopped; what came of each.
        A stop takes the agent a second to see, so those come together."""
        how = "STOP" if number % 2 else "KILL"
        said = len(link.replies)
        words = []
        for _ in range(4):
            word = "a%d" % next(self.words)
            words.append(word)
            link.message({"cmd": self.random.choice(ATTACKED).format(
                m=self.mark, n=word, t=self.home.path, how=how,
                pause="%.3f" % self.random.uniform(0, 0.06)), "timeout": 20})
        self.attack(words, how, lambda: len(link.replies) >= said + 4)
        replies = link.wait_replies(said + 4, 20)[said:]
        self.assert_gone(self.mark)
        return list(zip(words, (reply.data for reply in replies)))

    def attack(self, words, how, is_over):
        """From outside, at a random moment each, as long as there is something to attack."""
        left = {word: time.monotonic() + self.random.uniform(0, 0.1) for word in words}
        while left and not is_over():
            for word, when in list(left.items()):
                path = self.home.path / ("pid." + word)
                if time.monotonic() < when or not path.exists() or not path.read_text().strip():
                    continue
                del left[word]
                pid = int(path.read_text())
                if fields(pid)[0] == "cometa-run":
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGKILL if how == "KILL" else signal.SIGSTOP)
            time.sleep(0.001)

    def assert_true(self, word, reply):
        """The reply says what happened: it began, it ended, or its supervisor was lost."""
        began = (self.home.path / ("pid." + word)).exists()
        ended = word in self.runs()
        if reply == b"out\n[exit 3]\n":
            self.assertTrue(began and ended, word)
            return "ended"
        answer = json.loads(reply)
        self.assertEqual((answer["msg"], answer["code"]), ("Failed.", "failed"), answer)
        if "before it told" in answer["detail"]:
            return "early"
        self.assertIn("supervisor was killed or stopped while the command ran", answer["detail"])
        self.assertTrue(began, answer)
        return "lost"

    def test_EX_02_EX_04_P9_supervisor_killed_or_stopped_by_its_command_and_from_outside(self):
        _, link, agent = self.linked()
        self.mark, self.words = programs.marker(), itertools.count(1)
        outcomes = collections.Counter()
        for number in range(250 if programs.LONG else 13):
            for word, reply in self.attacked(link, number):
                outcomes[self.assert_true(word, reply)] += 1
            self.assertTrue(agent.running)
        print(dict(outcomes), flush=True)
        self.assertGreater(outcomes["lost"], 0)
        self.assertEqual(link.ask({"cmd": "echo alive"}), b"alive\n")
        self.assert_clean(link)
        agent.stop()
        self.assert_verifies()
        kinds = collections.Counter(row["kind"] for row in self.journal())
        self.assertEqual(kinds["received"], sum(kinds[end] for end in ENDS))
        runs = self.runs()
        self.assertEqual(len(runs), len(set(runs)), runs)


if __name__ == "__main__":
    unittest.main()
