# SPDX-License-Identifier: Apache-2.0
"""A device, a requester and a WebSocket, as bytes on sockets: nothing of the server under test."""

import base64
import collections
import http.client
import json
import os
import socket
import ssl
import struct
import time
import urllib.parse

Answer = collections.namedtuple("Answer", "status fields body")


class Broken(AssertionError):
    """What came is not the protocol."""


class Place:
    """Where the server is, and what is known of its applications."""

    def __init__(self, base_url, app, secret, other=None, ca_file=None, patience=5.0):
        parts = urllib.parse.urlsplit(base_url)
        self.tls = parts.scheme == "https"
        self.host = parts.hostname
        self.port = parts.port or (443 if self.tls else 80)
        self.prefix = parts.path.rstrip("/")
        self.app, self.secret = app, secret
        self.other = other  # (id, secret) of a second application, or None
        self.ca_file, self.patience = ca_file, patience
        self._opened = []
        self.timeout = 60.0  # of a request; the attach reply may tell another one

    def connect(self):
        plain = socket.create_connection((self.host, self.port), timeout=10)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.tls:
            context = ssl.create_default_context(cafile=self.ca_file)
            plain = context.wrap_socket(plain, server_hostname=self.host)
        self._opened.append(plain)
        return plain

    def close_all(self):
        for one in self._opened:
            one.close()
        self._opened.clear()

    def device_path(self, device, tail=""):
        return "/v1/applications/%s/devices/%s%s" % (self.app, device, tail)

    def call(self, method, path, body=None, secret=None, fields=()):
        """One request on a connection of its own. secret: "" for none."""
        secret = self.secret if secret is None else secret
        stream = self.connect()
        try:
            head = "%s %s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n" % (
                method, self.prefix + path, self.host, self.port)
            if secret:
                head += "Authorization: OAuth %s\r\n" % secret
            head += "".join("%s: %s\r\n" % field for field in fields)
            if body is not None:
                head += "Content-Length: %d\r\n" % len(body)
            stream.sendall(head.encode("utf-8") + b"\r\n" + (body or b""))
            stream.settimeout(self.timeout + 10)
            response = http.client.HTTPResponse(stream, method=method)
            response.begin()
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            stream.close()


class Stream:
    """Bytes of a socket, with a time for each wait."""

    def __init__(self, sock):
        self.sock, self.bytes = sock, b""

    def more(self, seconds):
        """False at the end of the stream."""
        self.sock.settimeout(max(0.01, seconds))
        try:
            data = self.sock.recv(65536)
        except socket.timeout:
            raise Broken("nothing came within %.1f s" % seconds) from None
        except ConnectionError:
            return False
        self.bytes += data
        return bool(data)

    def until(self, end, seconds=10):
        deadline = time.monotonic() + seconds
        while end not in self.bytes:
            if not self.more(deadline - time.monotonic()):
                raise Broken("the server closed, after %r" % self.bytes[-200:])
        taken, self.bytes = self.bytes.split(end, 1)
        return taken

    def exactly(self, count, seconds=10):
        deadline = time.monotonic() + seconds
        while len(self.bytes) < count:
            if not self.more(deadline - time.monotonic()):
                raise Broken("the server closed, after %r" % self.bytes[-200:])
        taken, self.bytes = self.bytes[:count], self.bytes[count:]
        return taken

    def ends(self, seconds=10):
        """Whether the server closes within that time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if not self.more(deadline - time.monotonic()):
                    return True
            except Broken:
                return False
        return False

    def close(self):
        self.sock.close()


class Device(Stream):
    """Attached, or refused: status and reply tell."""

    def __init__(self, place, device_id, info=b"conformance", app=None, fields=()):
        super().__init__(place.connect())
        self.id = device_id
        head = "POST %s/v1/applications/%s/devices/%s HTTP/1.1\r\nHost: api.cometa.io\r\n" % (
            place.prefix, app or place.app, device_id)
        head += "".join("%s: %s\r\n" % field for field in fields)
        head += "Content-Length:%d\r\n\r\n" % len(info)
        self.sock.sendall(head.encode() + info)
        self.head = self.until(b"\r\n\r\n").decode("latin-1")
        self.status = int(self.head.split(" ")[1])
        if "transfer-encoding: chunked" in self.head.lower():
            self.first = self.chunk()
        else:
            lengths = [line.split(":")[1] for line in self.head.split("\r\n")
                       if line.lower().startswith("content-length:")]
            self.first = self.exactly(int(lengths[0])) if lengths else b""
        self.reply = json.loads(self.first) if self.first.startswith(b"{") else {}
        if self.status == 200 and isinstance(self.reply.get("timeout"), (int, float)):
            place.timeout = float(self.reply["timeout"])

    def chunk(self, seconds=10):
        size = int(self.until(b"\r\n", seconds).split(b";")[0], 16)
        data = self.exactly(size, seconds)
        if self.exactly(2, seconds) != b"\r\n":
            raise Broken("no line end behind a chunk")
        return data

    def frame(self, data):
        self.sock.sendall(b"%x\r\n%s\r\n" % (len(data), data))

    def heartbeat(self):
        self.frame(b"\x06")

    def event(self, data):
        self.frame(b"\x07" + data)


class WebSocket(Stream):
    """Opened, or refused: status tells."""

    TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10

    def __init__(self, place, path, fields=()):
        super().__init__(place.connect())
        key = base64.b64encode(os.urandom(16)).decode()
        head = ("GET %s HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n" % (
                    place.prefix + path, place.host, place.port, key))
        head += "".join("%s: %s\r\n" % field for field in fields)
        self.sock.sendall(head.encode() + b"\r\n")
        self.head = self.until(b"\r\n\r\n").decode("latin-1")
        self.status = int(self.head.split(" ")[1])

    def send(self, data, opcode=TEXT):
        mask = os.urandom(4)
        size = len(data)
        if size < 126:
            head = bytes([0x80 | opcode, 0x80 | size])
        elif size < 65536:
            head = bytes([0x80 | opcode, 0x80 | 126]) + struct.pack(">H", size)
        else:
            head = bytes([0x80 | opcode, 0x80 | 127]) + struct.pack(">Q", size)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(data))
        self.sock.sendall(head + mask + masked)

    def receive(self, seconds=10):
        """(opcode, data) of the next frame; the server must not mask or fragment these."""
        first, second = self.exactly(2, seconds)
        size = second & 0x7F
        if second & 0x80:
            raise Broken("the server masks a frame")
        if size == 126:
            size = struct.unpack(">H", self.exactly(2, seconds))[0]
        elif size == 127:
            size = struct.unpack(">Q", self.exactly(8, seconds))[0]
        return first & 0x0F, self.exactly(size, seconds)
