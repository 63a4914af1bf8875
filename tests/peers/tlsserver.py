# SPDX-License-Identifier: Apache-2.0
"""A TLS server that lets devices attach and remembers what reached it."""

import socket
import ssl
import threading
import warnings

from chunks import attach_reply


class TlsServer:
    def __init__(self, certificate, key, versions=None, ciphers=None, clients=None, answer=None):
        """versions: (lowest, highest); clients: the CA file of the certificate they must show; answer:
        bytes, to whatever attaches (default: the device may)."""
        self._answer = answer or attach_reply()
        self.names, self.requests, self.clients, self.faults = [], [], [], []
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.set_ciphers(ciphers or "DEFAULT:@SECLEVEL=0")  # what is weak, the agent finds
        self._context.load_cert_chain(certificate, key)
        self._context.sni_callback = lambda _socket, name, _context: self.names.append(name)
        if versions:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                self._context.minimum_version, self._context.maximum_version = versions
        if clients:
            self._context.load_verify_locations(clients)
            self._context.verify_mode = ssl.CERT_REQUIRED
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._links = []
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self):
        self._listener.close()
        for link in self._links:
            link.close()

    def _serve(self):
        while True:
            try:
                link, _ = self._listener.accept()
            except OSError:
                return
            self._links.append(link)
            threading.Thread(target=self._attach, args=(link,), daemon=True).start()

    def _attach(self, link):
        try:
            link.settimeout(20)
            secure = self._context.wrap_socket(link, server_side=True)
            self._links.append(secure)
            request = secure.recv(65536)
            if not request:
                return
            self.clients.append(secure.getpeercert())
            self.requests.append(request)
            secure.sendall(self._answer)
            secure.recv(1)
        except OSError as fault:  # ssl's are some of these
            self.faults.append(str(fault))
