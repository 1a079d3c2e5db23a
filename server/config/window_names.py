"""Names inside a window's own sections that nothing has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from server.config.section import Mistake
from server.hall.priority import APPOINTMENT, ORDINARY
from server.told import told


def unknown_in_windows(content: Any) -> Iterator[Mistake]:
    """(path, what is wrong) for services and priority classes that the hall does not have."""
    services = set(_codes(_under(content, "services")))
    classes = {ORDINARY, APPOINTMENT, *_codes(_under(_under(content, "priority"), "classes"))}
    for index, window in enumerate(_rows(_under(content, "windows"))):
        where = f"windows.{index}"
        for place, overflow in enumerate(_rows(_under(window, "overflow"))):
            yield from _unknown(f"{where}.overflow.{place}.service", _under(overflow, "service"), services)
        weights = _under(window, "weights")
        for service in weights if isinstance(weights, dict) else ():
            yield from _unknown(f"{where}.weights.{service}", service, services)
        for place, code in enumerate(_rows(_under(window, "classes"))):
            yield from _unknown(f"{where}.classes.{place}", code, classes)


def _unknown(path: str, code: Any, known: set[Any]) -> Iterator[Mistake]:
    if isinstance(code, str) and code not in known:
        yield path, told("there is no %(value)r", value=code)


def _under(content: Any, name: str) -> Any:
    return content.get(name) if isinstance(content, dict) else None


def _rows(content: Any) -> list[Any]:
    return content if isinstance(content, list) else []


def _codes(rows: Any) -> Iterator[Any]:
    for row in _rows(rows):
        code = _under(row, "code")
        if isinstance(code, str):
            yield code
