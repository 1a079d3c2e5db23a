"""Whether a page shows the calls it is given."""

from __future__ import annotations

import pytest

from display.shown import BLIND, Acknowledged

FIRST, SECOND = (1, "09:00"), (2, "09:00")


@pytest.fixture
def pages() -> Acknowledged:
    return Acknowledged()


def test_a_page_has_eight_seconds_from_when_it_was_given_the_call(pages: Acknowledged) -> None:
    pages.told("one", FIRST, 100)
    pages.told("one", FIRST, 100 + BLIND)
    assert not pages.is_blind("one", 100 + BLIND)
    assert pages.is_blind("one", 101 + BLIND)


def test_a_page_that_showed_it_is_well(pages: Acknowledged) -> None:
    pages.told("one", FIRST, 100)
    pages.shown("one", FIRST, 101)
    pages.told("one", FIRST, 102)
    assert not pages.is_blind("one", 200)


def test_another_page_does_not_see_for_it(pages: Acknowledged) -> None:
    for page in ("one", "two"):
        pages.told(page, FIRST, 100)
    pages.shown("two", FIRST, 101)
    assert pages.is_blind("one", 120)
    assert not pages.is_blind("two", 120)


def test_a_page_that_is_busy_with_the_calls_before_is_not_blind(pages: Acknowledged) -> None:
    pages.told("one", SECOND, 100)
    pages.shown("one", FIRST, 107)
    assert not pages.is_blind("one", 112)
    assert pages.is_blind("one", 116)


def test_a_call_that_is_over_need_not_be_shown(pages: Acknowledged) -> None:
    pages.told("one", FIRST, 100)
    pages.told("one", None, 104)
    assert not pages.is_blind("one", 200)


def test_a_page_that_left_is_nobody(pages: Acknowledged) -> None:
    pages.told("one", FIRST, 100)
    pages.forget("one")
    assert not pages.is_blind("one", 200)
