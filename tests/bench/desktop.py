#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""desktop.py BIN [--starts N] [--requests N] [--seconds N]: figures of cometa-agent on a desktop.

On a display of its own, with a tray that tells when an icon comes; beside an empty Qt program in
the tray, interleaved in one run. Prints tables; judges nothing.
"""

import argparse
import os
import shlex
import socket
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "gui"), str(HERE.parent / "peers")]

from bench import REPLY, chunk, row  # noqa: E402
from server import Server as PeerServer  # noqa: E402
from xsession import Session, poll  # noqa: E402

SETTLED = 0.7  # s after the icon came, when memory is read


def memory(pid, name):
    """MiB: VmRSS, RssAnon, VmHWM …"""
    for line in open("/proc/%d/status" % pid):
        if line.startswith(name + ":"):
            return int(line.split()[1]) / 1024
    return 0


def cpu_seconds(pid):
    fields = open("/proc/%d/stat" % pid).read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Server(threading.Thread):
    """Takes whoever attaches and answers nothing more."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = str(self.listener.getsockname()[1])
        self.links = []
        self.start()

    def run(self):
        while True:
            link, _ = self.listener.accept()
            head = b""
            while b"\r\n\r\n" not in head:
                head += link.recv(65536)
            link.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(REPLY))
            self.links.append(link)


class Start:
    """One start of a program, from exec to its icon in the tray."""

    def __init__(self, session, host, command):
        began = time.monotonic_ns()
        self.process = session.start(command)
        while True:
            word, number = host.stdout.readline().split()
            if word == b"docked":
                break
        self.seconds = (int(number) - began) / 1e9
        self.cpu = cpu_seconds(self.process.pid)

    def end(self, session):
        session.stop(self.process)
        session.children.remove(self.process)


class Starts:
    def __init__(self, session, bin_dir):
        self.session, self.bin, self.server = session, Path(bin_dir), Server()
        self.host = session.start([self.bin / "bench_trayhost"], stdout=subprocess.PIPE)
        if self.host.stdout.readline() != b"ready 0\n":
            raise SystemExit("the tray did not start")

    def agent(self, *more):
        return [self.bin / "cometa-agent", "--server", "127.0.0.1", "--port", self.server.port, "--no-tls",
                "--app", "a", "--device", "d", "--event-interval", "0", *more]

    def measure(self, command):
        """Seconds to the icon, MiB of RSS, MiB of them that it shares with no file."""
        start = Start(self.session, self.host, command)
        time.sleep(SETTLED)
        figures = (start.seconds, memory(start.process.pid, "VmRSS"), memory(start.process.pid, "RssAnon"))
        start.end(self.session)
        return figures

    def run(self, count):
        """Our figures and the floor's, by turns; the first start of all makes the journal."""
        empty = [self.bin / "bench_emptytray"]
        self.measure(self.agent("--minimised")), self.measure(empty)
        pairs = [(self.measure(self.agent("--minimised")), self.measure(empty)) for _ in range(count)]
        ours, floor = zip(*pairs)
        return [[[figures[i] for figures in side] for side in (ours, floor)] for i in range(3)]


def starts(session, options):
    (our_time, their_time), (our_rss, their_rss), (our_own, their_own) = Starts(session, options.bin).run(
        options.starts)
    row("", "cometa-agent", "empty tray", "ratio", "wanted")

    def print_pair(name, form, ours, theirs, wanted):
        a, b = statistics.median(ours), statistics.median(theirs)
        row(name, form % a, form % b, "%.2f" % (a / b), wanted)
    ms = [[1000 * x for x in times] for times in (our_time, their_time)]
    print_pair("exec to icon in the tray, median", "%.1f ms", *ms, "<= 1.8")
    print_pair("  … fastest", "%.1f ms", [min(ms[0])], [min(ms[1])], "")
    print_pair("RSS", "%.1f MiB", our_rss, their_rss, "<= 1.45")
    print_pair("  … of it anonymous", "%.1f MiB", our_own, their_own, "")


class Loop:
    """cometa-agent with its window open and a probe in its event loop, attached to a server of ours."""

    def __init__(self, session, options, directory, *more):
        self.session, self.server = session, PeerServer()
        self.log = open(session.path / "loop.log", "ab")
        self.process = session.start(
            [options.bin / "bench_desktoploop", "--server", "127.0.0.1", "--port", str(self.server.port),
             "--no-tls", "--app", "a", "--device", "d", "--event-interval", "0", "--data-dir", str(directory),
             "--keep-megabytes", "1048576", "--keep-days", "36500", "--reply-budget",
             "600", *more],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log)
        self.link = self.server.attach(timeout=600, heartbeat=60)
        self.answer()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.session.stop(self.process)
        self.session.children.remove(self.process)
        self.server.close()
        self.log.close()

    def answer(self):
        line = self.process.stdout.readline().decode()
        if not line:
            raise SystemExit("bench_desktoploop ended: %s" % self.process.wait(10))
        return line.split()

    def do(self, *words):
        os.write(self.process.stdin.fileno(), (" ".join(map(str, words)) + "\n").encode())
        return self.answer()

    def measured(self, name, work, wanted="<= 100 ms", growth=""):
        """The loop's figures while work() goes on."""
        self.do("begin")
        work()
        blocked, busy, lasted, worked, grown = map(float, self.do("end"))
        print("%-44s %8.1f ms %8.1f ms %6.0f %% %8.1f MiB   %s" % (
            name, blocked, busy, 100 * worked / lasted, grown, wanted + growth), flush=True)


