"""Lets a virtual device outlive its server for a while, so that a killed server finds it again, but not for ever."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

_ROUND = 5.0


class Owner:
    """The process whose id stands in `file`. `patience` in seconds: how long it may be gone before the device ends."""

    def __init__(self, file: Path, patience: float = 300.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._file = file
        self._patience = patience
        self._clock = clock
        self._last_seen = clock()

    def has_left(self) -> bool:
        """Whether the owner, or whoever took its place in the file, has been gone for longer than `patience`."""
        if self._is_alive():
            self._last_seen = self._clock()
        return self._clock() - self._last_seen > self._patience

    def _is_alive(self) -> bool:
        try:
            os.kill(int(self._file.read_text(encoding="ascii")), 0)
        except (OSError, ValueError):
            return False
        return True


def run_until(ended: threading.Event, owner_file: Path | None) -> None:
    """Wait until told to end, or until the owner has left."""
    owner = Owner(owner_file) if owner_file else None
    while not ended.wait(_ROUND):
        if owner is not None and owner.has_left():
            return
