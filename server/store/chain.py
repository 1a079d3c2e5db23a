"""The chain that holds a hall's log together: each event's row carries a hash over the row before it and itself.

`chain` of an event is SHA-256 over the 32 bytes of the one before it (of zeros for a hall's first) and the event's
canonical bytes: the UTF-8 of the JSON array [hall, seq, at, ticket, leg, window, staff, kind, data] without spaces and
with every character as it is. So nothing can be changed, removed, inserted or moved without a row that does not follow,
and whoever wrote down the latest chain can tell that the end is missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from server.hall.log import Row

START = bytes(32)
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def link(hall: str, before: bytes, row: Row) -> bytes:
    """The chain of `row`, which comes after one whose chain is `before`."""
    return sha256(before + _ENCODE((hall, *row)).encode()).digest()


def chained(hall: str, head: bytes, rows: Iterable[Row]) -> tuple[list[tuple[Any, ...]], bytes]:
    """(the rows as they stand in the table, the chain of the last one)."""
    whole = []
    for row in rows:
        head = link(hall, head, row)
        whole.append((hall, *row, head))
    return whole, head
