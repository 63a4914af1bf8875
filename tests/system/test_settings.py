#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Whatever is wrong at the start gives one clear line that says what to do."""

import os
import unittest

from programs import SOURCE, SystemTest, poll
from chunks import refusal

TLS = SOURCE / "tests/data/tls"


class Usage(SystemTest):
    """Exit code 2 and a line that names the option."""

    def fails(self, *arguments, words=(), code=2):
        agent = self.start("cometa-agentd", "--data-dir", self.home.path / "agent", *arguments)
        self.assertEqual(agent.wait_exit(), code, agent.words())
        self.assert_one_line(agent.errors, *words)
        self.assertEqual(agent.lines, [])

    GOOD = ("-s", "127.0.0.1", "-p", "9", "-a", "app", "-d", "dev")

    def test_unknown_option(self):
        self.fails("--nonsense", words=["nonsense"])

    def test_missing_server(self):
        self.fails("-a", "app", words=["server"])

    def test_missing_application(self):
        self.fails("-s", "127.0.0.1", "-p", "9", words=["app"])

    def test_wrong_values(self):
        for option, value in (("port", "99999"), ("port", "0"), ("port", "http"), ("app", "a b"),
                              ("device", ".."), ("device", "x" * 33), ("device", "a/b"),
                              ("approve", "maybe"), ("event-interval", "-1"),
                              ("reply-budget", "0"), ("time-limit", "soon"), ("pin", "abc"),
                              ("approval-deadline", "0"), ("server", "user@host"),
                              ("server", "http://host/")):
            with self.subTest(option=option, value=value):
                self.fails(*self.GOOD, "--" + option, value, words=[option])

    def test_NE_04_line_breaks_in_ids_are_refused(self):
        self.fails("-s", "127.0.0.1", "-p", "9", "-d", "dev", "-a", "app\r\nX: y", words=["app"])

    def test_missing_files(self):
        for option in ("config", "ca-file"):
            with self.subTest(option=option):
                self.fails(*self.GOOD, "--" + option, "/nonexistent/file",
                           words=[option, "/nonexistent/file"])

    def test_wrong_value_in_the_configuration_file(self):
        path = self.home.file("agent.conf", b"port=seventy\n")
        self.fails("-s", "127.0.0.1", "-a", "app", "-d", "dev", "--config", path, words=["port"])

    def test_data_directory_that_cannot_be_made(self):
        blocker = self.home.file("file")
        agent = self.start("cometa-agentd", *self.GOOD, "--data-dir", blocker / "agent")
        self.assertIn(agent.wait_exit(), (1, 2))
        self.assert_one_line(agent.errors)

    def test_pipe_as_configuration_file(self):
        pipe = self.home.path / "pipe"
        os.mkfifo(pipe)
        self.fails("--config", pipe, words=[str(pipe)])
        server = self.start("cometa-server", "--config", pipe)
        self.assertEqual(server.wait_exit(), 2, server.words())
        self.assert_one_line(server.errors, str(pipe))

    def test_key_of_another_certificate(self):
        certificate, key = str(TLS / "server.pem"), str(TLS / "othername.key")
        self.fails(*self.GOOD, "--tls", "--cert-file", certificate, "--key-file", key,
                   words=["--key-file", key])
        server = self.start("cometa-server", "--cert", certificate, "--key", key)
        self.assertEqual(server.wait_exit(), 2, server.words())
        self.assert_one_line(server.errors, "--key", key)

    def shows(self, what, program, *arguments):
        """One line that holds it, and nothing that a terminal would obey."""
        started = self.start(program, *arguments)
        self.assertGreater(started.wait_exit(), 0, started.words())
        self.assert_one_line(started.errors, what)
        self.assertNotIn("\x1b", started.errors[0])
        self.assertNotIn("\u202e", started.errors[0])

    def test_SP_03_what_a_line_names_is_escaped(self):
        word = "x\x1b[2J\n\u202e"
        key = self.home.file("key.conf", "x\x1b[2J\u202e = 1\n".encode())
        group = self.home.file("group.conf", "[x\x1b[2J\u202e]\na = 1\n".encode())
        for program in ("cometa-agentd", "cometa-agent", "cometa-server"):
            for arguments in (["--" + word], [word], ["--config", "/none/" + word]):
                with self.subTest(program=program, arguments=arguments):
                    self.shows(r"x\u{001B}[2J\n\u{202E}", program, *arguments)
            for path in (key, group):
                with self.subTest(program=program, wrong=path.name):
                    self.shows(r"x\u{001B}[2J\u{202E}", program, "--config", path)

    def test_window_without_a_display(self):
        for display in (None, ":4711"):
            if display:
                self.home.env["DISPLAY"] = display
            agent = self.start("cometa-agent", *self.GOOD, "--data-dir", self.home.path / "agent")
            self.assertEqual(agent.wait_exit(), 1, agent.words())
            self.assert_one_line(agent.errors, "display", "cometa-agentd")

    def test_help_and_version(self):
        for program in ("cometa-agentd", "cometa-server", "cometactl"):
            for option, word in (("--help", "--"), ("--version", "0.")):
                started = self.start(program, option)
                self.assertEqual(started.wait_exit(), 0, started.words())
                self.assertIn(word, "\n".join(started.lines))
                self.assertEqual(started.errors, [])

    def test_empty_values(self):
        for option in ("pin", "ca-file", "proxy", "device"):
            with self.subTest(option=option):
                self.fails(*self.GOOD, "--" + option, "", words=["--" + option, "empty"])

    def test_verbose_tells_each_step(self):
        _, link, agent = self.linked("--verbose")
        self.assertEqual(link.ask({"cmd": "echo a\u202e"}), "a\u202e\n".encode())
        poll(lambda: any(line.endswith(r"is finished: echo a\u{202E}") for line in agent.errors), 10,
             "the last step")

    def test_options_win_over_the_configuration_file(self):
        peer = self.peer()
        path = self.home.file("agent.conf", b"server=127.0.0.1\nport=9\napp=fromfile\n"
                              b"device=fromfile\n")
        self.start("cometa-agentd", "--config", path, "-p", peer.port, "-d", "option",
                   "--data-dir", self.home.path / "agent")
        self.assertEqual(peer.attach().path, "/v1/applications/fromfile/devices/option")

    def test_server_with_wrong_usage(self):
        for word, arguments in (("port", ("--port", "99999")), ("heartbeat", ("--heartbeat", "0")),
                                ("timeout", ("--timeout", "3601")), ("nonsense", ("--nonsense",)),
                                ("/nonexistent", ("--config", "/nonexistent"))):
            with self.subTest(arguments=arguments):
                server = self.start("cometa-server", "--data-dir", self.home.path / "server",
                                    *arguments)
                self.assertEqual(server.wait_exit(), 2, server.words())
                self.assert_one_line(server.errors, word)

    def test_server_whose_port_is_taken(self):
        peer = self.peer()
        server = self.start("cometa-server", "--data-dir", self.home.path / "server", "--port",
                            peer.port)
        self.assertEqual(server.wait_exit(), 1, server.words())
        self.assert_one_line(server.errors, str(peer.port))

    def test_cometactl_without_an_agent(self):
        (self.home.path / "agent").mkdir(mode=0o700)
        self.ctl("status", code=1)
        self.assertEqual(len(self.ctl_errors.splitlines()), 1, self.ctl_errors)

    def test_cometactl_with_wrong_usage(self):
        self.ctl("nonsense", code=2)
        self.assertEqual(len(self.ctl_errors.splitlines()), 1, self.ctl_errors)


