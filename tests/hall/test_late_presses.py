"""A press that the server hears of late, from a pad on another PC: it is for whom it was, or for nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_hall import SmallHall

from server.hall import commands as cmd
from server.hall.evaluation import Channel, Lapse, Level, Outcome, Unheard
from server.hall.events import EvaluationVoted, PressIgnored

ASKS_FOR = 30
"""Seconds that `small_plan` asks a citizen."""
MILLISECONDS = st.integers(min_value=0, max_value=100_000)


def serve_one(hall: SmallHall, window: int = 1) -> tuple[str, str]:
    """(ticket, the token of its evaluation, which is open now)."""
    hall.do(cmd.IssueTicket("insurance"))
    ticket: str = hall.do(cmd.CallNext(window, "chen"))["id"]
    hall.do(cmd.FinishTicket(window, "chen"))
    return ticket, hall.asked(window)


def start_next(hall: SmallHall) -> None:
    hall.do(cmd.IssueTicket("insurance"))
    hall.do(cmd.CallNext(1, "chen"))
    hall.do(cmd.Start(1, "chen"))


def told(hall: SmallHall, asked: str | None, ago: float | None, window: int = 1) -> bool:
    """Whether a press counts that was made `ago` seconds before, in view of the question `asked`."""
    age = None if ago is None else timedelta(seconds=ago)
    counted: bool = hall.do(cmd.PressKey(window, 3, 5, asked, age))
    return counted


def level_of(hall: SmallHall, ticket: str) -> Level | None:
    level: Level | None = hall.state.tickets[ticket].leg.evaluation.level
    return level


def test_a_press_from_before_the_time_ran_out_counts_for_its_ticket_at_its_real_time(hall: SmallHall) -> None:
    ticket, asked = serve_one(hall)
    pressed_at = hall.now + timedelta(seconds=10)
    hall.wait(600)
    assert told(hall, asked, 590)
    (vote,) = hall.events(EvaluationVoted)
    assert (vote.ticket, vote.channel, vote.pressed_at, vote.at) == (ticket, Channel.PAD, pressed_at, hall.now)
    evaluation = hall.state.tickets[ticket].leg.evaluation
    assert (evaluation.outcome, evaluation.ended_at, evaluation.lapse) == (Outcome.VOTED, pressed_at, Lapse.TIMEOUT)


def test_a_press_from_before_the_next_citizen_started_counts_for_the_one_before(hall: SmallHall) -> None:
    first, asked = serve_one(hall)
    hall.wait(5)
    start_next(hall)
    hall.wait(5)
    hall.do(cmd.FinishTicket(1, "chen"))
    assert told(hall, asked, 6)
    assert level_of(hall, first) is Level.EXCELLENT
    assert hall.state.windows[1].evaluation.is_open


def test_a_press_from_after_the_next_citizen_started_counts_for_nobody(hall: SmallHall) -> None:
    first, asked = serve_one(hall)
    hall.wait(5)
    start_next(hall)
    hall.wait(5)
    hall.do(cmd.FinishTicket(1, "chen"))
    hall.wait(5)
    assert not told(hall, asked, 2)
    (event,) = hall.events(PressIgnored)
    assert (event.ticket, event.unheard) == (first, Unheard.LATE)
    assert event.pressed_at == hall.now - timedelta(seconds=2)
    assert hall.state.windows[1].evaluation.is_open


def test_a_press_that_no_question_was_shown_for_belongs_to_nobody_who_came_later(hall: SmallHall) -> None:
    """Made while the window's PC did not know that somebody had been served."""
    serve_one(hall)
    hall.wait(5)
    assert not told(hall, "", 7)
    (event,) = hall.events(PressIgnored)
    assert (event.ticket, event.unheard) == (None, Unheard.NO_EVALUATION)
    assert hall.state.windows[1].evaluation.is_open


def test_a_press_whose_age_is_unknown_counts_for_nobody_also_when_it_names_its_question(hall: SmallHall) -> None:
    ticket, asked = serve_one(hall)
    assert not told(hall, asked, None)
    assert not told(hall, "", None)
    events = hall.events(PressIgnored)
    assert [(event.ticket, event.unheard, event.pressed_at) for event in events] == [
        (ticket, Unheard.UNKNOWN_AGE, None),
        (None, Unheard.UNKNOWN_AGE, None),
    ]
    assert told(hall, asked, 0)


def test_a_vote_that_came_another_way_meanwhile_stands(hall: SmallHall) -> None:
    ticket, asked = serve_one(hall)
    hall.wait(60)
    hall.do(cmd.VoteByPhone(hall.state.ballots[ticket].holder, 1, 2))
    assert not told(hall, asked, 50)
    assert level_of(hall, ticket) is Level.POOR
    assert [event.unheard for event in hall.events(PressIgnored)] == [Unheard.ALREADY_VOTED]


def test_a_press_for_what_was_taken_back_counts_for_nobody(hall: SmallHall) -> None:
    ticket, asked = serve_one(hall)
    hall.wait(2)
    hall.do(cmd.UndoLast(1, "chen", ticket))
    assert not told(hall, asked, 1)
    assert [event.unheard for event in hall.events(PressIgnored)] == [Unheard.NO_EVALUATION]


def test_a_press_that_says_it_was_made_before_the_question_is_not_believed(hall: SmallHall) -> None:
    """Two clocks that do not agree."""
    _, asked = serve_one(hall)
    assert not told(hall, asked, 0.5)
    assert [event.unheard for event in hall.events(PressIgnored)] == [Unheard.UNKNOWN_AGE]


def test_a_press_that_waited_over_night_counts_for_its_ticket_of_the_day_before(hall: SmallHall) -> None:
    ticket, asked = serve_one(hall)
    hall.wait(24 * 3600)
    assert told(hall, asked, 24 * 3600 - 10)
    assert ticket not in hall.state.tickets
    assert hall.state.ballots[ticket].legs[1].level is Level.EXCELLENT
    assert hall.replayed().state == hall.state


@pytest.mark.parametrize("window", [2, 3])
def test_a_press_late_or_not_counts_only_at_the_window_that_asked(hall: SmallHall, window: int) -> None:
    ticket, asked = serve_one(hall)
    hall.wait(10)
    assert not told(hall, asked, 5, window)
    assert level_of(hall, ticket) is None


@given(pressed=MILLISECONDS, started=MILLISECONDS, delay=MILLISECONDS)
def test_it_counts_exactly_when_it_would_have_counted_at_once(pressed: int, started: int, delay: int) -> None:
    """A citizen is asked at 0, the next one starts at `started`, the key comes up at `pressed`."""
    hall = SmallHall()
    hall.open(1)
    ticket, asked = serve_one(hall)
    hall.wait(started / 1000)
    start_next(hall)
    hall.wait((max(0, pressed - started) + delay) / 1000)
    hall.do(cmd.FinishTicket(1, "chen"))
    following = hall.state.windows[1].evaluation
    age = timedelta(milliseconds=max(pressed, started) + delay - pressed)
    counted = hall.do(cmd.PressKey(1, 3, 5, asked, age))
    assert counted == (pressed < min(started, ASKS_FOR * 1000))
    assert level_of(hall, ticket) == (5 if counted else None)
    assert following.is_open
    assert hall.replayed().state == hall.state
