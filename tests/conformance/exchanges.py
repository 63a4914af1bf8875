# SPDX-License-Identifier: Apache-2.0
"""What takes more than one call: attach, messages both ways, WebSockets. Each is a row as well."""

import json
import threading
import time

from wire import Broken, Device, WebSocket

ROWS = []


def exchange(id, mark, text):
    def add(function):
        ROWS.append((id, mark, text, function))
        return function
    return add


def expect(what, got, wanted):
    if got != wanted:
        raise Broken("%s is %r, not %r" % (what, got, wanted))


class Call(threading.Thread):
    """A request that waits for its device."""

    def __init__(self, place, device, body=b"ping"):
        super().__init__(daemon=True)
        self.arguments = (place, device.id, body)
        self.answer = None
        self.start()

    def run(self):
        place, device, body = self.arguments
        self.answer = place.call("POST", place.device_path(device, "/send"), body)

    def result(self, seconds=20):
        self.join(seconds)
        if self.answer is None:
            raise Broken("no answer within %d s" % seconds)
        return self.answer


def attached(place, device):
    return place.call("GET", place.device_path(device)).status == 200


def poll(condition, what, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise Broken("%s did not come true within %d s" % (what, seconds))
        time.sleep(0.02)


@exchange("2.01", "R", "attach reply: chunked, and as both SDK clients want it")
def attach_reply(place, device):
    expect("status", device.status, 200)
    if b'"msg":"200"' != device.first[1:12]:
        raise Broken("bytes 1 to 11 of the reply are %r" % device.first[1:12])
    for name in ("heartbeat", "timestamp"):
        if not isinstance(device.reply.get(name), int):
            raise Broken("%s is no number: %r" % (name, device.reply.get(name)))
    if abs(device.reply["timestamp"] - time.time()) > 120:
        raise Broken("timestamp is off by more than two minutes")


@exchange("2.02", "D", "attach: the id is in use: 409, and the first one stays")
def attach_conflict(place, device):
    second = Device(place, device.id)
    expect("status", second.status, 409)
    expect("body", second.reply, {"msg": "409 Conflict"})
    expect("the first one is attached", attached(place, device.id), True)


@exchange("2.03", "R", "attach: unknown application: 403")
def attach_unknown(place, device):
    second = Device(place, "conf-unknown", app="nobody-has-this-id")
    expect("status", second.status, 403)
    expect("body", second.reply, {"msg": "403 Forbidden"})


@exchange("2.04", "C", "attach: an id that is none: 400")
def attach_bad_id(place, device):
    expect("status", Device(place, "a%20b").status, 400)


@exchange("2.05", "D", "the id is free again when the device has left")
def attach_again(place, device):
    device.close()
    poll(lambda: not attached(place, device.id), "the device is gone")
    again = Device(place, device.id)
    expect("status", again.status, 200)
    again.close()


@exchange("3.01", "D", "send: the device gets the body, the requester its reply unchanged")
def send_and_reply(place, device):
    for reply in (b"pong", b'{"a": 1}', b"\x00\xff\r\n0\r\n\r\n", b"x" * 65536):
        call = Call(place, device, b"ping " + reply[:5])
        expect("the message", device.chunk(), b"ping " + reply[:5])
        device.frame(reply)
        answer = call.result()
        expect("status", answer.status, 200)
        expect("body", answer.body, reply)


@exchange("3.02", "R", "a reply in segments of one byte")
def reply_in_segments(place, device):
    call = Call(place, device)
    device.chunk()
    for byte in b"4;x=y\r\npong\r\n":
        device.sock.sendall(bytes([byte]))
    expect("body", call.result().body, b"pong")


@exchange("3.03", "C", "an empty reply")
def empty_reply(place, device):
    call = Call(place, device)
    device.chunk()
    device.sock.sendall(b"0\r\n\r\n")
    answer = call.result()
    expect("status and body", (answer.status, answer.body), (200, b""))
    expect("still attached", attached(place, device.id), True)


@exchange("3.04", "D", "a heartbeat is no reply, and it is in the presence")
def heartbeat(place, device):
    call = Call(place, device)
    device.chunk()
    device.heartbeat()
    device.frame(b"pong")
    expect("body", call.result().body, b"pong")
    presence = json.loads(place.call("GET", place.device_path(device.id)).body)
    if abs(int(presence["heartbeat"]) - time.time()) > 120:
        raise Broken("heartbeat is %r" % presence["heartbeat"])


@exchange("3.05", "D", "an event is no reply")
def event_before_reply(place, device):
    call = Call(place, device)
    device.chunk()
    device.event(b"event")
    device.frame(b"pong")
    expect("body", call.result().body, b"pong")


@exchange("3.06", "C", "a malformed frame detaches the device")
def malformed_frame(place, device):
    device.sock.sendall(b"not hex\r\n")
    expect("closed", device.ends(), True)
    poll(lambda: not attached(place, device.id), "the device is gone")


@exchange("6.41", "D", "detach closes the device's connection")
def detach_closes(place, device):
    expect("status", place.call("DELETE", place.device_path(device.id)).status, 200)
    expect("closed", device.ends(), True)


@exchange("6.42", "C", "send: the device leaves: 418")
def device_leaves(place, device):
    call = Call(place, device)
    device.chunk()
    device.close()
    answer = call.result()
    expect("status", answer.status, 418)
    expect("body", json.loads(answer.body), {"msg": "418 Device not attached"})


@exchange("6.43", "D", "send: time-out: 408; then 423 until the late reply, which nobody gets")
def time_out(place, device):
    if place.timeout > place.patience:
        return "its time-out is %.0f s; --patience %.0f runs it" % (place.timeout, place.timeout)
    call = Call(place, device, b"first")
    expect("the message", device.chunk(), b"first")
    answer = call.result(place.timeout + 10)
    expect("status", answer.status, 408)
    expect("body", json.loads(answer.body), {"msg": "408 Request Time-out"})
    expect("status of the next", Call(place, device).result().status, 423)
    device.frame(b"late")
    answers = []

    def is_free():
        call = Call(place, device, b"second")
        if call_is_refused(call):
            return False
        expect("the message", device.chunk(), b"second")
        device.frame(b"in time")
        answers.append(call.result().body)
        return True
    poll(is_free, "the device is free")
    expect("body", answers, [b"in time"])
    return None


def call_is_refused(call):
    call.join(0.3)
    return call.answer is not None and call.answer.status == 423


@exchange("6.44", "D", "statistics: bytes up are the device's, latency and messages are counted")
def statistics(place, device):
    call = Call(place, device, b"12345")
    device.chunk()
    device.frame(b"123")
    call.result()
    device.event(b"1234567")
    stats = {}

    def is_counted():
        stats.update(json.loads(place.call("GET", place.device_path(device.id)).body)["stats"])
        return stats["messages"] == "2"
    poll(is_counted, "two messages are counted")
    expect("bytes_down", stats["bytes_down"], "5")
    expect("bytes_up", stats["bytes_up"], "10")
    expect("errors", stats["errors"], "0")


@exchange("6.45", "C", "events are kept for whoever asks")
def kept_events(place, device):
    path = place.device_path(device.id, "/events?limit=1000")
    device.event(b'{"conformance":1}')
    device.event(b"\xff")
    poll(lambda: len(json.loads(place.call("GET", path).body)["events"]) >= 2, "both are there")
    page = json.loads(place.call("GET", path).body)
    first, second = page["events"][-2:]
    expect("event", first["event"], {"conformance": 1})
    expect("event_base64", second["event_base64"], "/w==")
    expect("the order", second["seq"] > first["seq"], True)
    expect("next", page["next"], second["seq"] + 1)
    if not first["time"].endswith("Z"):
        raise Broken("time is %r" % first["time"])
    rest = json.loads(place.call("GET", path + "&since=%d" % second["seq"]).body)["events"]
    expect("since", [entry["seq"] for entry in rest], [second["seq"]])


def key_of(place, device):
    answer = place.call("GET", place.device_path(device.id, "/websocket"))
    expect("status of the key", answer.status, 200)
    return json.loads(answer.body)["device_key"]


def opened(place, device, prefix="/websockets/"):
    stream = WebSocket(place, prefix + device.id + "/" + key_of(place, device))
    expect("status of the upgrade", stream.status, 101)
    return stream


@exchange("7.11", "D", "WebSocket: a message is a request, its reply comes back")
def websocket_request(place, device):
    for prefix in ("/websockets/", "/v1/websockets/"):
        stream = opened(place, device, prefix)
        stream.send(b"ping")
        expect("the message", device.chunk(), b"ping")
        device.frame(b"pong")
        expect("the reply", stream.receive(), (WebSocket.TEXT, b"pong"))
        stream.close()


@exchange("7.12", "C", "WebSocket: what is no UTF-8 comes as a binary message")
def websocket_binary(place, device):
    stream = opened(place, device)
    stream.send(b"\xfe", WebSocket.BINARY)
    expect("the message", device.chunk(), b"\xfe")
    device.frame(b"\xff\x00")
    expect("the reply", stream.receive(), (WebSocket.BINARY, b"\xff\x00"))


@exchange("7.13", "D", "WebSocket: events come to every one, without the byte before them")
def websocket_events(place, device):
    streams = [opened(place, device), opened(place, device)]
    device.event(b'{"temp":21}')
    for stream in streams:
        expect("the event", stream.receive(), (WebSocket.TEXT, b'{"temp":21}'))


@exchange("7.14", "C", "WebSocket: a reply comes to whoever asked, and to nobody else")
def websocket_reply_is_private(place, device):
    asker, other = opened(place, device), opened(place, device)
    asker.send(b"ping")
    device.chunk()
    device.frame(b"pong")
    device.event(b"event")
    expect("the asker's", asker.receive(), (WebSocket.TEXT, b"pong"))
    expect("the other's first", other.receive(), (WebSocket.TEXT, b"event"))


@exchange("7.15", "D", "WebSocket: a key is good once")
def websocket_key_once(place, device):
    path = "/websockets/" + device.id + "/" + key_of(place, device)
    expect("status", WebSocket(place, path).status, 101)
    expect("status again", WebSocket(place, path).status, 403)


@exchange("7.16", "C", "WebSocket: a key of another device: 403")
def websocket_foreign_key(place, device):
    key = key_of(place, device)
    other = Device(place, device.id + "-o")
    expect("status", WebSocket(place, "/websockets/" + other.id + "/" + key).status, 403)
    other.close()


@exchange("7.17", "C", "WebSocket: a foreign origin: 403")
def websocket_origin(place, device):
    path = "/websockets/" + device.id + "/" + key_of(place, device)
    origin = [("Origin", "https://elsewhere.example")]
    expect("status", WebSocket(place, path, origin).status, 403)


@exchange("7.18", "C", "WebSocket: busy: 423 as JSON")
def websocket_busy(place, device):
    stream = opened(place, device)
    call = Call(place, device)
    device.chunk()
    stream.send(b"second")
    opcode, data = stream.receive()
    expect("the answer", (opcode, json.loads(data)), (WebSocket.TEXT, {"msg": "423 Locked"}))
    device.frame(b"pong")
    expect("body", call.result().body, b"pong")


@exchange("7.19", "C", "WebSocket: an empty message: 400 as JSON")
def websocket_empty(place, device):
    stream = opened(place, device)
    stream.send(b"")
    expect("the answer", json.loads(stream.receive()[1]), {"msg": "400 Bad Request"})


@exchange("7.20", "D", "WebSocket: closed when the device is gone")
def websocket_device_gone(place, device):
    stream = opened(place, device)
    device.close()
    opcode, data = stream.receive()
    expect("opcode and code", (opcode, data[:2]), (WebSocket.CLOSE, (1001).to_bytes(2, "big")))


@exchange("7.21", "D", "WebSocket: not attached: no key, and no opening with an old one")
def websocket_not_attached(place, device):
    path = "/websockets/" + device.id + "/" + key_of(place, device)
    device.close()
    poll(lambda: not attached(place, device.id), "the device is gone")
    status = WebSocket(place, path).status
    if status not in (403, 418):
        raise Broken("status is %d" % status)


@exchange("7.22", "R", "WebSocket: ping and pong")
def websocket_ping(place, device):
    stream = opened(place, device)
    stream.send(b"are you there", WebSocket.PING)
    expect("the answer", stream.receive(), (WebSocket.PONG, b"are you there"))


@exchange("7.23", "C", "WebSocket: time-out: 408 as JSON")
def websocket_time_out(place, device):
    if place.timeout > place.patience:
        return "its time-out is %.0f s" % place.timeout
    stream = opened(place, device)
    stream.send(b"ping")
    device.chunk()
    opcode, data = stream.receive(place.timeout + 10)
    expect("the answer", (opcode, json.loads(data)),
           (WebSocket.TEXT, {"msg": "408 Request Time-out"}))
    return None
