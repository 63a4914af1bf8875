#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The memory of the programs is kept from core dumps and from other programs of the same user, and
no code gets into it from where they were started."""

import os
import random
import resource
import shutil
import subprocess
from pathlib import Path

import programs
from programs import SystemTest, poll

READ = "import sys\nopen(sys.argv[1], 'rb').read(1)\nprint('read')\n"
# With a limit that allows core dumps, as far as this machine does.
WITH_CORES = ["/bin/sh", "-c", 'ulimit -S -c "$(ulimit -H -c)"; exec "$@"', "sh"]


class Hardening(SystemTest):
    def setUp(self):
        """Everything runs as an ordinary user: root could read it all."""
        super().setUp()
        self.bin = self.home.path / "bin"
        self.bin.mkdir()
        for name in ("cometa-agent", "cometa-agentd", "cometa-keychain", "cometa-run", "cometa-server",
                     "cometactl"):
            if (programs.BIN / name).exists():
                shutil.copy2(programs.BIN / name, self.bin / name)
        self.become = []
        if os.geteuid() == 0:
            uid = random.randrange(100_000, 60_000_000)
            for path in [self.home.path, *self.home.path.rglob("*")]:
                os.chown(path, uid, uid)
            self.become = ["/usr/bin/setpriv", "--reuid", str(uid), "--regid", str(uid),
                           "--clear-groups"]
            self.home.env["GCOV_PREFIX"] = str(self.home.path / "tmp")  # nobody's to write elsewhere

    def start_as_user(self, name, *arguments):
        command = [*self.become, *WITH_CORES, self.bin / name, *arguments]
        return self.start(str(command[0]), *command[1:])

    def attached(self, name="cometa-agentd", *options):
        peer = self.peer()
        agent = self.start_as_user(name, "-s", "127.0.0.1", "-p", peer.port, "-a", "app", "-d", "dev",
                                   "--data-dir", self.home.path / "agent", *options)
        return agent, peer.attach()

    def can_read(self, path):
        """Another process of the same user can."""
        done = subprocess.run([*self.become, "/usr/bin/python3", "-c", READ, path],
                              capture_output=True, timeout=20, check=False)
        self.assertTrue(done.stdout == b"read\n" or b"PermissionError" in done.stderr, done)
        return done.stdout == b"read\n"

    def core_limits(self, pid):
        with open("/proc/%d/limits" % pid, encoding="ascii") as file:
            return next(line for line in file if line.startswith("Max core")).split()[4:6]

    def assert_kept(self, pid):
        """By the process with this number, which is one of the programs."""
        self.assertEqual(self.core_limits(pid)[0], "0")
        for name in ("environ", "mem", "auxv", "pagemap"):
            self.assertFalse(self.can_read("/proc/%d/%s" % (pid, name)), name)
        self.assertTrue(self.can_read("/proc/%d/status" % pid), "what anybody may read")

    def test_P16_a_program_without_it_could_be_read(self):
        """Or what the others find would mean nothing."""
        sleeper = self.start(*map(str, [*self.become, *WITH_CORES, "/bin/sleep", "60"]))
        poll(lambda: Path("/proc/%d/comm" % sleeper.pid).read_text() == "sleep\n", 5, "the sleep")
        self.assertTrue(self.can_read("/proc/%d/environ" % sleeper.pid))

    def test_no_library_is_taken_from_where_a_program_was_started(self):
        for path in programs.BIN.glob("comet*"):
            done = subprocess.run([path, "--version"], capture_output=True, text=True, check=False,
                                  env={**self.home.env, "LD_DEBUG": "libs"}, timeout=20)
            tried = [line.split("=", 1)[1] for line in done.stderr.splitlines() if "trying file=" in line]
            self.assertEqual([name for name in tried if not name.startswith("/")], [], path.name)

    def test_P16_agentd_keeps_its_memory(self):
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        agent, link = self.attached("cometa-agentd", "--approve", "all", "--event-interval", "0")
        self.assert_kept(agent.pid)
        self.assertEqual(self.core_limits(agent.pid)[1],
                         "unlimited" if hard == resource.RLIM_INFINITY else str(hard))
        # An ordinary user's commands run as before, and leave no core dumps.
        self.assertEqual(link.ask({"cmd": "ulimit -S -c; ulimit -H -c; head -c 5 /proc/self/environ"
                                   " | wc -c; (sleep 0.1 & wait); echo end"}), b"0\n0\n5\nend\n")
        self.assert_clean(link)
        self.assertEqual(agent.stop(), 0)

    # A command is a process of the same user, too. What it may do to others:
    TRACE = ("import ctypes, os, subprocess, sys, time\n"
             "pid = int(sys.argv[1]) or subprocess.Popen(['/bin/sleep', '60']).pid\n"
             "libc = ctypes.CDLL(None, use_errno=True)\n"
             "done = libc.ptrace(%d, pid, 0, 0)\n"
             "print(done if done == 0 else os.strerror(ctypes.get_errno()), flush=True)\n"
             "time.sleep(float(sys.argv[2]))\n")

    def test_P9_P15_a_command_cannot_trace_its_supervisor(self):
        """The agent would wait for good for the end of a cometa-run that somebody else traces."""
        peer = self.peer()
        agent = self.start_as_user("cometa-agentd", "-s", "127.0.0.1", "-p", peer.port, "-a", "app", "-d", "dev",
                                   "--data-dir", self.home.path / "agent", "--approve", "all")
        link = peer.attach(heartbeat=1)
        for request in (16, 0x4206):  # PTRACE_ATTACH, PTRACE_SEIZE
            script = self.home.file("trace%d.py" % request, (self.TRACE % request).encode())
            self.assertEqual(link.ask({"cmd": "python3 %s 0 0" % script}), b"0\n", "others it may")
            self.assertEqual(link.ask({"cmd": "python3 %s $PPID 0" % script}), b"Operation not permitted\n")
        before = len(link.heartbeats)
        reply = link.ask({"cmd": "python3 %s $PPID 60" % script, "timeout": 2})
        self.assertEqual(reply, b"Operation not permitted\n[timed out after 2 s]\n")
        link.wait(lambda it: len(it.heartbeats) >= before + 4, 10, "the beats")
        self.assert_clean(link)
        self.assertEqual(agent.stop(), 0)

    def test_P12_a_command_cannot_forge_the_report_of_its_end(self):
        agent, link = self.attached("cometa-agentd", "--approve", "all", "--event-interval", "0")
        self.assertEqual(link.ask({"cmd": "ls /proc/$$/fd >/dev/null && echo read"}), b"read\n")
        for path in ("fd", "fdinfo"):
            self.assertEqual(link.ask({"cmd": "ls /proc/$PPID/%s 2>&1 >/dev/null | grep -c denied" % path}), b"1\n")
        numbers = range(3, 40)  # whatever number it has
        reply = link.ask({"cmd": "for fd in %s; do printf 'exit 0\\nleft 0 0\\n' 2>/dev/null >/proc/$PPID/fd/$fd "
                                 "&& echo forged; done 2>/dev/null; exit 3" % " ".join(map(str, numbers))})
        self.assertEqual(reply, b"[exit 3]\n")
        self.assert_clean(link)
        self.assertEqual(agent.stop(), 0)

    def test_P9_P11_the_shell_alone_dies_with_its_supervisor(self):
        """What it starts is asked nothing of."""
        agent, link = self.attached("cometa-agentd", "--approve", "all", "--event-interval", "0")
        script = self.home.file("death.py", b"import ctypes\nnumber = ctypes.c_int()\n"
                                            b"ctypes.CDLL(None).prctl(2, ctypes.byref(number))\nprint(number.value)\n")
        self.assertEqual(link.ask({"cmd": "exec python3 %s" % script}), b"9\n")
        self.assertEqual(link.ask({"cmd": "python3 %s; :" % script}), b"0\n")
        self.assert_clean(link)
        self.assertEqual(agent.stop(), 0)

    def test_P16_agent_keeps_its_memory(self):
        if not (self.bin / "cometa-agent").exists():
            self.skipTest("cometa-agent is not built")
        self.home.env["QT_QPA_PLATFORM"] = "offscreen"
        agent, _ = self.attached("cometa-agent", "--minimised")
        self.assert_kept(agent.pid)
        self.assertEqual(agent.stop(), 0)

    def test_P16_server_keeps_its_memory(self):
        server = self.start_as_user("cometa-server", "--port", "0", "--data-dir", self.home.path / "server")
        poll(lambda: self.core_limits(server.pid)[0] == "0", 10, "the limit of cometa-server")
        poll(lambda: not self.can_read("/proc/%d/environ" % server.pid), 10, "its memory is kept")
        self.assert_kept(server.pid)
        self.assertEqual(server.stop(), 0)

    def test_P16_cometactl_keeps_its_memory(self):
        self.attached("cometa-agentd", "--event-interval", "0")
        command = [*self.become, *WITH_CORES, self.bin / "cometactl", "--data-dir",
                   self.home.path / "agent", "event"]
        with subprocess.Popen([str(word) for word in command], env=self.home.env,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as ctl:
            poll(lambda: self.core_limits(ctl.pid)[0] == "0", 10, "the limit of cometactl")
            poll(lambda: not self.can_read("/proc/%d/environ" % ctl.pid), 10, "its memory is kept")
            ctl.stdin.close()
            self.assertEqual(ctl.wait(20), 0)

    def test_P16_keychain_program_keeps_its_memory(self):
        if not (self.bin / "cometa-keychain").exists():
            self.skipTest("cometa-keychain is not built")
        command = [*self.become, *WITH_CORES, self.bin / "cometa-keychain", "read"]
        with subprocess.Popen([str(word) for word in command], env=self.home.env,
                              stdin=subprocess.PIPE) as program:  # which waits for a key
            poll(lambda: self.core_limits(program.pid)[0] == "0", 10, "its limit")
            poll(lambda: not self.can_read("/proc/%d/environ" % program.pid), 10, "its memory is kept")
            self.assert_kept(program.pid)
            program.stdin.close()
            self.assertEqual(program.wait(20), 2)


if __name__ == "__main__":
    programs.main()