TYPING = 200  # ms, which the search waits for the next key
TEXTS = ("common", "needle", "missing", "c", "comm tick", "h7", "common needle", "4711", "")


def searching(loop):
    """Each text as it is typed, a letter after the other."""
    for text in TEXTS:
        for length in range(1, len(text)):
            loop.do("type", text[:length])
        rows, ms = loop.do("search", text)
        print("    %-30s %4s rows %8.1f ms" % ("“%s”" % text, rows, float(ms) - TYPING), flush=True)


def requests(loop, count=1000):
    """All at once, until nothing more comes: the device answers nothing that it takes for given up."""
    loop.link.send(b"".join(chunk(b'{"cmd":"true"}') for _ in range(count)))
    seen = -1
    while len(loop.link.frames) > seen:
        seen = len(loop.link.frames)
        time.sleep(2)


def command(loop, text, seconds):
    """Runs it that long, its output in view."""
    before = len(loop.link.frames)
    loop.link.message({"cmd": "timeout %g sh -c %s" % (seconds, shlex.quote(text))})
    time.sleep(1)  # until it is listed
    loop.do("select")
    loop.link.wait(lambda link: any(frame.kind in ("reply", "event") for frame in link.frames[before:]),
                   timeout=seconds + 60, what="the end of the command")


RATE = "while :; do head -c 10000000 /dev/zero | tr '\\0' 'x'; sleep 0.09; done"
LINES = "while :; do head -c 10000000 %s; sleep 0.09; done"


def prompts(session, options):
    """How long a command of 64 KiB on one line takes from its arrival to its prompt on the screen."""
    with Loop(session, options, session.path / "prompts") as loop:
        for name, text in (("a short command", "true"), ("64 KiB on one line", "x" * 65_500),
                           ("64 KiB of escapes", "\\u0001" * 65_500)):
            times = []
            for _ in range(5):
                loop.link.send(chunk(b'{"cmd":"%s"}' % text.encode()))
                poll(lambda: loop.do("waits") == ["1"], what="the request")
                times.append(float(poll(lambda: [t for t in loop.do("prompt") if t != "0"],
                                        what="the prompt")[0]))
                loop.do("deny")
            print("prompt: %-36s %8.1f ms median %8.1f ms longest   <= 100 ms"
                  % (name, statistics.median(times), max(times)), flush=True)


def loops(session, options):
    print("%-44s %11s %11s %8s %12s   wanted" % ("", "blocked", "of it busy", "load", "memory"))
    with Loop(session, options, options.journal, "--approve", "all") as loop:
        loop.measured("nothing", lambda: time.sleep(2), "")
        loop.measured("the log is searched", lambda: searching(loop))
        loop.measured("1,000 requests run", lambda: requests(loop))
        text = options.journal.parent / "lines"
        text.write_bytes(b"a line of output with 40 characters, say\n" * 250_000)
        loop.measured("100 MB/s of lines", lambda: command(loop, LINES % text, options.seconds))
        loop.measured("100 MB/s without a line end", lambda: command(loop, RATE, options.seconds))
        for text in ("yes", "cat /dev/zero", "head -c 1000000000 /dev/zero; sleep 1000"):
            loop.measured(text.split(";")[0], lambda: command(loop, text, options.seconds), growth=", <= 32 MiB")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bin", type=Path)
    parser.add_argument("--starts", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=5, help="of each command that writes")
    parser.add_argument("--requests", type=int, default=1_000_000, help="in the log")
    parser.add_argument("--journal", type=Path, help="use this one, of bench_makejournal; it is written to")
    options = parser.parse_args()
    if options.journal and not (options.journal / "journal.db").is_file():
        parser.error("no journal in %s: give a directory that bench_makejournal has made" % options.journal)
    with Session(tray=False) as session:
        if options.starts:
            starts(session, options)
        if not options.journal:
            options.journal = session.path / "journal"
            subprocess.run([options.bin / "bench_makejournal", options.journal, str(options.requests)], check=True)
        prompts(session, options)
        loops(session, options)


if __name__ == "__main__":
    main()
