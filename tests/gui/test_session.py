#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The real cometa-agent on a display of its own, with real mouse and key events: attach, request,
prompt, what must not approve, approval, reply. --shots DIR keeps screenshots."""

import argparse
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "peers"))

from server import Server  # noqa: E402
from xsession import Session, poll  # noqa: E402

PROMPT = "A command waits for you"
WINDOW = "^Cometa Agent$"
options = argparse.Namespace(bin=HERE.parents[1] / "build/dev/bin", shots=None)


def close(session, window):
    """By Alt+F4, again and again: a key that is pressed while a window is mapped can be lost."""
    def closed():
        if not session.windows(WINDOW):
            return True
        session.xdotool("windowactivate", window, "key", "alt+F4")
        return False
    poll(closed, timeout=20, what="the window is closed", every=1)


def ask_to_close(session, window):
    """Alt+F4 as above, where that asks; the question, which has the same title."""
    def asked():
        others = [it for it in session.windows(WINDOW) if it != window]
        if not others:
            session.xdotool("windowactivate", window, "key", "alt+F4")
        return others
    question = poll(asked, 20, "the question", every=1)[0]
    poll(lambda: session.active() == question, 10, "the question in front")
    return question


def minimised(session):
    """The program's windows that are."""
    found = session.xdotool("search", "--name", WINDOW).split()
    return [it for it in found if "Iconic" in subprocess.run(
        ["xprop", "-id", it, "WM_STATE"], env=session.env, capture_output=True, text=True, timeout=20,
        check=False).stdout]


class SessionTest(unittest.TestCase):
    def setUp(self):
        self.session = Session().__enter__()
        self.addCleanup(self.session.__exit__)
        self.server = Server().__enter__()
        self.addCleanup(self.server.__exit__)

    def start_agent(self, *more):
        log = open(self.session.path / "agent.log", "ab")
        self.addCleanup(log.close)
        return self.session.start([str(Path(options.bin) / "cometa-agent"), *more], stderr=log, cwd="/")

    def attached_agent(self):
        agent = self.start_agent("--server", "127.0.0.1", "--port", str(self.server.port), "--no-tls",
                                 "--app", "ops", "--device", "desk-17", "--event-interval", "0")
        return agent, self.server.attach(timeout=20)

    def approve_at(self, prompt):
        """Where Approve is in the prompt: at the lower right."""
        width, height = self.session.size(prompt)
        return width - 64, height - 32

    def click_approve(self, prompt):
        x, y = self.approve_at(prompt)
        self.session.xdotool("mousemove", "--window", prompt, x, y, "click", 1)

    def test_AC_01_AC_02_AC_03_only_a_click_that_is_meant_approves(self):
        session = self.session
        agent, link = self.attached_agent()
        window = session.window(WINDOW)
        poll(lambda: session.active() == window, what="the window in front")
        ran = session.path / "ran"
        link.message({"cmd": "echo yes >%s; echo approved by hand" % ran})
        prompt = session.window(PROMPT)
        self.assertEqual(session.active(), window, "the prompt took the focus")

        session.xdotool("key", "y", "Return", "space", "ctrl+Return")
        session.xdotool("windowactivate", "--sync", prompt)
        session.xdotool("key", "y", "Return", "space", "KP_Enter", "ctrl+Return", "alt+Return")
        moved = time.monotonic()
        session.xdotool("windowmove", prompt, 200, 100)
        self.click_approve(prompt)
        early = time.monotonic() - moved
        self.assertFalse(ran.exists())
        self.assertEqual(link.replies, [])

        def clicked():
            self.click_approve(prompt)
            return ran.exists()
        # Half a second apart, so that none is the second click of a double click.
        poll(clicked, 10, "the approval", every=0.5)
        if early < 0.6:
            self.assertGreater(time.monotonic() - moved, 0.7)
        self.assertEqual(link.wait_reply().data, b"approved by hand\n")
        poll(lambda: not session.windows(PROMPT), what="the prompt gone")
        agent.send_signal(signal.SIGTERM)
        self.assertEqual(agent.wait(10), 0)

    def test_AC_02_escape_leaves_the_request_waiting_and_the_window_reaches_it(self):
        session = self.session
        _, link = self.attached_agent()
        window = session.window(WINDOW)
        link.message({"cmd": "echo again"})
        prompt = session.window(PROMPT)
        session.xdotool("windowactivate", "--sync", prompt, "key", "Escape")
        poll(lambda: not session.windows(PROMPT), what="the prompt gone")
        self.assertEqual(link.replies, [])

        def reviewed():
            session.xdotool("windowactivate", "--sync", window, "key", "alt+v")
            return session.windows(PROMPT)
        # Its line takes no press before it was in its place for a while.
        poll(reviewed, 10, "the prompt", every=0.5)
        self.assertEqual(session.window(PROMPT), prompt)

    def test_AC_03_a_prompt_that_is_partly_covered_does_not_approve(self):
        session = self.session
        _, link = self.attached_agent()
        ran = session.path / "ran"
        link.message({"cmd": "touch %s" % ran})
        prompt = session.window(PROMPT)
        width, height = session.size(prompt)
        # The tray at the lower right of the screen lies over the prompt's corner.
        session.xdotool("windowactivate", "--sync", prompt, "windowmove", prompt, 1280 - width,
                        800 - height)
        end = time.monotonic() + 2
        poll(lambda: self.click_approve(prompt) or time.monotonic() > end, every=0.5)
        self.assertFalse(ran.exists())
        session.xdotool("windowmove", prompt, 100, 100)
        poll(lambda: self.click_approve(prompt) or ran.exists(), 10, "the approval", every=0.5)

    def test_ST_04_the_second_start_raises_the_first(self):
        session = self.session
        self.attached_agent()
        window = session.window(WINDOW)
        close(session, window)
        second = self.start_agent("--server", "127.0.0.1", "--port", str(self.server.port), "--app", "ops")
        self.assertEqual(second.wait(10), 0)
        session.window(WINDOW)
        self.assertEqual(session.windows("Settings"), [])  # it has them already

    def test_ST_04_the_second_start_offers_its_options(self):
        session = self.session
        _, link = self.attached_agent()
        session.window(WINDOW)
        second = self.start_agent("--device", "desk-18")
        self.assertEqual(second.wait(10), 0)
        settings = session.window("Settings")
        self.assertIsNone(link.ended)  # nothing has changed before OK
        session.xdotool("windowactivate", "--sync", settings, "key", "Return")
        self.assertTrue(self.server.attach(timeout=20).path.endswith("/devices/desk-18"))

    def test_the_connection_test_attaches_as_another_device(self):
        session = self.session
        _, link = self.attached_agent()
        window = session.window(WINDOW)
        session.xdotool("windowactivate", "--sync", window, "key", "alt+t")
        settings = session.window("Settings")
        # With other settings than those of the link, which is left alone.
        session.xdotool("windowactivate", "--sync", settings, "key", "alt+n", "type", "a desk")
        session.xdotool("key", "alt+t")
        test = self.server.attach()
        self.assertTrue(test.path.endswith("/devices/desk-17.test"), test.path)
        self.assertEqual(test.wait_ended(), "eof")
        session.shot("settings.png", options.shots, settings)
        self.assertIsNone(link.ended)

    def test_the_first_start_ends_attached_by_keyboard_alone(self):
        session = self.session
        self.start_agent()
        wizard = session.window("Set up Cometa Agent")
        session.shot("first-start.png", options.shots)
        session.xdotool("windowactivate", "--sync", wizard, "key", "Return", "type", "127.0.0.1")
        session.xdotool("key", "Tab", "ctrl+a", "type", str(self.server.port))
        session.xdotool("key", "alt+a", "type", "ops")
        session.xdotool("key", "alt+d", "type", "desk-17")
        session.xdotool("key", "Return", "Return")
        link = self.server.attach(timeout=20)
        self.assertTrue(link.path.endswith("/applications/ops/devices/desk-17"), link.path)
        session.xdotool("key", "Return")
        poll(lambda: not session.windows("Set up Cometa Agent"), what="the end of the first start")
        settings = (session.path / "config/cometa-agent/agent.conf").read_text()
        self.assertIn("server = 127.0.0.1\n", settings)
        self.assertIsNone(link.ended)

    def test_a_wrong_value_in_the_file_opens_the_settings_and_attaches_nothing(self):
        session = self.session
        folder = session.path / "config/cometa-agent"
        folder.mkdir()
        content = "server = 127.0.0.1\napp = ops\nport = %d\ntls = no\npin = abc\n" % self.server.port
        (folder / "agent.conf").write_text(content)
        self.start_agent()
        settings = session.window("Settings")
        session.shot("wrong-value.png", options.shots)
        session.xdotool("windowactivate", "--sync", settings, "key", "alt+i", "ctrl+a", "Delete")
        session.xdotool("key", "Return")
        link = self.server.attach(timeout=20)
        self.assertEqual((folder / "agent.conf").read_text(), content.replace("pin = abc\n", ""))
        self.assertIsNone(link.ended)

    def test_a_first_start_that_is_closed_leaves_the_window(self):
        session = self.session
        self.start_agent()
        wizard = session.window("Set up Cometa Agent")
        session.xdotool("windowactivate", "--sync", wizard, "key", "Escape")
        poll(lambda: not session.windows("Set up Cometa Agent"), what="the wizard closed")
        session.window(WINDOW)
        session.shot("not-set-up.png", options.shots)
        self.assertFalse((session.path / "config/cometa-agent/agent.conf").exists())


