"""A printer as a file: the kernel's `/dev/usb/lp0` (usblp), a parallel port's `/dev/lp0`, or a named pipe.

Never written blocking: usblp waits for ever for a printer without paper. The hub waits until it is ready; a parallel
port cannot be waited for, counts as ready and is tried again every 10 ms. The calls themselves are made in a thread,
because a parallel port is served byte by byte within them.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

import gevent

from server.device.link import Link, LinkLost, LinkUnavailable
from server.device.off_hub import OPENING, DeviceThread, thread_of
from server.device.ready import READABLE, WRITABLE, Ready
from server.told import at, told, told_of

_CHUNK: Final = 4096
_ROUND: Final = 0.01
_PLAIN: Final = {
    errno.ENOENT: told("there is no such device: is the printer plugged in and switched on?"),
    errno.ENODEV: told("the printer is not plugged in"),
    errno.ENXIO: told("nobody is at the other end"),
    errno.EBUSY: told("another program has it open"),
    errno.EACCES: told("not allowed: put the server's user into the group lp (usermod -aG lp USER) and start it again"),
}


def open_device_file(path: Path, write_timeout: float = 5.0) -> Link:
    """Open a character device or a named pipe. `write_timeout`: seconds without progress until it is given up.

    Raises LinkUnavailable with the reason in plain words.
    """
    thread = thread_of(str(path))
    try:
        # usblp wakes a sleeping printer first.
        fd, readable = thread.run(lambda: _open(path), undo=lambda opened: os.close(opened[0]), patience=OPENING)
    except OSError as error:
        reason = _PLAIN.get(error.errno or 0, told_of(error))
        raise LinkUnavailable(at(path, reason)) from error
    return FileLink(str(path), fd, thread, readable=readable, write_timeout=write_timeout)


def _open(path: Path) -> tuple[int, bool]:
    """(descriptor, whether it can be read)."""
    kind = path.stat().st_mode
    if not (stat.S_ISCHR(kind) or stat.S_ISFIFO(kind)):
        raise OSError(errno.EINVAL, told("neither a device nor a named pipe"))
    always = os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
    if stat.S_ISFIFO(kind):  # opened for both ways it would give our own bytes back
        return os.open(path, os.O_WRONLY | always), False
    try:
        return os.open(path, os.O_RDWR | always), True
    except PermissionError:
        return os.open(path, os.O_WRONLY | always), False


class FileLink:
    """An open device. One greenlet uses it at a time; any may close it."""

    def __init__(self, name: str, fd: int, thread: DeviceThread, *, readable: bool, write_timeout: float) -> None:
        self._name = name
        self._fd = fd
        self._thread = thread
        self._readable = readable
        self._write_timeout = write_timeout
        self._ready = Ready(name, fd)

    def read(self, timeout: float) -> bytes:
        """See Link.read. A one-way printer never says anything."""
        deadline = time.monotonic() + timeout
        while True:
            left = max(0.0, deadline - time.monotonic())
            data = self._read_once(left)
            if data or time.monotonic() >= deadline:
                return data
            gevent.sleep(min(_ROUND, left))  # usblp hands on the empty packets that some printers send all the time

    def write(self, data: bytes) -> None:
        """See Link.write. It has left when this returns: closing usblp drops what is still on its way.

        Whether the printer took the last of it usblp does not tell; whether it is still plugged in, it does.
        """
        while data:
            data = data[self._write_once(data[:_CHUNK]) :]
        self._write_once(b"")

    def close(self) -> None:
        """See Link.close."""
        if self._ready.closed:
            return
        self._ready.close()
        with suppress(OSError):  # unplugged: there is nothing left to give back
            self._thread.close(lambda: os.close(self._fd))

    def _write_once(self, data: bytes) -> int:
        """How much was taken of `data` once the device took something. Writing nothing waits until it could."""
        deadline = time.monotonic() + self._write_timeout
        while self._ready.wait(WRITABLE, max(0.0, deadline - time.monotonic())):
            try:
                return self._thread.run(lambda: os.write(self._fd, data))
            except BlockingIOError:
                gevent.sleep(_ROUND)
            except OSError as error:
                raise LinkLost(at(self._name, told_of(error))) from error
            if time.monotonic() >= deadline:
                break
        raise LinkLost(at(self._name, told("not taken within %(seconds)s s", seconds=self._write_timeout)))

    def _read_once(self, timeout: float) -> bytes:
        if not self._readable:
            gevent.sleep(timeout)
            return b""
        if not self._ready.wait(READABLE, timeout):
            return b""
        try:
            # Nothing to read may be an empty packet or the end: writing nothing tells them apart.
            return self._thread.run(lambda: os.read(self._fd, _CHUNK) or bytes(os.write(self._fd, b"")))
        except BlockingIOError:
            return b""
        except OSError as error:
            if error.errno != errno.EINVAL:
                raise LinkLost(at(self._name, told_of(error))) from error
            self._readable = False  # how usblp says that the printer is one-way
            return b""
