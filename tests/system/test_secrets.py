#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The application secret is in its own file and nowhere else, whatever goes wrong (ST-06)."""

import os
import signal
import socket
import stat

import programs
from programs import SystemTest


class Secrets(SystemTest):
    def setUp(self):
        super().setUp()
        self.home.env["QT_LOGGING_RULES"] = "*.debug=true"
        self.the_server, self.the_agent = self.pair("--verbose")
        self.secret = self.the_server.secret
        self.assertGreater(len(self.secret), 15)

    def files_with_the_secret(self):
        found = []
        for folder, _, names in os.walk(self.home.path):
            for name in names:
                path = os.path.join(folder, name)
                if stat.S_ISREG(os.lstat(path).st_mode):
                    with open(path, "rb") as file:
                        if self.secret.encode() in file.read():
                            found.append(os.path.relpath(path, self.home.path))
        return found

    def assert_untold(self):
        """By what the programs have said, but for the line that is meant to tell it."""
        for program in (self.the_server, self.the_agent):
            for line in program.lines + program.errors:
                if '"app_secret"' not in line:
                    self.assertNotIn(self.secret, line)

    def raw(self, head):
        """What the server answers to a head that is sent as it is."""
        with socket.create_connection(("127.0.0.1", self.the_server.port), 10) as link:
            link.sendall(head)
            link.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: link.recv(65536), b""))

    def talk(self):
        """Requests of every kind that carry the secret; none of the answers may."""
        secret = self.secret.encode()
        path = self.the_server.device_path("dev", "/send").encode()
        answers = [self.the_server.send("dev", {"cmd": "env; tr '\\0' '\\n' </proc/$PPID/environ"})[1],
                   self.the_server.send("dev", b"no JSON")[1],
                   self.the_server.send("nobody", {"cmd": "true"})[1],
                   self.the_server.call("GET", self.the_server.device_path(""), secret=self.secret + "x")[1],
                   self.raw(b"POST %s HTTP/1.1\r\nAuthorization: OAuth %s\r\nBad\n\r\n" % (path, secret)),
                   self.raw(b"POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\n\r\n" % (path, secret)),
                   self.raw(b"GET /%s HTTP/9\r\n\r\n" % secret)]
        for answer in answers:
            self.assertNotIn(secret, answer)

    def test_ST_06_only_its_own_file_holds_the_secret(self):
        self.talk()
        self.assertEqual(self.files_with_the_secret(), ["server/application"])
        mode = os.stat(self.home.path / "server/application").st_mode
        self.assertEqual(stat.S_IMODE(mode), 0o600)
        self.assert_untold()

    def test_ST_06_no_export_holds_the_secret(self):
        self.talk()
        for form in ("csv", "json"):
            self.assertNotIn(self.secret, self.ctl("log", "export", "--format", form))
        for command in (("status", "--json"), ("requests", "--json"), ("log", "search", "environ")):
            self.assertNotIn(self.secret, self.ctl(*command))

    def test_ST_06_no_argument_and_no_environment_holds_the_secret(self):
        for program in (self.the_server, self.the_agent):
            with open("/proc/%d/cmdline" % program.pid, "rb") as file:
                self.assertNotIn(self.secret.encode(), file.read())
            self.assertNotIn(self.secret, " ".join(program.home.env.values()))

    def test_ST_06_a_crash_tells_nothing(self):
        self.talk()
        self.the_agent.process.send_signal(signal.SIGABRT)
        self.assertEqual(self.the_agent.wait_exit(), -signal.SIGABRT)
        self.assertEqual(self.files_with_the_secret(), ["server/application"])
        self.assert_untold()


if __name__ == "__main__":
    programs.main()
