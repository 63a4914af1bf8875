#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""cometa-server with a configuration file: SIGHUP, secrets, logs, webhook, events that stay."""

import http.server
import json
import signal
import stat
import subprocess
import threading
import unittest

import programs
from device import Device
from programs import BIN, SystemTest, poll

OPS = "[application:ops]\nsecret = secret-of-ops\n"


class Receiver(http.server.ThreadingHTTPServer):
    """Takes what a webhook posts; the first `refusals` times with 503."""

    daemon_threads = True

    def __init__(self, refusals=0):
        self.refusals, self.posts = refusals, []
        super().__init__(("127.0.0.1", 0), Post)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return "http://127.0.0.1:%d/hook" % self.server_address[1]


class Post(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posts.append((self.path, self.headers, json.loads(body)))
        self.server.refusals -= 1
        self.send_response(503 if self.server.refusals >= 0 else 204)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Configuration(SystemTest):
    def configure(self, text, mode=0o600):
        path = self.home.file("cometa.conf", text.encode())
        path.chmod(mode)
        return path

    def serve(self, text, *options):
        program = self.server("--config", self.configure(text), *options)
        program.secret = "secret-of-" + program.app
        return program

    def reload(self, program):
        program.process.send_signal(signal.SIGHUP)

    def device(self, program, app, name="dev"):
        device = Device(program.port, app, name)
        device.attach()
        self.addCleanup(device.close)
        return device

    def ask(self, program, app, secret):
        return program.call("GET", "/v1/applications/" + app, secret=secret)[0]

    def refusal(self, text, *options, mode=0o600, code=2):
        done = subprocess.run([str(BIN / "cometa-server"), "--port", "0", "--config",
                               str(self.configure(text, mode)), *options], env=self.home.env,
                              capture_output=True, timeout=30, check=False)
        self.assertEqual((done.returncode, done.stdout), (code, b""), done.stderr)
        lines = done.stderr.decode().splitlines()
        self.assertEqual(len(lines), 1, lines)
        return lines[0]

    def test_reload_keeps_devices_and_takes_new_secrets(self):
        program = self.serve(OPS + "[application:lab]\nsecret = secret-of-lab\n")
        kept, lost = self.device(program, "ops"), self.device(program, "lab")
        self.configure("[application:ops]\nsecret = another\n"
                       "[application:new]\nsecret = secret-of-new\n")
        self.reload(program)
        poll(lambda: self.ask(program, "ops", "another") == 200, what="the new secret")
        self.assertEqual(self.ask(program, "ops", "secret-of-ops"), 403)
        self.assertEqual(self.ask(program, "lab", "secret-of-lab"), 403)
        self.assertEqual(self.ask(program, "new", "secret-of-new"), 200)
        program.secret = "another"
        self.assertTrue(program.attached("dev"))
        self.assertIsNone(kept.ended)
        lost.wait_ended()

    def test_a_mistake_at_a_reload_changes_nothing(self):
        program = self.serve(OPS)
        self.device(program, "ops")
        self.configure("[server]\nport = x\n[application:ops]\nsecret = another\n")
        self.reload(program)
        line = program.wait_error_line("stays as it was")
        self.assertIn("line 2: port", line)
        self.assertNotIn("another", line)
        self.assertEqual(self.ask(program, "ops", "secret-of-ops"), 200)
        self.assertTrue(program.attached("dev"))

    def test_an_empty_file_at_a_reload_changes_nothing(self):
        program = self.serve(OPS)
        self.device(program, "ops")
        self.configure("")
        self.reload(program)
        self.assertIn("no application", program.wait_error_line("stays as it was"))
        self.assertEqual(self.ask(program, "ops", "secret-of-ops"), 200)
        self.assertTrue(program.attached("dev"))

    def test_refuses_a_file_that_others_can_read(self):
        line = self.refusal(OPS, mode=0o644)
        self.assertIn("chmod 600", line)
        self.assertNotIn("secret-of-ops", line)

    def test_names_the_line(self):
        self.assertIn("cometa.conf line 3: heartbeat",
                      self.refusal("# mine\n[server]\nheartbeat = 0\n"))

    def test_no_secret_of_the_file_is_told(self):
        program = self.serve(OPS)
        self.assertEqual(self.ask(program, "ops", "wrong"), 403)
        program.stop()
        self.assertNotIn("secret-of-ops", "".join(program.lines + program.errors))

    def test_makes_up_an_application_once(self):
        first = self.server()
        first.stop()
        again = self.server()
        self.assertEqual((first.app, first.secret), (again.app, again.secret))
        kept = self.home.path / "server" / "application"
        self.assertEqual(stat.S_IMODE(kept.stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(kept.parent.stat().st_mode), 0o700)

    def test_logs_go_to_files_and_move_with_them(self):
        program = self.serve("[server]\nrequest_log = requests.log\nerror_log = errors.log\n" + OPS)
        log = self.home.path / "requests.log"
        self.assertEqual(self.ask(program, "ops", "secret-of-ops"), 200)
        poll(lambda: b"GET /v1/applications/ops 200\n" in log.read_bytes(), what="the line")
        self.assertEqual(stat.S_IMODE(log.stat().st_mode), 0o600)
        log.rename(self.home.path / "requests.log.1")
        self.reload(program)
        poll(log.exists, what="a new file")
        self.assertEqual(self.ask(program, "ops", "wrong"), 403)
        poll(lambda: log.read_bytes().endswith(b"GET /v1/applications/ops 403\n"),
             what="the next line")
        self.assertNotIn(b"wrong", log.read_bytes())
        self.assertIn(b"read again", (self.home.path / "errors.log").read_bytes())
        self.assertEqual(program.errors, [])

    def test_webhook_gets_events_and_is_tried_again(self):
        receiver = Receiver(refusals=1)
        self.addCleanup(receiver.server_close)
        self.addCleanup(receiver.shutdown)
        program = self.serve(OPS + "webhook = %s\nwebhook_header = X-Key: word\n" % receiver.url)
        device = self.device(program, "ops")
        device.send_event(b'{"temp":21}')
        device.send_event(b"plain")
        poll(lambda: len(receiver.posts) == 3, what="the events")
        path, fields, body = receiver.posts[0]
        self.assertEqual((path, fields["X-Key"]), ("/hook", "word"))
        self.assertEqual(set(body), {"app_id", "device_id", "time", "event"})
        self.assertEqual((body["app_id"], body["device_id"], body["event"]),
                         ("ops", "dev", {"temp": 21}))
        self.assertEqual([post[2]["event"] for post in receiver.posts],
                         [{"temp": 21}, {"temp": 21}, "plain"])
        program.wait_error_line("it answered 503")
        metrics = program.call("GET", "/metrics")[1].decode()
        self.assertIn("\ncometa_webhook_failures_total 1\n", metrics)

    def test_webhook_of_the_command_line(self):
        receiver = Receiver()
        self.addCleanup(receiver.server_close)
        self.addCleanup(receiver.shutdown)
        program = self.server("--webhook", receiver.url, "--webhook-header", "X-Key: word")
        self.device(program, program.app).send_event(b"1")
        poll(lambda: receiver.posts, what="the event")
        self.assertEqual(receiver.posts[0][2]["event"], 1)

    def test_events_stay_over_a_kill(self):
        program = self.serve(OPS)
        device = self.device(program, "ops")
        for number in range(5):
            device.send_event(b"%d" % number)
        poll(lambda: program.events_of("dev") == [0, 1, 2, 3, 4], what="the events")
        program.kill()
        again = self.serve(OPS)
        self.assertEqual(again.events_of("dev"), [0, 1, 2, 3, 4])
        self.device(again, "ops").send_event(b"5")
        poll(lambda: again.events_of("dev", since=5) == [4, 5], what="the next number")


if __name__ == "__main__":
    programs.main()
