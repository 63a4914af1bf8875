#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Applications on WebSockets: keys, requests, events, limits, and clients that misbehave."""

import http.client
import json
import ssl
import subprocess
import threading

import programs
from programs import SystemTest, poll
from device import Device
from websocket import BINARY, CLOSE, CONTINUATION, FINAL, PING, PONG, TEXT, Refused, WebSocket, frame

MEBIBYTE = 1024 * 1024


class WebSocketTest(SystemTest):
    """cometa-server, a device that answers with the message turned round, and sockets to it."""

    options = ()

    def setUp(self):
        super().setUp()
        self.the_server = self.server(*self.options)
        self.device = self.attached("dev", lambda message: message[::-1])

    def attached(self, name, handler=None):
        device = Device(self.the_server.port, self.the_server.app, name, handler=handler)
        self.addCleanup(device.close)
        device.attach()
        return device

    def key(self, device="dev"):
        status, body, head = self.the_server.call(
            "GET", self.the_server.device_path(device, "/websocket"))
        self.assertEqual((status, head["Content-Type"]), (200, "application/json"), body)
        answer = json.loads(body)
        self.assertEqual(set(answer), {"device_id", "device_key"})
        self.assertEqual(answer["device_id"], device)
        self.assertRegex(answer["device_key"], "^[0-9a-f]{40}$")
        return answer["device_key"]

    def path(self, device="dev", key=None, prefix=""):
        return "%s/websockets/%s/%s" % (prefix, device, key or self.key(device))

    def open(self, device="dev", path=None, **settings):
        socket = WebSocket(self.the_server.port, path or self.path(device), **settings)
        self.addCleanup(socket.drop)
        return socket

    def assert_refused(self, status, path, **settings):
        with self.assertRaises(Refused) as caught:
            self.open(path=path, **settings)
        self.assertEqual(caught.exception.status, status)
        return caught.exception

    def websockets(self, device="dev"):
        body = self.the_server.call("GET", self.the_server.device_path(device))[1]
        return int(json.loads(body)["stats"]["websockets"])

    def assert_serves(self):
        self.assertEqual(self.the_server.send("dev", b"still there?"), (200, b"?ereht llits"))


class Keys(WebSocketTest):
    def test_both_paths_lead_to_the_device(self):
        for prefix in ("", "/v1"):
            socket = self.open(path=self.path(prefix=prefix))
            socket.send("ping")
            self.assertEqual(socket.receive(), "gnip")

    def test_SV_04_key_is_good_once(self):
        path = self.path()
        first = self.open(path=path)
        self.assertEqual(self.assert_refused(403, path).body, b'{"msg":"403 Forbidden"}')
        first.close()
        self.assert_refused(403, path)

    def test_SV_04_key_is_for_its_device(self):
        self.attached("other")
        key = self.key("dev")
        self.assert_refused(403, "/websockets/other/" + key)
        self.assert_refused(403, "/websockets/nobody/" + key)
        self.assertEqual(self.websockets("other"), 0)
        self.open(path="/websockets/dev/" + key)  # unharmed by those

    def test_SV_04_made_up_keys_are_refused(self):
        key = self.key()
        for wrong in ("0" * 40, key[:-1], key + "0", "x", "%00", key.upper() + "%20", "a" * 4000):
            self.assert_refused(403, "/websockets/dev/" + wrong)

    def test_SV_04_log_holds_no_key(self):
        used, unused = self.key(), self.key()
        self.open(path="/v1/websockets/dev/" + used).close()
        self.assert_refused(403, "/websockets/dev/" + used)
        self.the_server.call("GET", "/websockets/dev/" + unused + "/?key=" + unused)
        self.the_server.call("GET", "/" + unused)
        self.the_server.call("GET", "/" + self.the_server.secret)
        self.the_server.wait_error_line("/websockets/dev/[redacted] 403")
        self.assertEqual(self.the_server.stop(), 0)
        log = "\n".join(self.the_server.errors)
        self.assertIn("/v1/websockets/dev/[redacted] 101", log)
        for secret in (used, unused, self.the_server.secret):
            self.assertNotIn(secret, log)

    def test_key_needs_the_secret_and_an_attached_device(self):
        call, path = self.the_server.call, self.the_server.device_path
        self.assertEqual(call("GET", path("dev", "/websocket"), secret="x" * 40)[0], 403)
        self.assertEqual(call("GET", path("nobody", "/websocket"))[0], 418)
        self.assertEqual(call("GET", path("..", "/websocket"))[0], 400)
        status, _, head = call("POST", path("dev", "/websocket"))
        self.assertEqual((status, head["Allow"]), (405, "GET, HEAD"))

    def test_key_of_a_device_that_has_left_opens_nothing(self):
        path = self.path()
        self.device.close()
        poll(lambda: not self.the_server.attached("dev"), what="the device gone")
        self.assert_refused(418, path)

    def test_what_is_no_handshake_leaves_the_key_alone(self):
        path = self.path()
        self.assertEqual(self.the_server.call("GET", path)[0], 400)
        self.assertEqual(self.the_server.call("POST", path)[0], 405)
        self.assert_refused(400, path, upgrade="h2c")
        self.assert_refused(400, path, sec_websocket_key="short")
        refused = self.assert_refused(426, path, sec_websocket_version="8")
        self.assertEqual(refused.head.fields["sec-websocket-version"], "13")
        self.open(path=path)


