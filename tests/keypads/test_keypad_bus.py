"""Four keypads, four pads and four strips on one line: every press is accounted for, whatever goes wrong there."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

import gevent
import pytest
from keypad_hall import LEADER, LIU, SECONDS, SERVICES, WANG, ZHAO, KeypadHall, StartKeypadHall
from pad_hall import CHEN, KEYS

from counter.keypad.troubles import Trouble
from server.hall.commands import OpenWindow

WINDOWS = tuple(SERVICES)
CLERKS = dict(zip(WINDOWS, (CHEN, LIU, WANG, ZHAO), strict=True))
BEST = 3


@pytest.fixture
def hall(start_keypad_hall: StartKeypadHall) -> KeypadHall:
    """Four windows, each with the three devices and one clerk of its own, signed in at the keypad."""
    made = start_keypad_hall(*WINDOWS, crowded=True)
    made.ready()
    for window in WINDOWS:
        made.login(window, CLERKS[window])
    return made


def press_until(hall: KeypadHall, window: int, key: str, digits: str, done: Callable[[], bool]) -> int:
    """As a clerk does who looks at the keypad: again when it says that it was not heard. Answers how many presses."""
    for turn in range(1, 5):
        hall.press(window, key, digits)
        with gevent.Timeout(10, False):
            while not done():
                gevent.sleep(0.02)
            return turn
    pytest.fail(f"window {window}: {key} was not done")


def serve(hall: KeypadHall, window: int, asked: bool) -> None:
    """A citizen is called, started, finished and votes, by keypad and pad alone; `asked`: once the pad asks for it."""

    def at(state: str | None) -> bool:
        ticket = hall.window(window).ticket
        return (None if ticket is None else ticket.state.value) == state

    press_until(hall, window, "call", "", lambda: at("called"))
    press_until(hall, window, "start", "", lambda: at("serving"))
    press_until(hall, window, "wait", "", lambda: at(None))
    assert hall.window(window).evaluation is not None
    if asked:
        assert hall.threads.apply(hall.pads[window].wait_for, (), {"prompted": True})
    hall.threads.apply(hall.pads[window].press, (BEST,))
    # Not until the pad has heard so: a stray FF makes an invitation of a hallqueuefront acknowledgement.
    hall.until(lambda: any(event.window == window for event in hall.stored("evaluation_voted", "press_ignored")))


def check(hall: KeypadHall) -> None:
    """Everybody was called once, served once and voted at most once; the credit is the clerk's of that window."""
    called = hall.stored("ticket_called")
    finished = hall.stored("ticket_finished")
    assert len(called) == len(finished) == len(WINDOWS)
    assert max(Counter(event.ticket for event in called).values()) == 1
    assert {(event.window, event.staff) for event in finished} == {(n, CLERKS[n].username) for n in WINDOWS}
    assert len(hall.stored("evaluation_voted", "press_ignored")) == len(WINDOWS)


def serve_all(hall: KeypadHall, *, asked: bool) -> None:
    for window in WINDOWS:
        hall.issue(SERVICES[window])
    gevent.joinall([gevent.spawn(serve, hall, window, asked) for window in WINDOWS], raise_error=True)


def test_all_at_once(hall: KeypadHall) -> None:
    serve_all(hall, asked=True)
    check(hall)
    assert {(vote.window, vote.level) for vote in hall.stored("evaluation_voted")} == {(n, KEYS[BEST]) for n in WINDOWS}
    for window in WINDOWS:
        assert hall.shows(window, shown="_0" if window % 2 else "000___")
        hall.until(lambda window=window: "为您服务" in hall.strips[window].state()["text"])  # type: ignore[misc]


@pytest.mark.parametrize(
    "noise",
    [
        pytest.param(b"\xff" * 8, id="a stuck line"),
        pytest.param(bytes.fromhex("FF680303680101"), id="half a key, over and over"),
    ],
)
def test_while_a_device_babbles(hall: KeypadHall, noise: bytes) -> None:
    babbling = True

    def babble() -> None:
        while babbling:
            hall.pads[1].garbage(noise)
            time.sleep(0.02)

    babbler = hall.threads.spawn(babble)
    try:
        serve_all(hall, asked=False)
    finally:
        babbling = False
        babbler.get(timeout=SECONDS)
    check(hall)


def test_collisions_and_a_cable_that_is_cut_in_the_middle(hall: KeypadHall) -> None:
    """What two devices say at once arrives spoiled; what was said into a dead cable is of unknown age afterwards."""
    assert hall.bus is not None
    for window in WINDOWS:
        hall.issue(SERVICES[window])
    for window in (1, 2):
        hall.threads.apply(hall.keypads[window].garbage, (bytes.fromhex("FF 68 03 03 68 A0 90"),))
        press_until(hall, window, "call", "", lambda window=window: hall.window(window).ticket is not None)  # type: ignore[misc]
    hall.threads.apply(hall.bus.unplug)
    hall.until(lambda: {hall.state(window)[0] for window in WINDOWS} == {"offline"})
    hall.press(3, "call")
    hall.threads.apply(hall.bus.plug)
    hall.until(lambda: {hall.state(window)[0] for window in WINDOWS} == {"settling"})
    hall.press(4, "call")
    assert hall.shows(4, shown=Trouble.TOO_OLD.text)
    hall.ready()
    assert {event.window for event in hall.stored("ticket_called")} == {1, 2}
    gevent.joinall([gevent.spawn(serve, hall, window, False) for window in (3, 4)], raise_error=True)
    for window in (1, 2):
        press_until(hall, window, "wait", "", lambda window=window: hall.window(window).ticket is None)  # type: ignore[misc]
    assert len(hall.stored("ticket_called")) == len(hall.stored("ticket_finished")) == len(WINDOWS)


def test_a_pad_at_a_keypads_address_is_neither_told_its_digits_nor_taken_for_it(hall: KeypadHall) -> None:
    """queuesystem: both at address 2. A vote calls nobody, and a key is no vote."""
    hall.issue(SERVICES[2])
    hall.threads.apply(hall.pads[2].press, (BEST,))
    hall.until(lambda: hall.pads[2].state()["acked"])
    press_until(hall, 2, "pause", "", lambda: hall.window(2).pause is not None)
    assert hall.shows(2, shown="______")
    assert hall.pads[2].state()["face"] == "thank_you"
    assert hall.stored("ticket_called") == []
    assert [ignored.key for ignored in hall.stored("press_ignored")] == [BEST]


def test_a_colleague_takes_over_in_the_middle(hall: KeypadHall) -> None:
    hall.issue(SERVICES[1])
    press_until(hall, 1, "call", "", lambda: hall.window(1).ticket is not None)
    hall.engine.do(OpenWindow(1, LEADER))
    assert hall.shows(1, shown=Trouble.NOT_YOURS.text)
    hall.login(1, CLERKS[1])
    press_until(hall, 1, "wait", "", lambda: hall.window(1).ticket is None)
    assert [event.staff for event in hall.stored("ticket_finished")] == ["chen"]
