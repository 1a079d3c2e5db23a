"""A virtual device's end of a serial cable: a pseudo-terminal whose other end has a steady name."""

from __future__ import annotations

import contextlib
import os
import pty
import time
import tty
from pathlib import Path

CHUNK = 4096
BITS_PER_BYTE = 10  # 8N1: start, eight, stop


class PtyPort:
    """A pseudo-terminal in raw mode. `link`, if given, is kept pointing at the end the server opens.

    `pacing` is a baud rate to keep to when sending, or None to send at once.
    """

    def __init__(self, link: Path | None, pacing: int | None) -> None:
        self._link = link
        self._pacing = pacing
        self._master = -1
        self._slave = -1
        self.path = ""
        """Where the server finds the device: the link, or the terminal itself. Empty while unplugged without a link."""
        self.plugs = 0
        """How often it was plugged in. A new terminal may get the descriptor number of the old one."""

    @property
    def plugged(self) -> bool:
        """Whether the cable is in."""
        return self._master >= 0

    def fileno(self) -> int:
        """The descriptor to wait on; -1 while unplugged."""
        return self._master

    def plug(self) -> None:
        """Make a new terminal and point the link at it, in one step for whoever follows the link."""
        # The slave is held open here too: otherwise each time the server closes it the device would read an I/O error.
        self._master, self._slave = pty.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self.plugs += 1
        self.path = os.ttyname(self._slave)
        if self._link is not None:
            fresh = self._link.with_name(self._link.name + ".new")
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(self.path)
            fresh.replace(self._link)
            self.path = str(self._link)

    def unplug(self) -> None:
        """Pull the cable: the server's open end hangs up, the link is gone."""
        if self._link is not None:
            self._link.unlink(missing_ok=True)
        else:
            self.path = ""
        for fd in (self._slave, self._master):
            if fd >= 0:
                os.close(fd)
        self._master = self._slave = -1
        # In a process patched by gevent, close() is put off until something happens on the loop. This happens.
        time.sleep(0.001)

    def read(self, size: int = CHUNK) -> bytes:
        """At most `size` bytes of what has arrived, without waiting; empty when nothing has or the cable is out."""
        if not self.plugged:
            return b""
        with contextlib.suppress(BlockingIOError):
            return os.read(self._master, size)
        return b""

    def write(self, data: bytes) -> bool:
        """Send; False when the bytes fell off a pulled cable or onto a line nobody reads, as on a real wire."""
        if not self.plugged:
            return False
        try:
            if self._pacing is None:
                return os.write(self._master, data) == len(data)
            for byte in data:
                os.write(self._master, bytes([byte]))
                time.sleep(BITS_PER_BYTE / self._pacing)
        except BlockingIOError:
            return False
        return True
