#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""bench.py BIN FLOOR-BIN: the agent's figures beside their floor, interleaved in one run.

Plays the server itself, on one socket a device, so that what is measured is the device. Prints a
table; judges nothing.
"""

import os
import shutil
import socket
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TLS = Path(__file__).resolve().parent.parent / "data" / "tls"
REPLY = b'{"msg":"200","heartbeat":60,"timestamp":1}'


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


class Device:
    """One device of ours, attached."""

    def __init__(self, listener, arguments, context=None):
        self.began = time.perf_counter()
        self.process = subprocess.Popen(arguments, stderr=subprocess.DEVNULL)
        self.sock, _ = listener.accept()
        if context:
            self.sock = context.wrap_socket(self.sock, server_side=True)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        head = b""
        while b"\r\n\r\n" not in head:
            head += self.sock.recv(65536)
        self.sock.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(REPLY))
        self.attached = time.perf_counter()

    def ask(self, message):
        """Seconds from request to the whole reply, and its size."""
        began = time.perf_counter()
        self.sock.sendall(chunk(message))
        data = self.sock.recv(65536)
        end = data.index(b"\r\n")
        size = int(data[:end], 16)
        left = size + end + 4 - len(data)
        while left > 0:
            left -= len(self.sock.recv(min(left, 1 << 20)))
        return time.perf_counter() - began, size

    def memory(self, name):
        for line in open("/proc/%d/status" % self.process.pid):
            if line.startswith(name + ":"):
                return int(line.split()[1]) / 1024
        return 0

    def end(self):
        self.sock.close()
        self.process.terminate()
        self.process.wait(10)


def ms(seconds):
    return "%.2f ms" % (1000 * seconds)


def row(name, ours, floor, ratio, target):
    print("%-34s %14s %14s %10s   %s" % (name, ours, floor, ratio, target), flush=True)


class Bench:
    def __init__(self, bin_dir, floor_dir):
        self.bin, self.floor = Path(bin_dir), Path(floor_dir)
        self.home = Path(tempfile.mkdtemp(prefix="cometa-bench."))
        self.count = 0
        os.environ.update(HOME=str(self.home), XDG_RUNTIME_DIR=str(self.home))
        os.chmod(self.home, 0o700)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = str(self.listener.getsockname()[1])

    def agent(self, *more, context=None, anew=True):
        """anew: with a data directory of its own, else with the last one again."""
        self.count += 1 if anew else 0
        return Device(self.listener, [
            self.bin / "cometa-agentd", "-s", "127.0.0.1", "-p", self.port, "-a", "a", "-d", "d",
            "--approve", "all", "--event-interval", "0",
            "--data-dir", self.home / ("data%d" % self.count), *(more or ("--no-tls",))], context)

    def round_trips(self, pairs=250):
        ours, floor = self.agent(), Device(self.listener, [self.floor / "bench_floor", self.port, self.home])
        for _ in range(20):
            ours.ask(b'{"cmd":"true"}'), floor.ask(b'{"cmd":"true"}')
        times = [(ours.ask(b'{"cmd":"true"}')[0], floor.ask(b'{"cmd":"true"}')[0]) for _ in range(pairs)]
        a, b = (statistics.median(t) for t in zip(*times))
        row("request to reply of true", ms(a), ms(b), "%.2f" % (a / b), "<= 1.3")
        ours.end(), floor.end()

    def empty_start(self):
        began = time.perf_counter()
        process = subprocess.Popen([self.floor / "bench_emptynet"], stdout=subprocess.PIPE)
        process.stdout.read(1)
        took = time.perf_counter() - began
        process.wait()
        return took

    def starts(self, count=30):
        self.agent().end()  # the first start of all makes the journal
        times = []
        for _ in range(count):
            device = self.agent(anew=False)
            times.append((device.attached - device.began, self.empty_start()))
            device.end()
        a, b = (statistics.median(t) for t in zip(*times))
        row("exec to attached", ms(a), ms(b), "%.2f" % (a / b), "<= 1.8")

    def memory(self):
        clear = self.agent()
        clear.ask(b'{"cmd":"true"}')
        row("RSS in the clear", "%.1f MiB" % clear.memory("VmRSS"), "", "", "<= 15 MiB")
        clear.end()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(TLS / "server.pem", TLS / "server.key")
        secret = self.agent("--tls", "--ca-file", TLS / "ca.pem", context=context)
        secret.ask(b'{"cmd":"true"}')
        row("RSS with TLS", "%.1f MiB" % secret.memory("VmRSS"), "", "", "<= 25 MiB")
        secret.end()

    def raw_pipe(self):
        began = time.perf_counter()
        process = subprocess.Popen(["sh", "-c", "head -c 100000000 /dev/zero"], stdout=subprocess.PIPE, bufsize=0)
        buffer = bytearray(65536)
        while process.stdout.readinto(buffer):
            pass
        process.wait()
        return time.perf_counter() - began

    def file(self):
        """What a file takes of what is kept of the output; new pages may be dear on a virtual machine."""
        path, piece = self.home / "floor.out", bytes(65536)
        began = time.perf_counter()
        with open(path, "wb", buffering=0) as file:
            for _ in range(1024):
                file.write(piece)
        took = time.perf_counter() - began
        path.unlink()
        return took

    def output(self, count=7):
        device = self.agent()
        device.ask(b'{"cmd":"true"}')
        before, times = device.memory("VmRSS"), []
        for _ in range(count):
            times.append((device.ask(b'{"cmd":"head -c 100000000 /dev/zero"}')[0], self.raw_pipe(), self.file()))
        a, b, c = (statistics.median(t) for t in zip(*times))
        row("100 MB of output", "%.0f MB/s" % (100 / a), "%.0f MB/s" % (100 / b), "%.2f" % (b / a), ">= 0.25")
        row("the 64 MiB of it that are kept", "", "%.0f MB/s" % (67.1 / c), "", "")
        row("memory for it (peak - before)", "%.1f MiB" % (device.memory("VmHWM") - before), "", "", "<= 32 MiB")
        device.end()

    def run(self):
        row("", "cometa-agentd", "floor", "ratio", "wanted")
        self.round_trips()
        self.starts()
        self.memory()
        self.output()
        shutil.rmtree(self.home)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    Bench(*sys.argv[1:]).run()
