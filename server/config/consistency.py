"""Mistakes between sections: names used twice, and names that nothing has.

Works on the file's plain content, so that these are found even where a section has mistakes of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from server.config.settings import ALL_SERVICES

Mistake = tuple[str, str]

_UNIQUE = (
    ("departments", "code"),
    ("services", "code"),
    ("windows", "number"),
    ("kiosks", "id"),
    ("displays", "id"),
    ("pads", "link"),
)
_REFERENCES = (
    ("services", "department", "departments", "code"),
    ("windows", "services", "services", "code"),
    ("displays", "windows", "windows", "number"),
    ("pads", "window", "windows", "number"),
)


def inconsistencies(content: Any) -> Iterator[Mistake]:
    """(path, what is wrong) for each mistake that can be seen in `content`, whatever its shape."""
    for section, field in _UNIQUE:
        yield from _used_twice(content, section, field)
    for section, field, target, key in _REFERENCES:
        yield from _unknown(content, section, field, {value for _, value in _values(content, target, key)})


def _values(content: Any, section: str, field: str) -> Iterator[tuple[str, Any]]:
    """(path, value) of a field in every row of a section; of each member where the value is a list."""
    rows = content.get(section) if isinstance(content, dict) else None
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        value = row.get(field) if isinstance(row, dict) else None
        members = enumerate(value) if isinstance(value, list) else ((None, value),)
        for place, member in members:
            if isinstance(member, str | int):
                where = f"{section}.{index}.{field}"
                yield (where if place is None else f"{where}.{place}"), member


def _used_twice(content: Any, section: str, field: str) -> Iterator[Mistake]:
    seen = set()
    for path, value in _values(content, section, field):
        if value in seen:
            yield path, f"{value!r} is used twice"
        seen.add(value)


def _unknown(content: Any, section: str, field: str, known: set[Any]) -> Iterator[Mistake]:
    for path, value in _values(content, section, field):
        if value not in known and not (field == "services" and value == ALL_SERVICES):
            yield path, f"there is no {value!r}"
