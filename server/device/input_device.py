"""The kernel's input devices as links: a USB keypad at `/dev/input/by-path/…-event-kbd`, for this process alone.

A keypad that is grabbed types into no other program. Its events are dated by the steady clock. A named pipe that
carries such events will do as well: a keypad of software.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import struct
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from server.device.link import LineLink, LinkLost, LinkUnavailable
from server.device.off_hub import OPENING, DeviceThread, thread_of
from server.device.ready import READABLE, Ready
from server.told import Told, at, told, told_of

SCHEME: Final = "input://"
EVIOCGRAB: Final = 0x40044590  # _IOW('E', 0x90, int), linux/input.h
EVIOCSCLOCKID: Final = 0x400445A0  # _IOW('E', 0xa0, int)
_CHUNK: Final = 4096
_PLAIN: Final = {
    errno.ENOENT: told("there is no such device: is the keypad plugged in?"),
    errno.ENODEV: told("the keypad is not plugged in"),
    errno.EBUSY: told("another program has it for itself"),
    errno.ENOTTY: told("this is no input device"),
    errno.EINVAL: told("this is no input device"),
}


def open_input(link: str) -> LineLink:
    """Open `input:///dev/input/…`. Raises LinkUnavailable with the reason in plain words."""
    path = Path(link.removeprefix(SCHEME))
    thread = thread_of(link)
    try:
        # A keypad that sleeps is woken first.
        fd = thread.run(lambda: _open(path), undo=os.close, patience=OPENING)
    except OSError as error:
        raise LinkUnavailable(at(path, _reason(path, error))) from error
    return InputLink(str(path), fd, thread)


def how_to_allow(path: Path) -> Told:
    """What helps where this process may not read the device. By the device alone: who may read all, reads passwords."""
    ids = _usb_ids(path)
    match = ", ".join(f'ATTRS{{{name}}}=="{value}"' for name, value in ids.items()) or 'ATTRS{name}=="…"'
    rule = f'SUBSYSTEM=="input", {match}, GROUP="GROUP", MODE="0660"'
    return told(
        "not allowed: put a line into /etc/udev/rules.d/70-jiaohao.rules: %(rule)s (GROUP: one of the server's user), "
        "then udevadm control --reload and plug the keypad in again",
        rule=rule,
    )


def _open(path: Path) -> int:
    kind = path.stat().st_mode
    if not (stat.S_ISCHR(kind) or stat.S_ISFIFO(kind)):
        raise OSError(errno.ENOTTY, told("neither an input device nor a named pipe"))
    fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        if stat.S_ISCHR(kind):
            fcntl.ioctl(fd, EVIOCSCLOCKID, struct.pack("i", time.CLOCK_MONOTONIC))
            fcntl.ioctl(fd, EVIOCGRAB, 1)
    except OSError:
        os.close(fd)
        raise
    return fd


def _reason(path: Path, error: OSError) -> Told:
    if isinstance(error, PermissionError):
        return how_to_allow(path)
    return _PLAIN.get(error.errno or 0, told_of(error))


def _usb_ids(path: Path) -> dict[str, str]:
    """The maker's and the product's number, as a rule of udev names them; empty for what is not on USB."""
    ids = Path("/sys/class/input") / path.resolve().name / "device/id"
    try:
        return {
            name: (ids / file).read_text(encoding="ascii").strip()
            for name, file in (("idVendor", "vendor"), ("idProduct", "product"))
        }
    except OSError:
        return {}


class InputLink:
    """An open input device. One greenlet reads; any may close. It is told nothing."""

    def __init__(self, name: str, fd: int, thread: DeviceThread) -> None:
        self._name = name
        self._fd = fd
        self._thread = thread
        self._ready = Ready(name, fd)

    def read(self, timeout: float) -> bytes:
        """See Link.read. Whole events, as the kernel gives them."""
        return self.waiting() if self._ready.wait(READABLE, timeout) else b""

    def waiting(self) -> bytes:
        """See LineLink.waiting."""
        if self._ready.closed:
            raise LinkLost(at(self._name, told("closed")))
        try:
            data = os.read(self._fd, _CHUNK)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise LinkLost(at(self._name, _PLAIN.get(error.errno or 0, told_of(error)))) from error
        if not data:
            raise LinkLost(at(self._name, told("the other end is gone")))
        return data

    def write(self, data: bytes) -> None:
        """See Link.write."""
        raise LinkLost(at(self._name, told("nothing can be told to a keypad")))

    def close(self) -> None:
        """See Link.close. The keypad types for everybody again."""
        if self._ready.closed:
            return
        self._ready.close()
        with suppress(OSError):
            self._thread.close(lambda: os.close(self._fd))
