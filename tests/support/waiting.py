"""Waiting for what another process does."""

from __future__ import annotations

import time
from collections.abc import Callable

_ROUND = 0.02


def wait_until(condition: Callable[[], bool], what: str, timeout: float = 15.0, every: float = _ROUND) -> float:
    """Return the seconds it took until `condition` held; fails, naming `what`, when it does not in time."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < timeout, f"not within {timeout} s: {what}"
        time.sleep(every)
    return time.monotonic() - begun
