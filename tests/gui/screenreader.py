#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What a screen reader is told, over AT-SPI: starts the accessibility bus of a session and reads the
tree of its programs. Run as a program it is the part that speaks AT-SPI, which has to live in the
session's environment: a line of JSON in (what to do), a line of JSON out.

Debian packages: at-spi2-core gir1.2-atspi-2.0 python3-gi
"""

import json
import subprocess
import sys
import threading
from pathlib import Path

LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
PYTHON = "/usr/bin/python3"  # the one that Debian's python3-gi belongs to
PROGRAM = "cometa-agent"


class ScreenReader:
    """Make it before the program starts. A node is a dict: role, name, labels (of a choice or
    a number, which are read by their value), description, states, text, value, box (x, y, width, height on the screen), window (title), path."""

    def __init__(self, session):
        if not Path(LAUNCHER).exists():
            raise SystemExit("missing programs: %s; see the packages in screenreader.py" % LAUNCHER)
        session.env["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "1"
        session.start([LAUNCHER, "--launch-immediately"])
        self.child = session.start([PYTHON, str(Path(__file__).resolve())], stdout=subprocess.PIPE,
                                   stdin=subprocess.PIPE, text=True)

    def close(self):
        self.child.stdin.close()
        self.child.wait(10)
        self.child.stdout.close()

    def ask(self, **what):
        self.child.stdin.write(json.dumps(what) + "\n")
        self.child.stdin.flush()
        too_long = threading.Timer(60, self.child.kill)
        too_long.start()
        line = self.child.stdout.readline()
        too_long.cancel()
        if not line:
            raise AssertionError("the screen reader has ended")
        result = json.loads(line)
        if isinstance(result, dict) and "error" in result:
            raise AssertionError("the screen reader: %s" % result["error"])
        return result

    def nodes(self, window=None):
        """All that is shown, in the windows with this in their title; default: in all."""
        return self.ask(do="nodes", window=window or "")

    def node(self, name, role=None, window=None):
        """The first shown node of that name, or None."""
        for node in self.nodes(window):
            if node["name"] == name and role in (None, node["role"]):
                return node
        return None

    def is_enabled(self, name, window=None):
        """None when it is not shown."""
        node = self.node(name, window=window)
        return node and "enabled" in node["states"]

    def focus(self, window=None):
        """The names of what has the focus: a list and its current row, say. Empty: nothing has."""
        nodes = self.ask(do="focus", window=window or "")
        return [node["name"] for node in nodes if node["name"]]

    def texts(self, window=None):
        """All that can be read there, a line a node."""
        lines = []
        for node in self.nodes(window):
            lines += [part for part in (node["name"], node["text"]) if part]
        return "\n".join(lines)

    def menu_items(self):
        """The entries of the menus that are open, which have no place in the tree (Qt 6.4): those that
        opened since this was first asked."""
        return self.ask(do="menu items")

    def press(self, path):
        """Presses a control as assistive technology does, without a key or a click."""
        return self.ask(do="press", path=path)


# The part in the session.
def describe(node, window, path, Atspi):
    interfaces = node.get_interfaces()
    text, value, box = None, None, None
    if "Text" in interfaces:
        text = Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))
    if "Value" in interfaces:
        value = Atspi.Value.get_current_value(node)
    if "Component" in interfaces:
        rect = Atspi.Component.get_extents(node, Atspi.CoordType.SCREEN)
        box = [rect.x, rect.y, rect.width, rect.height]
    labels = []
    if node.get_role() in (Atspi.Role.COMBO_BOX, Atspi.Role.SPIN_BUTTON):
        for relation in node.get_relation_set():
            if relation.get_relation_type() == Atspi.RelationType.LABELLED_BY:
                labels += [relation.get_target(i).get_name() for i in range(relation.get_n_targets())]
    return {"role": node.get_role_name(), "labels": labels, "name": node.get_name() or "",
            "description": node.get_description() or "", "text": text, "value": value, "box": box,
            "states": [state.value_nick for state in node.get_state_set().get_states()],
            "window": window, "path": path}


def children(node):
    for index in range(min(node.get_child_count(), 400)):
        child = node.get_child_at_index(index)
        if child:
            yield index, child


def windows(desktop, title):
    for number, program in children(desktop):
        if program.get_name() != PROGRAM and program.get_name() != "Cometa Agent":
            continue
        for index, window in children(program):
            if title in (window.get_name() or ""):
                yield window, [number, index]


def walk(node, path, Atspi):
    """Depth first, only what is shown."""
    if not node.get_state_set().contains(Atspi.StateType.SHOWING):
        return
    yield node, path
    for index, child in children(node):
        yield from walk(child, path + [index], Atspi)


def find(desktop, path):
    node = desktop
    for index in path:
        node = node.get_child_at_index(index)
    return node


def has_focus(node, Atspi):
    """The current item of a list and the current tab always say that they have it (Qt 6.4)."""
    items = (Atspi.Role.PAGE_TAB, Atspi.Role.LIST_ITEM, Atspi.Role.TABLE_CELL)
    focused = Atspi.StateType.FOCUSED
    return node.get_state_set().contains(focused) and (
        node.get_role() not in items or node.get_parent().get_state_set().contains(focused))


class Focus:
    """Who has it. Only what can have it is asked, and the tree is read anew when nobody answers."""

    def __init__(self, desktop, Atspi):
        self.desktop, self.Atspi, self.known = desktop, Atspi, {}

    def find(self, title):
        for attempt in range(2):
            if attempt or title not in self.known:
                self.known[title] = list(self.read(title))
            found = []
            for node, window, path in self.known[title]:
                try:
                    if has_focus(node, self.Atspi):
                        found.append(describe(node, window, path, self.Atspi))
                except Exception:  # it is gone
                    continue
            if found:
                return found
        return []

    def read(self, title):
        focusable = self.Atspi.StateType.FOCUSABLE
        for top, path in windows(self.desktop, title):
            for node, place in walk(top, path, self.Atspi):
                if node.get_state_set().contains(focusable):
                    yield node, top.get_name() or "", place


class Menus:
    """Those that have told that they opened."""

    def __init__(self, Atspi):
        self.Atspi, self.known, self.listener = Atspi, [], None

    def items(self):
        from gi.repository import GLib
        if not self.listener:
            self.listener = self.Atspi.EventListener.new(self.hear)
            self.listener.register("object:state-changed:showing")
        while GLib.MainContext.default().iteration(False):
            pass
        self.known = [menu for menu in self.known if self.is_open(menu)]
        return [describe(item, "", [number, index], self.Atspi)
                for number, menu in enumerate(self.known) for index, item in children(menu)
                if item.get_state_set().contains(self.Atspi.StateType.VISIBLE)]

    def hear(self, event):
        if event.detail1 and event.source.get_role() == self.Atspi.Role.POPUP_MENU:
            self.known.append(event.source)

    def is_open(self, menu):
        try:
            return menu.get_state_set().contains(self.Atspi.StateType.SHOWING)
        except Exception:  # it is gone
            return False


def answer(what, desktop, focus, menus, Atspi):
    if what["do"] == "menu items":
        return menus.items()
    if what["do"] == "press":
        return bool(Atspi.Action.do_action(find(desktop, what["path"]), 0))
    if what["do"] == "focus":
        return focus.find(what["window"])
    return [describe(node, top.get_name() or "", place, Atspi)
            for top, path in windows(desktop, what["window"]) for node, place in walk(top, path, Atspi)]


def serve():
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi
    Atspi.init()
    desktop = Atspi.get_desktop(0)
    desktop.set_cache_mask(Atspi.Cache.NONE)
    focus, menus = Focus(desktop, Atspi), Menus(Atspi)
    for line in sys.stdin:
        for _ in range(20):
            try:
                result = answer(json.loads(line), desktop, focus, menus, Atspi)
                break
            except Exception as error:  # a node went while it was read
                result = {"error": str(error)}
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    serve()
