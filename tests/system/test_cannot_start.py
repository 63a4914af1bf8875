#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Commands that cannot be started fail with the reason, once, and the agent goes on (EX-12)."""

import json
import os
import random
import resource
import shutil
import unittest
from pathlib import Path

import programs
from programs import SystemTest, poll

ENDS = {"finished", "failed", "timed-out", "stopped", "cancelled", "interrupted", "denied", "busy",
        "expired", "withdrawn", "invalid"}
UNSTARTABLE = {  # what stands in the place of a program, its mode, what the reason says
    "not_executable": (b"#!/bin/true\n", 0o644, "permission denied"),
    "no_program": (b"\x7fnothing that could be run\n", 0o755, "exec format error"),
    "empty": (b"", 0o755, "exec format error"),
    "without_its_interpreter": (b"#!/no/such/interpreter\n", 0o755, "no such file"),
}


def children(pid):
    """Pids of the living children of a process."""
    found = []
    for task in Path("/proc/%d/task" % pid).iterdir():
        found += [int(word) for word in (task / "children").read_text().split()]
    return [child for child in found if state(child) not in "ZX"]


def state(pid):
    try:
        return Path("/proc/%d/stat" % pid).read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return "X"


def name(pid):
    try:
        return Path("/proc/%d/comm" % pid).read_text().strip()
    except OSError:
        return ""


