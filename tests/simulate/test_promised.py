"""What a simulated day says of the waits that the hall told."""

from __future__ import annotations

from server.simulate.outcome import Promised, promised_of


def test_told_waits_are_compared_with_what_came() -> None:
    told = promised_of([(5, 10, 8.0), (5, 10, 10.4), (20, 30, 31.0), (5, 10, None)])
    assert told == Promised(told=4, called=3, kept=2, bias=-6.47, error=6.47)
    assert told.as_text() == "4, 2 of 3 within p90 (67 %), p50 off by 6.5 min, on average -6.5"


def test_a_hall_that_tells_none_says_so() -> None:
    assert promised_of([]).as_text().startswith("none")


def test_of_numbers_that_nobody_called_nothing_is_reckoned() -> None:
    assert promised_of([(5, 10, None)]) == Promised(told=1, called=0, kept=0, bias=None, error=None)
