"""How old a press can be. The one rule: it never counts for an evaluation that it may have been made before."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.dialects import dialects
from server.device.frames.hallqueue import Frame
from server.device.hearing import (
    PRESS_LIFE,
    QUARANTINE,
    RESENT_AFTER,
    RESENT_WITHIN,
    SENDS,
    Hearing,
    Press,
)

AT = 0x83
RESEND = 0.5


def frame(key: int, address: int = AT) -> bytes:
    return bytes(Frame(address, 0x11, bytes([key])))


@dataclass
class Line:
    """A line opened at 0; `hear` at a time answers the presses."""

    serial: count[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        decoder = dialects["hallqueue"].decoder()
        self.hearing = Hearing(decoder, AT, 0.0, lambda: f"press{next(self.serial)}")

    def hear(self, data: bytes, tick: float) -> list[Press[int]]:
        return self.hearing.receive(data, tick)


def test_a_press_is_dated_by_its_first_byte() -> None:
    line = Line()
    assert line.hear(frame(3)[:4], 10) == []
    assert line.hear(frame(3)[4:], 10.01) == [Press("press0", 3, 10)]


def test_what_comes_right_after_opening_is_of_unknown_age() -> None:
    line = Line()
    assert line.hear(frame(3), 0.0) == [Press("press0", 3, None)]
    assert line.hear(frame(2), QUARANTINE - 0.01) == [Press("press1", 2, None)]
    assert line.hear(frame(1), QUARANTINE) == [Press("press2", 1, QUARANTINE)]


def test_the_quarantine_outlasts_the_last_sending_of_a_press_made_before_the_opening() -> None:
    assert QUARANTINE > PRESS_LIFE >= (SENDS - 1) * RESEND


def test_the_resend_of_a_press_from_the_quarantine_stays_of_unknown_age() -> None:
    line = Line()
    line.hear(frame(3), QUARANTINE - 0.1)
    assert line.hear(frame(3), QUARANTINE + 0.4) == [Press("press0", 3, None)]


def test_resends_are_the_same_press() -> None:
    line = Line()
    first = line.hear(frame(3), 10)
    assert [line.hear(frame(3), tick) for tick in (10.5, 11.0)] == [first, first]


def test_a_resend_is_known_though_the_acknowledgement_was_lost() -> None:
    line = Line()
    (first,) = line.hear(frame(3), 10)
    line.hearing.acknowledged(first)
    assert line.hear(frame(3), 10.5) == [first]


def test_a_quick_second_press_after_the_acknowledgement_is_a_press_of_its_own() -> None:
    line = Line()
    (first,) = line.hear(frame(3), 10)
    line.hearing.acknowledged(first)
    assert line.hear(frame(3), 10 + RESENT_AFTER - 0.01) == [Press("press1", 3, 10 + RESENT_AFTER - 0.01)]


def test_another_key_and_a_later_repeat_are_presses_of_their_own() -> None:
    line = Line()
    line.hear(frame(3), 10)
    assert line.hear(frame(2), 10.1) == [Press("press1", 2, 10.1)]
    assert line.hear(frame(2), 10.11 + RESENT_WITHIN) == [Press("press2", 2, 10.11 + RESENT_WITHIN)]


def test_somebody_who_keeps_pressing_is_heard_again() -> None:
    line = Line()
    presses = [line.hear(frame(3), 10 + 0.5 * n)[0] for n in range(8)]
    assert len({press.id for press in presses}) > 1
    for n, press in enumerate(presses):
        assert press.since is not None
        assert press.since <= 10 + 0.5 * n


def test_a_press_after_noise_may_be_the_resend_of_what_was_mangled() -> None:
    line = Line()
    line.hear(b"\x00\x16", 10)
    assert line.hear(frame(3), 10.5) == [Press("press0", 3, 10)]


def test_noise_long_ago_does_not_make_a_press_older() -> None:
    line = Line()
    line.hear(b"\x00\x55", 10)
    assert line.hear(frame(3), 12) == [Press("press0", 3, 12)]


def test_a_line_that_never_falls_silent_makes_no_press_older_than_a_press_can_be() -> None:
    line = Line()
    for step in range(100):
        line.hear(b"\x00", 10 + step / 10)
    (press,) = line.hear(frame(3), 20)
    assert press.since is not None
    assert press.since == pytest.approx(20 - PRESS_LIFE, abs=1e-3)


def test_other_devices_on_the_line_are_not_heard() -> None:
    line = Line()
    assert line.hear(frame(3, address=0x82) + bytes(Frame(AT, 0x01)), 10) == []


def test_another_devices_frame_makes_no_press_older() -> None:
    line = Line()
    anothers = bytes.fromhex("A0 90 03 A5 AA")
    for tick in (10, 10.2, 10.4):
        line.hear(anothers, tick)
        line.hearing.disown(len(anothers))
    assert line.hear(frame(3), 10.5) == [Press("press0", 3, 10.5)]


@dataclass(frozen=True)
class Finger:
    """One press and what becomes of its sendings: each arrives or is mangled, its answer may be lost."""

    after: float
    key: int
    arrives: tuple[bool, bool, bool]
    is_answered: bool


fingers = st.builds(
    Finger,
    after=st.floats(0.0, 3.0),
    key=st.integers(0, 3),
    arrives=st.tuples(st.booleans(), st.booleans(), st.booleans()),
    is_answered=st.booleans(),
)


def sendings(presses: list[Finger], start: float) -> list[tuple[float, float, Finger, int]]:
    """(when sent, when pressed, press, which sending), as a pad sends them: only the latest press again."""
    times: list[float] = []
    now = start
    for press in presses:
        now += press.after
        times.append(now)
    sent = []
    for place, (press, made) in enumerate(zip(presses, times, strict=True)):
        until = times[place + 1] if place + 1 < len(times) else float("inf")
        for turn in range(SENDS):
            if made + turn * RESEND < until or turn == 0:
                sent.append((made + turn * RESEND, made, press, turn))
    return sorted(sent, key=lambda one: (one[0], one[1]))


@given(presses=st.lists(fingers, max_size=12), start=st.floats(-3.0, 3.0))
def test_no_press_is_ever_taken_for_younger_than_it_is(presses: list[Finger], start: float) -> None:
    """Whatever is mangled or unanswered, and whenever the line is opened (at 0) among it."""
    line = Line()
    heard_of: set[int] = set()
    for sent, made, press, turn in sendings(presses, start):
        if sent < 0 or id(press) in heard_of:
            continue
        data = frame(press.key)
        if not press.arrives[turn]:
            data = data[:5] + b"\x99" + data[6:]
        for found in line.hear(data, sent):
            assert found.since is None or found.since <= made + 1e-6
            if press.is_answered:
                line.hearing.acknowledged(found)
                heard_of.add(id(press))


@given(gaps=st.lists(st.floats(PRESS_LIFE + 0.01, 10.0), min_size=1, max_size=8), key=st.integers(0, 3))
def test_every_press_of_an_unhurried_citizen_is_of_known_age(gaps: list[float], key: int) -> None:
    line = Line()
    tick = QUARANTINE
    for gap in gaps:
        tick += gap
        (press,) = line.hear(frame(key), tick)
        assert press.since == tick
