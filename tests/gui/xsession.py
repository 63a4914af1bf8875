# SPDX-License-Identifier: Apache-2.0
"""A throwaway X11 desktop for one test: Xvfb, a private D-Bus, openbox, trayer.

Debian packages: xvfb dbus openbox trayer xdotool x11-utils scrot fonts-dejavu-core
"""

import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

PROGRAMS = ("Xvfb", "dbus-daemon", "openbox", "trayer", "xdotool", "xprop", "scrot")
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=%s</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
"""


def poll(condition, timeout=10, what="the condition", every=0.05):
    """The first true value of condition(); fails after timeout seconds."""
    deadline = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError("%s did not come true within %.1f s" % (what, timeout))
        time.sleep(every)


class Session:
    """with Session() as session: session.start([...]) and drive it with xdotool."""

    def __init__(self, screen="1280x800x24", tray=True, panel=None):
        """panel: the colour of it, 0xrrggbb."""
        missing = [name for name in PROGRAMS if not shutil.which(name)]
        if missing:
            raise SystemExit("missing programs: %s; see the packages in xsession.py" % ", ".join(missing))
        self.screen, self.tray, self.panel, self.children = screen, tray, panel, []
        self.path = Path(tempfile.mkdtemp(prefix="xs-"))  # short, since socket paths are
        self.env = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(self.path), "LC_ALL": "C.UTF-8",
                    "USER": "anna", "NO_AT_BRIDGE": "1", "QT_QPA_PLATFORM": "xcb"}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "GCOV_PREFIX"):
            if name in os.environ:
                self.env[name] = os.environ[name]
        for name, folder in (("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"),
                             ("XDG_CACHE_HOME", "cache"), ("XDG_RUNTIME_DIR", "run")):
            (self.path / folder).mkdir(mode=0o700)
            self.env[name] = str(self.path / folder)

    def __enter__(self):
        try:
            self._start_display()
            self._start_bus()
            self.start(["openbox"])
            poll(lambda: "window id" in self._output(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]),
                 what="openbox")
            if self.tray:
                self._start_tray()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for child in reversed(self.children):
            self.stop(child)
        shutil.rmtree(self.path, ignore_errors=True)

    def start(self, command, **more):
        child = subprocess.Popen(command, env=self.env, stdin=more.pop("stdin", subprocess.DEVNULL),
                                 stdout=more.pop("stdout", subprocess.DEVNULL),
                                 stderr=more.pop("stderr", subprocess.DEVNULL), **more)
        self.children.append(child)
        return child

    @staticmethod
    def stop(child):
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(5)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def xdotool(self, *arguments):
        result = subprocess.run(["xdotool", *map(str, arguments)], env=self.env, text=True,
                                capture_output=True, timeout=60)
        return result.stdout.strip()

    def windows(self, title):
        """Ids of the visible windows with this in their title."""
        return self.xdotool("search", "--onlyvisible", "--name", title).split()

    def window(self, title, timeout=10):
        return poll(lambda: self.windows(title), timeout, "window “%s”" % title)[0]

    def active(self):
        return self.xdotool("getactivewindow")

    def geometry(self, window):
        lines = self.xdotool("getwindowgeometry", "--shell", window).splitlines()
        return dict(line.split("=") for line in lines)

    def size(self, window):
        values = self.geometry(window)
        return int(values["WIDTH"]), int(values["HEIGHT"])

    def place(self, window):
        """Its upper left corner on the screen."""
        values = self.geometry(window)
        return int(values["X"]), int(values["Y"])

    def shot(self, name, folder, window=None, area=None):
        """A screenshot: of an area (left, top, width, height), or of one window with its frame when it
        is active, else of the screen."""
        if folder:
            part = ["-a", ",".join(map(str, area))] if area else ["-u", "-b"] if window else []
            command = ["scrot", "--overwrite", "--quality", "1", *part, str(Path(folder).resolve() / name)]
            subprocess.run(command, env=self.env, check=True, timeout=20)

    def pixels(self, area):
        """[(red, green, blue)] of an area of the screen, a row after the other."""
        self.shot("area.ppm", self.path, area=area)
        head, data = re.fullmatch(rb"(P6\n(?:#.*\n)*[0-9]+ [0-9]+\n255\n)(.*)",
                                  (self.path / "area.ppm").read_bytes(), re.DOTALL).groups()
        return list(zip(data[0::3], data[1::3], data[2::3]))

    def _start_tray(self):
        colour = ["--transparent", "true", "--alpha", "0", "--tint", self.panel] if self.panel else []

        def started():
            if not self.children or self.children[-1].args[0] != "trayer" or self.children[-1].poll():
                self.start(["trayer", "--edge", "bottom", "--align", "right", "--widthtype", "request",
                            "--height", "24", "--SetDockType", "true", *colour])
            return self.xdotool("search", "--name", "^panel$")  # not mapped while it is empty
        poll(started, what="trayer")

    def _output(self, command):
        return subprocess.run(command, env=self.env, text=True, capture_output=True, timeout=20).stdout

    def _start_display(self):
        reader, writer = os.pipe()
        self.start(["Xvfb", "-displayfd", str(writer), "-screen", "0", self.screen, "-nolisten", "tcp",
                    "-noreset", "-dpi", "96"], pass_fds=[writer])
        os.close(writer)
        with os.fdopen(reader) as lines:
            number = lines.readline().strip()
        if not number:
            raise AssertionError("Xvfb did not start")
        self.env["DISPLAY"] = ":" + number

    def _start_bus(self):
        socket = self.path / "run/bus"
        (self.path / "bus.conf").write_text(BUS % socket)
        self.start(["dbus-daemon", "--config-file=%s" % (self.path / "bus.conf"), "--nofork", "--nopidfile"])
        poll(socket.exists, what="dbus-daemon")
        self.env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=%s" % socket
