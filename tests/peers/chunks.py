# SPDX-License-Identifier: Apache-2.0
"""Bytes of the Cometa protocol, as protocol.md sections 2 and 3 describe them.

Written from that page alone, so that the programs are tested against the page and not against
themselves. Strict: what a careful peer would not send raises WireError.
"""

import re
import socket
import struct
import time

HEARTBEAT = b"\x06"
EVENT = b"\x07"


class WireError(Exception):
    """The other side broke the protocol, or went away in the middle of something."""


def chunk(data):
    """One message as one HTTP chunk."""
    return b"%x\r\n%s\r\n" % (len(data), data)


def attach_reply(body=None, status=b"200 OK", heartbeat=60, timestamp=1700000000, **more):
    """Head and first chunk of a successful attach, in the only shape that all old clients take."""
    if body is None:
        fields = {"heartbeat": heartbeat, "timestamp": timestamp, **more}
        inner = "".join(',"%s":%s' % (name, value) for name, value in fields.items()
                        if value is not None)
        body = ('{"msg":"200"' + inner + "}").encode()
    return b"HTTP/1.1 " + status + b"\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk(body)


def refusal(status, body=None, headers=(), length=True):
    """A complete HTTP answer that refuses. status: b"409 Conflict"."""
    if body is None:
        body = b'{"msg":"' + status + b'"}'
    lines = [b"HTTP/1.1 " + status]
    lines += [name + b": " + value for name, value in headers]
    if length:
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


class Frame:
    """A chunk that arrived: when (monotonic seconds) and what."""

    def __init__(self, data, raw):
        self.data, self.raw = data, raw
        self.time = time.monotonic()

    @property
    def kind(self):
        if self.data == HEARTBEAT:
            return "heartbeat"
        return "event" if self.data.startswith(EVENT) else "reply"

    @property
    def payload(self):
        return self.data[1:] if self.kind == "event" else self.data

    def __repr__(self):
        return "<%s %r>" % (self.kind, self.data[:80])


class ChunkReader:
    """Bytes in, frames out, however they were cut. Takes the one spelling that protocol.md asks
    senders for: lower-case size without leading zeros, no extension, never size zero."""

    SIZE = re.compile(rb"[1-9a-f][0-9a-f]{0,7}")

    def __init__(self, strict=True, maximum=2 * 1024 * 1024):
        self.buffer = bytearray()
        self.strict, self.maximum = strict, maximum

    def feed(self, data):
        self.buffer += data
        frames = []
        while True:
            frame = self._next()
            if frame is None:
                return frames
            frames.append(frame)

    @property
    def pending(self):
        """Bytes of a frame that is not complete."""
        return bytes(self.buffer)

    def _next(self):
        end = self.buffer.find(b"\r\n", 0, 300)
        if end < 0:
            if len(self.buffer) > 300:
                raise WireError("no end of a size line in %r" % bytes(self.buffer[:60]))
            return None
        size = self._size(bytes(self.buffer[:end]))
        whole = end + 2 + size + 2
        if len(self.buffer) < whole:
            return None
        raw = bytes(self.buffer[:whole])
        if raw[-2:] != b"\r\n":
            raise WireError("no CRLF after the data of %r…" % raw[:60])
        del self.buffer[:whole]
        return Frame(raw[end + 2:-2], raw)

    def _size(self, line):
        if self.strict and not self.SIZE.fullmatch(line):
            raise WireError("size line %r" % line)
        digits = line.split(b";")[0].strip()
        if not re.fullmatch(rb"[0-9A-Fa-f]{1,16}", digits):
            raise WireError("size line %r" % line)
        size = int(digits, 16)
        if size > self.maximum:
            raise WireError("a chunk of %d bytes" % size)
        return size


class Head:
    """First line and fields of an HTTP message; names in lower case, raw bytes kept."""

    def __init__(self, raw):
        self.raw = raw
        lines = raw[:-4].split(b"\r\n")
        if b"\n" in b"".join(lines):
            raise WireError("bare LF in %r" % raw)
        self.first = lines[0].decode("latin-1")
        self.fields = {}
        for line in lines[1:]:
            name, colon, value = line.partition(b":")
            if not colon or not name or name != name.strip():
                raise WireError("field %r" % line)
            self.fields[name.decode("latin-1").lower()] = value.strip().decode("latin-1")


def read_head(sock, deadline):
    """The head, and what arrived behind it."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += receive(sock, deadline, data)
    end = data.index(b"\r\n\r\n") + 4
    return Head(data[:end]), data[end:]


def receive(sock, deadline, so_far=b""):
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("nothing more came after %r" % so_far[:200])
    sock.settimeout(left)
    try:
        data = sock.recv(65536)
    except socket.timeout as error:
        raise TimeoutError("nothing more came after %r" % so_far[:200]) from error
    if not data:
        raise WireError("connection closed after %r" % so_far[:200])
    return data


def reset(sock):
    """Close with RST."""
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    except OSError:
        pass
    hang_up(sock)


def hang_up(sock):
    """Close, also under a thread that is in recv()."""
    linger = b""
    try:
        linger = sock.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8)
    except OSError:
        pass
    if linger[:4] in (b"", b"\0\0\0\0"):
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
    sock.close()


def send_in_pieces(sock, data, size=1, pause=0.0005):
    """Each piece in a segment of its own: no Nagle, and a pause that lets the reader wake up."""
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    for start in range(0, len(data), size):
        sock.sendall(data[start:start + size])
        if pause:
            time.sleep(pause)