class Unreachable(SystemTest):
    """The agent stays and tries again; its owner reads one line on standard error."""

    def line(self, agent, *words, timeout=10):
        poll(lambda: agent.errors or not agent.running, timeout, "a line on stderr")
        self.assertTrue(agent.running, agent.words())
        self.assert_one_line(agent.errors, *words)
        self.assertEqual(agent.stop(), 0)
        return agent.errors[0]

    def quiet_agent(self, port, **settings):
        return self.agent(port, approve=None, json_lines=False, **settings)

    def answered(self, reply, *words):
        peer = self.peer()
        agent = self.quiet_agent(peer.port)
        peer.accept_request().send(reply).close()
        return self.line(agent, *words)

    def test_NE_07_unknown_host(self):
        agent = self.quiet_agent(9, server="no-such-host.invalid")
        self.line(agent, "no-such-host.invalid", timeout=15)

    def test_refused_port(self):
        peer = self.peer()
        peer.close()
        self.line(self.quiet_agent(peer.port), str(peer.port))

    def test_NE_08_ssh_server(self):
        self.answered(b"SSH-2.0-OpenSSH_9.2p1\r\n", "a cometa server")

    def test_NE_08_web_page(self):
        self.answered(refusal(b"200 OK", b"<html></html>", [(b"Content-Type", b"text/html")]),
                      "a cometa server")

    def test_PA_16_silence(self):
        peer = self.peer()
        agent = self.quiet_agent(peer.port)
        peer.accept_request()
        self.line(agent, timeout=20)

    def test_PA_13_forbidden(self):
        self.answered(refusal(b"403 Forbidden"), "403", "app")

    def test_PA_13_conflict(self):
        self.answered(refusal(b"409 Conflict"), "dev")

    def test_PA_12_redirect(self):
        self.answered(refusal(b"302 Found", b"", [(b"Location", b"http://localhost/")]), "redirect")


if __name__ == "__main__":
    unittest.main()
