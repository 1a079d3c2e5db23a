"""Numbers as somebody types them from a pad of paper slips, and the sheets that these are printed on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.paper_numbers import UnreadableNumbers, serials_of
from counter.paper_sheet import MOST, paper_sheet
from server.config import Settings, load_settings
from server.hall.decisions.entering import MOST as MOST_ENTERED
from server.hall.errors import TooManyNumbers


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load_settings(Path(__file__).parents[2] / "config.yaml")


@pytest.mark.parametrize(
    ("text", "serials"),
    [
        ("801", (801,)),
        ("801-803", (801, 802, 803)),
        ("A801-A803", (801, 802, 803)),
        ("a801 - 803，A810、812", (801, 802, 803, 810, 812)),
        ("801至803", (801, 802, 803)),
        ("0801", (801,)),
        ("801,801-802", (801, 802)),
    ],
)
def test_runs_and_single_numbers(text: str, serials: tuple[int, ...]) -> None:
    assert serials_of(text, "A") == serials


@pytest.mark.parametrize("text", ["B801", "803-801", "801-B803", "eight", "801--803", "80x"])
def test_what_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(UnreadableNumbers) as refusal:
        serials_of(text, "A")
    assert refusal.value.params == {"part": text.upper()}


def test_a_run_without_end_is_refused_before_it_is_counted() -> None:
    with pytest.raises(TooManyNumbers):
        serials_of("1-999999", "A")
    assert len(serials_of(f"1-{MOST_ENTERED}", "A")) == MOST_ENTERED


@given(st.text(max_size=60))
def test_any_text_is_numbers_or_named(text: str) -> None:
    try:
        serials = serials_of(text, "A")
    except (UnreadableNumbers, TooManyNumbers):
        return
    assert all(serial >= 0 for serial in serials)
    assert len(set(serials)) == len(serials)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [((None, None), 801, 821), ((805, 806), 805, 806), ((1, 5000), 801, 999), ((990, 5), 990, 990)],
)
def test_a_sheet_stays_within_what_is_kept_for_paper(
    settings: Settings, asked: tuple[Any, Any], first: int, last: int
) -> None:
    sheet = paper_sheet(settings, settings.plan(), "tax", *asked)
    assert sheet is not None
    assert (sheet.first, sheet.last) == (first, last)
    numbers = [number for page in sheet.pages for number in page]
    assert numbers == [f"D{serial}" for serial in range(first, last + 1)]
    assert len(numbers) <= MOST
    assert all(len(page) <= 21 for page in sheet.pages)
