"""A path that takes bytes and gives none, as /dev/usb/lp0 does with a printer that only listens."""

from __future__ import annotations

import contextlib
import fcntl
import os
from pathlib import Path
from typing import Final

_DEVICE_BUFFER: Final = 4096  # bytes that the system takes while the printer does not


class FifoPort:
    """A FIFO at `link`. Whoever opens it to read gets nothing."""

    def __init__(self, link: Path) -> None:
        self._link = link
        self._fd = -1
        self.path = str(link)

    @property
    def plugged(self) -> bool:
        """Whether it is there."""
        return self._fd >= 0

    def fileno(self) -> int:
        """The descriptor to wait on; -1 while it is not there."""
        return self._fd

    def plug(self) -> None:
        """Make it anew, in place of one that was left behind. Raises OSError when something else is there."""
        if self._link.is_fifo():
            self._link.unlink()
        os.mkfifo(self._link)
        # Open for both, or the end of the first writer would be the end of the file.
        self._fd = os.open(self._link, os.O_RDWR | os.O_NONBLOCK)
        fcntl.fcntl(self._fd, fcntl.F_SETPIPE_SZ, _DEVICE_BUFFER)

    def unplug(self) -> None:
        """Take it away: whoever writes gets a broken pipe."""
        if self._fd >= 0:
            self._link.unlink(missing_ok=True)
            os.close(self._fd)
            self._fd = -1

    def read(self, size: int) -> bytes:
        """At most `size` bytes of what has arrived, without waiting."""
        with contextlib.suppress(BlockingIOError):
            return os.read(self._fd, size)
        return b""

    def write(self, data: bytes) -> bool:
        """Nobody gets it."""
        return False
