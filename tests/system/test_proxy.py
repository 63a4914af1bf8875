#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The link through a proxy: HTTP CONNECT and SOCKS 5, with and without log-in, and what goes wrong."""

import os
import subprocess
from pathlib import Path

import programs
from programs import SOURCE, SystemTest, poll
from chunks import attach_reply
from proxy import Proxy

TLS = SOURCE / "tests/data/tls"
PASSWORD = "s3cret-of-the-proxy"


class ProxyTest(SystemTest):
    def proxy(self, kind, **settings):
        proxy = Proxy(kind, **settings)
        self.addCleanup(proxy.close)
        return proxy

    def password_file(self, password=PASSWORD, mode=0o600):
        path = self.home.file("proxy-password", password.encode() + b"\n")
        path.chmod(mode)
        return path

    def log_in(self, password=PASSWORD, user="anna"):
        return "--proxy-user", user, "--proxy-password-file", self.password_file(password)

    def through(self, proxy, *options, **settings):
        """An agent that looks for cometa.test, which only the proxy knows."""
        return self.agent(settings.pop("port", 8080), "--no-tls", "--proxy", proxy.url, *options,
                          server="cometa.test", **settings)

    def waits(self, agent, *words):
        state = agent.wait_state("waiting", 20)
        for word in words:
            self.assertIn(word, state["detail"])
        self.assertNotIn("\n", state["detail"])
        return state["detail"]


class Way(ProxyTest):
    """Commands come and replies go."""

    def works(self, kind, *options, **settings):
        peer = self.peer()
        proxy = self.proxy(kind, names={"cometa.test": ("127.0.0.1", peer.port)}, **settings)
        agent = self.through(proxy, *options, "--trust-plaintext")
        link = peer.attach(reply=attach_reply())
        agent.wait_state("attached")
        link.message({"cmd": "echo through"})
        self.assertEqual(link.wait_reply().data, b"through\n")
        self.assertEqual(proxy.asked, [("cometa.test", 8080)])
        self.assertEqual(link.head.fields["host"], "cometa.test:8080")
        self.assertNotIn(b"proxy", link.head.raw.lower())
        self.assert_clean(link)
        return agent, proxy

    def test_http(self):
        self.works("http")

    def test_http_with_a_password(self):
        self.works("http", *self.log_in(), user="anna", password=PASSWORD)

    def test_socks(self):
        self.works("socks5")

    def test_socks_with_a_password(self):
        self.works("socks5", *self.log_in(), user="anna", password=PASSWORD)

    def test_system(self):
        peer = self.peer()
        proxy = self.proxy("http", names={"cometa.test": ("127.0.0.1", peer.port)})
        self.home.env["http_proxy"] = proxy.url
        agent = self.agent(8080, "--no-tls", "--proxy", "system", server="cometa.test")
        peer.attach(reply=attach_reply())
        agent.wait_state("attached")
        self.assertEqual(proxy.asked, [("cometa.test", 8080)])

    def test_system_without_a_proxy(self):
        _, agent = self.pair("--proxy", "system")
        self.assertTrue(agent.running)

    def test_comes_back_after_a_loss(self):
        peer = self.peer()
        proxy = self.proxy("http", names={"cometa.test": ("127.0.0.1", peer.port)})
        agent = self.through(proxy)
        peer.attach(reply=attach_reply()).close()
        agent.wait_state("waiting")
        peer.attach(reply=attach_reply())
        self.assertEqual(len(proxy.asked), 2)

    def test_P14_a_proxy_on_loopback_makes_no_link_local(self):
        peer = self.peer()
        proxy = self.proxy("socks5", names={"cometa.test": ("127.0.0.1", peer.port)})
        agent = self.through(proxy, approve="all")
        link = peer.attach(reply=attach_reply())
        agent.wait_state("attached")
        link.message({"cmd": "touch %s" % (self.home.path / "made")})
        agent.wait_request("awaiting-approval")
        self.assertFalse((self.home.path / "made").exists())
        self.assertIn("not encrypted", self.ctl("status"))


class Encrypted(ProxyTest):
    """The certificate is the server's, and its name is checked, whoever is in between."""

    def tls_server(self, certificate="server"):
        server = self.server("--cert", TLS / (certificate + ".pem"), "--key",
                             TLS / (certificate + ".key"))
        return server

    def test_P14_host_and_chain_are_those_of_the_server(self):
        server = self.tls_server()
        for kind in ("http", "socks5"):
            with self.subTest(kind=kind):
                proxy = self.proxy(kind, names={"localhost": ("127.0.0.1", server.port)})
                agent = self.agent(443, "--tls", "--ca-file", TLS / "ca.pem", "--proxy", proxy.url,
                                   server="localhost", app=server.app, data=kind, device=kind)
                agent.wait_state("attached")
                self.assertEqual(proxy.asked, [("localhost", 443)])

    def test_P14_another_name_is_refused(self):
        server = self.tls_server("othername")
        proxy = self.proxy("http", names={"cometa.test": ("127.0.0.1", server.port)})
        agent = self.agent(443, "--tls", "--ca-file", TLS / "ca.pem", "--proxy", proxy.url,
                           server="cometa.test", app=server.app)
        self.waits(agent, "not for cometa.test")


