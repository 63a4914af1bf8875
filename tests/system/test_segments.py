#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How bytes are cut does not matter; what an attach may be answered with, and what follows."""

import json
import time
import unittest

import programs
from programs import SystemTest, poll
from chunks import attach_reply, chunk, refusal

COMMANDS = [b'{"cmd":"echo one"}', b'{"cmd":"echo two"}']


class Segments(SystemTest):
    def test_PA_15_one_byte_segments_give_the_same(self):
        peer = self.peer()
        self.agent(peer.port)
        link = peer.attach(size=1)
        self.assertEqual(link.ask(COMMANDS[0], size=1), b"one\n")
        self.assertEqual(link.ask(COMMANDS[1], size=1), b"two\n")
        self.assert_clean(link)

    def test_PA_15_two_messages_in_one_segment_give_two_replies_in_order(self):
        _, link, _ = self.linked()
        link.send(chunk(b'{"cmd":"sleep 0.3; echo one"}') + chunk(COMMANDS[1]))
        self.assertEqual([frame.data for frame in link.wait_replies(2)], [b"one\n", b"two\n"])
        self.assert_clean(link)

    def test_PA_15_message_in_the_segment_of_the_attach_reply_is_answered(self):
        peer = self.peer()
        self.agent(peer.port)
        link = peer.attach(reply=attach_reply() + chunk(COMMANDS[0]) + chunk(COMMANDS[1])[:9])
        self.assertEqual(link.wait_reply().data, b"one\n")
        link.send(chunk(COMMANDS[1])[9:])
        self.assertEqual(link.wait_reply(number=2).data, b"two\n")

    def test_PA_05_extensions_leading_zeros_and_upper_case_are_taken(self):
        _, link, _ = self.linked()
        data = b'{"cmd":"echo hello world"}'
        for head in (b"1A", b"0000001a", b'1a;name=value', b'1a;q="a b"'):
            link.send(head + b"\r\n" + data + b"\r\n")
        self.assertEqual([frame.data for frame in link.wait_replies(4)], [b"hello world\n"] * 4)

    def test_PA_18_control_bytes_from_the_server_are_messages_like_any_other(self):
        for options in ((), ("--accept-text",)):
            _, link, _ = self.linked(*options, data="agent%d" % len(options))
            for message in (b"\x06", b"\x07", b'\x07{"cmd":"id"}'):
                answer = json.loads(link.ask(message))
                self.assertEqual(answer["msg"], "Invalid JSON object.", message)

    def test_PA_07_zero_size_chunk_detaches_and_the_agent_comes_back(self):
        peer, link, _ = self.linked()
        link.send(b"0\r\n\r\n")
        self.assertEqual(link.wait_ended(5), "eof")
        again = peer.attach(timeout=5)
        self.assertEqual(again.ask(COMMANDS[0]), b"one\n")

    def test_PA_01_malformed_chunks_end_the_connection_and_run_nothing(self):
        trace = self.home.path / "trace"
        message = b'{"cmd":"echo ran >> %s"}' % str(trace).encode()
        size = b"%x" % len(message)
        whole = message + b"\r\n"
        cases = (b"G1\r\n" + whole, b"\r\n" + whole, b"-5\r\n", b"+%s\r\n" % size + whole,
                 b"0x%s\r\n" % size + whole, b" %s\r\n" % size + whole, size + b" \r\n" + whole,
                 b"80000000\r\n", b"100001\r\n", b"0000000%s\r\n" % size + whole,
                 size + b"\n" + whole, size + b"\r\n" + message + b"\n",
                 size + b"\r\n" + message + b"X\r\n",
                 size + b";" + b"x" * 257 + b"\r\n" + whole)
        for number, case in enumerate(cases):
            with self.subTest(case=case[:60]):
                _, link, agent = self.linked(data="agent%d" % number)
                link.send(case)
                self.assertIn(link.wait_ended(5), ("eof", "reset"))
                self.assertEqual(link.frames, [])
                self.assertEqual([event for event in agent.events
                                  if event["event"] == "request"], [])
                self.assertTrue(agent.wait_state("waiting")["detail"])
                agent.stop()
        self.assertFalse(trace.exists())

    def test_PA_19_end_inside_a_chunk_runs_nothing(self):
        trace = self.home.path / "trace"
        message = b'{"cmd":"echo ran >> %s"}' % str(trace).encode()
        peer, link, agent = self.linked()
        link.send(b"%x\r\n" % (len(message) + 5) + message)
        link.half_close()
        link.wait_ended(5)
        again = peer.attach(timeout=5)
        self.assertEqual(again.ask(COMMANDS[0]), b"one\n")
        self.assertFalse(trace.exists())


