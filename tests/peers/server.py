#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The server side of the Cometa protocol under full control of a test, byte by byte.

    with Server() as server:
        link = server.attach()          # waits for an agent and answers 200
        link.message(b'{"cmd":"id"}')
        print(link.wait_reply().data)

Every frame of the device is kept with its arrival time in link.frames; whatever breaks the
protocol is kept in link.error.
"""

import argparse
import json
import select
import socket
import sys
import threading
import time

from chunks import (ChunkReader, WireError, attach_reply, chunk, hang_up, read_head, receive, refusal,
                    reset, send_in_pieces)


class Link:
    """One connection of a device, from its attach request on."""

    def __init__(self, sock, address, timeout=10):
        self.sock, self.address = sock, address
        self.accepted = time.monotonic()
        self.frames, self.error, self.ended = [], None, None
        self.head, self.body, self.request = None, b"", b""
        self._changed = threading.Condition()
        self._reading = threading.Event()
        self._reading.set()
        self._rate, self._thread, self._closed = 0, None, False
        self._reader, self._rest = ChunkReader(), b""

    # What the device asked
    def read_request(self, timeout=10):
        """The attach request: head and body, nothing behind it."""
        deadline = time.monotonic() + timeout
        self.head, rest = read_head(self.sock, deadline)
        length = int(self.head.fields.get("content-length", "0"))
        while len(rest) < length:
            rest += receive(self.sock, deadline, rest)
        self.body, self._rest = rest[:length], rest[length:]
        self.request = self.head.raw + self.body
        if self._rest:
            self.error = "%r was sent before the attach reply" % self._rest
        return self

    @property
    def path(self):
        return self.head.first.split(" ")[1]

    # What we say
    def send(self, data, size=None, pause=0.0005):
        """size: bytes in a segment; default: all in one write."""
        if size:
            send_in_pieces(self.sock, data, size, pause)
        else:
            self.sock.settimeout(30)
            self.sock.sendall(data)
        return self

    def answer(self, reply=None, size=None, **hints):
        """Answers the attach and starts to collect frames."""
        self.send(attach_reply(**hints) if reply is None else reply, size)
        return self.collect()

    def message(self, data, size=None):
        """Sends a request; bytes as they are, anything else as JSON."""
        if not isinstance(data, bytes):
            data = json.dumps(data, ensure_ascii=False).encode()
        return self.send(chunk(data), size)

    # What the device says
    def collect(self):
        if self._thread is None:
            self._thread = threading.Thread(target=self._collect, daemon=True)
            self._thread.start()
        return self

    def pause_reading(self):
        self._reading.clear()

    def resume_reading(self, rate=0):
        """rate: bytes a second; 0: as they come."""
        self._rate = rate
        self._reading.set()

    def of_kind(self, kind):
        with self._changed:
            return [frame for frame in self.frames if frame.kind == kind]

    @property
    def replies(self):
        return self.of_kind("reply")

    @property
    def events(self):
        return self.of_kind("event")

    @property
    def heartbeats(self):
        return self.of_kind("heartbeat")

    def wait(self, condition, timeout=10, what="the frame"):
        """Until condition(self) holds; the value it gave."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                value = condition(self)
                if value:
                    return value
                left = deadline - time.monotonic()
                if left <= 0 or (self.ended and not self._thread.is_alive()):
                    raise AssertionError("%s did not come; ended %s, error %s, frames %r, behind %r"
                                         % (what, self.ended, self.error, self.frames[-6:],
                                            self._reader.pending[:80]))
                self._changed.wait(min(left, 0.5))

    def wait_replies(self, count, timeout=10):
        return self.wait(lambda link: len(link.replies) >= count and link.replies, timeout,
                         "reply %d" % count)

    def wait_reply(self, timeout=10, number=None):
        """The newest of so many replies as number says; default: the first."""
        return self.wait_replies(number or 1, timeout)[(number or 1) - 1]

    def ask(self, data, timeout=10, size=None):
        """Sends a request, gives the bytes of the reply that comes next."""
        number = len(self.replies) + 1
        self.message(data, size)
        return self.wait_reply(timeout, number).data

    def wait_event(self, matches=lambda value: True, timeout=10):
        """The first event whose JSON value fits."""
        def find(link):
            for frame in link.events:
                try:
                    value = json.loads(frame.payload)
                except ValueError:
                    continue
                if matches(value):
                    return (value,)
            return None
        return self.wait(find, timeout, "the event")[0]

    def wait_ended(self, timeout=10):
        """"eof" or "reset"."""
        return self.wait(lambda link: link.ended, timeout, "the end of the connection")

    # How it ends
    def half_close(self):
        self.sock.shutdown(socket.SHUT_WR)

    def reset(self):
        self._closed = True
        reset_now(self.sock, self._thread)

    def close(self):
        self._closed = True
        hang_up(self.sock)
        if self._thread:
            self._thread.join(5)

    def _collect(self):
        data = self._rest
        try:
            while not self._closed:
                frames = self._reader.feed(data)
                with self._changed:
                    self.frames += frames
                    self._changed.notify_all()
                data = self._receive()
                if not data:
                    raise EOFError
        except EOFError:
            self._end("eof")
        except OSError:
            self._end("reset")
        except WireError as error:
            self.error = str(error)
            self._end("malformed")

    def _receive(self):
        """Polls, so that close() and reset() never wait for us."""
        while not self._closed:
            if not self._reading.is_set():
                self._reading.wait(0.05)
                continue
            ready, _, _ = select.select([self.sock], [], [], 0.05)
            if not ready:
                continue
            if not self._rate:
                return self.sock.recv(65536)
            piece = max(1, self._rate // 20)
            time.sleep(0.05)
            return self.sock.recv(piece)
        return b""

    def _end(self, how):
        with self._changed:
            self.ended = how
            if self._reader.pending and how == "eof":
                self.error = "%s inside a frame: %r" % (how, self._reader.pending[:80])
            self._changed.notify_all()


def reset_now(sock, thread):
    """RST needs the last reference to the socket: the collecting thread leaves first."""
    if thread:
        thread.join(5)
    reset(sock)


class Server:
    """Listens on loopback. Connections wait until a test asks for them."""

    def __init__(self, port=0, host="127.0.0.1", receive_buffer=0):
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if receive_buffer:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.sock.bind((host, port))
        self.sock.listen(64)
        self.host, self.port = self.sock.getsockname()
        self.links = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def accept(self, timeout=10):
        """The next connection, before a byte of it was read."""
        ready, _, _ = select.select([self.sock], [], [], max(0, timeout))
        if not ready:
            raise AssertionError("no connection came within %.1f s" % timeout)
        sock, address = self.sock.accept()
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.links.append(Link(sock, address))
        return self.links[-1]

    def accept_request(self, timeout=10):
        """The next connection whose attach request is complete."""
        return self.accept(timeout).read_request(timeout)

    def attach(self, timeout=10, reply=None, size=None, **hints):
        """Lets the next device attach. hints: members of the attach reply."""
        return self.accept_request(timeout).answer(reply, size, **hints)

    def quiet_for(self, seconds):
        """True when nobody connects for so long."""
        ready, _, _ = select.select([self.sock], [], [], seconds)
        return not ready

    def close(self):
        self.sock.close()
        for link in self.links:
            link.close()


def answers(script, seconds):
    """What the command line's scripts answer to an attach; None: nothing."""
    return {
        "attach": attach_reply(),
        "one-byte": attach_reply(),
        "redirect": refusal(b"302 Found", b"", [(b"Location", b"http://127.0.0.1:1/")]),
        "conflict": refusal(b"409 Conflict"),
        "forbidden": refusal(b"403 Forbidden"),
        "html": refusal(b"200 OK", b"<html>hello</html>", [(b"Content-Type", b"text/html")]),
        "ssh": b"SSH-2.0-OpenSSH_9.2p1\r\n",
        "silence": None,
    }[script]


def serve(options):
    server = Server(options.port)
    print(json.dumps({"ready": True, "port": server.port}), flush=True)
    began = time.monotonic()
    while True:
        link = server.accept(3600).read_request(60)
        print(json.dumps({"request": link.request.decode("utf-8", "backslashreplace")}), flush=True)
        script = options.script
        if script == "conflict" and time.monotonic() - began > options.seconds:
            script = "attach"
        reply = answers(script, options.seconds)
        if reply is None:
            continue
        if script not in ("attach", "one-byte"):
            link.send(reply).close()
            continue
        size = 1 if script == "one-byte" else None
        link.answer(reply, size)
        threading.Thread(target=converse, args=(link, options.send, size), daemon=True).start()


def converse(link, messages, size):
    for text in messages:
        link.message(text.encode(), size)
    shown = 0
    while not link.ended or shown < len(link.frames):
        link.wait(lambda it: len(it.frames) > shown or it.ended, 3600)
        for frame in link.frames[shown:]:
            print(json.dumps({"kind": frame.kind,
                              "data": frame.payload.decode("utf-8", "backslashreplace")}), flush=True)
            shown += 1
    print(json.dumps({"ended": link.ended, "error": link.error}), flush=True)


def main():
    parser = argparse.ArgumentParser(description="A scripted Cometa server on loopback; one JSON "
                                                 "object a line on stdout.")
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    parser.add_argument("--script", default="attach",
                        choices=["attach", "one-byte", "redirect", "conflict", "forbidden", "html",
                                 "ssh", "silence"])
    parser.add_argument("--seconds", type=float, default=1e9,
                        help="conflict: attach is allowed after so long")
    parser.add_argument("--send", action="append", default=[], metavar="MESSAGE",
                        help="sent to each device that attaches; may be given more than once")
    try:
        serve(parser.parse_args())
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
