# SPDX-License-Identifier: Apache-2.0
"""What a Cometa server answers, as tables.

mark: D is documented by the published SDK, R is what its clients rely on, C is a choice where
nothing is written. device: none, attached, or busy with a request that is not answered.
"""

import collections

Row = collections.namedtuple("Row", "id mark text device method path body secret status json fields")


def row(id, mark, text, device, call, status, json=None, body=None, secret=None, fields=None):
    method, path = call.split(" ", 1)
    return Row(id, mark, text, device, method, path, body, secret, status, json, fields or {})


def msg(text):
    return {"msg": ("is", text)}


APPLICATION = {
    "app_id": ("is", "{app}"),
    "app_name": "text",
    "stats": {name: "digits" for name in (
        "num_devices", "messages", "errors", "bytes_up", "bytes_down", "latency", "latency_min",
        "latency_max", "std_deviation", "websockets")},
}
PRESENCE = {
    "device_id": ("is", "{id}"),
    "ip_address": "address",
    "heartbeat": "epoch",
    "info": ("is", "conformance"),
    "stats": {**{name: "digits" for name in (
        "messages", "errors", "bytes_up", "bytes_down", "latency", "websockets")},
        "connected_at": "epoch"},
}
JSON = {"Content-Type": "application/json"}
WRONG, NONE, FOREIGN = "wrong-secret-of-conformance", "", "{other secret}"

# Placeholders: {app}; {device}, the path of the device; {id}, its id.
HTTP = [
    # GET of the application
    row("6.01", "D", "application information", "attached", "GET {app}", 200, APPLICATION,
        fields=JSON),
    row("6.02", "D", "application information: wrong secret", "none", "GET {app}", 403,
        msg("403 Forbidden"), secret=WRONG),
    row("6.03", "D", "application information: no secret", "none", "GET {app}", 403,
        msg("403 Forbidden"), secret=NONE),
    row("6.04", "C", "application information: another application's secret", "none", "GET {app}",
        403, msg("403 Forbidden"), secret=FOREIGN),
    # the list
    row("6.05", "D", "device list", "attached", "GET {app}/devices", 200,
        {"num_devices": "number", "devices": ("holds", "{id}")}, fields=JSON),
    row("6.06", "D", "device list: wrong secret", "none", "GET {app}/devices", 403,
        msg("403 Forbidden"), secret=WRONG),
    # presence
    row("6.07", "D", "presence", "attached", "GET {device}", 200, PRESENCE, fields=JSON),
    row("6.08", "D", "presence: not attached", "none", "GET {device}", 418,
        msg("418 Device not attached")),
    row("6.09", "C", "presence: wrong secret", "attached", "GET {device}", 403,
        msg("403 Forbidden"), secret=WRONG),
    row("6.10", "C", "presence: wrong secret, not attached", "none", "GET {device}", 403,
        msg("403 Forbidden"), secret=WRONG),
    # detach
    row("6.11", "D", "detach", "attached", "DELETE {device}", 200, msg("200 OK"), fields=JSON),
    row("6.12", "D", "detach: not attached", "none", "DELETE {device}", 418,
        msg("418 Device not attached")),
    row("6.13", "C", "detach: wrong secret", "attached", "DELETE {device}", 403,
        msg("403 Forbidden"), secret=WRONG),
    # send; what is answered by the device is in the exchanges
    row("6.14", "D", "send: busy", "busy", "POST {device}/send", 423, msg("423 Locked"),
        body=b"second"),
    row("6.15", "D", "send: not attached", "none", "POST {device}/send", 418,
        msg("418 Device not attached"), body=b"x"),
    row("6.16", "C", "send: empty", "attached", "POST {device}/send", 400,
        msg("400 Bad Request"), body=b""),
    row("6.17", "C", "send: 1 MiB + 1", "attached", "POST {device}/send", 413,
        {"msg": "text"}, body=b"x" * (1024 * 1024 + 1)),
    row("6.18", "C", "send: wrong secret", "attached", "POST {device}/send", 403,
        msg("403 Forbidden"), body=b"x", secret=WRONG),
    # the key of a WebSocket
    row("6.19", "D", "WebSocket key", "attached", "GET {device}/websocket", 200,
        {"device_id": ("is", "{id}"), "device_key": "key"}, fields=JSON),
    row("6.20", "D", "WebSocket key: not attached", "none", "GET {device}/websocket", 418,
        msg("418 Device not attached")),
    row("6.21", "C", "WebSocket key: wrong secret", "attached", "GET {device}/websocket", 403,
        msg("403 Forbidden"), secret=WRONG),
    # what is no call
    row("6.22", "C", "unknown path of an application", "none", "GET {app}/nothing", 404,
        msg("404 Not Found")),
    row("6.23", "C", "unknown path: wrong secret comes first", "none", "GET {app}/nothing", 403,
        msg("403 Forbidden"), secret=WRONG),
    row("6.24", "C", "unknown path elsewhere", "none", "GET /nothing", 404, msg("404 Not Found")),
    row("6.25", "C", "unknown method", "none", "PATCH {app}", 405, msg("405 Method Not Allowed"),
        fields={"Allow": "GET, HEAD"}),
    row("6.26", "C", "GET of send", "attached", "GET {device}/send", 405,
        msg("405 Method Not Allowed"), fields={"Allow": "POST"}),
    row("6.27", "C", "HEAD", "none", "HEAD {app}", 200, fields=JSON),
    row("6.28", "C", "a device id of two dots", "none", "GET {app}/devices/..", 400,
        msg("400 Bad Request")),
    row("6.29", "C", "a device id with a slash", "none", "GET {app}/devices/a%2Fb", 400,
        msg("400 Bad Request")),
    row("6.30", "C", "a device id of 33 characters", "none", "GET {app}/devices/" + 33 * "x", 400,
        msg("400 Bad Request")),
    row("6.31", "C", "an unknown application", "none", "GET /v1/applications/nobody-has-this", 403,
        msg("403 Forbidden")),
    # additions
    row("6.32", "C", "events of a device", "attached", "GET {device}/events?since=0&limit=1", 200,
        {"events": "list", "next": "number"}, fields=JSON),
    row("6.33", "C", "events: not attached", "none", "GET {device}/events", 200,
        {"events": "list", "next": "number"}),
    row("6.34", "C", "events: no number", "none", "GET {device}/events?since=x", 400,
        msg("400 Bad Request")),
    row("6.35", "C", "events: wrong secret", "none", "GET {device}/events", 403,
        msg("403 Forbidden"), secret=WRONG),
    row("6.36", "C", "health", "none", "GET /healthz", 200, secret=NONE),
    row("6.37", "C", "metrics", "none", "GET /metrics", 200, secret=NONE,
        fields={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}),
    # keys of WebSockets that were never issued
    row("7.01", "C", "WebSocket with a wrong key", "attached",
        "GET /websockets/{id}/" + 40 * "0", 403, msg("403 Forbidden"), secret=NONE),
]
