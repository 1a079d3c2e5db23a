"""Waiting on gevent's hub until a descriptor can be read or written, and being woken when it is closed."""

from __future__ import annotations

from typing import Any

import gevent
from gevent.socket import cancel_wait, wait

from server.device.link import LinkLost

READABLE, WRITABLE = 1, 2  # libev's bits, as hub.loop.io takes them


class Ready:
    """The waits for one descriptor. To be closed on the thread whose hub they wait on; it does not close `fd`."""

    def __init__(self, name: str, fd: int) -> None:
        self._name = name
        self._fd = fd
        self._waits: set[Any] = set()  # gevent has no public name for a watcher's type
        self.closed = False

    def wait(self, event: int, timeout: float) -> bool:
        """Whether it became ready for `event` within `timeout` seconds. Raises LinkLost when it is closed."""
        if self.closed:
            raise LinkLost(f"{self._name}: closed")
        watcher = gevent.get_hub().loop.io(self._fd, event)
        self._waits.add(watcher)
        try:
            wait(watcher, timeout=timeout, timeout_exc=TimeoutError())
        except TimeoutError:
            return False
        finally:
            self._waits.discard(watcher)
            watcher.close()
        return True

    def close(self) -> None:
        """Every greenlet that waits gets LinkLost at once."""
        self.closed = True
        for watcher in self._waits:
            cancel_wait(watcher, LinkLost(f"{self._name}: closed"))
