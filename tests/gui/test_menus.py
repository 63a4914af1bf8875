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

    def entries(self, source=None):
        """The entries of open menus; those that begin with these words, up to the first that is put
        in."""
        begins = tuple(words.split("%1")[0] for words in self.words.all(source)) if source else ""
        return [node for node in self.reader.nodes() if node["role"] == "menu item"
                and node["name"] and node["name"].startswith(begins)]

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
        self.front(self.prompt())
        self.press_until("Escape", lambda: not self.session.windows(self.prompt_title), "no prompt", every=1)


class IconMenuTest(MenuCase):
    def test_menu(self):
        _, link, _ = self.attached_agent()
        self.open_menu()
        self.see_menu("tray-menu-idle", "Attached to %1", "&Allow everything", "&Pause", "&Open Cometa Agent",
                      "Se&ttings…")
        self.close_menus()
        for number in range(2):
            self.approve(link, "sleep %d" % (60 + number), replies=False)
        self.wait_for_all(link, WAITING)
        self.open_menu()
        self.assertNotIn("\u202e", "".join(node["name"] for node in self.entries()))
        self.key("Down", "Right")
        self.entry("&Deny")
        self.see_menu("tray-menu", "&Review…", "and %1 more", "&Stop running commands (%1)")
        self.key("Down", "Return")
        poll(lambda: dict(self.states())[TAR] == "denied", 10, "the denial")
        self.assertEqual([state for _, state in self.states()].count("awaiting-approval"), len(WAITING) - 1)

    def test_everything_allowed(self):
        _, _, window = self.attached_agent()
        self.press("&Allow everything")
        self.see_menu("allow-menu", "For &%1 min…", beside=self.place_of(window))
        self.key("1")
        question = poll(lambda: [w for w in self.session.windows(WINDOW) if w != window], 10, "the question")[0]
        self.front(question)
        poll(lambda: self.says("Run every command without asking for %1 minutes?"), 10, "the question")
        self.shot("question-allow", question)
        self.press_until(self.words.key("&Allow for %1 min"), lambda: self.says("E&nd “allow everything” (%1)"),
                         "the time begun", every=1)
        self.see("window-allowed", window, "E&nd “allow everything” (%1)")
        self.open_menu()
        self.see_menu("tray-menu-allowed", "&End “allow everything” (%1)")
        self.close_menus()

    def place_of(self, window):
        return self.session.place(window) + self.session.size(window)


class NotificationTest(MenuCase):
    def test_notifications(self):
        dunst = Dunst(self.session)
        _, link, _ = self.attached_agent("--approval-deadline", "15")
        self.wait_for_all(link, WAITING)


if __name__ == "__main__":
    run(__doc__)
