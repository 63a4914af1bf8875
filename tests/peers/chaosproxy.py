#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Stands between a device and a server and cuts the connection after a given number of bytes.

    proxy = ChaosProxy(server_port)
    proxy.cut("up", 120, "rst")     # the next connection, after 120 bytes from device to server
    proxy.segment = 1               # from now on, each byte in a segment of its own
    proxy.end("half-close")         # the connection that is there
"""

import argparse
import select
import socket
import sys
import threading
import time

from chunks import hang_up, reset, send_in_pieces

KINDS = ("fin", "rst", "stall")
ENDS = ("fin", "rst", "half-close")


class Cut:
    """direction: "up" is device -> server, "down" the other way; stall: seconds of silence in both
    directions, after which the connection is reset."""

    def __init__(self, direction, offset, kind, stall=0.4):
        assert direction in ("up", "down") and kind in KINDS
        self.direction, self.offset, self.kind, self.stall = direction, offset, kind, stall


class ChaosProxy:
    """One cut concerns one connection, the first that is accepted after cut(); all others pass."""

    def __init__(self, upstream, port=0):
        self.upstream = upstream
        self.sock = socket.socket()
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.sock.bind(("127.0.0.1", port))
        self.sock.listen(64)
        self.port = self.sock.getsockname()[1]
        self.was_cut = threading.Event()
        self.seen = []  # per connection: {"up": bytes, "down": bytes}
        self.segment = 0  # bytes that are passed on at a time; 0: as they come
        self.gather = 0.0  # seconds for which bytes are collected before they are passed on
        self.silent = False  # nothing is passed on, and nothing is ended
        self._cut, self._end, self._closed = None, None, False
        self._threads = []
        self._start(self._accept)

    def cut(self, direction, offset, kind, stall=0.4):
        self._cut = Cut(direction, offset, kind, stall)

    def end(self, kind):
        """Ends the one connection that is there; half-close: the device's side of it."""
        assert kind in ENDS
        self._end = kind

    def close(self):
        self._closed = True
        for thread in self._threads:
            thread.join(5)
        self.sock.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _start(self, what, *arguments):
        thread = threading.Thread(target=what, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self):
        while not self._closed:
            ready, _, _ = select.select([self.sock], [], [], 0.05)
            if not ready:
                continue
            device, _ = self.sock.accept()
            cut, self._cut = self._cut, None
            self._start(self._relay, device, cut)

    def _relay(self, device, cut):
        seen = {"up": b"", "down": b""}
        self.seen.append(seen)
        try:
            server = socket.create_connection(("127.0.0.1", self.upstream), 5)
        except OSError:
            reset(device)
            return
        for sock in (device, server):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ways = {device: ("up", server), server: ("down", device)}
        broken = False
        try:
            broken = self._pump(ways, seen, cut) == "rst"
        except OSError:
            broken = True
        if broken or (cut and cut.kind != "fin" and self.was_cut.is_set()):
            reset(device)
            reset(server)
        else:
            hang_up(device)
            hang_up(server)

    def _pump(self, ways, seen, cut):
        """Returns when the connection is to be closed: "rst", or anything else for FIN."""
        device, server = ways
        while not self._closed:
            if self.silent:
                time.sleep(0.02)
                continue
            end, self._end = self._end, None
            if end in ("fin", "rst"):
                return end
            if end == "half-close":
                del ways[device]
                server.shutdown(socket.SHUT_WR)
            if cut and len(seen[cut.direction]) >= cut.offset:
                self._do(cut)
                return None
            ready, _, _ = select.select(list(ways), [], [], 0.05)
            for sock in ready:
                direction, other = ways[sock]
                most = 65536
                if cut and cut.direction == direction:
                    most = min(most, cut.offset - len(seen[direction]))
                data = sock.recv(most) if most else b""
                if not data:
                    if most:
                        return None
                    break
                seen[direction] += self._pass_on(sock, other, data)
        return None

    def _pass_on(self, sock, other, data):
        if self.gather:
            time.sleep(self.gather)
            if select.select([sock], [], [], 0)[0]:
                data += sock.recv(65536)
        if self.segment:
            send_in_pieces(other, data, self.segment)
        else:
            other.sendall(data)
        return data

    def _do(self, cut):
        if cut.kind == "stall":
            end = time.monotonic() + cut.stall
            while not self._closed and time.monotonic() < end:
                time.sleep(0.02)
        self.was_cut.set()


def main():
    parser = argparse.ArgumentParser(description="Cuts the first connection through it, lets the "
                                                 "others pass.")
    parser.add_argument("upstream", type=int, help="port of the server on 127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--direction", choices=["up", "down"], default="up")
    parser.add_argument("--offset", type=int, default=-1, help="bytes before the cut; -1: no cut")
    parser.add_argument("--kind", choices=KINDS, default="rst")
    options = parser.parse_args()
    proxy = ChaosProxy(options.upstream, options.port)
    if options.offset >= 0:
        proxy.cut(options.direction, options.offset, options.kind)
    print('{"ready":true,"port":%d}' % proxy.port, flush=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        proxy.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
