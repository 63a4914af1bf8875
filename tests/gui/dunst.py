# SPDX-License-Identifier: Apache-2.0
"""A real notification server, dunst, in the session of a test.

Debian package: dunst
"""

import json
import shutil
import subprocess

from xsession import poll

# dunst draws no buttons: it asks a menu program which action is meant, for all that it shows. Ours
# picks the line that the test has written down. And it runs a script for each notification.
DUNST = """[global]
    width = 360
    origin = top-right
    offset = 10x10
    font = DejaVu Sans 10
    %(markup)s
    format = "<b>%%s</b>\\n%%b"
    idle_threshold = 0
    history_length = 50
    icon_path = ""
    mouse_left_click = do_action, close_current
    dmenu = %(path)s/pick
[note]
    appname = "Cometa Agent"
    script = %(path)s/note
"""
PICK = """#!/bin/sh
tee %(path)s/menu | grep -m1 -F -- "$(cat %(path)s/choice)"
"""
NOTE = """#!/usr/bin/python3
import json, os
fields = {name: os.environ.get("DUNST_" + name.upper()) for name in ("id", "summary", "body", "urgency")}
with open("%(path)s/notes", "a") as notes:
    notes.write(json.dumps(fields) + "\\n")
"""


class Dunst:
    """The notification server of a session."""

    def __init__(self, session, markup="full"):
        if not shutil.which("dunst"):
            raise SystemExit("missing program: dunst; see scripts/install-deps test --list")
        self.session, self.path = session, session.path / "dunst"
        self.path.mkdir()
        names = {"path": self.path, "markup": "markup = " + markup if markup else ""}
        (self.path / "dunstrc").write_text(DUNST % names)
        for name, text in (("pick", PICK), ("note", NOTE)):
            (self.path / name).write_text(text % names)
            (self.path / name).chmod(0o755)
        self.start()

    def start(self):
        self.process = self.session.start(["dunst", "-config", str(self.path / "dunstrc")])
        poll(lambda: self.control("is-paused") == "false", what="dunst")

    def stop(self):
        self.session.stop(self.process)

    def control(self, *arguments):
        return subprocess.run(["dunstctl", *arguments], env=self.session.env, text=True,
                              capture_output=True, timeout=20).stdout.strip()

    def notes(self):
        """What it was told to show, the oldest first."""
        try:
            lines = (self.path / "notes").read_text().splitlines()
        except FileNotFoundError:
            return []
        return sorted(map(json.loads, lines), key=lambda note: int(note["id"]))

    def note(self, text):
        """The notification that has this in it, once it is there."""
        return poll(lambda: [n for n in self.notes() if text in n["summary"] + "\n" + n["body"]],
                    what="a notification with “%s”" % text)[-1]

    def displayed(self):
        return int(self.control("count", "displayed"))

    def menu(self):
        """What it has last offered: an action or an address a line."""
        path = self.path / "menu"
        return path.read_text() if path.exists() else ""

    def press(self, note, key):
        """A button of a notification: review, deny."""
        (self.path / "choice").write_text("[%s,%s]" % (note["id"], key))
        self.control("context")
