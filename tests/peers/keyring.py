# SPDX-License-Identifier: Apache-2.0
"""A session bus of its own with a real keychain, gnome-keyring, on it: unlocked, locked or absent.

Debian packages: dbus gnome-keyring libglib2.0-bin
"""

import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

BUS = """<busconfig><type>session</type><listen>unix:path=%s</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>
"""
UNLOCK = "the password of the keyring"
SERVICE = "/org/freedesktop/secrets"
COLLECTION = SERVICE + "/collection/login"


class Keyring:
    """env: what a program needs to find it. The bus starts no service by itself, and is another's where env of
    a session is given."""

    def __init__(self, unlocked=True, session=None):
        missing = [name for name in ("dbus-daemon", "gnome-keyring-daemon", "gdbus") if not shutil.which(name)]
        if missing:
            raise SystemExit("missing programs: %s; see the packages in keyring.py" % ", ".join(missing))
        self.path = Path(tempfile.mkdtemp(prefix="kr-"))  # short, since socket paths are
        (self.path / "run").mkdir(mode=0o700)
        self.env = dict(session or {})
        self.children = []
        if not session:
            self._start_bus()
        if unlocked:
            self.start()

    def _start_bus(self):
        self.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=%s" % (self.path / "bus")
        (self.path / "bus.conf").write_text(BUS % (self.path / "bus"))
        self._start(["dbus-daemon", "--config-file=%s" % (self.path / "bus.conf"), "--nofork", "--nopidfile"])
        self._poll((self.path / "bus").exists)

    def start(self):
        """The keychain begins."""
        daemon = self._start(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                             stdin=subprocess.PIPE)
        daemon.stdin.write(UNLOCK.encode())
        daemon.stdin.close()
        self._poll(lambda: "login" in self.call("Service.ReadAlias", SERVICE, "default"))

    def pause(self):
        """It answers nothing any more, as if its owner were thinking."""
        self.children[-1].send_signal(signal.SIGSTOP)

    def lock(self):
        self.call("Service.Lock", SERVICE, "['%s']" % COLLECTION)

    def call(self, method, path, *arguments):
        done = subprocess.run(["gdbus", "call", "--session", "-d", "org.freedesktop.secrets", "-o", path, "-m",
                               "org.freedesktop.Secret." + method, *arguments], env=self._env(),
                              capture_output=True, text=True, timeout=20, check=False)
        return done.stdout

    def files(self):
        """All that the keychain keeps on disk."""
        return b"".join(path.read_bytes() for path in self.path.rglob("*.keyring"))

    def close(self):
        for child in reversed(self.children):
            child.send_signal(signal.SIGCONT)
            child.terminate()
            child.wait(10)
        shutil.rmtree(self.path, ignore_errors=True)

    def _env(self):
        return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", **self.env, "HOME": str(self.path),
                "XDG_DATA_HOME": str(self.path), "XDG_RUNTIME_DIR": str(self.path / "run")}

    def _start(self, command, **more):
        child = subprocess.Popen(command, env=self._env(), stdin=more.pop("stdin", subprocess.DEVNULL),
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
        self.children.append(child)
        return child

    @staticmethod
    def _poll(condition):
        deadline = time.monotonic() + 10
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError("the keychain did not start")
            time.sleep(0.05)