class Origins(WebSocketTest):
    def test_SV_05_foreign_origin_is_refused(self):
        path = self.path()
        port = self.the_server.port
        for origin in ("http://evil.example", "http://evil.example:%d" % port, "null", "",
                       "https://127.0.0.1:%d" % port, "http://127.0.0.1:%d" % (port - 1),
                       "http://127.0.0.1:%d.evil.example" % port, "http://localhost:%d" % port):
            self.assert_refused(403, path, origin=origin)
        self.assertEqual(self.websockets(), 0)
        self.open(path=path)  # no Origin: the key decides

    def test_SV_05_own_page_still_needs_a_key(self):
        own = "http://127.0.0.1:%d" % self.the_server.port
        self.assert_refused(403, "/websockets/dev/" + "0" * 40, origin=own)
        self.open(path=self.path(), origin=own)

    def test_SV_05_without_an_origin_the_key_decides(self):
        self.assert_refused(403, "/websockets/dev/" + "0" * 40)
        self.open()

    def test_SV_05_cookies_authorise_nothing(self):
        self.assert_refused(403, "/websockets/dev/x", cookie="key=" + self.key(),
                            authorization="OAuth " + self.the_server.secret)


class Messages(WebSocketTest):
    def test_text_and_binary_go_both_ways(self):
        socket = self.open()
        socket.send("grüße")
        self.assertEqual(socket.receive(), "grüße".encode()[::-1])  # no UTF-8 any more: binary
        socket.send(b"\xff\x00abc")
        self.assertEqual(socket.receive(), b"cba\x00\xff")
        socket.send(b"abc")
        self.assertEqual(socket.receive(), "cba")

    def test_handshake_and_frames_come_in_pieces(self):
        socket = self.open(size=1)
        for byte in frame(FINAL | TEXT, b"slowly"):
            socket.send_raw(bytes([byte]))
        self.assertEqual(socket.receive(), "ylwols")
        socket.send_frame(TEXT, b"frag")
        socket.send_frame(FINAL | PING, b"between")
        socket.send_frame(CONTINUATION, b"")
        socket.send_frame(FINAL | CONTINUATION, b"ments")
        self.assertEqual(socket.receive_frame(), (FINAL | PONG, b"between"))
        self.assertEqual(socket.receive(), "stnemgarf")

    def test_one_mebibyte_goes_and_one_byte_more_does_not(self):
        socket = self.open()
        message = b"\xff" + bytes(MEBIBYTE - 1)
        socket.send(message)
        self.assertEqual(socket.receive(30), message[::-1])
        socket.send_raw(frame(FINAL | BINARY, message + b"x")[:1000])
        self.assertIsNone(socket.receive())
        self.assertEqual(socket.closed, 1009)
        self.assert_serves()

    def test_events_reach_every_socket_of_the_device_without_their_byte(self):
        self.attached("other")
        sockets = [self.open() for _ in range(5)]
        other = self.open("other")
        self.assertEqual(self.websockets(), 5)
        self.device.send_event(b'{"temp":21}')
        self.device.send_event(b"\xff")
        for socket in sockets:
            self.assertEqual(socket.receive(), '{"temp":21}')
            self.assertEqual(socket.receive(), b"\xff")
        other.send_frame(FINAL | PING, b"")
        self.assertEqual(other.receive_frame(), (FINAL | PONG, b""))  # and nothing before it

    def test_reply_goes_to_the_socket_that_asked(self):
        first, second = self.open(), self.open()
        first.send("one")
        self.assertEqual(first.receive(), "eno")
        self.device.send_event(b"for all")
        self.assertEqual(second.receive(), "for all")

    def test_busy_empty_late_and_gone_are_told_as_http_tells_them(self):
        silent = self.attached("silent")
        socket, other = self.open("silent"), self.open("silent")
        socket.send("")
        self.assertEqual(socket.receive(), '{"msg":"400 Bad Request"}')
        socket.send("one")
        silent.wait_messages(1)
        other.send("two")
        self.assertEqual(other.receive(), '{"msg":"423 Locked"}')
        self.assertEqual(self.the_server.send("silent", b"three")[0], 423)
        silent.close()
        self.assertEqual(socket.receive(), '{"msg":"418 Device not attached"}')
        for each in (socket, other):
            self.assertIsNone(each.receive())
            self.assertEqual(each.closed, 1001)

    def test_detach_closes_the_sockets(self):
        socket = self.open()
        self.assertEqual(self.the_server.call("DELETE", self.the_server.device_path("dev"))[0], 200)
        self.assertIsNone(socket.receive())
        self.assertEqual(socket.closed, 1001)

    def test_sockets_are_counted(self):
        socket = self.open()
        self.open()
        self.assertEqual(self.websockets(), 2)
        body = self.the_server.call("GET", "/v1/applications/" + self.the_server.app)[1]
        self.assertEqual(json.loads(body)["stats"]["websockets"], "2")
        self.assertEqual(socket.close(), 1000)
        poll(lambda: self.websockets() == 1, what="one socket less")

    def test_agent_cannot_tell_it_from_http(self):
        agent = self.agent(self.the_server.port, app=self.the_server.app, device="real")
        agent.wait_state("attached")
        socket = self.open("real")
        socket.send('{"cmd":"printf abc"}')
        self.assertEqual(socket.receive(), "abc")
        self.ctl("event", '{"temp":21}')
        self.assertEqual(socket.receive(), '{"temp":21}')


