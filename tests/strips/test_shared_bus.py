"""Strips and pads on one line: nobody's frame harms another's, and no press looks older than it is."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import gevent
import pytest
from pad_hall import KEYS
from strip_hall import SECONDS, StartStripHall, StripHall

from display.strip.session import FLASH
from server.device.chatter import KEPT
from server.hall.evaluation import Unheard
from server.hall.state import HallState

SERVICES = {1: "general", 2: "social-insurance", 3: "civil-affairs", 4: "residence"}
WINDOWS = tuple(SERVICES)


@pytest.fixture
def hall(start_strip_hall: StartStripHall) -> StripHall:
    """Four open windows, each with a pad and a strip, all on one bus; the pads are past their quarantine."""
    made = start_strip_hall(*WINDOWS, pads=WINDOWS)
    made.open(*WINDOWS)
    for window in WINDOWS:
        assert made.shows(window, text="为您服务")
    states = made.agent.states, made.pad_agent.states
    made.until(lambda: {state["state"] for each in states for state in each()} == {"ready"})
    return made


def press(hall: StripHall, window: int, key: int) -> None:
    assert hall.threads.apply(hall.pads[window].press, (key,))


def wait_for_pad(hall: StripHall, window: int, **wanted: object) -> bool:
    return bool(hall.threads.apply(hall.pads[window].wait_for, (), wanted))


def test_a_day_at_four_windows_loses_no_press_and_leaves_every_strip_right(hall: StripHall) -> None:
    def serve(window: int, key: int) -> None:
        called = hall.call(window, SERVICES[window])
        assert hall.shows(window, text=f"请{called['number']}号")
        hall.start(window)
        assert hall.shows(window, text=f"{called['number']}号")
        hall.finish(window)
        assert wait_for_pad(hall, window, face="please_evaluate")
        press(hall, window, key)
        assert wait_for_pad(hall, window, pressed=key, acked=True)

    for key in (2, 3):
        served = [gevent.spawn(serve, window, key) for window in WINDOWS]
        gevent.joinall(served, raise_error=True)
    votes = {(vote.window, vote.level) for vote in hall.stored("evaluation_voted")}
    assert votes == {(window, KEYS[key]) for window in WINDOWS for key in (2, 3)}
    assert hall.stored("press_ignored") == []
    for window in WINDOWS:
        assert hall.shows(window, text="为您服务")


def test_a_press_right_after_the_strips_have_answered_counts(hall: StripHall) -> None:
    """A confirmation taken for noise would make the press as old as itself: older than the invitation."""
    hall.call(3, SERVICES[3])
    assert hall.shows(3, text="请E001号")
    told = {window: hall.strips[window].state()["frames"] for window in (1, 2, 4)}
    for window in (1, 2, 4):
        hall.pause(window)
    for window in (1, 2, 4):
        assert hall.shows(window, text="暂停服务", frames=told[window] + 1)
    hall.finish(3)
    assert wait_for_pad(hall, 3, prompted=True)
    press(hall, 3, 3)
    assert wait_for_pad(hall, 3, pressed=3, acked=True)
    assert [vote.level for vote in hall.stored("evaluation_voted")] == [KEYS[3]]


def test_a_call_is_shown_and_flashes_while_three_strips_do_not_answer(hall: StripHall) -> None:
    for window in (1, 2, 4):
        hall.strips[window].fault(mute=True)
        hall.pause(window)
    called = hall.call(3, SERVICES[3])
    assert hall.shows(3, text=f"请{called['number']}号")
    assert hall.shows(3, text="")
    hall.until(lambda: [hall.state(window)[1] for window in (1, 2, 4)] == ["not_answering"] * 3)
    assert hall.state(3) == ("ready", None)


def test_a_press_that_our_own_sending_mangles_is_sent_again_and_counts_once(hall: StripHall) -> None:
    """A strip is told something at the very moment in which a pad begins to speak: the wire carries half of each."""
    hall.call(3, SERVICES[3])
    hall.finish(3)
    assert wait_for_pad(hall, 3, face="please_evaluate")
    mangled = bytes.fromhex("FF 68 03 03 68 A0 90 02 A5 00 08")
    assert hall.threads.apply(hall.pads[3].garbage, (mangled,))
    press(hall, 3, 3)
    assert wait_for_pad(hall, 3, pressed=3, acked=True)
    assert [vote.level for vote in hall.stored("evaluation_voted")] == [KEYS[3]]
    assert hall.stored("press_ignored") == []


@pytest.mark.parametrize(
    "noise", [b"\xff" * 8, b"\xa0\x90" * 8, bytes.fromhex("A09003A5"), bytes.fromhex("FF6803036883110397")]
)
def test_a_device_that_babbles_keeps_no_call_and_no_press_from_coming_through(hall: StripHall, noise: bytes) -> None:
    babbling = True

    def babble() -> None:
        while babbling:
            hall.pads[1].garbage(noise)
            time.sleep(0.005)

    babbler = hall.threads.spawn(babble)
    try:
        called = hall.call(3, SERVICES[3])
        assert hall.shows(3, text=f"请{called['number']}号")
        hall.until(lambda: hall.state(3) == ("ready", None))
        hall.finish(3)
        assert wait_for_pad(hall, 3, face="please_evaluate")
        press(hall, 3, 3)
        assert wait_for_pad(hall, 3, pressed=3, acked=True)
    finally:
        babbling = False
        babbler.get(timeout=SECONDS)
    # In such noise nobody can say how old it is; it is written down either way, and once.
    assert len(hall.stored("evaluation_voted")) + len(hall.stored("press_ignored")) == 1


def test_a_pad_that_sends_presses_without_end_is_shut_out_alone(hall: StripHall) -> None:
    """The line never falls silent; its own presses count for nobody, and everybody else's do."""
    sticking = True

    def stick() -> None:
        while sticking:
            hall.pads[1].garbage(bytes.fromhex("FF 68 03 03 68 81 11 00 92 16"))
            time.sleep(0.005)

    sticker = hall.threads.spawn(stick)
    try:
        hall.until(lambda: pad_state(hall, 1) == ("blocked", "chattering"))
        hall.call(1, SERVICES[1])
        hall.finish(1)
        called = hall.call(3, SERVICES[3])
        assert hall.shows(3, timeout=SECONDS, text=f"请{called['number']}号")
        hall.finish(3)
        assert wait_for_pad(hall, 3, face="please_evaluate")
        press(hall, 3, 3)
        assert wait_for_pad(hall, 3, pressed=3, acked=True)
    finally:
        sticking = False
        sticker.get(timeout=SECONDS)
    assert [(vote.window, vote.level) for vote in hall.stored("evaluation_voted")] == [(3, KEYS[3])]
    assert [pad_state(hall, window) for window in (2, 3, 4)] == [("ready", None)] * 3
    uncounted = [event.unheard for event in hall.stored("press_ignored") if event.window == 1]
    assert uncounted.count(Unheard.CHATTERING) <= KEPT


