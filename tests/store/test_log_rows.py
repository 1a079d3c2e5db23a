"""Every kind of event goes to a row of the log and back, byte for byte."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.hall.events import KINDS, Event, Recorded, WindowOpened
from server.hall.instant import from_microseconds, to_microseconds
from server.hall.log import Row, from_row, to_row

MOMENTS = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
# What a database takes as text: anything but a zero character and halves of characters.
WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    if get_origin(hint) is tuple:
        part = get_args(hint)[0]
        return st.lists(values_of(part), max_size=3).map(tuple)
    inner = get_args(hint)
    if inner:
        return st.one_of([st.none() if part is type(None) else values_of(part) for part in inner])
    if is_dataclass(hint):
        return st.builds(hint, **values_within(hint))
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


def values_within(kind: Any) -> dict[str, st.SearchStrategy[Any]]:
    hints = get_type_hints(kind)
    return {field.name: values_of(hints[field.name]) for field in fields(kind)}


def events_of(kind: type[Event]) -> st.SearchStrategy[Event]:
    return st.builds(kind, **values_within(kind))


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


def test_window_opened_before_clerks_had_photos_is_read() -> None:
    row = Row(7, 0, None, None, 3, "chen", "window_opened", '{"name":"陈晓兰"}')
    assert from_row(row).event == WindowOpened(
        at=from_microseconds(0), window=3, staff="chen", name="陈晓兰", photo=None
    )


@pytest.mark.parametrize(
    ("kind", "more"), [("ticket_finished", ""), ("ticket_transferred", ',"queue":"b","service":"b"')]
)
def test_services_ended_before_there_were_results_are_read(kind: str, more: str) -> None:
    row = Row(7, 0, "260111A001", 1, 3, "chen", kind, f'{{"finish":"clerk"{more}}}')
    recorded = from_row(row)
    assert recorded.event.result is None  # type: ignore[attr-defined]
    assert to_row(recorded) == row