class Trouble(ProxyTest):
    """One line that says what to do."""

    def test_no_password(self):
        for kind in ("http", "socks5"):
            with self.subTest(kind=kind):
                proxy = self.proxy(kind, user="anna", password=PASSWORD)
                self.waits(self.through(proxy, data=kind), "wants a user name and a password",
                           "--proxy-user")

    def test_P16_wrong_password(self):
        for kind in ("http", "socks5"):
            with self.subTest(kind=kind):
                proxy = self.proxy(kind, user="anna", password=PASSWORD)
                wrong = "another-secret"
                agent = self.through(proxy, *self.log_in(wrong), "--verbose", data=kind)
                self.assertNotIn(wrong, self.waits(agent, "does not accept"))
                self.assertEqual(len(proxy.heads), 1)

    def test_server_that_the_proxy_cannot_reach(self):
        for kind in ("http", "socks5"):
            with self.subTest(kind=kind):
                proxy = self.proxy(kind)
                self.waits(self.through(proxy, data=kind), "cannot reach cometa.test port 8080")

    def test_proxy_that_is_not_there(self):
        proxy = self.proxy("http")
        proxy.close()
        self.waits(self.through(proxy), "The proxy 127.0.0.1", "cannot be reached")

    def test_no_name_is_looked_up_here(self):
        def threads(agent):  # a look-up is made by one of its own
            return len(os.listdir("/proc/%d/task" % agent.pid))
        proxy = self.proxy("http")
        through = self.through(proxy, data="through")
        self.waits(through, "502")
        without = self.agent(8080, "--no-tls", server="cometa.invalid")
        self.waits(without, "cometa.invalid")
        self.assertLess(threads(through), threads(without))
        self.assertEqual(set(proxy.asked), {("cometa.test", 8080)})  # it tries again

    def test_password_file_that_others_can_read(self):
        agent = self.start("cometa-agentd", "-s", "cometa.test", "-a", "app", "--proxy",
                           "http://127.0.0.1:9", "--proxy-user", "anna", "--proxy-password-file",
                           self.password_file(mode=0o644), "--data-dir", self.home.path / "agent")
        self.assertEqual(agent.wait_exit(), 2)
        self.assert_one_line(agent.errors, "proxy-password-file", "chmod 600")

    def test_wrong_settings(self):
        for value in ("proxy.test:3128", "ftp://proxy.test:21", "http://proxy.test",
                      "http://anna:secret@proxy.test:3128"):
            with self.subTest(value=value):
                agent = self.start("cometa-agentd", "-s", "cometa.test", "-a", "app", "--proxy",
                                   value, "--data-dir", self.home.path / "agent")
                self.assertEqual(agent.wait_exit(), 2)
                self.assert_one_line(agent.errors, "--proxy")
                self.assertNotIn("secret", agent.errors[0])

    def test_NE_08_proxies_and_portals_are_no_cometa_server(self):
        page = b"<html>Please log in</html>"
        for name, answer, words in (
                ("page", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s"
                 % (len(page), page), "not a Cometa server"),
                ("page-behind", b"HTTP/1.0 200 OK\r\n\r\n" + page, "not a Cometa server"),
                ("chunked", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "not a Cometa"),
                ("portal", b"HTTP/1.1 302 Found\r\nLocation: http://portal/\r\n\r\n", "not a Cometa"),
                ("password", b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                 b"Proxy-Authenticate: Basic\r\n\r\n", "wants a user name"),
                ("negotiate", b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                 b"Proxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n\r\n",
                 "does not have"),
                ("gateway", b"HTTP/1.1 502 Bad Gateway\r\n\r\n", "cannot reach"),
                ("forbidden", b"HTTP/1.1 403 Forbidden\r\n\r\n", "does not allow"),
                ("ssh", b"SSH-2.0-OpenSSH_9.2\r\n", "does not answer as such a proxy")):
            with self.subTest(name):
                proxy = self.proxy("http", answer=answer)
                agent = self.through(proxy, "--verbose", app="the-application", data=name)
                self.waits(agent, words)
                agent.stop()
                self.assertEqual(proxy.behind, [])
                self.assertNotIn(b"the-application", b"".join(proxy.heads))

    def test_NE_08_page_that_comes_late_hears_no_password(self):
        """A tunnel that is none: the attach goes out, but no password with it."""
        proxy = self.proxy("http", answer=b"HTTP/1.0 200 OK\r\n\r\n")
        agent = self.through(proxy, *self.log_in())
        poll(lambda: proxy.behind, what="the attach request")
        self.assertNotIn(PASSWORD.encode(), b"".join(proxy.behind))
        self.assertNotIn(b"Proxy-", b"".join(proxy.behind))
        agent.stop()


class Secret(ProxyTest):
    """The password is in its file, and nowhere else (ST-06)."""

    def test_ST_06_password_of_the_proxy_is_in_its_file_alone(self):
        peer = self.peer()
        self.home.env["QT_LOGGING_RULES"] = "*.debug=true"
        proxy = self.proxy("http", user="anna", password=PASSWORD,
                           names={"cometa.test": ("127.0.0.1", peer.port)})
        agent = self.through(proxy, *self.log_in(), "--verbose", "--trust-plaintext")
        link = peer.attach(reply=attach_reply())
        agent.wait_state("attached")
        link.message({"cmd": "env; cat /proc/$PPID/environ /proc/$PPID/cmdline | tr '\\0' '\\n'"})
        self.assertNotIn(PASSWORD.encode(), link.wait_reply().data)
        for place in ("cmdline", "environ"):
            self.assertNotIn(PASSWORD.encode(), Path("/proc/%d/%s" % (agent.pid, place)).read_bytes())
        for command in (("status", "--json"), ("log", "export", "--format", "json")):
            self.assertNotIn(PASSWORD, self.ctl(*command))
        self.assertEqual(agent.stop(), 0)
        found = subprocess.run(["grep", "-rlF", PASSWORD, self.home.path], capture_output=True,
                               text=True, check=False).stdout.split()
        self.assertEqual([os.path.basename(path) for path in found], ["proxy-password"])
        self.assertNotIn(PASSWORD, "".join(agent.lines + agent.errors))


if __name__ == "__main__":
    programs.main()
