"""Pads: how long from a citizen's press until it is stored and the pad has been told so, 32 pads on one hall."""

from __future__ import annotations

import random
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from figure import Figure
from hall_server import HallServer

from evaluator.virtual_pad import VirtualPad

_PADS = 32
_KEYS = {3: 5, 2: 4, 1: 3, 0: 2}
_PATIENCE = 10


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    """The pads are this process's, the hall is another: each press crosses a pseudo-terminal twice."""
    presses = 3 if quick else 40
    with ExitStack() as stack:
        pads = [_pad(stack, folder, window) for window in range(1, _PADS + 1)]
        hall = HallServer(folder, windows=[_window(pad) for pad in pads], pads=[_device(pad) for pad in pads])
        stack.callback(hall.kill)
        hall.start()
        hall.login()
        for pad in pads:
            _serve(hall, pad.window)
        _wait_until_settled(hall)
        pool = stack.enter_context(ThreadPoolExecutor(_PADS))
        spread = [wait for waits in pool.map(_at_leisure, pads, [presses] * _PADS) for wait in waits]
        together = [wait for turn in range(presses) for wait in pool.map(_press, pads, [turn] * _PADS)]
    return [
        Figure("press to stored and acknowledged, 95 of 100", _of_100(spread, 95), "ms", bound=10),
        Figure("the same, median", statistics.median(spread), "ms"),
        Figure("the same, all 32 pressed at once, 95 of 100", _of_100(together, 95), "ms"),
    ]


def _pad(stack: ExitStack, folder: Path, window: int) -> VirtualPad:
    pad = VirtualPad(window, 0x80 + window, link=folder / f"pad{window}", control=None)
    pad.start()
    stack.callback(pad.stop)
    return pad


def _window(pad: VirtualPad) -> dict[str, Any]:
    return {"number": pad.window, "name": "综合窗口", "name_en": "All services", "services": ["all"]}


def _device(pad: VirtualPad) -> dict[str, Any]:
    return {"window": pad.window, "link": pad.link, "address": 0x80 + pad.window, "keys": _KEYS}


def _serve(hall: HallServer, window: int) -> None:
    """A service is finished there, so that the first press is a vote."""
    hall.open(window)
    hall.issue("general")
    hall.post(f"windows/{window}/call-next")
    hall.post(f"windows/{window}/finish")


def _wait_until_settled(hall: HallServer) -> None:
    deadline = time.monotonic() + _PATIENCE
    while any(d["kind"] == "pad" and d["state"] != "ready" for d in hall.call_api("GET", "hall").json()["devices"]):
        assert time.monotonic() < deadline, "the pads did not settle"
        time.sleep(0.05)


def _at_leisure(pad: VirtualPad, presses: int) -> list[float]:
    """Presses at random moments, two a second at each pad: far more than citizens do."""
    dice = random.Random(pad.window)
    waits = []
    for turn in range(presses):
        time.sleep(dice.uniform(0.2, 0.8))
        waits.append(_press(pad, turn))
    return waits


def _press(pad: VirtualPad, turn: int) -> float:
    """Milliseconds until acknowledged. Another key each time: the same one again might be the device's resend."""
    start = time.monotonic()
    key = turn % len(_KEYS)
    assert pad.press(key)
    assert pad.wait_for(pressed=key, acked=True, timeout=_PATIENCE), f"pad {pad.window} was not answered"
    return (time.monotonic() - start) * 1e3


def _of_100(waits: list[float], share: int) -> float:
    return statistics.quantiles(waits, n=100)[share - 1]
