#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The server's web page in headless Chromium, with the real agent and another device behind it."""

import json

import programs
from programs import Home, SystemTest, poll
from browser import CONTROL, ENTER, Browser, Failed
from device import Device


class WebPage(SystemTest):
    """One browser for all tests of a class: each has a server, hence an origin, of its own."""

    @classmethod
    def setUpClass(cls):
        home = Home()
        cls.addClassCleanup(home.remove)
        cls.web = Browser(home)
        cls.addClassCleanup(cls.web.close)

    def setUp(self):
        super().setUp()
        self.the_server = self.server("--timeout", 60)
        self.web.log()  # what earlier tests left there
        self.own = "http://127.0.0.1:%d" % self.the_server.port

    def device(self, name, handler=None, info=b"stardust"):
        device = Device(self.the_server.port, self.the_server.app, name, info, handler)
        self.addCleanup(device.close)
        device.attach()
        return device

    def sign_in(self, secret=None):
        self.web.open(self.own + "/")
        self.web.find("#application").fill(self.the_server.app)
        self.web.find("#secret").fill(secret or self.the_server.secret)
        self.web.find("#login-form button").click()

    def choose(self, name):
        def chosen():  # the list may be drawn anew between the look and the click
            for each in self.web.all("button.device"):
                if name in each.text:
                    each.click()
                    return True
        self.web.wait(chosen, what="device " + name)
        self.web.wait_text("#device-name", name)

    def open_device(self, name):
        self.sign_in()
        self.choose(name)
        self.web.wait_text("#live", "Live")

    def send(self, command):
        self.web.find("#command").fill(command)
        self.web.find("#send").click()

    def newest(self, text):
        """Waits until the request sent last shows this text; gives all of it."""
        return self.web.wait_text(".request:first-child", text, 30).text

    def answer(self, **members):
        return json.dumps({"msg": "", "code": "finished", "request": "r1", "exit": 0, "signal": None,
                           "stdout": "", "stderr": "", "encoding": "utf-8", **members}).encode()


class SignIn(WebPage):
    def test_wrong_secret_is_refused_and_not_kept(self):
        self.sign_in("wrong")
        self.web.wait_text("#login-error", "No such application")
        self.assertEqual(self.web.run("return sessionStorage.length"), 0)
        self.assertEqual(self.web.find("#secret").name, "Secret")

    def test_secret_stays_in_this_tab_and_out_of_addresses_and_log(self):
        self.device("dev")
        self.open_device("dev")
        secret = self.the_server.secret
        self.assertEqual(self.web.address, self.own + "/")
        self.assertEqual(self.web.run("return [localStorage.length, document.cookie]"), [0, ""])
        loaded = self.web.run("return performance.getEntries().map((entry) => entry.name)")
        self.assertTrue([name for name in loaded if "/devices" in name], loaded)
        self.assertFalse([name for name in loaded if secret in name])
        self.assertNotIn(secret, self.web.run("return document.documentElement.outerHTML"))
        self.web.reload()
        self.web.wait_text("#device-list", "dev")  # the tab still has it
        self.web.find("#leave").click()
        self.web.find("#login-form")
        self.assertEqual(self.web.run("return sessionStorage.length"), 0)
        self.assertEqual(self.the_server.stop(), 0)
        self.assertFalse([line for line in self.the_server.errors if secret in line])

    def test_page_breaks_no_rule_of_its_policy(self):
        self.device("dev")
        self.open_device("dev")
        self.assertEqual(self.web.log(), [])
        for script in ("document.body.innerHTML = '<p>text'",
                       "document.body.setAttribute('onclick', 'alert(1)')",
                       "document.createElement('script').text = 'alert(1)'"):
            with self.assertRaises(Failed, msg=script):
                self.web.run(script)
        self.assertIn("'none'", self.the_server.call("GET", "/")[2]["Content-Security-Policy"])


