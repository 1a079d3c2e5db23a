"""Every kind of event goes to a row of the log and back, byte for byte."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.hall.events import KINDS, Event, Recorded
from server.hall.instant import from_microseconds, to_microseconds
from server.hall.log import Row, from_row, to_row

MOMENTS = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
# What a database takes as text: anything but a zero character and halves of characters.
WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    if get_origin(hint) is tuple:
        return st.lists(WORDS, max_size=3).map(tuple)
    inner = get_args(hint)
    if inner:
        return st.one_of([st.none() if part is type(None) else values_of(part) for part in inner])
    if hint is datetime:
        return MOMENTS
    if hint is date:
        return st.dates()
    if hint is bool:
        return st.booleans()
    if hint is int:
        return st.integers(-(2**31), 2**31 - 1)
    if hint is str:
        return WORDS
    assert issubclass(hint, StrEnum), f"no way to store a {hint}"
    return st.sampled_from(hint)


def events_of(kind: type[Event]) -> st.SearchStrategy[Event]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: values_of(hints[field.name]) for field in fields(kind)})


EVENTS = st.one_of([events_of(kind) for kind in KINDS.values()])


@given(event=EVENTS, seq=st.integers(1, 2**40))
def test_row_and_back(event: Event, seq: int) -> None:
    recorded = Recorded(seq, event)
    row = to_row(recorded)
    assert from_row(row) == recorded
    assert to_row(from_row(row)) == row


@given(event=EVENTS)
def test_data_is_canonical_json(event: Event) -> None:
    data = to_row(Recorded(1, event)).data
    assert data == json.dumps(json.loads(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@given(at=MOMENTS)
def test_microseconds_lose_nothing(at: datetime) -> None:
    assert from_microseconds(to_microseconds(at)) == at


def test_unknown_kind_is_not_skipped() -> None:
    with pytest.raises(KeyError):
        from_row(Row(1, 0, None, None, None, None, "from_the_future", "{}"))
