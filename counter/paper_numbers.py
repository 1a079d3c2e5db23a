"""Numbers as somebody types them from paper: `801-812, 815`. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from server.hall.decisions.entering import MOST
from server.hall.errors import HallError, TooManyNumbers

_PART = re.compile(r"([A-Z]?)0*(\d{1,6})(?:\s*[-–—~～至到]\s*([A-Z]?)0*(\d{1,6}))?")
_BETWEEN = re.compile(r"[,，、;；\s]+")
_TIGHT = re.compile(r"\s*([-–—~～至到])\s*")


class UnreadableNumbers(HallError):
    """`part` is no number of that service, nor a run of them."""

    code = "unreadable_numbers"


def serials_of(text: str, prefix: str) -> tuple[int, ...]:
    """In the order in which they were typed, each once. Raises UnreadableNumbers, TooManyNumbers."""
    parts = _BETWEEN.split(_TIGHT.sub(r"\1", text.strip().upper()))
    return tuple(dict.fromkeys(serial for part in parts if part for serial in _run(part, prefix)))


def _run(part: str, prefix: str) -> Iterator[int]:
    matched = _PART.fullmatch(part)
    if matched is None or any(letter not in ("", None, prefix) for letter in matched.group(1, 3)):
        raise UnreadableNumbers(part=part)
    first = int(matched[2])
    last = int(matched[4]) if matched[4] is not None else first
    if last < first:
        raise UnreadableNumbers(part=part)
    if last - first >= MOST:
        raise TooManyNumbers(most=MOST)
    yield from range(first, last + 1)
