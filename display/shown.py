"""Whether pages show the calls they are given: each acknowledges a call once it is painted. Pure; time comes in."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Final

BLIND: Final = 8.0
"""Seconds after a page was given the newest call; calls of one moment take turns of three seconds on its panel."""

_REMEMBERED: Final = 50

CallKey = tuple[int, str]
"""A call's id and its time, as the page has them."""


@dataclass(slots=True)
class _Page:
    call: CallKey | None = None
    since: float = 0.0
    last: float = float("-inf")
    shown: deque[CallKey] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))


class Acknowledged:
    """By the page's name for itself. Times are seconds of one steady clock."""

    def __init__(self) -> None:
        self._pages: dict[str, _Page] = {}

    def told(self, page: str, call: CallKey | None, now: float) -> None:
        """The newest call whose citizen is awaited, as the page has it now."""
        found = self._pages.setdefault(page, _Page())
        if found.call != call:
            found.call, found.since = call, now

    def shown(self, page: str, call: CallKey, now: float) -> None:
        found = self._pages.setdefault(page, _Page())
        found.last = now
        found.shown.append(call)

    def forget(self, page: str) -> None:
        self._pages.pop(page, None)

    def is_blind(self, page: str, now: float) -> bool:
        """One that shows the calls before is not blind: the newest has its turn after them."""
        found = self._pages.get(page)
        if found is None or found.call is None or found.call in found.shown:
            return False
        return now - max(found.since, found.last) > BLIND
