#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The device side of the Cometa protocol: attach, answer, beat, tell - and misbehave.

    with Device(port, "app", "dev", handler=lambda message: b"pong") as device:
        device.attach()
        device.send_event(b'{"temp":21}')
"""

import argparse
import json
import select
import socket
import sys
import threading
import time

from chunks import (EVENT, HEARTBEAT, ChunkReader, WireError, chunk, hang_up, read_head, receive,
                    reset, send_in_pieces)


class Refused(Exception):
    """The server did not let us attach. status: the HTTP number; body: its words."""

    def __init__(self, status, body):
        super().__init__("%d %r" % (status, body))
        self.status, self.body = status, body


def attach_request(app, device, info, host="api.cometa.io", length=b"Content-Length: "):
    """As the SDK's clients write it: one write, no other field. length: b"Content-Length:" is the
    Python client's spelling."""
    return (b"POST /v1/applications/%s/devices/%s HTTP/1.1\r\nHost: %s\r\n%s%d\r\n\r\n"
            % (app.encode(), device.encode(), host.encode(), length, len(info))) + info


class Device:
    """handler: bytes of a message -> bytes of the reply, or None for no reply at all."""

    def __init__(self, port, app, device, info=b"Linux-device", handler=None, host="127.0.0.1"):
        self.address = (host, port)
        self.app, self.device, self.info, self.handler = app, device, info, handler
        self.sock, self.head, self.reply, self.first_read = None, None, None, b""
        self.messages, self.ended, self.error = [], None, None
        self._changed, self._writing = threading.Condition(), threading.Lock()
        self._thread, self._closed = None, False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def attach(self, timeout=10, size=None, request=None):
        """Gives the JSON text of the attach reply. Refused: any other status than 200."""
        self.sock = socket.create_connection(self.address, timeout)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._write(request or attach_request(self.app, self.device, self.info), size)
        deadline = time.monotonic() + timeout
        self.head, rest = read_head(self.sock, deadline)
        status = int(self.head.first.split(" ")[1])
        if status != 200:
            raise Refused(status, self._body(rest, deadline))
        if self.head.fields.get("transfer-encoding", "").lower() != "chunked":
            raise WireError("the attach reply is not chunked: %r" % self.head.raw)
        self.first_read = rest
        reader = ChunkReader()
        frames = reader.feed(rest)
        while not frames:
            frames = reader.feed(receive(self.sock, deadline, rest))
        self.reply = frames[0].data
        self._thread = threading.Thread(target=self._run, args=(reader, frames[1:]), daemon=True)
        self._thread.start()
        return self.reply

    def send_event(self, payload):
        self._write(chunk(EVENT + payload))

    def heartbeat(self):
        self._write(chunk(HEARTBEAT))

    def send_reply(self, data, size=None):
        self._write(chunk(data), size)

    def send_raw(self, data, size=None):
        """Anything, for those who want to misbehave."""
        self._write(data, size)

    def wait_messages(self, count, timeout=10):
        deadline = time.monotonic() + timeout
        with self._changed:
            while len(self.messages) < count:
                left = deadline - time.monotonic()
                if left <= 0 or self.ended:
                    raise AssertionError("message %d did not come; ended %s, error %s, got %r"
                                         % (count, self.ended, self.error, self.messages))
                self._changed.wait(left)
            return list(self.messages)

    def wait_ended(self, timeout=10):
        """"eof" or "reset"."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while not self.ended:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise AssertionError("the server kept the connection")
                self._changed.wait(left)
            return self.ended

    def reset(self):
        self._closed = True
        if self._thread:
            self._thread.join(5)
        reset(self.sock)

    def close(self):
        self._closed = True
        if self.sock:
            hang_up(self.sock)
        if self._thread and self._thread is not threading.current_thread():
            self._thread.join(5)

    def _body(self, rest, deadline):
        length = int(self.head.fields.get("content-length", "0"))
        while len(rest) < length:
            rest += receive(self.sock, deadline, rest)
        return rest[:length]

    def _write(self, data, size=None):
        with self._writing:
            if size:
                send_in_pieces(self.sock, data, size)
            else:
                self.sock.settimeout(30)
                self.sock.sendall(data)

    def _run(self, reader, frames):
        try:
            while not self._closed:
                for frame in frames:
                    self._take(frame)
                frames = []
                ready, _, _ = select.select([self.sock], [], [], 0.05)
                if ready:
                    data = self.sock.recv(65536)
                    if not data:
                        return self._end("eof")
                    frames = reader.feed(data)
        except WireError as error:
            self.error = str(error)
            self._end("malformed")
        except (OSError, ValueError):
            self._end("reset")
        return None

    def _take(self, frame):
        with self._changed:
            self.messages.append(frame.data)
            self._changed.notify_all()
        if self.handler:
            reply = self.handler(frame.data)
            if reply is not None:
                self._write(chunk(reply))

    def _end(self, how):
        with self._changed:
            self.ended = how
            self._changed.notify_all()


def misbehave(device, how):
    """One wrong thing, after a proper attach."""
    if how == "zero":
        device.send_raw(b"0\r\n\r\n")
    elif how == "short":  # the C library without a callback: two bytes less than it says
        device.send_raw(b"2\r\n\r\n")
    elif how == "huge":
        device.send_raw(b"100002\r\n" + b"x" * 0x100002 + b"\r\n")
    elif how == "size":
        device.send_raw(b"zz\r\nhello\r\n")
    elif how == "half":
        device.send_raw(b"10\r\nhalf")
        device.close()
    elif how == "reset":
        device.reset()


def main():
    parser = argparse.ArgumentParser(description="A Cometa device for trying a server; one JSON "
                                                 "object a line on stdout.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("-p", "--port", type=int, required=True)
    parser.add_argument("-a", "--app", required=True)
    parser.add_argument("-d", "--device", required=True)
    parser.add_argument("-i", "--info", default="Linux-device")
    parser.add_argument("--reply", help="answer to every message; default: the message itself")
    parser.add_argument("--deaf", action="store_true", help="answer nothing")
    parser.add_argument("--heartbeat", type=float, default=60, metavar="SECONDS", help="0: none")
    parser.add_argument("--event", action="append", default=[], metavar="PAYLOAD",
                        help="sent after the attach; may be given more than once")
    parser.add_argument("--misbehave", choices=["zero", "short", "huge", "size", "half", "reset"])
    options = parser.parse_args()

    def answer(message):
        print(json.dumps({"message": message.decode("utf-8", "backslashreplace")}), flush=True)
        if options.deaf:
            return None
        return message if options.reply is None else options.reply.encode()

    device = Device(options.port, options.app, options.device, options.info.encode(), answer,
                    options.host)
    try:
        reply = device.attach()
    except (Refused, WireError, OSError) as error:
        print("cannot attach: %s" % error, file=sys.stderr)
        return 1
    print(json.dumps({"attached": reply.decode("utf-8", "backslashreplace")}), flush=True)
    for payload in options.event:
        device.send_event(payload.encode())
    if options.misbehave:
        misbehave(device, options.misbehave)
    while not device.ended and not device._closed:
        try:
            device.wait_ended(options.heartbeat or 3600)
        except AssertionError:
            device.heartbeat()
        except KeyboardInterrupt:
            break
    print(json.dumps({"ended": device.ended, "error": device.error}), flush=True)
    device.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
