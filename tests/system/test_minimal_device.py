#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The example device, built against the installed library and run against our server."""

import subprocess
import unittest

from programs import BIN, SOURCE, Program, SystemTest, poll


class MinimalDevice(SystemTest):
    BUILD = BIN.parent

    def call(self, *arguments):
        done = subprocess.run([str(item) for item in arguments], capture_output=True, timeout=300,
                              check=False)
        self.assertEqual(done.returncode, 0, (arguments, done.stdout[-3000:], done.stderr[-3000:]))

    def instruments(self):
        """The library carries them when the build has them; whoever links it must add them."""
        cache = (self.BUILD / "CMakeCache.txt").read_text()
        flags = []
        if "COMETA_COVERAGE:BOOL=ON" in cache:
            flags.append("--coverage")
        if "COMETA_SANITIZE:BOOL=ON" in cache:
            flags.append("-fsanitize=address,undefined")
        return " ".join(flags)

    def built(self):
        prefix, build = self.home.path / "prefix", self.home.path / "build"
        self.call("cmake", "--install", self.BUILD, "--prefix", prefix)
        self.call("cmake", "-S", SOURCE / "docs/examples/minimal-device", "-B", build, "-G",
                  "Ninja", "-DCMAKE_PREFIX_PATH=%s" % prefix, "-DCMAKE_BUILD_TYPE=Debug",
                  "-DCMAKE_EXE_LINKER_FLAGS=" + self.instruments(),
                  "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror")
        self.call("cmake", "--build", build)
        return build / "minimal-device"

    def test_example_attaches_and_answers(self):
        program = self.built()
        server = self.server()
        device = Program(program, [server.port, server.app, "kitchen"], self.home)
        self.addCleanup(device.discard)
        poll(lambda: server.attached("kitchen"), 10, "the attach")
        status, reply = server.send("kitchen", b"uptime")
        self.assertEqual(status, 200)
        self.assertRegex(reply, rb"^\d+ s\n$")
        self.assertEqual(server.send("kitchen", b"anything else"), (200, b"anything else"))

    def test_example_is_short(self):
        lines = (SOURCE / "docs/examples/minimal-device/main.cpp").read_text().splitlines()
        self.assertLessEqual(len(lines), 40)


if __name__ == "__main__":
    unittest.main()
