#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A proxy under full control of a test: HTTP CONNECT or SOCKS 5, with or without log-in.

    with Proxy("http", user="u", password="p", names={"cometa.test": ("127.0.0.1", 8080)}) as proxy:
        …
        proxy.asked     # [("cometa.test", 443), …] as the clients wrote it
        proxy.heads     # what they sent up to then

names: what the proxy looks up by itself; answer: bytes that it gives instead of connecting.
"""

import base64
import socket
import struct
import threading


def receive(sock, count):
    data = b""
    while len(data) < count:
        more = sock.recv(count - len(data))
        if not more:
            raise OSError("the client hung up")
        data += more
    return data


class Proxy:
    def __init__(self, kind, user=None, password=None, names=None, answer=None):
        self.kind, self.names, self.answer = kind, names or {}, answer
        self.login = None if user is None else (user.encode(), password.encode())
        self.asked, self.heads, self.behind = [], [], []
        self._sockets = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    @property
    def url(self):
        return "%s://127.0.0.1:%d" % (self.kind, self.port)

    def close(self):
        for sock in [self._listener] + self._sockets:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            sock.close()

    def _accept(self):
        while True:
            try:
                client = self._listener.accept()[0]
            except OSError:
                return
            self._sockets.append(client)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        try:
            server = self._http(client) if self.kind == "http" else self._socks(client)
            if server is None:
                while more := client.recv(65536):  # what comes all the same
                    self.behind.append(more)
                return
            self._sockets.append(server)
            threading.Thread(target=self._pump, args=(server, client), daemon=True).start()
            self._pump(client, server)
        except OSError:
            pass
        finally:
            client.close()

    def _connect(self, host, port):
        self.asked.append((host, port))
        place = self.names.get(host, (host, port) if host[0].isdigit() else None)
        if place is None:
            raise OSError("no such name")
        return socket.create_connection(place, 5)

    def _http(self, client):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += receive(client, 1)
        self.heads.append(head)
        method, place, _ = head.split(b"\r\n")[0].decode().split(" ")
        assert method == "CONNECT", head
        if self.answer is not None:
            client.sendall(self.answer)
            return None
        if self.login:
            wanted = b"Proxy-Authorization: Basic " + base64.b64encode(b":".join(self.login))
            if wanted not in head.split(b"\r\n"):
                client.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                               b"Proxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n")
                return None
        host, port = place.rsplit(":", 1)
        try:
            server = self._connect(host.strip("[]"), int(port))
        except OSError:
            client.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
            return None
        client.sendall(b"HTTP/1.0 200 Connection established\r\n\r\n")
        return server

    def _socks(self, client):
        version, count = receive(client, 2)
        methods = receive(client, count)
        self.heads.append(bytes([version, count]) + methods)
        if self.answer is not None:
            client.sendall(self.answer)
            return None
        wanted = 2 if self.login else 0
        if wanted not in methods:
            client.sendall(b"\x05\xff")
            return None
        client.sendall(bytes([5, wanted]))
        if self.login:
            receive(client, 1)
            user = receive(client, receive(client, 1)[0])
            password = receive(client, receive(client, 1)[0])
            good = (user, password) == self.login
            client.sendall(b"\x01\x00" if good else b"\x01\x01")
            if not good:
                return None
        _, _, _, kind = receive(client, 4)
        if kind == 3:
            host = receive(client, receive(client, 1)[0]).decode()
        else:
            family, size = (socket.AF_INET, 4) if kind == 1 else (socket.AF_INET6, 16)
            host = socket.inet_ntop(family, receive(client, size))
        port = struct.unpack("!H", receive(client, 2))[0]
        try:
            server = self._connect(host, port)
        except OSError:
            client.sendall(b"\x05\x04\x00\x01" + bytes(6))
            return None
        client.sendall(b"\x05\x00\x00\x01" + bytes(6))
        return server

    @staticmethod
    def _pump(source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass
