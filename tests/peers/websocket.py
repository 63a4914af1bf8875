# SPDX-License-Identifier: Apache-2.0
"""A WebSocket client, written from RFC 6455 - that can also misbehave.

    with WebSocket(port, "/websockets/dev/" + key) as socket:
        socket.send("ping")
        socket.receive()  # "pong"; bytes when it is binary
"""

import base64
import hashlib
import os
import socket
import struct
import threading
import time

from chunks import WireError, hang_up, read_head, receive, reset

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
FINAL = 0x80


class Refused(Exception):
    """The server did not switch protocols. status: the HTTP number; body: its words."""

    def __init__(self, status, body, head):
        super().__init__("%d %r" % (status, body))
        self.status, self.body, self.head = status, body, head


def handshake(path, nonce, host, **fields):
    """fields: more header fields, origin="http://…"; a None leaves that field out."""
    head = {"host": host, "upgrade": "websocket", "connection": "Upgrade",
            "sec-websocket-key": nonce, "sec-websocket-version": "13"}
    head.update({name.replace("_", "-"): value for name, value in fields.items()})
    lines = ["%s: %s\r\n" % pair for pair in head.items() if pair[1] is not None]
    return ("GET %s HTTP/1.1\r\n%s\r\n" % (path, "".join(lines))).encode()


def frame(first, data=b"", mask=None):
    """As a client writes it. first: opcode, with FINAL and reserved bits. mask=b"": not masked."""
    mask = os.urandom(4) if mask is None else mask
    bit = FINAL if mask else 0
    if len(data) < 126:
        head = struct.pack("!BB", first, bit | len(data))
    elif len(data) < 65536:
        head = struct.pack("!BBH", first, bit | 126, len(data))
    else:
        head = struct.pack("!BBQ", first, bit | 127, len(data))
    if mask:
        times = len(data) // 4 + 1
        data = (int.from_bytes(data, "big") ^ int.from_bytes((mask * times)[:len(data)], "big")
                ).to_bytes(len(data), "big")
    return head + mask + data


class WebSocket:
    def __init__(self, port, path, host="127.0.0.1", timeout=10, size=None, tls=None,
                 **fields):
        """size: the handshake goes out in pieces of so many bytes. tls: an ssl.SSLContext."""
        self.sock = socket.create_connection((host, port), timeout)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls:
            self.sock = tls.wrap_socket(self.sock, server_hostname=host)
        self._lock, self.closed = threading.Lock(), None
        try:
            self._open(path, "%s:%d" % (host, port), timeout, size, fields)
        except BaseException:
            self.sock.close()
            raise

    def _open(self, path, host, timeout, size, fields):
        nonce = base64.b64encode(os.urandom(16)).decode()
        request = handshake(path, nonce, fields.pop("host", host), **fields)
        for start in range(0, len(request), size or len(request)):
            self.sock.sendall(request[start:start + (size or len(request))])
        deadline = time.monotonic() + timeout
        self.head, self.buffer = read_head(self.sock, deadline)
        status = int(self.head.first.split(" ")[1])
        if status != 101:
            length = int(self.head.fields.get("content-length", "0"))
            while len(self.buffer) < length:
                self.buffer += receive(self.sock, deadline)
            raise Refused(status, self.buffer, self.head)
        wanted = hashlib.sha1((nonce + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
        if self.head.fields.get("sec-websocket-accept") != base64.b64encode(wanted).decode():
            raise WireError("not the answer to our key: %r" % self.head.raw)
        for name in ("sec-websocket-extensions", "sec-websocket-protocol", "content-length"):
            if name in self.head.fields:
                raise WireError("%s was not asked for" % name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.drop()

    def send(self, message):
        text = isinstance(message, str)
        self.send_frame(FINAL | (TEXT if text else BINARY), message.encode() if text else message)

    def send_frame(self, first, data=b"", mask=None):
        self.send_raw(frame(first, data, mask))

    def send_raw(self, data):
        with self._lock:
            self.sock.settimeout(30)
            self.sock.sendall(data)

    def receive_frame(self, timeout=10):
        """(first byte, data) of the next frame; None at the end of the connection."""
        deadline = time.monotonic() + timeout
        try:
            head = self._take(2, deadline)
        except (WireError, ConnectionError):
            if self.buffer:
                raise
            return None
        if head[1] & 0x80:
            raise WireError("a server does not mask")
        size = head[1]
        if size > 125:
            form, width = ("!H", 2) if size == 126 else ("!Q", 8)
            size = struct.unpack(form, self._take(width, deadline))[0]
        return head[0], self._take(size, deadline)

    def receive(self, timeout=10):
        """The next message: str or bytes. Answers pings. None: it was closed, see closed."""
        while True:
            got = self.receive_frame(timeout)
            if got is None:
                return None
            first, data = got
            if first == FINAL | TEXT:
                return data.decode()
            if first == FINAL | BINARY:
                return data
            if first == FINAL | PING:
                self.send_frame(FINAL | PONG, data)
            elif first == FINAL | CLOSE:
                self.closed = struct.unpack("!H", data[:2])[0] if data else 1005
                self.send_frame(FINAL | CLOSE, data)
                return None
            elif first != FINAL | PONG:
                raise WireError("a frame that begins with %#x" % first)

    def close(self, code=1000):
        """Says goodbye, and gives the server's code."""
        self.send_frame(FINAL | CLOSE, struct.pack("!H", code))
        while True:
            got = self.receive_frame()
            if got is None:
                raise WireError("the server closed without a word")
            if got[0] == FINAL | CLOSE:
                return struct.unpack("!H", got[1][:2])[0]

    def drop(self):
        hang_up(self.sock)

    def reset(self):
        reset(self.sock)

    def _take(self, size, deadline):
        while len(self.buffer) < size:
            self.buffer += receive(self.sock, deadline)
        data, self.buffer = self.buffer[:size], self.buffer[size:]
        return data
