"""How long each device has been as it is: the devices' own agents do not keep it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

_Key = tuple[str, str]


class Since:
    """Kept from what is seen, so at first from the moment when the hall began to look."""

    def __init__(self) -> None:
        self._known: dict[_Key, tuple[tuple[Any, ...], datetime]] = {}

    def note(self, states: list[dict[str, Any]], now: datetime) -> None:
        """`states` as `Agent.states` tells them, of every device."""
        known = self._known
        self._known = {}
        for device in states:
            key, standing = (device["kind"], device["id"]), (device["state"], device["reason"])
            before = known.get(key)
            self._known[key] = before if before and before[0] == standing else (standing, now)

    def of(self, kind: str, name: str) -> datetime | None:
        found = self._known.get((kind, name))
        return found[1] if found else None