class CannotStart(SystemTest):
    def setUp(self):
        super().setUp()
        self.bin = self.home.path / "bin"  # the agent looks for cometa-run beside itself
        self.bin.mkdir()
        for name in ("cometa-agentd", "cometa-run"):
            shutil.copy2(programs.BIN / name, self.bin / name)

    def run_agent(self, *prefix):
        """An agent beside the copied cometa-run; prefix: what it is started through."""
        self.peer_ = self.peer()
        arguments = ["-s", "127.0.0.1", "-p", self.peer_.port, "-a", "app", "-d", "dev",
                     "--data-dir", self.home.path / "agent", "--json", "--approve", "all",
                     "--event-interval", 0]
        command = [*prefix, self.bin / "cometa-agentd", *arguments]
        agent = self.start(str(command[0]), *command[1:])
        link = self.peer_.attach()
        agent.wait_state("attached")
        return agent, link

    def as_nobody(self):
        """Arguments that make the agent an unprivileged one."""
        if os.geteuid() != 0:
            self.become = []  # it is one already
            return []
        uid = random.randrange(100_000, 60_000_000)  # one that runs nothing else
        for path in [self.home.path, *self.home.path.rglob("*")]:
            os.chown(path, uid, uid)
        self.become = ["/usr/bin/setpriv", "--reuid", str(uid), "--regid", str(uid),
                       "--clear-groups"]
        return self.become

    def limit_processes(self, pid, limit):
        """By the agent's own uid: a container's root may not reach into another user's limits."""
        done = programs.subprocess.run([*self.become, "/usr/bin/prlimit", "--pid", str(pid),
                                        "--nproc=%s:" % limit], capture_output=True, timeout=10,
                                       check=False)
        self.assertEqual(done.returncode, 0, done.stderr)

    @staticmethod
    def hard_limit(pid):
        line = next(line for line in Path("/proc/%d/limits" % pid).read_text().splitlines()
                    if line.startswith("Max processes"))
        return line.split()[3]

    def spare(self, agent):
        """Pid of the cometa-run that waits for a command; one that had one is where that ran."""
        def waits(pid):
            try:
                return state(pid) == "S" and os.readlink("/proc/%d/cwd" % pid) == "/"
            except PermissionError:
                return True  # only root may look there; then it has to be the only one

        def found():
            pids = [pid for pid in children(agent.pid) if name(pid) == "cometa-run"]
            return len(pids) == 1 and waits(pids[0]) and pids
        return poll(found, 5, "the spare cometa-run")[0]

    def without_spare(self, agent):
        """Ends the spare and waits until the agent has seen it."""
        pid = self.spare(agent)
        os.kill(pid, programs.signal.SIGKILL)
        poll(lambda: not Path("/proc/%d" % pid).exists(), 5, "the end of the spare")

    def fails(self, agent, link, *words):
        """The next command fails with a reason that holds the words; one end in the journal."""
        reply = link.ask({"cmd": "echo ran >> trace"})
        self.assertTrue(reply.startswith(b"{"), reply)
        answer = json.loads(reply)
        self.assertEqual((answer["msg"], answer["code"]), ("Failed.", "failed"), answer)
        for word in words:
            self.assertIn(word.lower(), answer["detail"].lower())
        self.assertTrue(agent.running)
        self.assertFalse((self.home.path / "trace").exists())
        agent.wait_request("failed", request=answer["request"])
        kinds = [row["kind"] for row in self.journal() if row["request"] == answer["request"]]
        self.assertEqual([kind for kind in kinds if kind in ENDS], ["failed"], kinds)
        self.assertNotIn("running", kinds)
        ends = [event for event in agent.events if event.get("request") == answer["request"]
                and event.get("state") in ENDS]
        self.assertEqual(len(ends), 1, ends)

    def lives_on(self, agent, link):
        self.assertEqual(link.ask({"cmd": "echo alive"}), b"alive\n")
        self.assert_clean(link)
        self.assertEqual(agent.stop(), 0)
        self.assert_verifies()

    # No further process
    def test_EX_12_no_process_for_the_supervisor(self):
        agent, link = self.run_agent(*self.as_nobody())
        self.without_spare(agent)
        self.limit_processes(agent.pid, 0)
        self.fails(agent, link, "cometa-run", "temporarily unavailable")
        self.fails(agent, link, "cometa-run", "temporarily unavailable")
        self.limit_processes(agent.pid, self.hard_limit(agent.pid))
        self.lives_on(agent, link)

    def test_EX_12_no_process_for_the_shell(self):
        agent, link = self.run_agent(*self.as_nobody())
        self.limit_processes(self.spare(agent), 0)
        self.fails(agent, link, "/bin/sh", "temporarily unavailable")
        self.lives_on(agent, link)

    # No memory
    def test_EX_12_no_memory_for_the_shell(self):
        agent, link = self.run_agent()
        spare = self.spare(agent)
        resource.prlimit(spare, resource.RLIMIT_AS, (1 << 20, 1 << 20))  # the shell has no more, either
        reply = link.ask({"cmd": "echo ran >> trace"})
        self.assertRegex(reply.decode(), r"\[exit 127\]\n$|\[signal SIG(KILL|SEGV)\]\n$")
        self.assertFalse((self.home.path / "trace").exists())
        self.assertTrue(agent.running)
        self.lives_on(agent, link)

    # No larger file
    def test_ST_03_limit_of_file_sizes(self):
        agent, link = self.run_agent()
        limits = resource.prlimit(agent.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(agent.pid, resource.RLIMIT_FSIZE, (200_000, limits[1]))
        self.assertEqual(len(link.ask({"cmd": "head -c 500000 /dev/zero"})), 500_000)
        self.assertTrue(agent.running)
        resource.prlimit(agent.pid, resource.RLIMIT_FSIZE, limits)
        self.assertEqual(link.ask({"cmd": "echo alive"}, 30), b"alive\n")

    # No further descriptor
    def test_EX_12_no_descriptor_for_the_supervisor(self):
        """Enough for the deadline of the reply; too few for the pipes, or for what QProcess needs.
        Those of the lost spare become free meanwhile."""
        agent, link = self.run_agent()
        if not os.access("/proc/%d/fd" % agent.pid, os.R_OK):
            self.skipTest("only root can look at the agent's descriptors")
        limits = resource.prlimit(agent.pid, resource.RLIMIT_NOFILE)
        for room in range(1, 7):
            self.without_spare(agent)
            used = [int(entry.name) for entry in Path("/proc/%d/fd" % agent.pid).iterdir()]
            free = [fd for fd in range(3, max(used) + room + 2) if fd not in used]
            resource.prlimit(agent.pid, resource.RLIMIT_NOFILE, (free[room], limits[1]))
            self.fails(agent, link, "")
            resource.prlimit(agent.pid, resource.RLIMIT_NOFILE, limits)
            self.assertEqual(link.ask({"cmd": "echo alive"}), b"alive\n")
        self.lives_on(agent, link)

    # No supervisor
    def test_EX_12_supervisor_missing(self):
        good = self.home.file("good", (self.bin / "cometa-run").read_bytes())
        good.chmod(0o755)
        (self.bin / "cometa-run").unlink()
        agent, link = self.run_agent()
        self.fails(agent, link, "cometa-run")
        good.rename(self.bin / "cometa-run")
        self.lives_on(agent, link)

    def supervisor_is(self, content, mode, reason):
        good = self.home.file("good", (self.bin / "cometa-run").read_bytes())
        good.chmod(0o755)
        (self.bin / "cometa-run").unlink()
        self.home.file("bin/cometa-run", content).chmod(mode)
        agent, link = self.run_agent()
        self.fails(agent, link, "cometa-run", *([reason] if mode & 0o111 else []))
        good.replace(self.bin / "cometa-run")
        self.lives_on(agent, link)

    def test_EX_12_supervisor_that_ends_at_once(self):
        good = self.home.file("good", (self.bin / "cometa-run").read_bytes())
        good.chmod(0o755)
        (self.bin / "cometa-run").unlink()
        shutil.copy2(shutil.which("true"), self.bin / "cometa-run")
        agent, link = self.run_agent()
        self.fails(agent, link, "supervisor")
        good.replace(self.bin / "cometa-run")
        self.lives_on(agent, link)

    # No shell: something else lies over it, in a mount namespace that ends with the agent
    def shell_is(self, content, mode, reason):
        cover = self.home.file("cover", content)
        cover.chmod(mode)
        shell = os.path.realpath("/bin/sh")
        namespaces = "-m" if os.geteuid() == 0 else "-rm"
        script = 'mount --bind "$1" "$2" && shift 2 && exec "$@"'
        agent, link = self.run_agent("/usr/bin/unshare", namespaces, "--", "/bin/bash", "-c",
                                     script, "bash", cover, shell)
        self.fails(agent, link, "/bin/sh", reason)
        users = [] if os.geteuid() == 0 else ["-U", "--preserve-credentials"]
        programs.subprocess.run(["/usr/bin/nsenter", "-t", str(agent.pid), "-m", "-r", *users,
                                 "/usr/bin/umount", shell], check=True, timeout=10)
        self.lives_on(agent, link)


def add_unstartable():
    for name, case in UNSTARTABLE.items():
        def supervisor(self, case=case):
            self.supervisor_is(*case)

        def shell(self, case=case):
            self.shell_is(*case)
        setattr(CannotStart, "test_EX_12_supervisor_%s" % name, supervisor)
        setattr(CannotStart, "test_EX_12_shell_%s" % name, shell)


add_unstartable()

if __name__ == "__main__":
    unittest.main()
