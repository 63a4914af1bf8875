#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The password for the proxy, entered in the settings of the real cometa-agent, kept in a real keychain and
unlocked in its own prompt. --shots DIR keeps screenshots."""

import subprocess

from agentcase import SETTINGS, AgentCase, main, options
from keyring import UNLOCK, Keyring
from proxy import Proxy
from xsession import poll

TITLE = "Settings"
TITLE_OF_ALL = "Cometa Agent"
PASSWORD = "s3cret-of-the-proxy"
PROMPTER = "/usr/libexec/gcr-prompter"


class KeychainTest(AgentCase):
    def setUp(self):
        super().setUp()
        self.keyring = Keyring(unlocked=False, session=self.session.env)
        self.addCleanup(self.keyring.close)
        self.proxy = Proxy("http", user="anna", password=PASSWORD,
                           names={"127.0.0.1": ("127.0.0.1", self.server.port)})
        self.addCleanup(self.proxy.close)
        self.config = self.session.path / "config/cometa-agent/agent.conf"

    def enter(self, key, text):
        """In the field of that mnemonic."""
        self.key(key, "ctrl+a")
        self.session.xdotool("type", text)

    def open_proxy_page(self, window):
        self.front(window)
        self.press_until("alt+t", lambda: self.session.windows(SETTINGS), "the settings", every=1)
        self.front(self.session.window(SETTINGS))
        self.tab_to("Pages", TITLE)
        self.press_until("Home", lambda: "Server" in self.reader.focus(TITLE), "the first page")
        self.press_until("Down", lambda: "Proxy" in self.reader.focus(TITLE), "the page of the proxy")

    def told(self, words):
        poll(lambda: words in self.reader.texts(TITLE), 20, words)

    def save_password(self):
        """By the settings of an agent that is attached without a proxy."""
        agent, _, window = self.attached_agent()
        self.open_proxy_page(window)
        self.enter("alt+p", self.proxy.url)
        self.enter("alt+u", "anna")
        self.enter("alt+w", PASSWORD)

    def accept(self):
        self.key("Return")
        poll(lambda: not self.session.windows(SETTINGS), 20, "the settings closed")
        link = self.server.attach(timeout=30)
        self.assertEqual(self.proxy.asked, [("127.0.0.1", self.server.port)])
        return link

    def files_with_the_password(self):
        return subprocess.run(["grep", "-rlF", PASSWORD, self.session.path], capture_output=True, text=True,
                              check=False).stdout.split()

    def status(self):
        return subprocess.run([str(options.bin / "cometactl"), "status"], env=self.session.env, timeout=10,
                              capture_output=True, text=True, check=True).stdout

    def has_prompter(self):
        reply = subprocess.run(["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/",
                                "org.freedesktop.DBus.NameHasOwner", "string:org.gnome.keyring.SystemPrompter"],
                               env=self.session.env, timeout=10, capture_output=True, text=True, check=True)
        return "boolean true" in reply.stdout

    def start_locked(self):
        """An agent whose keychain asks its owner; the window that does."""
        self.keyring.start()
        self.save_password()
        self.told("It goes into the keychain")
        self.shot("keychain", self.session.active())
        self.accept()
        self.session.stop(self.session.children[-1])
        self.keyring.lock()
        self.session.start(["env", "GCR_PERSIST=1", PROMPTER])  # which would leave after 10 s
        poll(self.has_prompter, 30, "whoever asks the owner for the keychain")
        self.agent = self.start_agent("--server", "127.0.0.1", "--port", str(self.server.port), "--app", "ops",
                                      "--device", "desk-17", "--event-interval", "0")
        prompt = self.session.window("Unlock", timeout=30)
        poll(lambda: "Waiting for the keychain" in self.status(), 10, "what it waits for")
        poll(lambda: "Waiting for the keychain" in self.reader.texts(TITLE_OF_ALL), 10, "the same in the window")
        self.shot("keychain-locked")
        return prompt

    def test_ST_06_password_goes_into_the_keychain_alone(self):
        self.keyring.start()
        self.save_password()
        self.told("It goes into the keychain")
        self.assertNotIn(PASSWORD, self.reader.texts(TITLE))
        self.accept()
        self.assertIn("proxy-keychain = yes", self.config.read_text().splitlines())
        self.assertEqual(self.files_with_the_password(), [])
        self.assertNotIn(PASSWORD.encode(), self.keyring.files())

    def test_without_a_keychain_it_goes_into_a_file_with_a_warning(self):
        self.save_password()
        self.told("No keychain runs in this session")
        self.shot("keychain-none", self.session.active())
        self.accept()
        file = self.session.path / "data/cometa-agent/proxy-password"
        self.assertEqual(self.files_with_the_password(), [str(file)])
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        self.assertIn("proxy-password-file = %s" % file, self.config.read_text().splitlines())

    def test_settings_stay_open_when_it_is_not_unlocked(self):
        self.keyring.start()
        self.keyring.lock()
        self.save_password()
        self.told("It goes into the keychain")
        self.key("Return")
        self.told("The keychain is locked: unlock it first.")
        self.assertIn("enabled", self.reader.node("OK", window=TITLE)["states"])
        self.press_until("Escape", lambda: not self.session.windows(SETTINGS), "the settings closed")
        self.assertFalse(self.config.exists())
        self.assertEqual(self.files_with_the_password(), [])

    def test_owner_unlocks_it(self):
        prompt = self.start_locked()
        self.front(prompt)
        self.session.xdotool("type", UNLOCK)
        self.key("Return")
        self.server.attach(timeout=30)
        self.assertEqual(len(self.proxy.asked), 2)

    def test_owner_who_does_not_unlock_it_is_asked_once(self):
        prompt = self.start_locked()
        self.front(prompt)
        self.press_until("Escape", lambda: not self.session.windows("Unlock"), "the prompt closed")
        poll(lambda: "The keychain is locked: unlock it first." in self.status(), 10, "why")
        heads = len(self.proxy.heads)
        self.wait(12)  # it looks again meanwhile
        self.assertEqual(self.session.windows("Unlock"), [])
        self.assertEqual(len(self.proxy.heads), heads)


if __name__ == "__main__":
    main(__doc__)
