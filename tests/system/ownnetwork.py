# SPDX-License-Identifier: Apache-2.0
"""A loopback of our own, so that tests that run beside us never get a port that one of ours has
left, and we none of theirs."""

import ctypes
import fcntl
import os
import socket
import struct
from pathlib import Path

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
SIOCSIFFLAGS, SIOCSIFADDR, IFF_UP = 0x8914, 0x8916, 1
_inside = False


def enter():
    """To be called before there are threads. Without the right to it we stay where we are."""
    unshare = ctypes.CDLL(None).unshare
    user, group = os.geteuid(), os.getegid()
    if unshare(CLONE_NEWNET) != 0:
        if unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0:
            return
        for name, line in (("uid_map", "%d %d 1" % (user, user)), ("setgroups", "deny"),
                           ("gid_map", "%d %d 1" % (group, group))):
            Path("/proc/self", name).write_text(line)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", IFF_UP))
    global _inside
    _inside = True


def add_address(address):
    """Another one to listen on, which is no loopback address to those who look at it. False: there
    is no network of our own."""
    if _inside:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            fcntl.ioctl(any_socket, SIOCSIFADDR, struct.pack(
                "16sHH4s8x", b"lo:1", socket.AF_INET, 0, socket.inet_aton(address)))
    return _inside
