# SPDX-License-Identifier: Apache-2.0
"""The panel's side of org.kde.StatusNotifierItem and its menu, played by a test on a session's bus: what
the icon tells, and what its entries do, without pixels."""

import threading

from gi.repository import Gio, GLib

from xsession import poll

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM, MENU = "org.kde.StatusNotifierItem", "com.canonical.dbusmenu"
INTERFACE = """<node><interface name="%s">
<method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
<method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
<property name="RegisteredStatusNotifierItems" type="as" access="read"/>
<property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
<property name="ProtocolVersion" type="i" access="read"/>
<signal name="StatusNotifierItemRegistered"><arg type="s"/></signal>
<signal name="StatusNotifierHostRegistered"/>
</interface></node>""" % WATCHER


class NotifierHost:
    """Comes when it is made, and goes with close(). item: the one icon that has come, or None."""

    def __init__(self, session):
        self.item = None
        self.context = GLib.MainContext.new()
        self.loop = GLib.MainLoop.new(self.context, False)
        self.ready = threading.Event()
        self.address = session.env["DBUS_SESSION_BUS_ADDRESS"]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()
        self.ready.wait(20)

    def close(self):
        self.loop.quit()
        self.thread.join(20)
        if not self.bus.is_closed():
            self.bus.close_sync(None)

    def _serve(self):
        self.context.push_thread_default()
        flags = Gio.DBusConnectionFlags
        self.bus = Gio.DBusConnection.new_for_address_sync(
            self.address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        node = Gio.DBusNodeInfo.new_for_xml(INTERFACE)
        self.bus.register_object("/StatusNotifierWatcher", node.interfaces[0], self._called, self._asked, None)
        self._ask("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                  GLib.Variant("(su)", (WATCHER, 0)))
        self.ready.set()
        self.loop.run()
        self.context.pop_thread_default()

    def _called(self, _bus, sender, _path, _interface, method, arguments, call):
        if method == "RegisterStatusNotifierItem":
            self.item = sender if arguments[0].startswith("/") else arguments[0]
        call.return_value(None)

    def _asked(self, _bus, _sender, _path, _interface, name):
        return {"IsStatusNotifierHostRegistered": GLib.Variant("b", True),
                "ProtocolVersion": GLib.Variant("i", 0)}.get(name, GLib.Variant("as", []))

    def _ask(self, name, path, interface, method, arguments=None):
        answer = self.bus.call_sync(name, path, interface, method, arguments, None,
                                    Gio.DBusCallFlags.NONE, 20_000, None)
        return answer.unpack() if answer else None

    # The icon
    def wait(self):
        poll(lambda: self.item, 30, "the icon")

    def get(self, name):
        """A property of the icon."""
        return self._ask(self.item, "/StatusNotifierItem", "org.freedesktop.DBus.Properties", "Get",
                         GLib.Variant("(ss)", (ITEM, name)))[0]

    def tip(self):
        return "\n".join(part for part in self.get("ToolTip")[2:] if part)

    def activate(self):
        self._ask(self.item, "/StatusNotifierItem", ITEM, "Activate", GLib.Variant("(ii)", (0, 0)))

    # Its menu
    def entries(self):
        """{label: id} of all that it shows, those below others, too, as "above/below"."""
        path = self.get("Menu")
        self._ask(self.item, path, MENU, "AboutToShow", GLib.Variant("(i)", (0,)))
        _, root = self._ask(self.item, path, MENU, "GetLayout", GLib.Variant("(iias)", (0, -1, [])))
        found = {}

        def walk(node, above):
            number, properties, below = node
            if not properties.get("visible", True):
                return
            label = above + properties.get("label", "").replace("_", "")
            found[label] = number
            for entry in below:
                walk(entry, label + "/" if label else "")
        walk(root, "")
        return found

    def press(self, number):
        """The entry with that id, though it may be there no more."""
        try:
            self._ask(self.item, self.get("Menu"), MENU, "Event",
                      GLib.Variant("(isvu)", (number, "clicked", GLib.Variant("i", 0), 0)))
        except GLib.Error:
            pass  # the menu has no such entry any more