def pad_state(hall: StripHall, window: int) -> tuple[str, str | None]:
    found = next(state for state in hall.pad_agent.states() if state["window"] == window)
    return found["state"], found["reason"]


def test_a_cable_pulled_in_a_flash_shows_the_call_when_it_is_back(hall: StripHall) -> None:
    assert hall.bus is not None
    called = hall.call(3, SERVICES[3])
    assert hall.shows(3, text="")
    hall.threads.apply(hall.bus.unplug)
    hall.until(lambda: hall.state(3)[0] == "offline")
    hall.threads.apply(hall.bus.plug)
    assert hall.shows(3, text=f"请{called['number']}号")
    hall.until(lambda: hall.engine.clock() - hall.engine.read(_called_at) > timedelta(seconds=2 * FLASH))
    assert hall.shows(3, text=f"请{called['number']}号")
    assert hall.state(3) == ("ready", None)


def _called_at(state: HallState) -> Any:
    ticket = state.windows[3].ticket
    assert ticket is not None
    return ticket.leg.last_called_at


def test_a_cable_pulled_for_all_brings_all_back(hall: StripHall) -> None:
    assert hall.bus is not None
    hall.threads.apply(hall.bus.unplug)
    states = hall.agent.states, hall.pad_agent.states
    hall.until(lambda: {state["state"] for each in states for state in each()} == {"offline"})
    hall.pause(2)
    called = hall.call(3, SERVICES[3])
    hall.threads.apply(hall.bus.plug)
    assert hall.shows(2, text="暂停服务")
    assert hall.shows(3, text=f"请{called['number']}号")
    assert wait_for_pad(hall, 2, face="paused")


def test_pads_stay_when_the_strips_leave(hall: StripHall) -> None:
    hall.agent.stop()
    assert {state["reason"] for state in hall.agent.states()} == {"stopped"}
    press(hall, 3, 1)
    assert wait_for_pad(hall, 3, pressed=1, acked=True)
    assert {state["state"] for state in hall.pad_agent.states()} == {"ready"}
