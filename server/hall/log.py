"""Events as rows of the log and back, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple, get_args, get_type_hints

from server.hall.events import KINDS, Event, Recorded

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SHARED = tuple(field.name for field in fields(Event))


class Row(NamedTuple):
    """A row of the event table. `at` counts microseconds since 1970 UTC; `data` is canonical JSON."""

    seq: int
    at: int
    ticket: str | None
    leg: int | None
    window: int | None
    staff: str | None
    kind: str
    data: str


def to_microseconds(at: datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND


def from_microseconds(at: int) -> datetime:
    return _EPOCH + at * _MICROSECOND


def to_row(recorded: Recorded) -> Row:
    event = recorded.event
    own = {name: encode(value) if encode else value for name, encode, value in _own_values(event)}
    data = json.dumps(own, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if own else "{}"
    at = to_microseconds(event.at)
    return Row(recorded.seq, at, event.ticket, event.leg, event.window, event.staff, event.kind, data)


def from_row(row: Row) -> Recorded:
    """Raises KeyError for a kind this version does not know: a log is never read in part."""
    kind = KINDS[row.kind]
    own = json.loads(row.data)
    decoders = _DECODERS[kind]
    values = {
        name: decoders[name](value) if name in decoders and value is not None else value for name, value in own.items()
    }
    event = kind(
        at=from_microseconds(row.at), ticket=row.ticket, leg=row.leg, window=row.window, staff=row.staff, **values
    )
    return Recorded(row.seq, event)


def _own_values(event: Event) -> list[tuple[str, Callable[[Any], Any] | None, Any]]:
    return [
        (name, encode if value is not None else None, value)
        for name, encode in _ENCODERS[type(event)]
        for value in (getattr(event, name),)
    ]


def _plain_type(hint: Any) -> Any:
    """The type inside `X | None`."""
    inner = [argument for argument in get_args(hint) if argument is not type(None)]
    return inner[0] if inner else hint


def _own_types(kind: type[Event]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: _plain_type(hints[field.name]) for field in fields(kind) if field.name not in _SHARED}


def _encoder(own: Any) -> Callable[[Any], Any] | None:
    return own.isoformat if own in (datetime, date) else None


def _decoder(own: Any) -> Callable[[Any], Any] | None:
    if own in (datetime, date):
        decode: Callable[[Any], Any] = own.fromisoformat
        return decode
    return own if isinstance(own, type) and issubclass(own, StrEnum) else None


_ENCODERS = {kind: tuple((name, _encoder(own)) for name, own in _own_types(kind).items()) for kind in KINDS.values()}
_DECODERS = {
    kind: {name: decode for name, own in _own_types(kind).items() if (decode := _decoder(own))}
    for kind in KINDS.values()
}
