# SPDX-License-Identifier: Apache-2.0
"""What the tests have in common that look at the screens of the real cometa-agent, in any language and
on any display."""

from pathlib import Path

from agentcase import WINDOW, AgentCase, main, options
from words import Words
from xsession import poll

OPTIONS = [("--language", {"default": "en"}), ("--screen", {"default": "1280x800"}),
           ("--dpi", {"type": int, "default": 96})]


class ScreensCase(AgentCase):
    screen = "1280x800x24"

    def setUp(self):
        type(self).screen = options.screen + "x24"
        super().setUp()
        self.words = Words(options.language)
        self.prompt_title = self.words.text("A command waits for you – Cometa Agent")
        self.home = Path(self.session.env["HOME"])
        if options.dpi != 96:
            self.session.env["QT_FONT_DPI"] = str(options.dpi)

    def start_agent(self, *more):
        return super().start_agent("--language", options.language, *more)

    def says(self, source, window=""):
        """The words are there, up to the first that is put in."""
        texts = self.reader.texts(window)
        return any(words.split("%1")[0] in texts for words in self.words.all(source))

    def see(self, name, window, *sources, title=None):
        """These words are on the screen, the window fits it, and a picture is taken. title: what a
        screen reader calls it, if that is not what its frame says."""
        title = title or self.session.xdotool("getwindowname", window)
        for source in sources:
            poll(lambda: self.says(source, title), 20, "“%s” in %s" % (source, name))
        self.fits(window, title, name)
        self.wait(0.2)  # until it is painted
        self.shot(name, window)

    def fits(self, window, title, name):
        """The window is on the screen, and its buttons in the window: in its width, and in its height
        where they cannot be scrolled to."""
        width, height = self.session.size(window)
        right, bottom = (int(part) for part in self.screen.split("x")[:2])
        self.assertLessEqual(width, right, name)
        self.assertLessEqual(height, bottom - 24, name)  # the panel
        nodes = self.reader.nodes(title)
        # The head of a column that is not shown has none.
        boxes = {tuple(node["path"]): node["box"] for node in nodes if node["box"]}
        scrolled = [path for path, box in boxes.items()  # higher than what they are in
                    if path[:-1] in boxes and box[3] > boxes[path[:-1]][3]]
        left, top, w, h = nodes[0]["box"]
        for node in nodes[1:]:
            if node["role"] != "push button":
                continue
            x, y, a, b = node["box"]
            can_scroll = any(tuple(node["path"][:len(path)]) == path for path in scrolled)
            self.assertTrue(left <= x and x + a <= left + w, "%s: %r" % (name, node))
            self.assertTrue(can_scroll or (top <= y and y + b <= top + h), "%s: %r" % (name, node))

    def picture(self, name, *boxes):
        """Of what lies in these boxes, which are on the screen, and a little around them."""
        width, height = (int(part) for part in self.screen.split("x")[:2])
        left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
        right, bottom = max(box[0] + box[2] for box in boxes), max(box[1] + box[3] for box in boxes)
        self.assertTrue(left >= 0 and top >= 0 and right <= width and bottom <= height, name)
        left, top, right, bottom = (max(0, left - 8), max(0, top - 8), min(width, right + 8),
                                    min(height, bottom + 8))
        self.wait(0.3)  # until it is painted
        self.session.shot(name + ".png", options.shots, area=(left, top, right - left, bottom - top))

    def panel_area(self):
        """Where the panel is, which holds nothing but our icon."""
        panel, = self.session.xdotool("search", "--name", "^panel$").split()
        return self.session.place(panel) + self.session.size(panel)

    def press(self, source):
        """By its mnemonic; what happens is what the caller waits for."""
        self.key(self.words.key(source))

    def prompt(self):
        return self.session.window(self.prompt_title, timeout=20)

    def request(self, link, command, **more):
        """Sends it; its prompt, in front."""
        link.message({"cmd": command, **more})
        prompt = self.prompt()
        self.front(prompt)
        return prompt

    def approve(self, link, command, replies=True):
        before = len(link.replies)
        self.request(link, command)
        self.press_until(self.words.key("&Approve"),
                         lambda: not self.session.windows(self.prompt_title), "the approval", every=0.8)
        if replies:
            link.wait_replies(before + 1, 20)

    def put_off(self):
        """The prompt, which gives the keys back to the main window."""
        self.front(self.prompt())
        self.press_until("Escape", lambda: not self.session.windows(self.prompt_title), "no prompt", every=1)
        self.front(self.session.window(WINDOW))

    def ask_for_everything(self):
        """Opens the menu of “Allow everything” in the main window, which is in front."""
        self.reader.menu_items()
        poll(lambda: self.says("&Allow everything"), 20, "the button")
        self.press_until(self.words.key("&Allow everything", "ConnectionHeader"), self.reader.menu_items,
                         "the menu", every=2)

    def allow_everything(self):
        """Answers the question that the menu leads to."""
        self.press_until(self.words.key("&Allow for %1 min"), lambda: self.says("E&nd “allow everything” (%1)"),
                         "the time begun", every=1)

    def select_newest(self):
        """The first row of the list of requests, by keyboard."""
        self.press_until("ctrl+f", lambda: self.words.text("Search") in self.reader.focus(), "the search")
        self.tab_to(self.words.text("Requests"))
        self.key("Down", "Home")


def run(description):
    main(description, OPTIONS)