class TimeOut(WebSocketTest):
    options = ("--timeout", "1")

    def test_time_out_is_told_and_the_late_reply_is_not(self):
        silent = self.attached("silent")
        socket = self.open("silent")
        socket.send("one")
        self.assertEqual(socket.receive(), '{"msg":"408 Request Time-out"}')
        silent.send_reply(b"late")
        poll(lambda: self.the_server.send("silent", b"next", 5)[0] == 408, what="no longer locked")
        socket.send_frame(FINAL | PING, b"")
        self.assertEqual(socket.receive_frame(), (FINAL | PONG, b""))


class Misbehaviour(WebSocketTest):
    def closed_with(self, *frames):
        socket = self.open()
        for data in frames:
            socket.send_raw(data)
        self.assertIsNone(socket.receive())
        return socket.closed

    def test_what_the_standard_forbids_closes_the_socket(self):
        self.assertEqual(self.closed_with(frame(FINAL | TEXT, b"x", mask=b"")), 1002)
        self.assertEqual(self.closed_with(frame(FINAL | 0x40 | TEXT, b"x")), 1002)
        self.assertEqual(self.closed_with(frame(FINAL | 3, b"x")), 1002)
        self.assertEqual(self.closed_with(frame(PING, b"x")), 1002)
        self.assertEqual(self.closed_with(frame(FINAL | PING, bytes(126))), 1002)
        self.assertEqual(self.closed_with(frame(FINAL | CONTINUATION, b"x")), 1002)
        self.assertEqual(self.closed_with(frame(TEXT, b"x"), frame(FINAL | TEXT, b"x")), 1002)
        self.assertEqual(self.closed_with(frame(FINAL | CLOSE, b"x")), 1002)
        self.assertEqual(self.closed_with(frame(FINAL | TEXT, b"\xff")), 1007)
        self.assertEqual(self.closed_with(b"GET / HTTP/1.1\r\nHost: h\r\n\r\n"), 1002)
        self.assertEqual(self.device.messages, [])
        self.assert_serves()

    def test_close_in_the_middle_of_a_message_is_answered(self):
        self.assertEqual(self.closed_with(frame(TEXT, b"half"), frame(FINAL | CLOSE, b"\x03\xe8")),
                         1000)

    def test_vanished_clients_stop_nothing(self):
        sockets = [self.open() for _ in range(20)]
        for number, socket in enumerate(sockets):
            socket.send_raw(frame(FINAL | TEXT, b"half a frame")[:number % 8])
            socket.reset() if number % 2 else socket.drop()
        poll(lambda: self.websockets() == 0, what="all sockets gone")
        self.assert_serves()

    def test_requester_who_leaves_does_not_stop_the_request(self):
        slow = self.attached("slow")
        socket = self.open("slow")
        socket.send("one")
        slow.wait_messages(1)
        socket.reset()
        self.assertEqual(self.the_server.send("slow", b"two")[0], 423)
        slow.send_reply(b"done")
        slow.handler = lambda message: b"two is answered"
        poll(lambda: self.the_server.send("slow", b"two") == (200, b"two is answered"))

    def test_P10_reader_who_falls_behind_is_closed_and_others_are_not(self):
        slow, quick = self.open(), self.open()
        received = []

        def read():
            while True:
                message = quick.receive(60)
                if message is None or message == "end":
                    return
                received.append(len(message))
        reader = threading.Thread(target=read)
        reader.start()
        event = b"x" * (512 * 1024)
        count = 40  # 20 MiB: more than all buffers take
        for _ in range(count):
            self.device.send_event(event)
        self.device.send_event(b"end")
        reader.join(120)
        self.assertEqual(received, [len(event)] * count)
        poll(lambda: self.websockets() == 1, 20, "the slow one dropped")
        self.assert_serves()
        slow.drop()

    def test_P10_a_hundred_sockets_a_device_and_no_more(self):
        sockets = [self.open() for _ in range(100)]
        self.assert_refused(503, self.path())
        sockets.pop().close()
        poll(lambda: self.websockets() == 99, what="room for one")
        self.open()
        self.attached("other")
        self.open("other")

    def test_pings_are_answered_however_many_come(self):
        socket = self.open()
        count = 2000
        sender = threading.Thread(
            target=lambda: socket.send_raw(frame(FINAL | PING, b"0123456789") * count))
        sender.start()
        for _ in range(count):
            self.assertEqual(socket.receive_frame(30), (FINAL | PONG, b"0123456789"))
        sender.join()


