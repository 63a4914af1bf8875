#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The conformance tables pass against cometa-server, and notice a server that differs."""

import socket
import sys
import threading
import unittest

import programs
from programs import SOURCE, SystemTest

sys.path.insert(0, str(SOURCE / "tests/conformance"))

import conformance  # noqa: E402
from wire import Place  # noqa: E402


class Forgery:
    """A way to the server on which an answer becomes another one."""

    def __init__(self, port, before, after):
        assert len(before) == len(after)
        self._target, self._before, self._after = port, before, after
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self._listener.close()

    def _accept(self):
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near):
        with near, socket.create_connection(("127.0.0.1", self._target)) as far:
            up = threading.Thread(target=self._pass_on, args=(near, far), daemon=True)
            up.start()
            self._pass_on(far, near, self._before, self._after)
            up.join()

    @staticmethod
    def _pass_on(source, sink, before=b"", after=b""):
        try:
            while data := source.recv(65536):
                sink.sendall(data.replace(before, after) if before else data)
        except OSError:
            pass
        finally:
            for end in (source, sink):  # one side has gone, and the other shall notice
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass


class Conformance(SystemTest):
    def setUp(self):
        super().setUp()
        config = self.home.file("cometa.conf", b"[server]\ntimeout = 1\n"
                                b"[application:ops]\nsecret = secret-of-ops\n"
                                b"[application:lab]\nsecret = secret-of-lab\n")
        config.chmod(0o600)
        self.the_server = self.server("--config", config)

    def results(self, port, **more):
        """The lines, without the last one, and the numbers."""
        place = Place("http://127.0.0.1:%d" % port, "ops", "secret-of-ops",
                      ("lab", "secret-of-lab"))
        lines = []
        counts = conformance.run(place, write=lines.append, **more)
        return lines[:-1], counts

    def failed(self, port, **more):
        lines, _ = self.results(port, **more)
        return [line.split()[1] for line in lines if line.startswith("FAILED")]

    def test_every_row_passes(self):
        lines, counts = self.results(self.the_server.port)
        self.assertEqual([line for line in lines if not line.startswith("ok")], [])
        self.assertGreaterEqual(counts["ok"], 60)

    def test_names_the_rows_of_a_wrong_status(self):
        forgery = Forgery(self.the_server.port, b"HTTP/1.1 409", b"HTTP/1.1 410")
        self.addCleanup(forgery.close)
        self.assertEqual(self.failed(forgery.port, only="2."), ["2.02"])

    def test_names_the_rows_of_a_wrong_type(self):
        forgery = Forgery(self.the_server.port, b'"messages":"0"', b'"messages": 0 ')
        self.addCleanup(forgery.close)
        self.assertEqual(self.failed(forgery.port, only="6.0"), ["6.01", "6.07"])

    def test_names_the_rows_of_a_missing_field(self):
        forgery = Forgery(self.the_server.port, b'"device_key"', b'"device_kez"')
        self.addCleanup(forgery.close)
        self.assertEqual(self.failed(forgery.port, only="6.1"), ["6.19"])

    def test_names_the_rows_of_other_words(self):
        forgery = Forgery(self.the_server.port, b'"msg":"418 ', b'"msg":"423 ')
        self.addCleanup(forgery.close)
        self.assertEqual(self.failed(forgery.port, only="6."),
                         ["6.08", "6.12", "6.15", "6.20", "6.42"])

    def test_runs_the_documented_rows_only(self):
        lines, counts = self.results(self.the_server.port, marks="D", only="6.")
        self.assertEqual({line.split()[2] for line in lines}, {"D"})
        self.assertEqual(counts["FAILED"], 0)


if __name__ == "__main__":
    programs.main()
