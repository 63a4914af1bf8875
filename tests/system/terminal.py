# SPDX-License-Identifier: Apache-2.0
"""cometactl on a terminal of its own, as its owner sits in front of it."""

import fcntl
import os
import pty
import struct
import subprocess
import termios
import time

from programs import BIN


class Terminal:
    """stdin: what standard input gives; None: it is the terminal, too. size: (columns, rows)."""

    def __init__(self, home, arguments, stdin=None, typed_before=b"", size=(80, 24)):
        self.main, other = pty.openpty()
        self.columns = size[0]
        fcntl.ioctl(self.main, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        # We are told when the program throws away what was typed: from then on it takes an answer.
        fcntl.ioctl(self.main, termios.TIOCPKT, struct.pack("i", 1))
        os.set_blocking(self.main, False)
        self.shown, self.questions = b"", 0
        self.type(typed_before)

        def take_terminal():
            os.setsid()
            fcntl.ioctl(other, termios.TIOCSCTTY, 0)
        self.started = time.monotonic()
        self.process = subprocess.Popen([str(BIN / "cometactl"), *map(str, arguments)],
                                        stdin=other if stdin is None else subprocess.PIPE,
                                        stdout=other, stderr=other, env=home.env,
                                        preexec_fn=take_terminal)
        os.close(other)
        if stdin is not None:
            self.process.stdin.write(stdin)
            self.process.stdin.close()

    def read(self, until=None, times=1):
        """Until that is shown so often, or to the end."""
        return self._read(lambda: until is not None and self.shown.count(until) >= times, until)

    def wait_open(self, questions=1):
        """Until so many questions have been open to an answer, or to the end."""
        return self._read(lambda: self.questions >= questions, "%d open questions" % questions)

    def rows(self):
        """As it shows them: it wraps at its right edge and goes on at its left one."""
        lines = self.shown.decode().replace("\r", "").split("\n")
        return [line[at:at + self.columns] for line in lines
                for at in range(0, max(1, len(line)), self.columns)]

    def type(self, data):
        os.write(self.main, data)

    def end(self):
        """The exit code; killed: the negative signal number."""
        self.read()
        os.close(self.main)
        return self.process.wait(20)

    def _read(self, is_enough, what, timeout=20):
        deadline = time.monotonic() + timeout
        while not is_enough():
            try:
                data = os.read(self.main, 65536)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise AssertionError("%r did not come: %r" % (what, self.shown)) from None
                time.sleep(0.01)
                continue
            except OSError:  # the program has closed its end
                break
            if not data:
                break
            if data[0] == termios.TIOCPKT_DATA:
                self.shown += data[1:]
            elif data[0] & termios.TIOCPKT_FLUSHREAD:
                self.questions += 1
        return self.shown
