#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What the real cometa-agent shows in the panel and beside it: the menu and the tooltip of its icon,
its notifications in a real notification server (dunst), and the time in which everything is allowed.
--shots DIR keeps a picture of each; docs/screenshots holds some of them.

--language de and --screen 800x600 show them so.
"""

from agentcase import WINDOW
from dunst import Dunst
from screenscase import ScreensCase, run
from xsession import poll

TAR = "tar -xf backup.tar -C /home/anna"
WAITING = [TAR, "systemctl --user restart printing && echo done", "uptime\u202e", "df -h",
           "rsync -a --delete --exclude=.cache /home/anna/ backup:/srv/anna/", "uptime"]


class MenuCase(ScreensCase):
    def point_at_icon(self, *click):
        left, top, width, height = self.panel_area()
        self.session.xdotool("mousemove", left + width // 2, top + height // 2, *click)

    def setUp(self):
        super().setUp()
        self.reader.menu_items()

    def entries(self, source=None):
        """The entries of open menus; those that begin with these words, up to the first that is put
        in."""
        begins = self.begins(source) if source else ""
        return [item for item in self.reader.menu_items() if item["name"] and item["name"].startswith(begins)]

    def begins(self, source):
        return tuple(words.split("%1")[0] for words in self.words.all(source))

    def entry(self, source):
        return poll(lambda: self.entries(source), 10, "“%s”" % source)[0]

    def open_menu(self):
        """Of the icon, by the right button."""
        self.point_at_icon("click", 3)
        self.entry("&Quit")

    def close_menus(self):
        self.press_until("Escape", lambda: not self.entries(), "no menu")

    def see_menu(self, name, *sources, beside=None):
        """These entries are there. Pictured with what is beside them; default: the panel."""
        for source in sources:
            self.entry(source)
        self.picture(name, beside or self.panel_area(), *[node["box"] for node in self.entries()])

    def wait_for_all(self, link, commands):
        """They wait, and the prompt is put off."""
        for command in commands:
            link.message({"cmd": command})
        poll(lambda: len([state for _, state in self.states() if state == "awaiting-approval"])
             == len(commands), 20, "the requests")
        self.put_off()


class IconMenuTest(MenuCase):
    def test_menu(self):
        _, link, _ = self.attached_agent()
        poll(lambda: self.says("Attached to %1"), 20, "the state")
        self.open_menu()
        self.see_menu("tray-menu-idle", "Attached to %1", "&Allow everything", "&Pause", "&Open Cometa Agent",
                      "Se&ttings…")
        self.close_menus()
        for number in range(2):
            self.approve(link, "sleep %d" % (60 + number), replies=False)
        self.wait_for_all(link, WAITING)
        self.close_window()
        self.open_menu()
        self.assertNotIn("\u202e", "".join(node["name"] for node in self.entries()))
        self.key("Down", "Down", "Right")
        self.entry("&Deny")
        self.see_menu("tray-menu", "&Review…", "and %1 more", "&Stop running commands (%1)")
        self.key("Down", "Return")
        poll(lambda: dict(self.states())[TAR] == "denied", 10, "the denial")
        self.assertEqual([state for _, state in self.states()].count("awaiting-approval"), len(WAITING) - 1)
        self.open_menu()
        self.key("Down", "Return")  # the line of the state
        self.session.window(WINDOW)

    def test_everything_allowed(self):
        _, link, window = self.attached_agent()
        self.ask_for_everything()
        self.see_menu("allow-menu", "For &%1 min…", beside=self.reader.node(self.words.text("&Pause"))["box"])
        self.key("1")
        poll(lambda: self.says("Run every command without asking for %1 minutes?"), 10, "the question")
        question = poll(lambda: [w for w in self.session.windows(WINDOW) if w != window], 10, "its window")[0]
        self.front(question)
        self.shot("question-allow", question)
        self.allow_everything()
        link.message({"cmd": "uptime"})
        link.wait_reply(20)
        self.front(window)
        self.see("window-allowed", window, "E&nd “allow everything” (%1)")
        self.close_window()
        self.open_menu()
        self.see_menu("tray-menu-allowed", "&End “allow everything” (%1)")
        self.close_menus()
        self.see_tip("tray-tip", "Attached to %1", "Everything is approved, %1")

    def see_tip(self, name, *sources):
        """What the icon says when the mouse rests on it."""
        def tip():
            if not any(node["role"] == "tool tip" for node in self.reader.nodes()):
                self.session.xdotool("mousemove", 1, 1)
                self.point_at_icon("mousemove_relative", 1, 1)
            return [node for node in self.reader.nodes() if node["role"] == "tool tip"
                    and all(self.begins(source)[0] in node["name"] for source in sources)]
        self.picture(name, self.panel_area(), poll(tip, 20, "the tooltip", every=1.5)[0]["box"])

    def close_window(self):
        """It stays in the panel."""
        self.press_until("ctrl+w", lambda: not self.session.windows(WINDOW), "no window", every=1)


class NotificationTest(MenuCase):
    def see_notes(self, name, count, *sources):
        for source in sources:
            begin = self.words.text(source).split("%1")
            poll(lambda: [n for n in self.dunst.notes() if all(part in n["summary"] + n["body"] for part in begin)],
                 20, "“%s”" % source)
        poll(lambda: self.dunst.displayed() == count, 20, "%d notifications" % count)
        windows = self.session.xdotool("search", "--onlyvisible", "--class", "Dunst").split()
        self.picture(name, *[self.session.place(w) + self.session.size(w) for w in windows])

    def test_notifications(self):
        self.dunst = Dunst(self.session)
        _, link, _ = self.attached_agent("--approval-deadline", "12")
        link.message({"cmd": TAR})
        self.see_notes("notification", 1, "A command waits for you")
        self.dunst.press({"id": 0}, "none")
        menu = poll(self.dunst.menu, 10, "what can be done")
        for action in ("Review…", "Deny"):
            self.assertIn(self.words.text(action, "Notification"), menu)
        for command in WAITING[1:]:
            link.message({"cmd": command})
        self.see_notes("notifications", 4, "%1 more commands wait")
        self.see_notes("notification-missed", 1, "%1 commands were not run")


if __name__ == "__main__":
    run(__doc__)
