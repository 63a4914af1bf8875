#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Our agent against a server, and our server against a device, both written from protocol.md."""

import json
import re
import threading
import time
import unittest

from programs import SystemTest, poll
from chunks import chunk
from device import Device, Refused, attach_request


class AgentWithAnotherServer(SystemTest):
    def test_attach_request_is_exactly_this(self):
        peer, link, _ = self.linked("-i", "Linux-workstation", app="a0b1c2d3", device="001122AABBCC")
        self.assertEqual(link.request, b"POST /v1/applications/a0b1c2d3/devices/001122AABBCC "
                         b"HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 17\r\n\r\n"
                         b"Linux-workstation" % peer.port)
        self.assert_clean(link)

    def test_platform_text_has_a_default(self):
        _, link, _ = self.linked()
        self.assertTrue(link.body.strip())
        self.assertEqual(link.head.fields["content-length"], str(len(link.body)))

    def test_device_id_is_made_from_the_hardware_when_none_is_given(self):
        peer = self.peer()
        self.start("cometa-agentd", "-s", "127.0.0.1", "-p", peer.port, "-a", "app", "--data-dir",
                   self.home.path / "agent")
        path = peer.attach().path
        self.assertRegex(path, r"^/v1/applications/app/devices/[A-Za-z0-9_.:-]{1,32}$")

    def test_frames_are_exactly_these(self):
        _, link, _ = self.linked(hints={"heartbeat": 1})
        link.message({"cmd": "printf abc"})
        self.assertEqual(link.wait_reply().raw, b"3\r\nabc\r\n")
        link.wait(lambda it: it.heartbeats, 5)
        self.assertEqual(link.heartbeats[0].raw, b"1\r\n\x06\r\n")
        self.ctl("event", '{"temp":21}')
        link.wait(lambda it: it.events)
        self.assertEqual(link.events[0].raw, b"c\r\n\x07{\"temp\":21}\r\n")
        self.assert_clean(link)

    def test_usage_of_the_sdk_sample_and_its_periodic_event(self):
        peer = self.peer()
        self.start("cometa-agentd", "-s", "127.0.0.1", "-p", peer.port, "-a", "app", "-d",
                   "sensor-1", "--approve", "all", "--data-dir", self.home.path / "agent",
                   "--event-interval", 1)
        link = peer.attach()
        self.assertEqual(link.ask({"cmd": "echo hi"}), b"hi\n")
        link.wait(lambda it: len(it.events) >= 3, 8, "three events")
        for frame in link.events:
            self.assertRegex(frame.data, rb'^\x07\{"id":"sensor-1","time":"\d{4}-\d\d-\d\d '
                             rb'\d\d:\d\d:\d\d"\}$')
        spoken = json.loads(link.events[-1].payload)["time"]
        told = time.mktime(time.strptime(spoken, "%Y-%m-%d %H:%M:%S")) - time.timezone
        self.assertLess(abs(told - time.time()), 10)
        self.assertLess(abs(link.events[2].time - link.events[1].time - 1), 0.6)
        self.assert_clean(link)

    def test_events_of_the_owner_arrive_in_order(self):
        _, link, _ = self.linked()
        for number in range(5):
            self.ctl("event", '{"n":%d}' % number)
        link.wait(lambda it: len(it.events) >= 5)
        self.assertEqual([json.loads(frame.payload)["n"] for frame in link.events],
                         [0, 1, 2, 3, 4])

    def test_event_that_is_too_long_is_refused(self):
        self.linked()
        self.ctl("event", '"%s"' % ("x" * 32757), code=None)
        self.assertIn("32", self.ctl_errors)

    def test_status_on_the_control_socket_says_it_all(self):
        peer, _, agent = self.linked()
        status = self.ctl_json("status", "--json")
        self.assertEqual({name: status[name] for name in
                          ("state", "server", "port", "tls", "app", "device", "approval",
                           "window_until", "awaiting", "running", "outbox", "pid")},
                         {"state": "attached", "server": "127.0.0.1", "port": peer.port,
                          "tls": False, "app": "app", "device": "dev", "approval": "all",
                          "window_until": None, "awaiting": 0, "running": 0, "outbox": 0,
                          "pid": agent.pid})


