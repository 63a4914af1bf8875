# SPDX-License-Identifier: Apache-2.0
"""Starts the real programs, each test in directories of its own, and waits for what they say.

COMETA_BIN names the directory of the programs (default: build/dev/bin of the source tree).
COMETA_LONG=1 makes the sweeps complete.
"""

import http.client
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
BIN = Path(os.environ.get("COMETA_BIN") or SOURCE / "build/dev/bin")
LONG = os.environ.get("COMETA_LONG") == "1"
sys.path.insert(0, str(SOURCE / "tests/peers"))

import ownnetwork  # noqa: E402
from chunks import attach_reply  # noqa: E402
from server import Server  # noqa: E402

ownnetwork.enter()

INSTRUMENTS = ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "GCOV_PREFIX", "GCOV_PREFIX_STRIP")


def poll(condition, timeout=10, what="the condition"):
    """The first true value of condition(); fails after timeout seconds."""
    deadline = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError("%s did not come true within %.1f s" % (what, timeout))
        time.sleep(0.02)


def marker():
    """A number of seconds for sleep(1) that no other process on this machine has on its line."""
    return "9%05d.%09d" % (random.randrange(10**5), random.randrange(10**9))


def with_marker(mark):
    """Pids of the processes whose command line holds mark, ourselves aside."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            if mark.encode() in (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


class Home:
    """HOME and XDG directories of one test; short, since socket paths are."""

    def __init__(self):
        self.path = Path(tempfile.mkdtemp(prefix="cometa-"))
        self.env = {name: os.environ[name] for name in INSTRUMENTS if name in os.environ}
        self.env.update(PATH="/usr/local/bin:/usr/bin:/bin", HOME=str(self.path), LC_ALL="C.UTF-8",
                        LANG="C.UTF-8", USER="tester", QT_LOGGING_RULES="")
        for name, folder in (("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"),
                             ("XDG_CACHE_HOME", "cache"), ("XDG_STATE_HOME", "state"),
                             ("XDG_RUNTIME_DIR", "run"), ("XDG_CONFIG_DIRS", "etc"),
                             ("TMPDIR", "tmp")):
            (self.path / folder).mkdir(mode=0o700)
            self.env[name] = str(self.path / folder)

    def file(self, name, data=b""):
        path = self.path / name
        path.write_bytes(data)
        return path

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)


class Program:
    """A running program; what it writes is kept line by line."""

    def __init__(self, name, arguments, home):
        self.name, self.home = name, home
        self.lines, self.errors = [], []
        self._changed = threading.Condition()
        self.process = subprocess.Popen([str(BIN / name)] + [str(item) for item in arguments],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, env=home.env, cwd=str(home.path))
        self._threads = [threading.Thread(target=self._read, args=pair, daemon=True)
                         for pair in ((self.process.stdout, self.lines),
                                      (self.process.stderr, self.errors))]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self):
        return self.process.pid

    @property
    def running(self):
        return self.process.poll() is None

    @property
    def events(self):
        """The JSON objects of stdout."""
        with self._changed:
            lines = list(self.lines)
        return [json.loads(line) for line in lines if line.startswith("{")]

    def wait_event(self, matches, timeout=10, what="the line", after=0):
        """The first JSON line that fits; after: so many lines are passed over."""
        def find():
            for event in self.events[after:]:
                if matches(event):
                    return event
            return None
        return self._wait(find, timeout, what)

    def wait_state(self, state, timeout=10, after=0):
        return self.wait_event(lambda event: event.get("event") == "state"
                               and event.get("state") == state, timeout, "state " + state, after)

    def wait_request(self, state, timeout=10, request=None, after=0):
        return self.wait_event(lambda event: event.get("event") == "request"
                               and event.get("state") == state
                               and request in (None, event.get("request")), timeout,
                               "request " + state, after)

    def wait_error_line(self, text, timeout=10):
        """The first line of stderr that holds text."""
        def find():
            return next((line for line in list(self.errors) if text in line), None)
        return self._wait(find, timeout, "%r on stderr" % text)

    def wait_exit(self, timeout=10):
        """The exit code; killed: the negative signal number."""
        try:
            code = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError("%s did not end; %s" % (self.name, self.words())) from None
        for thread in self._threads:
            thread.join(5)
        return code

    def stop(self, timeout=10):
        """SIGTERM, then the exit code."""
        if self.running:
            self.process.send_signal(signal.SIGTERM)
        return self.wait_exit(timeout)

    def kill(self):
        self.process.kill()
        return self.wait_exit()

    def words(self):
        return "stdout %r, stderr %r" % (self.lines[-12:], self.errors[-12:])

    def discard(self):
        if self.running:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.wait_exit()
        self.process.stdout.close()
        self.process.stderr.close()

    def _read(self, stream, lines):
        for line in stream:
            with self._changed:
                lines.append(line.decode("utf-8", "backslashreplace").rstrip("\n"))
                self._changed.notify_all()

    def _wait(self, find, timeout, what):
        deadline = time.monotonic() + timeout
        while True:
            ended = not self.running and not any(thread.is_alive() for thread in self._threads)
            value = find()
            if value:
                return value
            if ended or time.monotonic() > deadline:
                raise AssertionError("%s of %s did not come; %s%s"
                                     % (what, self.name, "it has ended; " if ended else "",
                                        self.words()))
            with self._changed:
                self._changed.wait(0.05)


class ServerProgram(Program):
    """cometa-server and a client for its REST interface."""

    def __init__(self, home, *options, port=0, data="server"):
        super().__init__("cometa-server", ["--json", "--port", port, "--data-dir",
                                           home.path / data, *options], home)
        try:
            ready = self.wait_event(lambda event: event.get("ready"), 20, "ready")
        except BaseException:
            self.discard()  # nobody else knows of it yet
            raise
        self.port, self.app = ready["port"], ready["app_id"]
        self.secret = ready.get("app_secret")  # none: it is in the configuration

    def call(self, method, path, body=None, timeout=60, secret=None):
        """(status, body bytes, header fields)"""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body,
                               {"Authorization": "OAuth " + (secret or self.secret)})
            answer = connection.getresponse()
            return answer.status, answer.read(), dict(answer.getheaders())
        finally:
            connection.close()

    def device_path(self, device, tail=""):
        return "/v1/applications/%s/devices/%s%s" % (self.app, device, tail)

    def send(self, device, message, timeout=60):
        """(status, reply bytes); message: bytes as they are, anything else as JSON."""
        if not isinstance(message, bytes):
            message = json.dumps(message, ensure_ascii=False).encode()
        return self.call("POST", self.device_path(device, "/send"), message, timeout)[:2]

    def attached(self, device):
        return self.call("GET", self.device_path(device))[0] == 200

    def events_of(self, device, since=0):
        status, body, _ = self.call("GET", self.device_path(device, "/events?since=%d&limit=1000"
                                                            % since))
        assert status == 200, (status, body)
        return [entry["event"] for entry in json.loads(body)["events"]]

    def wait_event_from(self, device, matches, timeout=10):
        def find():
            for event in self.events_of(device):
                event = json.loads(event) if isinstance(event, str) else event
                if matches(event):
                    return event
            return None
        return poll(find, timeout, "the event at the server")


class SystemTest(unittest.TestCase):
    """Programs started by a test end with it."""

    def setUp(self):
        self.home = Home()
        self.addCleanup(self.home.remove)

    def agent(self, port, *options, approve="all", app="app", device="dev", data="agent",
              server="127.0.0.1", event_interval=0, json_lines=True):
        arguments = ["-s", server, "-p", port, "-a", app, "-d", device, "--data-dir",
                     self.home.path / data]
        if json_lines:
            arguments.append("--json")
        if approve:
            arguments += ["--approve", approve]
        if event_interval is not None:
            arguments += ["--event-interval", event_interval]
        return self.start("cometa-agentd", *arguments, *options)

    def start(self, name, *arguments):
        program = Program(name, arguments, self.home)
        self.addCleanup(program.discard)
        return program

    def server(self, *options, **places):
        program = ServerProgram(self.home, *options, **places)
        self.addCleanup(program.discard)
        return program

    def pair(self, *options, server_options=(), **settings):
        """cometa-server and an agent that is attached to it."""
        server = self.server(*server_options)
        agent = self.agent(server.port, *options, app=server.app, **settings)
        agent.wait_state("attached")
        return server, agent

    def peer(self, **settings):
        """The scripted server."""
        peer = Server(**settings)
        self.addCleanup(peer.close)
        return peer

    def linked(self, *options, hints=None, **settings):
        """The scripted server's end of the link and the agent behind it."""
        peer = self.peer()
        agent = self.agent(peer.port, *options, **settings)
        link = peer.attach(reply=attach_reply(**(hints or {})))
        agent.wait_state("attached")
        return peer, link, agent

    def ctl(self, *arguments, data="agent", code=0):
        """stdout of cometactl, which must end with code."""
        done = subprocess.run([str(BIN / "cometactl"), "--data-dir", str(self.home.path / data)]
                              + [str(item) for item in arguments], env=self.home.env,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=30,
                              check=False)
        text = done.stdout.decode("utf-8", "backslashreplace")
        if code is not None:
            self.assertEqual(done.returncode, code, "cometactl %s: %r %r"
                             % (" ".join(map(str, arguments)), text, done.stderr))
        self.ctl_errors = done.stderr.decode("utf-8", "backslashreplace")
        return text

    def ctl_json(self, *arguments, **settings):
        return json.loads(self.ctl(*arguments, **settings))

    def journal(self, data="agent"):
        """The rows of the log."""
        return json.loads(self.ctl("log", "export", "--format", "json", data=data))

    def assert_verifies(self, data="agent"):
        self.ctl("log", "verify", data=data)

    def assert_gone(self, mark, timeout=2.0):
        """No process has mark on its command line, 2 s from now at the latest (P9)."""
        poll(lambda: not with_marker(mark), timeout, "the end of %s: %s" % (mark, with_marker(mark)))

    def assert_one_line(self, lines, *words):
        """Exactly one line, and it holds the words in any case."""
        self.assertEqual(len(lines), 1, lines)
        for word in words:
            self.assertIn(word.lower(), lines[0].lower())

    def assert_clean(self, link):
        """The device broke nothing on this connection."""
        self.assertIsNone(link.error)


def main():
    unittest.main(verbosity=2)
