# SPDX-License-Identifier: Apache-2.0
"""What the tests of the real cometa-agent on a display of its own have in common: a session, a server,
the agent, and the words of its screen as a screen reader hears them."""

import argparse
import json
import shutil
import subprocess
import sys
import time
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "peers"))

from screenreader import ScreenReader  # noqa: E402
from server import Server  # noqa: E402
from xsession import Session, poll  # noqa: E402

PROMPT = "A command waits for you"
ENDED = "This command was "  # the prompt, once there is nothing to decide
WINDOW = "^Cometa Agent$"
SETTINGS = "^Settings"
options = argparse.Namespace(bin=HERE.parents[1] / "build/dev/bin", shots=None, home=None)


class AgentCase(unittest.TestCase):
    """A test with session, server and screen reader; starts no agent."""

    screen = "1280x800x24"
    panel = None  # its colour

    def setUp(self):
        self.session = Session(screen=self.screen, panel=self.panel).__enter__()
        if options.home:
            self.move_home(options.home)
        self.addCleanup(self.session.__exit__)
        self.server = Server().__enter__()
        self.addCleanup(self.server.__exit__)
        self.reader = ScreenReader(self.session)
        self.addCleanup(self.reader.close)

    def move_home(self, home):
        """For the pictures: the directories that the windows name."""
        self.session.env["HOME"] = str(home)
        for name, folder in (("XDG_CONFIG_HOME", ".config"), ("XDG_DATA_HOME", ".local/share")):
            (home / folder).mkdir(mode=0o700, parents=True)
            self.addCleanup(shutil.rmtree, home / folder)  # once the agent has ended
            self.session.env[name] = str(home / folder)

    def start_agent(self, *more):
        log = open(self.session.path / "agent.log", "ab")
        self.addCleanup(log.close)
        return self.session.start([str(options.bin / "cometa-agent"), *more], stderr=log, cwd="/")

    def attached_agent(self, *more):
        """(agent, its link, its window in front)"""
        agent = self.start_agent("--server", "127.0.0.1", "--port", str(self.server.port),
                                 "--app", "ops", "--device", "desk-17", "--event-interval", "0", *more)
        link = self.server.attach(timeout=30)
        window = self.session.window(WINDOW, timeout=30)
        poll(lambda: self.session.active() == window, 20, "the window in front")
        return agent, link, window

    def ask(self, link, command, **more):
        """Sends a request; the prompt that shows it."""
        link.message({"cmd": command, **more})
        return self.session.window(PROMPT, timeout=20)

    def states(self):
        """[(command, state)] of all requests, the newest first."""
        result = subprocess.run([str(options.bin / "cometactl"), "requests", "--json"], timeout=30,
                                env=self.session.env, capture_output=True, text=True, check=True)
        return [(row["cmd"], row["state"]) for row in json.loads(result.stdout)]

    def front(self, window):
        """Makes it the window that hears the keys, and waits until it is."""
        def is_front():
            if self.session.active() == window:
                return True
            self.session.xdotool("windowactivate", window)
            return False
        poll(is_front, 20, "the window in front", every=0.2)

    def key(self, *keys):
        self.session.xdotool("key", "--clearmodifiers", *keys)

    def press_until(self, key, condition, what, timeout=20, every=0.4):
        """A key again and again until something is so: one that is pressed while a window is mapped
        can be lost. For keys that do no harm a second time."""
        def done():
            value = condition()
            if not value:
                self.key(key)
            return value
        return poll(done, timeout, what, every)

    def tab_to(self, name, window=None, key="Tab", most=60):
        """Presses Tab until the control of that name has the focus."""
        seen = []
        for _ in range(most):
            before = self.reader.focus(window)
            if name in before:
                return
            seen.append(before)
            self.key(key)
            try:
                poll(lambda: self.reader.focus(window) != before, 2, "a step")
            except AssertionError:
                pass  # the key was lost: once more
        raise AssertionError("%s does not lead to “%s”, only to %r" % (key, name, seen))

    def wait(self, seconds):
        """For what is about time itself: so long nothing may happen."""
        end = time.monotonic() + seconds
        poll(lambda: time.monotonic() > end, seconds + 5)

    def shot(self, name, window=None):
        """Kept only with --shots."""
        self.session.shot(name + ".png", options.shots, window)


def main(description, more=()):
    """more: options of this test, (name, arguments of add_argument)."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--bin", type=Path, default=options.bin, help="directory of the programs")
    parser.add_argument("--shots", type=Path, help="keep screenshots there")
    parser.add_argument("--home", type=Path, help="an empty home directory to show in them")
    for name, arguments in more:
        parser.add_argument(name, **arguments)
    _, rest = parser.parse_known_args(namespace=options)
    options.bin = options.bin.resolve()
    if options.shots:
        options.shots.mkdir(parents=True, exist_ok=True)
    unittest.main(module="__main__", argv=[sys.argv[0], *rest], verbosity=2)