class OverTls(WebSocketTest):
    def setUp(self):
        SystemTest.setUp(self)
        self.key_file, self.certificate = self.home.path / "key.pem", self.home.path / "cert.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                        "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=box",
                        "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", self.key_file, "-out",
                        self.certificate], check=True, capture_output=True, timeout=60)

    def test_wss_with_the_agent_behind_it(self):
        self.the_server = self.server("--cert", self.certificate, "--key", self.key_file)
        agent = self.agent(self.the_server.port, "--tls", "--ca-file", self.certificate,
                           app=self.the_server.app)
        agent.wait_state("attached", 20)
        context = ssl.create_default_context(cafile=self.certificate)
        web = http.client.HTTPSConnection("127.0.0.1", self.the_server.port, context=context,
                                          timeout=20)
        web.request("GET", self.the_server.device_path("dev", "/websocket"),
                    headers={"Authorization": "OAuth " + self.the_server.secret})
        key = json.loads(web.getresponse().read())["device_key"]
        web.close()
        own = "https://127.0.0.1:%d" % self.the_server.port
        self.assert_refused(403, "/websockets/dev/" + key, tls=context,
                            origin=own.replace("https", "http"))
        socket = self.open(path="/websockets/dev/" + key, tls=context, origin=own)
        socket.send(json.dumps({"cmd": "head -c 300000 /dev/zero | tr '\\0' x"}))
        self.assertEqual(socket.receive(30), "x" * 300000)
        self.ctl("event", '{"temp":21}')
        self.assertEqual(socket.receive(), '{"temp":21}')
        self.assertEqual(socket.close(), 1000)


if __name__ == "__main__":
    programs.main()