class WithoutTrayTest(unittest.TestCase):
    def test_P21_the_window_is_the_program_without_a_tray(self):
        with Session(tray=False) as session, Server() as server:
            agent = session.start([str(Path(options.bin) / "cometa-agent"), "--minimised", "--server",
                                   "127.0.0.1", "--port", str(server.port), "--app", "ops", "--no-tls"])
            server.attach(timeout=20)
            self.assertEqual(session.windows(WINDOW), [])
            # Minimised: it is there, and nothing of what is typed elsewhere goes into it.
            window = poll(lambda: minimised(session), 30, "the window")[0]
            self.assertEqual(session.windows(WINDOW), [])
            self.assertNotEqual(session.active(), window)

            session.xdotool("windowactivate", window)
            self.assertEqual(session.window(WINDOW), window)
            ask_to_close(session, window)
            session.xdotool("key", "Escape")
            poll(lambda: session.windows(WINDOW) == [window], 10, "the window alone")
            self.assertIsNone(agent.poll())
            ask_to_close(session, window)
            session.xdotool("key", "alt+q")
            self.assertEqual(agent.wait(10), 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", type=Path, default=options.bin, help="directory of the programs")
    parser.add_argument("--shots", type=Path, help="keep screenshots there")
    _, rest = parser.parse_known_args(namespace=options)
    options.bin = options.bin.resolve()
    if options.shots:
        options.shots.mkdir(parents=True, exist_ok=True)
    unittest.main(argv=[sys.argv[0], *rest], verbosity=2)


if __name__ == "__main__":
    main()
