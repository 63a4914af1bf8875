# SPDX-License-Identifier: Apache-2.0
"""Headless Chromium through chromedriver, by the W3C WebDriver protocol."""

import base64
import json
import shutil
import subprocess
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key that the standard gives to references
CONTROL = "\ue009"
ENTER = "\ue007"


class Failed(Exception):
    """The browser's words. code: "no such element", "javascript error", …"""

    def __init__(self, code, message):
        super().__init__("%s: %s" % (code, message))
        self.code = code


class Element:
    def __init__(self, browser, reference):
        self.browser, self.reference = browser, reference

    def _call(self, method, path, body=None):
        return self.browser.call(method, "/element/%s/%s" % (self.reference, path), body)

    @property
    def text(self):
        """As it is seen: nothing of what is hidden."""
        return self._call("GET", "text")

    @property
    def shown(self):
        return self._call("GET", "displayed")

    @property
    def name(self):
        """As a screen reader tells it."""
        return self._call("GET", "computedlabel")

    def attribute(self, name):
        return self._call("GET", "attribute/" + name)

    def click(self):
        self._call("POST", "click", {})

    def type(self, text):
        self._call("POST", "value", {"text": text})

    def fill(self, text):
        self._call("POST", "clear", {})
        self.type(text)


class Browser:
    def __init__(self, home, width=1280, height=900, dark=False, scale=1):
        """home: its HOME and the environment of its programs, a programs.Home."""
        driver = shutil.which("chromedriver") or "/usr/bin/chromedriver"
        self.driver = subprocess.Popen([driver, "--port=0"], stdin=subprocess.DEVNULL,
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                       env=home.env, cwd=str(home.path))
        self.session = ""
        try:
            self.base = "http://127.0.0.1:%d" % self._port()
            self._begin(home, width, height, dark, scale)
        except BaseException:
            self.close()
            raise

    def _port(self):
        for line in self.driver.stdout:
            words = line.decode().split()
            if b"started successfully" in line:
                return int(words[-1].rstrip("."))
        raise AssertionError("chromedriver did not start")

    def _begin(self, home, width, height, dark, scale):
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                     "--no-first-run", "--disable-background-networking", "--disable-extensions",
                     "--window-size=%d,%d" % (width, height), "--force-device-scale-factor=%s" % scale,
                     "--user-data-dir=%s" % (home.path / "chromium")]
        if dark:
            arguments.append("--force-dark-mode")
        answer = self._request("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:chromeOptions": {"args": arguments},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "OFF"}}}})
        self.session = "/session/" + answer["sessionId"]

    def _request(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, method=method,
                                         headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.loads(answer.read())["value"]
        except urllib.error.HTTPError as error:
            value = json.loads(error.read())["value"]
            raise Failed(value["error"], value["message"]) from None

    def call(self, method, path, body=None):
        return self._request(method, self.session + path, body)

    def open(self, address):
        self.call("POST", "/url", {"url": address})

    def reload(self):
        self.call("POST", "/refresh", {})

    @property
    def address(self):
        return self.call("GET", "/url")

    def run(self, script, *arguments):
        """What the script returns; it runs in the page."""
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def find(self, css, timeout=20):
        """The first element that is shown and fits."""
        return self.wait(lambda: next((each for each in self.all(css) if each.shown), None), timeout,
                         css)

    def all(self, css):
        found = self.call("POST", "/elements", {"using": "css selector", "value": css})
        return [Element(self, each[ELEMENT]) for each in found]

    def wait_text(self, css, text, timeout=20):
        """An element that fits shows this text."""
        def seen():
            return next((each for each in self.all(css) if text in each.text), None)
        return self.wait(seen, timeout, lambda: "%r in %s, which is %r" % (
            text, css, [each.text for each in self.all(css)]))

    def wait(self, condition, timeout=20, what="the condition"):
        deadline = time.monotonic() + timeout
        while True:
            try:
                value = condition()
            except Failed as error:
                if error.code != "stale element reference":
                    raise
                value = None  # it was drawn anew meanwhile
            if value:
                return value
            if time.monotonic() > deadline:
                raise AssertionError("the page does not show %s" % (what() if callable(what) else what))
            time.sleep(0.05)

    def resize(self, width, height):
        self.call("POST", "/window/rect", {"width": width, "height": height})

    def log(self):
        """What the browser had to complain about since the last call."""
        messages = [entry["message"] for entry in self.call("POST", "/se/log", {"type": "browser"})]
        return [message for message in messages if not message.startswith("chrome://")]

    def screenshot(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("GET", "/screenshot")))

    def close(self):
        try:
            if self.session:
                self.call("DELETE", "")
        except (OSError, Failed):
            pass
        finally:
            self.session = ""
            self.driver.terminate()
            self.driver.wait(20)
            self.driver.stdout.close()