class ServerWithAnotherDevice(SystemTest):
    def setUp(self):
        super().setUp()
        self.the_server = self.server("--heartbeat", 2, "--timeout", 2)

    def device(self, name="dev", **settings):
        device = Device(self.the_server.port, self.the_server.app, name, **settings)
        self.addCleanup(device.close)
        return device

    def attached(self, name="dev", **settings):
        device = self.device(name, **settings)
        device.attach()
        return device

    def test_attach_reply_suits_both_clients_of_the_sdk(self):
        device = self.device()
        reply = device.attach()
        self.assertEqual(reply[1:12], b'"msg":"200"')
        fields = json.loads(reply)
        self.assertEqual((fields["heartbeat"], fields["timeout"]), (2, 2))
        self.assertLess(abs(fields["timestamp"] - time.time()), 5)
        self.assertNotIn(b" ", reply)
        self.assertNotIn("content-length", device.head.fields)
        self.assertEqual(device.first_read, chunk(reply), "body and head in one write")

    def test_both_spellings_of_the_length_and_any_segments_are_taken(self):
        for number, spelling in enumerate((b"Content-Length: ", b"Content-Length:")):
            device = self.device("dev%d" % number, handler=lambda message: message[::-1])
            device.attach(size=1 if number else None,
                          request=attach_request(self.the_server.app, "dev%d" % number,
                                                 b"stardust", length=spelling))
            self.assertEqual(self.the_server.send("dev%d" % number, b"abc"), (200, b"cba"))

    def test_message_is_one_chunk_with_the_bytes_of_the_body(self):
        device = self.attached(handler=lambda message: message)
        for message in (b"x", b'{"cmd":"id"}', bytes(range(256)), b"y" * 1024 * 1024):
            self.assertEqual(self.the_server.send("dev", message), (200, message))
        self.assertEqual(device.messages[2], bytes(range(256)))

    def test_reply_in_one_byte_segments_is_one_reply(self):
        device = self.attached()
        device.handler = lambda message: device.send_reply(b"in pieces", 1)
        self.assertEqual(self.the_server.send("dev", b"go"), (200, b"in pieces"))

    def test_empty_body_is_refused(self):
        self.attached()
        self.assertEqual(self.the_server.send("dev", b"")[0], 400)

    def test_event_and_heartbeat_are_no_replies(self):
        device = self.attached()

        def handler(_):
            device.heartbeat()
            device.send_event(b'{"temp":21}')
            return b"reply"
        device.handler = handler
        self.assertEqual(self.the_server.send("dev", b"go"), (200, b"reply"))
        poll(lambda: self.the_server.events_of("dev") == [{"temp": 21}], 5, "the event")

    def test_SV_06_second_attach_gets_409_and_the_first_stays(self):
        self.attached(handler=lambda message: b"first")
        with self.assertRaises(Refused) as refused:
            self.device().attach()
        self.assertEqual((refused.exception.status, refused.exception.body),
                         (409, b'{"msg":"409 Conflict"}'))
        self.assertEqual(self.the_server.send("dev", b"x"), (200, b"first"))

    def test_unknown_application_gets_403(self):
        device = Device(self.the_server.port, "nobody", "dev")
        self.addCleanup(device.close)
        with self.assertRaises(Refused) as refused:
            device.attach()
        self.assertEqual((refused.exception.status, refused.exception.body),
                         (403, b'{"msg":"403 Forbidden"}'))

    def test_SV_06_silent_device_is_detached_and_its_id_is_free_again(self):
        device = self.attached()
        began = time.monotonic()
        self.assertEqual(device.wait_ended(10), "eof")
        self.assertGreater(time.monotonic() - began, 2.9)
        self.attached(handler=lambda message: b"again")
        self.assertEqual(self.the_server.send("dev", b"x"), (200, b"again"))

    def test_device_that_beats_stays(self):
        device = self.attached(handler=lambda message: b"alive")
        stop = threading.Event()

        def beat():
            while not stop.wait(1.6):
                device.heartbeat()
        beating = threading.Thread(target=beat)
        beating.start()
        time.sleep(6)  # three silent spans would have ended it
        stop.set()
        beating.join()
        self.assertIsNone(device.ended)
        self.assertEqual(self.the_server.send("dev", b"x"), (200, b"alive"))

    def test_deaf_device_gives_408_and_stays_locked_until_its_late_reply(self):
        device = self.attached()
        self.assertEqual(self.the_server.send("dev", b"first"),
                         (408, b'{"msg":"408 Request Time-out"}'))
        device.heartbeat()
        self.assertEqual(self.the_server.send("dev", b"second")[0], 423)
        device.handler = lambda message: b"to " + message
        device.send_reply(b"late")
        poll(lambda: self.the_server.send("dev", b"third") == (200, b"to third"), 3,
             "the right reply")

    def test_zero_size_frame_is_an_empty_reply(self):
        device = self.attached()
        device.send_raw(b"0\r\n\r\n")  # no request is open: ignored
        device.handler = lambda message: device.send_raw(b"0\r\n\r\n")
        self.assertEqual(self.the_server.send("dev", b"x"), (200, b""))
        device.handler = lambda message: b"still here"
        self.assertEqual(self.the_server.send("dev", b"x"), (200, b"still here"))

    def test_malformed_frames_detach_the_device(self):
        for number, bytes_ in enumerate((b"zz\r\nhello\r\n", b"-5\r\nhello\r\n", b"5\nhello\n",
                                         b"2\r\nhello\r\n", b"100002\r\n")):
            with self.subTest(bytes_=bytes_):
                device = self.attached("bad%d" % number)
                device.send_raw(bytes_)
                self.assertIn(device.wait_ended(5), ("eof", "reset"))
                poll(lambda n=number: not self.the_server.attached("bad%d" % n), 5, "detachment")

    def test_device_lost_during_a_request_is_418(self):
        device = self.attached()
        device.handler = lambda message: device.sock.shutdown(2)
        self.assertEqual(self.the_server.send("dev", b"x"),
                         (418, b'{"msg":"418 Device not attached"}'))

    def test_presence_and_detachment(self):
        self.attached(info=b"stardust")
        status, body, _ = self.the_server.call("GET", self.the_server.device_path("dev"))
        fields = json.loads(body)
        self.assertEqual((status, fields["device_id"], fields["info"]), (200, "dev", "stardust"))
        self.assertTrue(re.fullmatch(r"127\.0\.0\.1:\d+", fields["ip_address"]), fields)
        status, body, _ = self.the_server.call("DELETE", self.the_server.device_path("dev"))
        self.assertEqual((status, body), (200, b'{"msg":"200 OK"}'))
        self.assertEqual(self.the_server.call("GET", self.the_server.device_path("dev"))[0], 418)


if __name__ == "__main__":
    unittest.main()
