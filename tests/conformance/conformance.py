#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Whether a server speaks the Cometa protocol; says which row of the tables fails.

    conformance.py --base-url http://127.0.0.1:7007 --app ID --secret-file FILE

The secret comes from a file or from COMETA_SECRET. Devices named conf-... are attached and
detached. Exit codes: 0 all rows passed or were skipped, 1 some failed, 2 wrong usage.
"""

import argparse
import itertools
import json
import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from exchanges import ROWS as EXCHANGES, Call  # noqa: E402
from rows import FOREIGN, HTTP  # noqa: E402
from wire import Broken, Device, Place  # noqa: E402

TYPES = {
    "text": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "list": lambda value: isinstance(value, list),
    "digits": lambda value: isinstance(value, str) and re.fullmatch("[0-9]+", value),
    "epoch": lambda value: isinstance(value, str) and re.fullmatch("1[0-9]{9}", value),
    "key": lambda value: isinstance(value, str) and re.fullmatch("[0-9a-f]{40}", value),
    "address": lambda value: isinstance(value, str)
    and re.fullmatch(r"[0-9A-Fa-f.:\[\]%]+:[0-9]{1,5}", value),
}
numbers = itertools.count(1)


class Skipped(Exception):
    """Why a row was not run."""


def filled(text, place, device_id):
    return (text.replace("{device}", place.device_path(device_id))
            .replace("{app}", "/v1/applications/" + place.app).replace("{id}", device_id))


def check_json(wanted, value, place, device_id, where="body"):
    if isinstance(wanted, dict):
        if not isinstance(value, dict):
            raise Broken("%s is no object: %r" % (where, value))
        for name, inner in wanted.items():
            if name not in value:
                raise Broken("%s has no %s" % (where, name))
            check_json(inner, value[name], place, device_id, where + "." + name)
    elif isinstance(wanted, tuple):
        kind, text = wanted
        text = text.replace("{id}", device_id).replace("{app}", place.app)
        if not (value == text if kind == "is" else isinstance(value, list) and text in value):
            raise Broken("%s %s not %r: %r" % (where, kind, text, value))
    elif not TYPES[wanted](value):
        raise Broken("%s is no %s: %r" % (where, wanted, value))


def run_http(row, place, device_id):
    secret = row.secret
    if secret == FOREIGN:
        if place.other is None:
            raise Skipped("needs --other-app and COMETA_OTHER_SECRET")
        secret = place.other[1]
    device = Device(place, device_id) if row.device != "none" else None
    try:
        if row.device == "busy":
            call = Call(place, device)
            device.chunk()
        answer = place.call(row.method, filled(row.path, place, device_id), row.body, secret)
        if row.device == "busy":
            device.frame(b"done")
            call.result()
    finally:
        if device:
            device.close()
    if answer.status != row.status:
        raise Broken("status is %d, not %d: %r" % (answer.status, row.status, answer.body[:200]))
    for name, value in row.fields.items():
        if answer.fields.get(name) != value:
            raise Broken("%s is %r, not %r" % (name, answer.fields.get(name), value))
    if row.json is not None:
        check_json(row.json, json.loads(answer.body), place, device_id)


def run_exchange(function, place, device_id):
    device = Device(place, device_id)
    try:
        if device.status != 200:
            raise Broken("attach: status is %d" % device.status)
        reason = function(place, device)
    finally:
        device.close()
    if reason:
        raise Skipped(reason)


def rows():
    """(id, mark, text, function of place and device id), in the order of the protocol."""
    table = [(row.id, row.mark, row.text, lambda place, id, row=row: run_http(row, place, id))
             for row in HTTP]
    table += [(id, mark, text, lambda place, device, run=run: run_exchange(run, place, device))
              for id, mark, text, run in EXCHANGES]
    return sorted(table, key=lambda entry: entry[0])


def run(place, marks="DRC", only=None, write=print):
    """Numbers of rows that passed, failed, were skipped."""
    counts = {"ok": 0, "FAILED": 0, "skipped": 0}
    for id, mark, text, function in rows():
        if mark not in marks or (only and not id.startswith(only)):
            continue
        detail = ""
        try:
            function(place, "conf-%d-%d" % (os.getpid() % 100000, next(numbers)))
            result = "ok"
        except Skipped as reason:
            result, detail = "skipped", str(reason)
        except Exception as error:  # whatever a server can do to us is a finding
            result, detail = "FAILED", "%s: %s" % (type(error).__name__, error)
        place.close_all()
        counts[result] += 1
        write("%-7s %s %s %s%s" % (result, id, mark, text, " - " + detail if detail else ""))
    write("%(ok)d passed, %(FAILED)d failed, %(skipped)d skipped" % counts)
    return counts


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--base-url", required=True, help="http://HOST:PORT")
    parser.add_argument("--app", required=True, help="id of the application")
    parser.add_argument("--secret-file", help="its secret; default: COMETA_SECRET")
    parser.add_argument("--other-app", help="a second application; its secret: COMETA_OTHER_SECRET")
    parser.add_argument("--ca-file", help="authorities for an https base URL")
    parser.add_argument("--marks", default="DRC", help="which rows: D documented, R relied on by "
                        "the SDK's clients, C choices (default DRC)")
    parser.add_argument("--only", help="rows whose number begins so")
    parser.add_argument("--patience", type=float, default=5.0,
                        help="longest time-out of a request that is waited for (default 5 s)")
    options = parser.parse_args(arguments)
    if options.secret_file:
        options.secret = Path(options.secret_file).read_text().strip()
    else:
        options.secret = os.environ.get("COMETA_SECRET", "")
    if not options.secret:
        parser.error("give --secret-file or COMETA_SECRET")
    return options


def main(arguments):
    options = parse(arguments)
    other = None
    if options.other_app:
        other = (options.other_app, os.environ.get("COMETA_OTHER_SECRET", ""))
    place = Place(options.base_url, options.app, options.secret, other, options.ca_file,
                  options.patience)
    counts = run(place, options.marks, options.only)
    return 1 if counts["FAILED"] or not counts["ok"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