class Devices(WebPage):
    def test_devices_come_and_go(self):
        self.sign_in()
        self.web.wait_text("#device-none", "No device is attached")
        device = self.device("press-7", info=b"<b>press</b>")
        self.device("other")
        self.web.wait_text("#device-list", "<b>press</b>")
        self.web.wait_text("#device-count", "2")
        self.choose("press-7")
        self.web.wait_text("#facts", "127.0.0.1:")
        self.web.find("#filter").fill("nobody")
        self.web.wait_text("#device-none", "No attached device has such a name")
        self.web.find("#filter").fill("PRESS")
        self.web.wait(lambda: len(self.web.all("button.device")) == 1, what="one device")
        device.close()
        self.web.wait_text("#live", "Not attached")
        self.web.wait_text("#facts", "Not attached")
        self.device("press-7")
        self.web.wait_text("#live", "Live", 40)

    def test_events_appear_at_once_once_and_as_text(self):
        device = self.device("dev")
        device.send_event(b'{"before": 1}')
        poll(lambda: len(self.the_server.events_of("dev")) == 1)
        self.open_device("dev")
        self.web.wait_text("#events", '{"before":1}')
        device.send_event(b"<img src=x onerror=alert(1)>\x1b\xe2\x80\xae")
        self.web.wait_text("#events", "<img src=x onerror=alert(1)>\\u{1B}\\u{202E}")
        device.close()  # its events are fetched again when it comes back
        self.web.wait_text("#live", "Not attached")
        device = self.device("dev")
        device.send_event(b'{"after":1}')
        self.web.wait_text("#live", "Live", 40)
        self.web.wait_text("#events", '{"after":1}')
        seen = [each.text for each in self.web.all("#events pre")]
        self.assertEqual(seen, ['{"after":1}', "<img src=x onerror=alert(1)>\\u{1B}\\u{202E}",
                                '{"before":1}'])


    def test_kept_events_are_fetched_to_the_last(self):
        """An answer of the server holds 1 MiB of them; here are two."""
        device = self.device("dev")
        for number in range(600):
            device.send_event(b'{"number":%d,"filler":"%s"}' % (number, b"x" * 3000))
        poll(lambda: self.the_server.events_of("dev", 600), 20, "the last event")
        self.open_device("dev")
        self.web.wait(lambda: self.web.find("#events pre").text.endswith('"number":599}'), 20,
                      "the last event")


class Commands(WebPage):
    def test_command_of_the_real_agent_from_form_to_output(self):
        self.agent(self.the_server.port, "--reply-budget", 1, app=self.the_server.app,
                   device="workshop").wait_state("attached")
        self.open_device("workshop")
        self.web.find("#command").fill("printf '%s' '<b>\"abc' ; echo oops >&2; exit 3")
        self.web.find("#command").type(CONTROL + ENTER)
        shown = self.newest("Finished, exit 3")
        self.assertIn('<b>"abc', shown)
        self.assertIn("oops", shown)
        go = self.home.path / "go"
        self.send("until test -e %s; do sleep 0.05; done; echo done" % go)
        self.newest("Running")
        go.touch()
        self.assertIn("done", self.newest("Finished, exit 0"))
        self.send("sleep " + programs.marker())
        self.newest("Running")
        self.web.find(".output button").click()
        self.newest("Cancelled")
        self.assertEqual(len(self.web.all(".request")), 3)

    def test_message_says_what_the_form_says(self):
        device = self.device("dev", lambda message: b"plain <i>reply</i>")
        self.open_device("dev")
        self.web.find("#reason").fill("disk alert 4711")
        self.web.find("#limit").fill("30")
        self.send("df -h")
        self.assertIn("plain <i>reply</i>", self.newest("Replied"))
        self.assertEqual(json.loads(device.messages[0]), {
            "cmd": "df -h", "reply": "json", "reason": "disk alert 4711", "timeout": 30})
        self.web.find("#form option[value=raw]").click()
        self.send("exactly {this}")
        device.wait_messages(2)
        self.assertEqual(device.messages[1], b"exactly {this}")

    def test_pending_waits_for_its_own_result_also_out_of_sight(self):
        device = self.device("dev", lambda message: json.dumps(
            {"msg": "Pending.", "code": "pending", "request": "r1",
             "state": "awaiting-approval"}).encode())
        self.device("other")
        self.open_device("dev")
        self.send("uptime")
        self.newest("Waits for the owner")
        device.send_event(self.answer(request="r2", event="result", stdout="not mine"))
        self.web.wait_text("#events", "not mine")
        self.assertIn("Waits for the owner", self.newest("uptime"))
        self.choose("other")
        self.assertEqual(self.web.all(".request"), [])
        self.assertEqual(self.web.find("#command").attribute("value") or "", "")
        device.send_event(self.answer(event="result", stdout="up 3 days"))
        self.choose("dev")
        self.assertIn("up 3 days", self.newest("Finished, exit 0"))

    def test_answers_of_agent_and_server_are_told_in_words(self):
        replies = [b'{"msg":"Denied.","code":"denied","by":"user","reason":"not <b>now</b>"}',
                   b'{"msg":"Busy.","code":"busy"}', self.answer(exit=None, signal="SIGSEGV"),
                   self.answer(encoding="base64", stdout="/w=="), b"\n"]
        words = ["Denied. By: user.", "Busy.", "killed by SIGSEGV", "not text", "An empty reply."]
        device = self.device("dev", lambda message: replies[len(device.messages) - 1])
        self.open_device("dev")
        for each in words:
            self.send("x")
            shown = self.newest(each)
        self.assertIn("not <b>now</b>", self.web.find("#requests").text)
        self.assertIn("Replied", shown)
        device.close()
        self.web.wait_text("#live", "Not attached")
        self.send("x")
        self.newest("The device is not attached.")


if __name__ == "__main__":
    programs.main()
