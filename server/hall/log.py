"""Events as rows of the log and back, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from enum import StrEnum
from json.encoder import encode_basestring
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from server.hall.document_notice import MissingPaper
from server.hall.events import KINDS, Event, Recorded
from server.hall.instant import from_microseconds, to_microseconds
from server.hall.result import Result
from server.hall.roster import Duty

_SHARED = tuple(field.name for field in fields(Event))
_PARTS: tuple[type, ...] = (Duty, MissingPaper, Result)
"""What an event may hold, alone or in a tuple, beside plain values."""


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


def to_row(recorded: Recorded) -> Row:
    """What stands as the kind's default is left out: rows of before it had that field say the same."""
    event = recorded.event
    return Row(
        recorded.seq,
        to_microseconds(event.at),
        event.ticket,
        event.leg,
        event.window,
        event.staff,
        event.kind,
        _to_object(event),
    )


def from_row(row: Row) -> Recorded:
    """Raises KeyError for a kind this version does not know: a log is never read in part."""
    kind = KINDS[row.kind]
    values = _to_values(kind, json.loads(row.data))
    event = kind(
        at=from_microseconds(row.at), ticket=row.ticket, leg=row.leg, window=row.window, staff=row.staff, **values
    )
    return Recorded(row.seq, event)


def _to_object(holder: object) -> str:
    own = [
        key + _to_json(value)
        for name, key, default in _OWN_KEYS[type(holder)]
        if (value := getattr(holder, name)) != default
    ]
    return f"{{{','.join(own)}}}"


def _to_values(kind: type, own: dict[str, Any]) -> dict[str, Any]:
    decoders = _DECODERS[kind]
    return {
        name: decoders[name](value) if name in decoders and value is not None else value for name, value in own.items()
    }


def _to_json(value: object) -> str:
    """One value of an event. The general encoder of `json` costs three times as much for so few and so plain ones."""
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, date):
        return f'"{value.isoformat()}"'
    if isinstance(value, tuple):
        return f"[{','.join([_to_json(part) for part in value])}]"
    if type(value) in _PARTS:
        return _to_object(value)
    raise TypeError(value)


def _plain_type(hint: Any) -> Any:
    """The type inside `X | None`; a tuple as it is."""
    if get_origin(hint) is tuple:
        return hint
    inner = [argument for argument in get_args(hint) if argument is not type(None)]
    return inner[0] if inner else hint


def _own_types(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    shared = _SHARED if issubclass(kind, Event) else ()
    return {field.name: _plain_type(hints[field.name]) for field in fields(kind) if field.name not in shared}


def _decoder(own: Any) -> Callable[[Any], Any] | None:
    if own in (datetime, date):
        decode: Callable[[Any], Any] = own.fromisoformat
        return decode
    if own in _PARTS:
        return lambda value: own(**_to_values(own, value))
    if get_origin(own) is tuple:
        part = get_args(own)[0]
        return (lambda parts: tuple(part(**_to_values(part, one)) for one in parts)) if part in _PARTS else tuple
    return own if isinstance(own, type) and issubclass(own, StrEnum) else None


def _own_keys(kind: Any) -> tuple[tuple[str, str, object], ...]:
    defaults = {field.name: field.default for field in fields(kind)}
    return tuple((name, f'"{name}":', defaults[name]) for name in sorted(_own_types(kind)))


_OWN_KEYS = {kind: _own_keys(kind) for kind in (*KINDS.values(), *_PARTS)}
_DECODERS = {
    kind: {name: decode for name, own in _own_types(kind).items() if (decode := _decoder(own))}
    for kind in (*KINDS.values(), *_PARTS)
}
