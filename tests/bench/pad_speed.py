"""Pads: how long from a press until it is stored and the pad has been told so. 32 pads on one hall, 6 when quick."""

from __future__ import annotations

import random
import sqlite3
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import yaml
from agent_process import AgentProcess
from figure import Figure
from hall_server import HallServer

from evaluator.virtual_pad import VirtualPad
from server.device.virtual_bus import VirtualBus

_KEYS = {3: 5, 2: 4, 1: 3, 0: 2}
_BAUD = 9600
_PATIENCE = 60
_FINGER = 0.1
"""Seconds between two presses of one pad at least: what is faster is no finger, and is shut out."""


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    """The pads are this process's, the hall is another: each press crosses a pseudo-terminal twice.

    The pads send at their baud rate, and a press counts from the moment at which its last byte is on the wire. Those on
    the bus are pressed one after the other: two frames at once would be none, on a real wire as well.
    """
    presses, by_themselves, on_one_line = (3, 4, 2) if quick else (40, 24, 8)
    with ExitStack() as stack:
        pads = [_pad(stack, folder, window) for window in range(1, by_themselves + on_one_line + 1)]
        alone, on_bus = pads[:by_themselves], pads[by_themselves:]
        bus = VirtualBus(folder / "bus", [Path(pad.link) for pad in on_bus], control=None)
        bus.start()
        stack.callback(bus.stop)
        links = {pad.window: bus.link if pad in on_bus else pad.link for pad in pads}
        hall = _hall(stack, folder, links)
        pool = stack.enter_context(ThreadPoolExecutor(len(alone) + 1))
        there = pool.submit(_in_turn, on_bus, presses * 2)
        here = [wait for waits in pool.map(_at_leisure, alone, [presses] * len(alone)) for wait in waits]
        shared = there.result()
        together = [wait for turn in range(presses) for wait in _at_once(pool, alone, turn)]
        hall.kill()
    return [
        Figure("press to stored and acknowledged, 95 of 100", _of_100(here + shared, 95), "ms", bound=10),
        Figure("the same, median", statistics.median(here + shared), "ms"),
        Figure(f"the same, {on_one_line} pads on one RS-485 line, 95 of 100", _of_100(shared, 95), "ms"),
        Figure(f"the same, {by_themselves} pressed at once, 95 of 100", _of_100(together, 95), "ms"),
        *_at_an_agent(folder / "elsewhere", presses),
    ]


def _at_an_agent(folder: Path, presses: int) -> list[Figure]:
    """A pad on another PC: kept on the disk there and acknowledged, and then in the hall's log."""
    with ExitStack() as stack:
        (folder / "hall").mkdir(parents=True)
        pad = _pad(stack, folder, 1)
        hall = _hall(stack, folder / "hall", {1: "agent://east"}, lambda hall: _agent(stack, folder, hall, pad))
        log = sqlite3.connect(hall.folder / "hall.db")
        stack.callback(log.close)
        kept, stored = [], []
        for turn in range(presses * 4):
            time.sleep(_FINGER)
            before = _last(log)
            start = time.monotonic()
            kept.append(_press(pad, turn))
            while _last(log) == before:
                assert time.monotonic() < start + _PATIENCE, "the press did not reach the hall"
                time.sleep(0.0005)
            stored.append((time.monotonic() - start) * 1e3)
    return [
        Figure("press to kept and acknowledged at an agent, 95 of 100", _of_100(kept, 95), "ms"),
        Figure("key down at an agent to the hall's log, 95 of 100", _of_100(stored, 95), "ms"),
    ]


def _agent(stack: ExitStack, folder: Path, hall: HallServer, pad: VirtualPad) -> None:
    token = hall.run("device", "add", "--kind", "agent", "--place", "east").strip()
    agent = AgentProcess(folder / "agent", hall.base, token, {})
    content = yaml.safe_load(agent.config.read_text(encoding="utf-8"))
    content["pads"] = {pad.window: {"link": pad.link}}
    agent.config.write_text(yaml.safe_dump(content), encoding="utf-8")
    stack.callback(agent.kill)
    agent.start()


def _last(log: sqlite3.Connection) -> int:
    """The number of the newest event."""
    ((seq,),) = log.execute("SELECT max(seq) FROM event").fetchall()
    return int(seq)


def _pad(stack: ExitStack, folder: Path, window: int) -> VirtualPad:
    pad = VirtualPad(window, 0x80 + window, link=folder / f"pad{window}", control=None, pacing=_BAUD)
    pad.start()
    stack.callback(pad.stop)
    return pad


def _hall(
    stack: ExitStack, folder: Path, links: dict[int, str], before: Callable[[HallServer], None] = lambda hall: None
) -> HallServer:
    """A hall with pads at these links, which have asked: the first press at each is a vote."""
    windows = [_window(window) for window in links]
    pads = [_device(window, link) for window, link in links.items()]
    hall = HallServer(folder, windows=windows, pads=pads)
    stack.callback(hall.kill)
    before(hall)
    hall.start()
    hall.login()
    for window in links:
        _serve(hall, window)
    _wait_until_settled(hall)
    return hall


def _window(number: int) -> dict[str, Any]:
    return {"number": number, "name": "综合窗口", "name_en": "All services", "services": ["all"]}


def _device(window: int, link: str) -> dict[str, Any]:
    return {"window": window, "link": link, "address": 0x80 + window, "keys": _KEYS}


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


def _at_once(pool: ThreadPoolExecutor, pads: list[VirtualPad], turn: int) -> list[float]:
    time.sleep(_FINGER)
    return list(pool.map(_press, pads, [turn] * len(pads)))


def _in_turn(pads: list[VirtualPad], presses: int) -> list[float]:
    """The pads of one line, round and round, three a second: what they are told takes its time on the wire as well."""
    dice = random.Random(0)
    waits = []
    for turn in range(presses):
        time.sleep(dice.uniform(0.2, 0.45))
        waits.append(_press(pads[turn % len(pads)], turn // len(pads)))
    return waits


def _press(pad: VirtualPad, turn: int) -> float:
    """Milliseconds until acknowledged. Another key each time: the same one again might be the device's resend."""
    key = turn % len(_KEYS)
    assert pad.press(key)
    start = time.monotonic()
    assert pad.wait_for(pressed=key, acked=True, timeout=_PATIENCE), f"pad {pad.window} was not answered"
    return (time.monotonic() - start) * 1e3


def _of_100(waits: list[float], share: int) -> float:
    return statistics.quantiles(waits, n=100)[share - 1]
