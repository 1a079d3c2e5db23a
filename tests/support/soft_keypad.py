"""A USB keypad of software: a named pipe that carries the kernel's `struct input_event`, dated as evdev does."""

from __future__ import annotations

import os
import time
from pathlib import Path

from evaluator.dialects.hid_keys import EV_KEY, EV_SYN, EVENT, SYN_REPORT

EV_MSC, MSC_SCAN = 0x04, 0x04
NUM_LOCK = 69


def event(kind: int, code: int, value: int, tick: float) -> bytes:
    return EVENT.pack(int(tick), int(tick % 1 * 1e6), kind, code, value)


def report(*events: tuple[int, int, int], tick: float) -> bytes:
    """As one movement of a key comes from the kernel."""
    return b"".join(event(*each, tick) for each in (*events, (EV_SYN, SYN_REPORT, 0)))


def stroke(key: int, tick: float) -> bytes:
    """A key goes down, is held until it repeats, and comes up."""
    down = report((EV_MSC, MSC_SCAN, 0x70059), (EV_KEY, key, 1), tick=tick)
    held = report((EV_KEY, key, 2), tick=tick)
    return down + held * 3 + report((EV_MSC, MSC_SCAN, 0x70059), (EV_KEY, key, 0), tick=tick)


class SoftKeypad:
    """At `link`, a path in config.yaml's `input://PATH`."""

    def __init__(self, link: Path) -> None:
        self._link = link
        self._fd = -1

    def plug(self) -> None:
        # Made aside, so that the server finds it with somebody at its other end.
        fresh = self._link.with_suffix(".new")
        os.mkfifo(fresh)
        self._fd = os.open(fresh, os.O_RDWR | os.O_NONBLOCK)
        fresh.rename(self._link)

    def unplug(self) -> None:
        if self._fd >= 0:
            self._link.unlink()
            os.close(self._fd)
        self._fd = -1

    def press(self, key: int, tick: float | None = None) -> None:
        """`tick`: when, on the steady clock, if not now. Some keypads press Num Lock by themselves around a key."""
        when = time.monotonic() if tick is None else tick
        lock = report((EV_KEY, NUM_LOCK, 1), tick=when) + report((EV_KEY, NUM_LOCK, 0), tick=when)
        os.write(self._fd, lock + stroke(key, when) + lock)
