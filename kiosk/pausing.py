"""Kiosks that the staff has told to give no numbers.

Known to the server, so that a page that loads itself anew is still paused and can name the kiosks that are not; but not
in the log: after a restart of the server a kiosk gives numbers again (docs/decisions/0029).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import current_app

EXTENSION = "paused_kiosks"


class PausedKiosks:
    """By their ids; `on_change` is told of every change."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self.on_change: Callable[[], None] = lambda: None

    def __contains__(self, kiosk: object) -> bool:
        return kiosk in self._ids

    def set(self, kiosk: str, *, paused: bool) -> None:
        (self._ids.add if paused else self._ids.discard)(kiosk)
        self.on_change()


def paused_kiosks() -> PausedKiosks:
    """Of the application that answers this request."""
    return cast(PausedKiosks, current_app.extensions[EXTENSION])
