"""How many wrong phone digits a kiosk takes."""

from __future__ import annotations

from contextlib import suppress

import pytest
from engines import MovedClock
from hypothesis import given
from hypothesis import strategies as st

from kiosk.guesses import MOST, SPAN, Guesses
from server.hall.errors import SeveralAppointments, UnknownAppointment
from server.web.errors import Refused

WRONG = UnknownAppointment(appointment="0000")


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def guesses(clock: MovedClock) -> Guesses:
    return Guesses(clock)


def guess(guesses: Guesses, kiosk: str = "1", *, wrong: bool = True) -> bool:
    """Somebody's; whether the hall was asked at all."""
    asked = False
    with suppress(UnknownAppointment, Refused), guesses.guess(kiosk):
        asked = True
        if wrong:
            raise WRONG
    return asked


def test_after_the_last_wrong_one_the_hall_is_not_asked_until_time_has_passed(
    guesses: Guesses, clock: MovedClock
) -> None:
    for _ in range(MOST):
        assert guess(guesses)
        clock.move(1)
    with pytest.raises(Refused, match="too_many_guesses"), guesses.guess("1"):
        pytest.fail("the hall was asked")
    assert not guess(guesses, wrong=False)
    clock.move(SPAN.total_seconds() - MOST - 0.1)
    assert not guess(guesses)
    clock.move(0.1)
    assert guess(guesses)  # the oldest is forgotten, and what was refused was never counted
    assert not guess(guesses)


def test_each_kiosk_has_its_own(guesses: Guesses) -> None:
    assert all(guess(guesses) for _ in range(MOST))
    assert guess(guesses, "2")


def test_a_right_one_neither_counts_nor_makes_up_for_wrong_ones(guesses: Guesses) -> None:
    assert all(guess(guesses, wrong=False) for _ in range(MOST + 1))
    for turn in range(MOST):
        assert guess(guesses), turn
        assert guess(guesses, wrong=False) == (turn < MOST - 1)


@pytest.mark.parametrize("error", [SeveralAppointments(), Refused(503, "overloaded")])
def test_what_says_nothing_of_the_digits_does_not_count(guesses: Guesses, error: Exception) -> None:
    for _ in range(MOST + 1):
        with pytest.raises(type(error)), guesses.guess("1"):
            raise error
    assert guess(guesses)


def test_guesses_that_are_made_at_once_count_before_any_is_answered(guesses: Guesses) -> None:
    under_way = [guesses.guess("1") for _ in range(MOST)]
    for each in under_way:
        each.__enter__()
    assert not guess(guesses, wrong=False)
    under_way[0].__exit__(None, None, None)
    assert guess(guesses, wrong=False)


@given(st.lists(st.tuples(st.integers(0, 400), st.booleans()), max_size=60))
def test_no_span_has_more_wrong_ones_than_are_taken(made: list[tuple[int, bool]]) -> None:
    clock = MovedClock()
    guesses, wrong = Guesses(clock), []
    for seconds, is_wrong in made:
        clock.move(seconds)
        if guess(guesses, wrong=is_wrong) and is_wrong:
            wrong.append(clock.now)
    for first, last in zip(wrong, wrong[MOST:], strict=False):
        assert last - first >= SPAN