class AttachReplies(SystemTest):
    def attempt(self, reply, size=None, data="agent"):
        """Answers one attach; the agent and the peer."""
        peer = self.peer()
        agent = self.agent(peer.port, data=data)
        link = peer.accept_request()
        link.send(reply, size)
        return peer, link, agent

    def refused(self, reply, name, *words):
        """The one waiting state that follows, whose text holds the words."""
        peer, link, agent = self.attempt(reply, data="agent-" + name)
        link.collect()
        event = agent.wait_state("waiting", 5)
        link.wait_ended(5)
        detail = event["detail"]
        self.assertNotIn("\n", detail)
        for word in words:
            self.assertIn(word.lower(), detail.lower(), event)
        self.assertFalse([e for e in agent.events if e.get("state") == "attached"])
        self.assertEqual(link.frames, [])
        return peer, agent, event

    def attached(self, body, name):
        peer = self.peer()
        agent = self.agent(peer.port, data="agent-" + name)
        link = peer.attach(reply=attach_reply(body))
        agent.wait_state("attached", 5)
        self.assertEqual(link.ask(COMMANDS[0]), b"one\n")
        return link, agent

    def test_PA_17_bodies_that_attach(self):
        bodies = (b'{"response":200,"heartbeat":60}', b'{"status":"200","heartbeat":60}',
                  b'{ "heartbeat" : "60", "msg" : "200 OK", "time" : "1700000000" }\r\n', b"{}",
                  b'{"msg":"200","heartbeat":0}', b'{"msg":"200","heartbeat":-1}',
                  b'{"msg":"200","heartbeat":1e9}', b'{"msg":"200","heartbeat":"x"}',
                  b'{"msg":"200","heartbeat":null,"epoch":17}', b'{"msg":200,"extra":[1,{"a":2}]}')
        for number, body in enumerate(bodies):
            with self.subTest(body=body):
                _, agent = self.attached(body, str(number))
                agent.stop()

    def test_PA_17_bodies_that_refuse(self):
        cases = ((b'{"msg":"403 Forbidden"}', "403"), (b'{"status":"409 Conflict"}', "409"),
                 (b'{"response":500}', "500"), (b"hello", ""), (b"[]", ""), (b"5", ""),
                 (b'{"msg":"200"', ""), (b'{"msg":"200","heartbeat":NaN}', ""))
        for number, (body, words) in enumerate(cases):
            with self.subTest(body=body):
                _, agent, _ = self.refused(attach_reply(body), str(number), words)
                agent.stop()

    def test_PA_17_empty_reply_refuses(self):
        _, _, event = self.refused(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                   b"0\r\n\r\n", "empty")
        self.assertTrue(event["detail"])

    def test_PA_12_redirects_are_not_followed(self):
        elsewhere = self.peer()
        for number in (301, 302, 307, 308):
            with self.subTest(number=number):
                target = b"http://127.0.0.1:%d/" % elsewhere.port
                _, agent, _ = self.refused(refusal(b"%d Moved" % number, b"",
                                                   [(b"Location", target)]), str(number),
                                           "redirect")
                agent.stop()
        self.assertTrue(elsewhere.quiet_for(0.1))

    def test_PA_13_refusals_say_what_the_server_said(self):
        for status in (b"401 Unauthorized", b"403 Forbidden", b"404 Not Found", b"409 Conflict",
                       b"429 Too Many Requests", b"500 Internal Server Error",
                       b"503 Service Unavailable"):
            with self.subTest(status=status):
                number = status[:3].decode()
                _, agent, event = self.refused(refusal(status), number)
                self.assertTrue(event["detail"])
                self.assertNotEqual(event["error"], "None")
                agent.stop()

    def test_PA_13_refused_credentials_are_not_hammered(self):
        peers = [self.refused(refusal(status), status[:3].decode())[0]
                 for status in (b"401 Unauthorized", b"403 Forbidden")]
        peers.append(self.refused(attach_reply(b'{"msg":"403 Forbidden"}'), "200")[0])
        self.assertTrue(peers[0].quiet_for(3))
        self.assertTrue(peers[1].quiet_for(0.1))
        self.assertTrue(peers[2].quiet_for(0.1))

    def test_PA_13_retry_after_is_honoured(self):
        peer, _, _ = self.refused(refusal(b"429 Too Many Requests",
                                          headers=[(b"Retry-After", b"4")]), "429")
        self.assertTrue(peer.quiet_for(3.2), "came back before 4 s")
        peer.attach(timeout=6)

    def test_PA_11_interim_answers_are_passed_over(self):
        peer = self.peer()
        agent = self.agent(peer.port)
        link = peer.attach(reply=b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n"
                           b"Link: <x>\r\n\r\n" + attach_reply())
        agent.wait_state("attached", 5)
        self.assertEqual(link.ask(COMMANDS[0]), b"one\n")

    def test_PA_10_heads_that_are_not_ours_end_the_connection(self):
        good = attach_reply()[len(b"HTTP/1.1 200 OK"):]
        for number, line in enumerate((b"HTTP/2.0 200 OK", b"HTTP/1.10 200 OK", b"HTTP/1.1  200 OK",
                                       b"HTTP/1.1 20", b"HTTP/1.1\t200 OK", b"junk\r\nHTTP/1.1 200 OK",
                                       b"HTTP/1.1 101 Switching")):
            with self.subTest(line=line):
                _, agent, _ = self.refused(line + good, str(number))
                agent.stop()

    def test_PA_14_framings_that_are_not_one_chunked_stream_end_the_connection(self):
        json_text = b'{"msg":"200","heartbeat":60}'
        fields = (b"Content-Length: %d" % len(json_text), b"Transfer-Encoding: chunked\r\n"
                  b"Content-Length: 5", b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
                  b"Transfer-Encoding: chunked, gzip", b"Transfer-Encoding: chunkedchunked",
                  b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip")
        for number, field in enumerate(fields):
            with self.subTest(field=field):
                body = json_text if number == 0 else chunk(json_text)
                _, agent, _ = self.refused(b"HTTP/1.1 200 OK\r\n" + field + b"\r\n\r\n" + body,
                                           str(number))
                agent.stop()

    def test_PA_16_head_that_drips_is_given_up_after_15_seconds(self):
        """One agent gets a byte now and then, another half a head and no more."""
        dripping, halting = self.peer(), self.peer()
        self.agent(dripping.port, data="one")
        self.agent(halting.port, data="two")
        drip, halt = dripping.accept_request(), halting.accept_request()
        began = time.monotonic()
        drip.collect()
        halt.send(b"HTTP/1.1 200 OK\r\nTransfer-").collect()
        for byte in attach_reply()[:44]:
            try:
                drip.send(bytes([byte]))
            except OSError:
                pass
            if self.ended_within(0.5, drip, halt):
                break
        took = time.monotonic() - began
        self.assertTrue(drip.ended and halt.ended, (drip.ended, halt.ended))
        self.assertTrue(12 < took < 18, took)

    @staticmethod
    def ended_within(seconds, *links):
        end = time.monotonic() + seconds
        return poll(lambda: all(link.ended for link in links) or time.monotonic() > end) \
            and all(link.ended for link in links)

    def test_NE_08_captive_portals_and_proxies_are_no_cometa_server(self):
        cases = ((refusal(b"200 OK", b"<html>Log in</html>", [(b"Content-Type", b"text/html")]),
                  "a cometa server"),
                 (refusal(b"407 Proxy Authentication Required"), "a cometa server"),
                 (refusal(b"502 Bad Gateway"), "502"),
                 (b"SSH-2.0-OpenSSH_9.2p1 Debian\r\n", "a cometa server"))
        for number, (reply, words) in enumerate(cases):
            with self.subTest(reply=reply[:40]):
                _, agent, _ = self.refused(reply, str(number), words)
                agent.stop()


if programs.LONG:
    class Stalls(SystemTest):
        def test_PA_16_chunk_that_stops_is_given_up_after_60_seconds(self):
            for data, piece in (("size", b"5"), ("data", b'10\r\n{"cmd":')):
                _, link, _ = self.linked(data=data)
                link.send(piece)
                began = time.monotonic()
                link.wait_ended(75)
                self.assertTrue(55 < time.monotonic() - began < 70)


if __name__ == "__main__":
    unittest.main()
