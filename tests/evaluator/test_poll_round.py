"""Whose turn it is on a line of devices that speak only when asked."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from pad_templates import POLLED as TEMPLATE
from pad_templates import speaking
from polled_pads import NOTHING, PolledDecoder

from server.device.chatter import NOISE, ChatterWatch
from server.device.frames.hallqueue import Frame
from server.device.hearing import Press
from server.device.poll_round import ABSENT_EVERY, ABSENT_SHARE, EVERY, MISSES, SHORTEST_AIR, PollRound
from server.device.polled_hearing import PolledHearing

AT = 0x83


@settings(deadline=None, max_examples=15)
@given(st.integers(1, 32), st.integers(0, 32), st.floats(0.01, 0.03), st.floats(0.05, 0.12), st.integers(0, 9))
def test_nobody_is_passed_over_and_half_the_line_is_left_to_those_who_speak_by_themselves(
    there: int, away: int, quick: float, patience: float, seed: int
) -> None:
    present, absent = [f"there{n}" for n in range(there)], [f"away{n}" for n in range(away)]
    members = [*present, *absent]
    random.Random(seed).shuffle(members)
    turns = PollRound(members)
    now, asked = 0.0, dict.fromkeys(members, 0.0)
    settled, end = 12.0, 30.0
    longest: dict[str, float] = {}
    spent = {True: 0.0, False: 0.0}
    while now < end:
        name, due = turns.next(now)
        now = max(now, due)
        took = quick if name in present else patience
        if now > settled:
            longest[name] = max(longest.get(name, 0.0), now - asked[name])
            spent[name in present] += took
        asked[name] = now
        turns.asked(name, now, now + took, answered=name in present)
        now += took
    span = end - settled
    # All the others once, each with its air, and beside them the absent ones' share.
    slot = quick + max(quick, SHORTEST_AIR)
    absent_part = (patience + SHORTEST_AIR + slot) / (ABSENT_SHARE * patience)
    full_round = there * slot / (1 - min(absent_part, 0.8))
    assert all(longest[name] <= max(EVERY, full_round) + slot + 2 * patience for name in present)
    assert all(turns.is_absent(name) for name in absent)
    assert {name for name in absent if asked[name] > settled} == set(absent)
    assert spent[False] <= span / ABSENT_SHARE + 2 * patience
    assert spent[True] <= span / 2 + 2 * quick


def test_who_answers_again_is_asked_as_often_as_the_others_at_once() -> None:
    turns = PollRound(["a"])
    turns.asked("a", 0.0, 0.02, answered=True)
    now = 0.02
    for _ in range(MISSES):
        assert not turns.is_absent("a")
        _, due = turns.next(now)
        turns.asked("a", due, due + 0.1, answered=False)
        now = due + 0.1
    assert turns.is_absent("a")
    _, due = turns.next(now)
    assert due >= now - 0.1 + ABSENT_EVERY
    turns.asked("a", due, due + 0.02, answered=True)
    assert not turns.is_absent("a")
    assert turns.next(due + 0.02)[1] == due + EVERY


class Line:
    """A pad that is asked every 0.2 s; `hear` is told the answer at a time."""

    def __init__(self) -> None:
        self.ids = iter(f"press{n}" for n in range(100))
        self.hearing = PolledHearing(PolledDecoder(), AT, new_id=lambda: next(self.ids))

    def hear(self, tick: float, key: int | None) -> list[Press[int]]:
        self.hearing.asked(tick)
        frame = Frame(AT, NOTHING) if key is None else Frame(AT, 0x11, bytes([key]))
        return self.hearing.receive(bytes(frame), tick + 0.02)


def test_a_press_is_not_older_than_the_last_answer_that_there_was_none() -> None:
    line = Line()
    assert line.hearing.settles_in(0) > 0
    assert line.hear(1.0, None) == []
    assert line.hearing.settles_in(1) == 0
    assert line.hear(1.2, None) == []
    assert line.hear(9.0, 3) == [Press("press0", 3, 1.2)]


def test_what_was_pressed_before_the_line_was_opened_is_of_unknown_age() -> None:
    line = Line()
    assert line.hear(1.0, 3) == [Press("press0", 3, None)]
    assert line.hear(1.2, 2) == [Press("press1", 2, None)]


def test_a_press_told_again_is_the_same_press_until_none_is_waiting() -> None:
    line = Line()
    line.hear(1.0, None)
    (first,) = line.hear(1.2, 3)
    line.hearing.acknowledged(first)
    for turn in range(60):  # the acknowledgement is lost, and the pad away for a while
        assert line.hear(1.4 + turn, 3) == [first]
    line.hear(70.0, None)
    assert line.hear(70.2, 3) == [Press("press1", 3, 70.0)]


def test_questions_that_the_lines_adapter_hears_itself_are_no_noise() -> None:
    maker, watch = speaking(TEMPLATE), ChatterWatch(alone=True)
    hearing = PolledHearing(maker.decoder(), AT, watch)
    question, nothing = maker.poll(AT) or b"", maker.template.put("nothing", {"address": AT}) or b""
    for turn in range(NOISE):
        hearing.asked(turn * EVERY, question)
        assert hearing.receive(question + nothing, turn * EVERY + 0.02) == []
    assert not watch.is_shut_out(NOISE * EVERY)
