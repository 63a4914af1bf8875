#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Real handshakes: whatever is wrong with the server's certificate or TLS, nothing is told to it,
and the owner reads why."""

import shutil
import ssl
import tempfile
from pathlib import Path

import programs
from certificates import Authority
from programs import SystemTest, poll
from tlsserver import TlsServer

TLS_1_1 = (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1)
TLS_1_2 = (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_2)


class TlsTest(SystemTest):
    @classmethod
    def setUpClass(cls):
        cls.place = Path(tempfile.mkdtemp(prefix="cometa-tls-"))
        cls.addClassCleanup(shutil.rmtree, cls.place)
        cls.authority = Authority(cls.place / "ca")

    def serve(self, pair, **settings):
        server = TlsServer(*pair, **settings)
        self.addCleanup(server.close)
        return server

    def attach(self, server, *options, host="localhost", ca=True, data="agent"):
        ca_file = ("--ca-file", self.authority.certificate) if ca else ()
        return self.agent(server.port, "--tls", *ca_file, *options, server=host, data=data)

    def refuses(self, server, *words, host="localhost", ca=True, options=()):
        agent = self.attach(server, *options, host=host, ca=ca)
        detail = agent.wait_state("waiting", 20)["detail"]
        self.assertNotIn("\n", detail)
        for word in words:
            self.assertIn(word, detail)
        self.assertEqual(agent.stop(), 0)
        self.assertEqual(server.requests, [])
        return detail


class Known(TlsTest):
    def test_P14_a_server_that_refuses_is_spoken_to_by_tls_only_from_then_on(self):
        for answer, word in ((b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "403"),
                             (b"Hello, this is something else.\r\n\r\n", "not a Cometa server")):
            with self.subTest(word):
                server, data = self.serve(self.authority.issue(), answer=answer), "agent" + word[:3]
                agent = self.attach(server, data=data)
                detail = agent.wait_event(lambda event: word in event.get("detail", ""), 20)["detail"]
                self.assertNotIn("TLS", detail)  # it has spoken that already
                self.assertEqual(agent.stop(), 0)
                self.assertIn("localhost", (self.home.path / data / "tls-servers").read_text().split())
                requests = len(server.requests)
                agent = self.agent(server.port, "--ca-file", self.authority.certificate, server="localhost",
                                   data=data)
                poll(lambda: len(server.requests) > requests, 20, "an attach by TLS")
                self.assertEqual(agent.stop(), 0)


class Certificates(TlsTest):
    def test_NE_01_good_one(self):
        server = self.serve(self.authority.issue())
        self.attach(server).wait_state("attached")
        self.assertEqual(len(server.requests), 1)

    def test_NE_01_expired(self):
        server = self.serve(self.authority.issue(end="20210101000000Z"))
        self.refuses(server, "localhost has expired")

    def test_NE_01_not_yet_valid(self):
        server = self.serve(self.authority.issue(begin="20400101000000Z"))
        self.refuses(server, "not valid yet", "clock")

    def test_NE_01_self_signed(self):
        self.refuses(self.serve(self.authority.self_signed()), "authority", "--ca-file")

    def test_NE_01_unknown_authority(self):
        self.refuses(self.serve(self.authority.issue()), "authority", "--ca-file", ca=False)

    def test_NE_01_another_name(self):
        server = self.serve(self.authority.issue("DNS:other.example"))
        self.refuses(server, "not for localhost")

    def test_NE_01_address_without_subject_alt_name(self):
        server = self.serve(self.authority.issue("DNS:localhost"))
        self.refuses(server, "not for 127.0.0.1", host="127.0.0.1")

    def test_NE_01_common_name_only(self):
        self.refuses(self.serve(self.authority.issue("")), "not for localhost")

    def test_NE_01_signed_by_sha_1(self):
        self.refuses(self.serve(self.authority.issue(digest="sha1")),
                     "signed with SHA-1", "SHA-256")

    def test_NE_01_key_of_1024_bits(self):
        self.refuses(self.serve(self.authority.issue(bits=1024)), "1024 bits", "2048")

    def test_NE_02_pin_of_another_key(self):
        server = self.serve(self.authority.issue())
        self.refuses(server, "pinned", options=("--pin", "ab" * 32))


class Versions(TlsTest):
    def test_NE_03_nothing_before_1_2(self):
        self.refuses(self.serve(self.authority.issue(), versions=TLS_1_1), "before 1.2")

    def test_NE_03_no_cipher_that_hides_nothing(self):
        server = self.serve(self.authority.issue(), versions=TLS_1_2,
                            ciphers="NULL:@SECLEVEL=0")
        self.refuses(server, "no safe cipher")

    def test_NE_03_1_2_is_enough(self):
        server = self.serve(self.authority.issue(), versions=TLS_1_2)
        self.attach(server).wait_state("attached")


    def test_NE_08_server_without_tls(self):
        peer = self.peer()
        agent = self.attach(peer)
        peer.accept().send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        self.assertIn("does not speak TLS", agent.wait_state("waiting", 20)["detail"])


class Names(TlsTest):
    def test_NE_04_the_server_is_told_the_name(self):
        server = self.serve(self.authority.issue("DNS:localhost"))
        self.attach(server, host="LocalHost.").wait_state("attached")
        self.assertEqual(server.names, ["localhost"])

    def test_NE_04_an_address_is_no_name(self):
        server = self.serve(self.authority.issue())
        self.attach(server, host="127.0.0.1").wait_state("attached")
        self.assertEqual(server.names, [None])


class ClientCertificate(TlsTest):
    def test_is_shown_to_who_asks(self):
        mine, key = self.authority.issue("DNS:device")
        server = self.serve(self.authority.issue(), clients=self.authority.certificate)
        self.attach(server, "--cert-file", mine, "--key-file", key).wait_state("attached")
        self.assertEqual(server.clients[0]["subjectAltName"], (("DNS", "device"),))

    def test_is_missed(self):
        server = self.serve(self.authority.issue(), clients=self.authority.certificate)
        agent = self.attach(server)
        detail = agent.wait_state("waiting", 20)["detail"]
        self.assertIn("wants a client certificate", detail)
        poll(lambda: server.faults, 10, "the server's word")
        self.assertEqual(server.requests, [])


if __name__ == "__main__":
    programs.main()
