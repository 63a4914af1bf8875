#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Whoever floods cometa-server (SV-03) neither stops it serving others nor makes it grow.

COMETA_LONG=1: the full numbers, and others are served within 200 ms.
"""

import contextlib
import http.client
import os
import random
import resource
import socket
import struct
import threading
import time
import unittest
from pathlib import Path

import programs
from device import Device
from programs import LONG, SystemTest, poll

MEBIBYTE = 1024 * 1024
SLOW = 100 if LONG else 20
DROPPED = 10000 if LONG else 500
BODIES = 200 if LONG else 20
GARBAGE = 2000 if LONG else 100
DEAF = 50 if LONG else 8
LIMIT = 0.2  # s, in the long form
GROWTH = 10 * MEBIBYTE  # of a second round


def resident(pid):
    """Bytes."""
    pages = int(Path("/proc/%d/statm" % pid).read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


class Other(threading.Thread):
    """Somebody who asks all the while, on one connection, and notes how long each answer takes."""

    def __init__(self, program):
        super().__init__(daemon=True)
        self.times, self.error, self._ends = [], None, threading.Event()
        self._connection = http.client.HTTPConnection("127.0.0.1", program.port, timeout=60)
        self._path = "/v1/applications/" + program.app
        self._fields = {"Authorization": "OAuth " + program.secret}
        self.start()

    def run(self):
        try:
            while not self._ends.wait(0.005):
                begin = time.monotonic()
                self._connection.request("GET", self._path, headers=self._fields)
                answer = self._connection.getresponse()
                answer.read()
                self.times.append(time.monotonic() - begin)
                if answer.status != 200:
                    raise AssertionError("status %d" % answer.status)
        except Exception as error:  # told by stop()
            self.error = error

    def stop(self):
        self._ends.set()
        self.join(90)
        self._connection.close()
        if self.error:
            raise self.error
        return max(self.times)


class Flood(SystemTest):
    def setUp(self):
        super().setUp()
        limit = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit[1], limit[1]))
        self.program = self.server()
        self.other = Other(self.program)
        self.addCleanup(self.other._ends.set)

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.program.port), 30)

    def twice(self, flood, is_timed=LONG):
        """The second round leaves no more behind than the first."""
        flood()
        poll(lambda: self.other.times, what="an answer")
        before = resident(self.program.pid)
        flood()
        # What it has sent nobody is freed when it sees that they have left.
        deadline = time.monotonic() + 10
        while (grown := resident(self.program.pid) - before) >= GROWTH and time.monotonic() < deadline:
            time.sleep(0.1)
        slowest = self.other.stop()
        self.assertTrue(self.program.running)
        print("slowest answer %.1f ms of %d, grown by %.1f MiB" % (
            1000 * slowest, len(self.other.times), grown / MEBIBYTE), flush=True)
        self.assertLess(grown, GROWTH)
        if is_timed:
            self.assertLess(slowest, LIMIT)

    def test_slow_clients(self):
        def flood():
            with contextlib.ExitStack() as stack:
                slow = [stack.enter_context(self.connect()) for _ in range(SLOW)]
                head = b"GET / HTTP/1.1\r\nHost: h\r\nX: "
                for byte in head:
                    for one in slow:
                        one.sendall(bytes([byte]))
                for one in slow:
                    one.sendall(b"\r\n\r\n")
                for one in slow:
                    self.assertIn(b"HTTP/1.1", one.recv(64))
        self.twice(flood)

    def test_connections_that_are_dropped(self):
        def flood():
            for number in range(DROPPED):
                one = self.connect()
                if number % 3 == 0:
                    one.sendall(b"GET /healthz HT")
                if number % 2 == 0:  # a reset
                    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                one.close()
        self.twice(flood)

    def test_bodies_that_are_too_large(self):
        path = self.program.device_path("dev", "/send")
        body = b"x" * (MEBIBYTE + 1)

        def flood():
            for number in range(BODIES):
                with self.connect() as one, contextlib.suppress(OSError):
                    head = "POST %s HTTP/1.1\r\nHost: h\r\nAuthorization: OAuth %s\r\n" % (
                        path, self.program.secret)
                    if number % 2:
                        head += "Content-Length: %d\r\n\r\n" % len(body)
                        one.sendall(head.encode() + body)
                    else:  # more than the chunk says that it is
                        head += "Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(body)
                        one.sendall(head.encode() + body)
                    self.assertIn(b" 413 ", one.recv(64))
        self.twice(flood)

    def test_garbage(self):
        source = random.Random(7)

        def flood():
            for _ in range(GARBAGE):
                with self.connect() as one, contextlib.suppress(OSError):
                    one.sendall(source.randbytes(source.randrange(1, 20000)))
        self.twice(flood)

    def test_requesters_who_do_not_read(self):
        device = Device(self.program.port, self.program.app, "dev")
        device.attach()
        self.addCleanup(device.close)
        device.send_event(b"x" * MEBIBYTE)
        path = self.program.device_path("dev", "/events")
        poll(lambda: len(self.program.call("GET", path)[1]) > MEBIBYTE, what="the event")
        request = ("GET %s HTTP/1.1\r\nHost: h\r\nAuthorization: OAuth %s\r\n\r\n" % (
            path, self.program.secret)).encode()

        def flood():
            with contextlib.ExitStack() as stack:
                before = resident(self.program.pid)
                for _ in range(DEAF):
                    one = stack.enter_context(self.connect())
                    one.setblocking(False)
                    with contextlib.suppress(BlockingIOError):
                        one.sendall(request * 500)  # 500 MiB of answers
                count = len(self.other.times)
                poll(lambda: len(self.other.times) > count + 50, 60, "answers to others")
                held = resident(self.program.pid) - before
                self.assertLess(held, DEAF * 4 * MEBIBYTE + GROWTH)
        # They have the secret, and each answer is a MiB: others wait for their turn.
        self.twice(flood, is_timed=False)


if __name__ == "__main__":
    unittest.main()
