#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The disk fails or the agent is killed at each call that it makes: nothing runs without its record on
disk, no row is lost, and the agent says in one line what is wrong (P12, ST-02, ST-03)."""

import contextlib
import errno
import itertools
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import unittest
from pathlib import Path

import programs
from programs import SystemTest, poll

ENDS = ("finished", "interrupted", "failed", "timed-out", "stopped", "cancelled")
ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EDQUOT)
NEVER = 10**9
STUCK = "The journal cannot be written"


class DiskFaults(SystemTest):
    """A shim, preloaded into the agent alone, counts its calls for the data directory; some fail."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="cometa-")
        cls.addClassCleanup(folder.cleanup)
        cls.shim = Path(folder.name) / "diskfaults.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-D_GNU_SOURCE", "-o",
                        cls.shim, Path(__file__).with_name("diskfaults.c")], check=True, timeout=60)
        if os.access("/dev/shm", os.W_OK):  # a true disk takes longer than all the rest
            cls.addClassCleanup(setattr, tempfile, "tempdir", tempfile.tempdir)
            tempfile.tempdir = "/dev/shm"

    def setUp(self):
        super().setUp()
        self.log, self.serial = self.home.file("calls"), 0
        self.plan = self.home.file("plan")
        self.words = itertools.count(1)
        self.peer_ = self.peer()
        self.silent = self.peer()  # which answers nobody
        self.data = self.home.path / "agent"

    # The agent and its faults
    def faulty(self, port):
        return self.start("/usr/bin/env", "LD_PRELOAD=%s" % self.shim,
                          "COMETA_FAULT_PLAN=%s" % self.plan, "COMETA_FAULT_LOG=%s" % self.log,
                          "COMETA_FAULT_DIRECTORY=%s" % self.data, programs.BIN / "cometa-agentd",
                          "-s", "127.0.0.1", "-p", port, "-a", "app", "-d", "dev",
                          "--data-dir", self.data, "--json", "--approve", "all",
                          "--event-interval", 0)

    def attached(self):
        agent = self.faulty(self.peer_.port)
        link = self.peer_.attach()
        agent.wait_state("attached")
        return agent, link

    def set_plan(self, first, last=None, end=0, calls="*"):
        """Calls FIRST to LAST (default: the first alone) from now on end so; 0: by SIGKILL."""
        self.serial += 1
        new = self.home.file("plan.new", b"%d %s %d %d %d" % (self.serial, calls.encode(), first,
                                                              last or first, end))
        new.replace(self.plan)

    def clear_plan(self):
        self.home.file("plan.new").replace(self.plan)

    def calls(self):
        """(name, file, "done" or "failed") of the calls since the plan was set."""
        rows = [line.split() for line in self.log.read_text().splitlines()]
        return [tuple(row[2:]) for row in rows if row[0] == str(self.serial)]

    def steps(self, count, least):
        """All numbers from 1 to count; some of them in the short form, other ones each time."""
        if programs.LONG:
            return range(1, count + 1)
        return sorted(random.sample(range(1, count + 1), min(least, count)))

    # The command that is sent, and what must hold when it ran
    def command(self):
        word = "w%d" % next(self.words)
        return word, {"cmd": "cp %s seen.%s; echo %s >> trace; echo out" % (self.log, word, word)}

    def runs(self):
        path = self.home.path / "trace"
        return path.read_text().split() if path.exists() else []

    def assert_record_was_on_disk(self, word):
        """As the command found it: the journal had been synced for it."""
        rows = [line.split() for line in (self.home.path / ("seen." + word)).read_text().splitlines()]
        calls = [tuple(row[2:]) for row in rows if row[0] == str(self.serial)]
        self.assertIn(("sync", "journal.db-wal", "done"), calls, word)

    def measured(self):
        """How many calls one request costs."""
        agent, link = self.attached()
        link.ask(self.command()[1])
        self.set_plan(NEVER)
        word, message = self.command()
        self.assertEqual(link.ask(message), b"out\n")
        self.assert_record_was_on_disk(word)
        self.idle(agent)
        count = len(self.calls())
        self.clear_plan()
        self.assertGreater(count, 10)
        return agent, link, count

    def idle(self, agent):
        """Until it has written what it had to: it answers and then rests."""
        before = -1
        while before != len(self.log.read_bytes()):
            before = len(self.log.read_bytes())
            self.ctl("status", "--json")

    # What must hold in the end
    def assert_whole(self, before=()):
        """The chain, the pages, the old rows, and one end for each request that was received."""
        self.assert_verifies()
        copy = self.home.path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.data, copy)
        with contextlib.closing(sqlite3.connect(copy / "journal.db")) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
        rows = self.journal()
        self.assertEqual(rows[:len(before)], list(before))
        self.assertEqual(list(self.data.glob("*damaged*")), [])
        return rows

    def assert_each_ended_once(self, rows):
        words, ends, approved = {}, {}, set()
        for row in rows:
            if row["kind"] == "received" and " seen." in row["data"].get("cmd", ""):
                words[row["request"]] = row["data"]["cmd"].split("seen.")[1].split(";")[0]
            elif row["kind"] == "approved":
                approved.add(row["request"])
            elif row["kind"] in ENDS and row["request"] in words:
                ends.setdefault(row["request"], []).append(row["kind"])
        for name, word in words.items():
            self.assertEqual(len(ends.get(name, [])), 1, (word, ends.get(name)))
        runs = self.runs()
        self.assertEqual(len(runs), len(set(runs)), runs)
        self.assertLessEqual(set(runs), {words[name] for name in approved & set(words)})

    # ST-02
    def killed(self, number):
        """Killed at this call of a request; the word of its command."""
        agent, link = self.attached()
        self.set_plan(number)
        word, message = self.command()
        link.message(message)
        poll(lambda: not agent.running or link.replies, 20, "the kill")
        if agent.running:
            with contextlib.suppress(AssertionError):
                self.idle(agent)
        if agent.running:
            agent.process.kill()
        self.assertEqual(agent.wait_exit(), -signal.SIGKILL)
        agent.discard()
        link.close()
        if word in self.runs():
            self.assert_record_was_on_disk(word)
        self.clear_plan()
        self.assert_verifies()

    def test_ST_02_P12_killed_at_each_call_of_a_request(self):
        agent, _, count = self.measured()
        self.assertEqual(agent.stop(), 0)
        before = self.assert_whole()
        for number in self.steps(count, 12):
            self.killed(number)
        agent, link = self.attached()
        self.assertEqual(link.ask({"cmd": "echo alive"}), b"alive\n")
        self.assertEqual(agent.stop(), 0)
        self.assert_each_ended_once(self.assert_whole(before))

    def test_ST_02_killed_at_each_call_of_start_and_end(self):
        agent, link, _ = self.measured()
        self.assertEqual(agent.stop(), 0)
        before = self.assert_whole()
        self.set_plan(NEVER)
        agent, link = self.attached()
        self.assertEqual(agent.stop(), 0)
        count = len(self.calls())
        for number in self.steps(count, 12):
            self.set_plan(number)
            agent = self.faulty(self.silent.port)
            poll(lambda: not agent.running or agent.events, 20, "the start or the kill")
            agent.process.send_signal(signal.SIGTERM)
            self.assertIn(agent.wait_exit(), (0, -signal.SIGKILL, -signal.SIGTERM), agent.words())
            agent.discard()
            self.clear_plan()
            self.assert_verifies()
        agent = self.faulty(self.silent.port)
        agent.wait_state("attaching", 20)
        self.assertEqual(agent.stop(), 0)
        self.assert_each_ended_once(self.assert_whole(before))

    # ST-03
    def fault(self, agent, link, first, last, error):
        """One request while these calls fail, then one while none does."""
        lines = len(agent.errors)
        self.set_plan(first, last, error)
        word, message = self.command()
        reply = link.ask(message, 30)
        where = "calls %d to %d, %s: %r" % (first, last, os.strerror(error), reply)
        if word in self.runs():
            self.assert_record_was_on_disk(word)
            self.assertEqual(reply, b"out\n", where)
        else:
            answer = json.loads(reply)
            self.assertEqual((answer["msg"], answer["code"]), ("Failed.", "failed"), where)
            self.assertEqual(answer["detail"].count(STUCK), 1, where)
            self.assertIn(str(self.data), answer["detail"], where)
        self.clear_plan()
        self.assertEqual(link.ask({"cmd": "echo alive"}, 30), b"alive\n", where)
        said = agent.errors[lines:]
        self.assertLessEqual(len([line for line in said if STUCK in line]), 1, (where, said))
        return said

    def test_ST_03_P12_error_at_each_call_of_a_request(self):
        agent, link, count = self.measured()
        before = self.journal()
        errors = itertools.cycle(ERRORS)
        said = []
        for number in self.steps(count, 60):
            for error in ERRORS if programs.LONG else [next(errors)]:
                said += self.fault(agent, link, number, number, error)
                said += self.fault(agent, link, number, NEVER, error)
        self.assertTrue(said)
        self.assertTrue(agent.running)
        self.assert_clean(link)
        self.assertEqual(agent.stop(), 0)
        self.assert_each_ended_once(self.assert_whole(before))

    def test_ST_03_error_at_each_call_of_a_start(self):
        agent, link, _ = self.measured()
        self.assertEqual(agent.stop(), 0)
        link.close()
        before = self.assert_whole()
        self.set_plan(NEVER)
        agent, link = self.attached()
        count = len(self.calls())
        self.clear_plan()
        self.assertEqual(agent.stop(), 0)
        errors = itertools.cycle(ERRORS)
        for number in self.steps(count, 12):
            for error in ERRORS if programs.LONG else [next(errors)]:
                for last in (number, NEVER):
                    self.failing_start(number, last, error)
        agent, link = self.attached()
        self.assertEqual(link.ask({"cmd": "echo alive"}), b"alive\n")
        self.assertEqual(agent.stop(), 0)
        self.assert_whole(before)

    def failing_start(self, first, last, error):
        """It comes up all the same, or ends with one line that says why."""
        self.set_plan(first, last, error)
        agent = self.faulty(self.silent.port)
        poll(lambda: not agent.running or agent.events, 20, "the start or its end")
        where = "calls %d to %d, %s: %s; %s" % (first, last, os.strerror(error), agent.words(),
                                                self.calls()[first - 1:first])
        if agent.events:
            self.clear_plan()
            self.assertEqual(agent.stop(), 0, where)
        else:
            self.assertEqual(agent.wait_exit(), 1, where)
            self.assertEqual(len(agent.errors), 1, where)
            self.assertIn(str(self.data), agent.errors[0], where)
            self.clear_plan()
        self.assertEqual(list(self.data.glob("*damaged*")), [], where)
        agent.discard()

    # ST-01
    def rows_of_all(self):
        """The rows of the journal and of those that were set aside, by their hash."""
        found = set()
        copy = self.home.path / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.data, copy)
        for path in copy.iterdir():
            if path.name.startswith("journal.db") and not path.name.endswith(("-wal", "-shm")):
                with contextlib.closing(sqlite3.connect(path)) as database:
                    tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
                    if "journal" in tables:
                        found |= {row[0] for row in database.execute("SELECT hash FROM journal")}
        return found

    def spoil(self):
        """A journal with a table that is not ours, whose last rows are in its log."""
        agent, link = self.attached()
        self.assertEqual(link.ask({"cmd": "echo before"}), b"before\n")
        agent.kill()
        link.close()
        script = ("import os, sqlite3, sys; d = sqlite3.connect(sys.argv[1]); "
                  "d.execute('CREATE TABLE foreign_one (x)'); d.commit(); os._exit(0)")
        subprocess.run([programs.sys.executable, "-c", script, self.data / "journal.db"], check=True,
                       timeout=30)
        self.assertGreater((self.data / "journal.db-wal").stat().st_size, 0)
        shutil.copytree(self.data, self.home.path / "spoiled")

    def put_spoiled(self):
        shutil.rmtree(self.data)
        shutil.copytree(self.home.path / "spoiled", self.data)

    def aside(self, before):
        """A start without faults: the damaged one is aside, nothing of it is lost, commands run."""
        agent, link = self.attached()
        self.assertEqual(link.ask({"cmd": "echo alive"}), b"alive\n")
        self.assertEqual(agent.stop(), 0)
        self.assertLessEqual(before, self.rows_of_all())
        first = self.journal()[0]
        self.assertTrue((self.data / first["data"]["damaged"]).exists(), first)
        self.assert_verifies()
        agent.discard()
        link.close()

    def test_ST_01_P12_fault_at_each_call_of_moving_aside(self):
        """Killed, or with an error that lasts: the next start goes on with it."""
        self.spoil()
        before = self.rows_of_all()
        self.set_plan(NEVER)
        agent, link = self.attached()
        count = 1 + max(number for number, call in enumerate(self.calls()) if call[0] == "rename")
        agent.stop()
        link.close()
        self.clear_plan()
        for number in self.steps(count, 4):
            for end in (0, errno.EIO, errno.ENOSPC) if programs.LONG else (0, errno.EIO):
                self.put_spoiled()
                self.set_plan(number, NEVER, end)
                agent = self.faulty(self.silent.port)
                poll(lambda: not agent.running or agent.events, 20, "the start or its end")
                agent.process.kill()
                agent.discard()
                self.clear_plan()
                self.aside(before)

    # A disk that is full
    def on_small_disk(self):
        """An agent whose data directory is a disk of 1 MiB, in a mount namespace of its own."""
        self.data.mkdir(mode=0o700)
        namespaces = "-m" if os.geteuid() == 0 else "-rm"
        script = 'mount -t tmpfs -o size=1m,mode=700 tmpfs "$1" && shift && exec "$@"'
        agent = self.start("/usr/bin/unshare", namespaces, "--", "/bin/bash", "-c", script, "bash",
                           self.data, programs.BIN / "cometa-agentd", "-s", "127.0.0.1", "-p",
                           self.peer_.port, "-a", "app", "-d", "dev", "--data-dir", self.data,
                           "--json", "--approve", "all", "--event-interval", 0)
        link = self.peer_.attach()
        agent.wait_state("attached")
        return agent, link

    def inside(self, agent, *command):
        """stdout of a command that sees the agent's disk."""
        users = [] if os.geteuid() == 0 else ["-U", "--preserve-credentials"]
        done = subprocess.run(["/usr/bin/nsenter", "-t", str(agent.pid), "-m", "-r", *users, "--", *command],
                              env=self.home.env, capture_output=True, timeout=30, check=False)
        return done.returncode, done.stdout.decode()

    def inside_ctl(self, agent, *arguments):
        return self.inside(agent, programs.BIN / "cometactl", "--data-dir", self.data, *arguments)

    def fill(self, agent):
        code, _ = self.inside(agent, "/bin/sh", "-c", "cat /dev/zero > %s/filler" % self.data)
        self.assertNotEqual(code, 0)

    def fails(self, link, *words):
        answer = json.loads(link.ask({"cmd": "echo no >> trace"}))
        self.assertEqual((answer["msg"], answer["code"]), ("Failed.", "failed"), answer)
        for word in (STUCK, str(self.data), *words):
            self.assertIn(word, answer["detail"])
        self.assertNotIn("no", self.runs())

    def test_intact_journal_verifies_on_a_medium_that_cannot_be_written(self):
        agent, link = self.attached()
        self.assertEqual(link.ask({"cmd": "echo before"}), b"before\n")
        self.assertEqual(agent.stop(), 0)
        script = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && exec "$2" --data-dir "$1" log verify'
        namespaces = "-m" if os.geteuid() == 0 else "-rm"
        done = subprocess.run(["/usr/bin/unshare", namespaces, "--", "/bin/bash", "-c", script, "bash",
                               self.data, programs.BIN / "cometactl"], env=self.home.env,
                              capture_output=True, timeout=30, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertIn(b"intact", done.stdout)

    def test_ST_03_P12_full_disk(self):
        agent, link = self.on_small_disk()
        self.assertEqual(link.ask({"cmd": "echo before"}), b"before\n")
        self.fill(agent)
        for _ in range(3):
            self.fails(link, "disk full")
        status = json.loads(self.inside_ctl(agent, "status", "--json")[1])
        self.assertEqual(status["state"], "attached")
        self.assertIn("disk full", json.dumps(status))
        self.assertEqual(len([line for line in agent.errors if STUCK in line]), 1, agent.errors)
        self.inside(agent, "/bin/rm", str(self.data / "filler"))
        self.assertEqual(link.ask({"cmd": "echo behind"}), b"behind\n")
        self.ends_whole(agent, link, ["echo before", "echo behind"])

    def test_ST_03_command_that_fills_the_disk_is_recorded_when_there_is_space(self):
        """Its reply is the true one; its end is kept until it can be written."""
        agent, link = self.on_small_disk()
        reply = link.ask({"cmd": "yes | head -c 2000000; echo end"}, 30)
        self.assertTrue(reply.startswith(b"y\ny\n"), reply[:80])
        self.assertTrue(reply.endswith(b"y\nend\n"), reply[-80:])
        self.assertIn(b" bytes left out; ", reply)
        self.fill(agent)
        self.fails(link, "disk full")
        self.inside(agent, "/bin/sh", "-c", "rm %s/filler %s/outputs/*.out" % (self.data, self.data))
        self.assertEqual(link.ask({"cmd": "echo behind"}), b"behind\n")
        rows = json.loads(self.inside_ctl(agent, "log", "export", "--format", "json")[1])
        ends = [row["kind"] for row in rows if row["kind"] in ENDS]
        self.assertEqual(ends, ["finished", "finished"])
        self.assert_clean(link)
        self.assertEqual(agent.stop(), 0)

    def ends_whole(self, agent, link, commands):
        rows = json.loads(self.inside_ctl(agent, "log", "export", "--format", "json")[1])
        received = [row["data"]["cmd"] for row in rows if row["kind"] == "received"]
        for command in commands:
            self.assertIn(command, received)
        self.assertEqual([row["kind"] for row in rows if row["kind"] in ENDS],
                         ["finished"] * len(received))
        self.assertEqual(self.inside_ctl(agent, "log", "verify")[0], 0)
        self.assert_clean(link)
        self.assertEqual(agent.stop(), 0)


if __name__ == "__main__":
    unittest.main()
