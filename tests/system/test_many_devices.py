#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Many devices and requests leave the server as it was (SV-08): 104 devices and 2,000 requests;
COMETA_LONG=1: 1,000 devices, and 100 requests a second for an hour."""

import http.client
import os
import resource
import selectors
import socket
import statistics
import threading
import time

import programs
from chunks import ChunkReader, HEARTBEAT, chunk, read_head
from device import attach_request
from programs import SystemTest, poll

DEVICES = 1000 if programs.LONG else 104
REQUESTS = 360000 if programs.LONG else 2000
RATE = 100 if programs.LONG else None  # a second; nothing: as fast as they are answered
REQUESTERS = 8  # DEVICES is a multiple, so that each has devices of its own
HEARTBEAT_HINT = 20  # s
GROWTH = 8 * 1024  # KiB that the server may grow by once it is warm


class Fleet:
    """Devices that answer each message with its own bytes, all in one thread."""

    def __init__(self, server):
        self._selector = selectors.DefaultSelector()
        self._ends = threading.Event()
        self.devices = ["dev%d" % number for number in range(DEVICES)]
        for name in self.devices:
            link = socket.create_connection(("127.0.0.1", server.port), 20)
            link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            link.sendall(attach_request(server.app, name, b"Linux-device"))
            _, rest = read_head(link, time.monotonic() + 20)
            reader = ChunkReader()
            self._selector.register(link, selectors.EVENT_READ, [reader, len(reader.feed(rest))])
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self):
        if self._ends.is_set():
            return
        self._ends.set()
        self._thread.join()
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()
        self._selector.close()

    def _run(self):
        beat = time.monotonic()
        while not self._ends.is_set():
            for key, _ in self._selector.select(0.2):
                self._answer(key.fileobj, key.data)
            if time.monotonic() - beat > HEARTBEAT_HINT / 2:
                beat = time.monotonic()
                for key in list(self._selector.get_map().values()):
                    key.fileobj.sendall(chunk(HEARTBEAT))

    def _answer(self, link, state):
        data = link.recv(65536)
        if not data:
            self._selector.unregister(link)
            return link.close()
        for frame in state[0].feed(data):
            state[1] += 1
            if state[1] > 1:  # the first is the attach reply
                link.sendall(chunk(frame.data))


class ManyDevices(SystemTest):
    def setUp(self):
        super().setUp()
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        self.the_server = self.server("--heartbeat", HEARTBEAT_HINT)

    def memory(self):
        """KiB that are resident."""
        with open("/proc/%d/status" % self.the_server.pid, encoding="ascii") as file:
            return int(next(line for line in file if line.startswith("VmRSS")).split()[1])

    def descriptors(self):
        return len(os.listdir("/proc/%d/fd" % self.the_server.pid))

    def ask(self, fleet, first, count, times, faults):
        link = http.client.HTTPConnection("127.0.0.1", self.the_server.port, timeout=60)
        began = time.monotonic()
        for number in range(first, first + count * REQUESTERS, REQUESTERS):
            if RATE:
                time.sleep(max(0, began + (number - first) / RATE - time.monotonic()))
            device = fleet.devices[number % len(fleet.devices)]
            body, start = b"message %d" % number, time.monotonic()
            link.request("POST", self.the_server.device_path(device, "/send"), body,
                         {"Authorization": "OAuth " + self.the_server.secret})
            answer = link.getresponse()
            got = answer.status, answer.read()
            times.append(time.monotonic() - start)
            if got != (200, body):
                faults.append((number, got))
        link.close()

    def round(self, fleet, count):
        times, faults = [], []
        threads = [threading.Thread(target=self.ask,
                                    args=(fleet, first, count // REQUESTERS, times, faults))
                   for first in range(REQUESTERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(faults, [])
        self.assertEqual(len(times), count // REQUESTERS * REQUESTERS)
        return times

    def test_SV_08_memory_and_descriptors_stay_flat(self):
        before = self.descriptors()
        fleet = Fleet(self.the_server)
        self.addCleanup(fleet.close)
        self.round(fleet, max(800, DEVICES * 2))
        memory, attached = self.memory(), self.descriptors()
        self.assertGreaterEqual(attached, before + DEVICES)
        times = self.round(fleet, REQUESTS)
        grown = self.memory() - memory
        print("%d devices, %d requests: p99 %.1f ms, %d KiB more" % (
            DEVICES, len(times), statistics.quantiles(times, n=100)[-1] * 1000, grown))
        self.assertLess(grown, GROWTH)
        poll(lambda: self.descriptors() <= attached, 20, "its requesters are gone")
        fleet.close()
        poll(lambda: self.descriptors() <= before, 20, "its devices are gone")


if __name__ == "__main__":
    programs.main()
