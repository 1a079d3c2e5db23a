"""Which picture a strip should show at a moment: calls that flash, pages in turns. Pure: time comes in."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from display.strip.picture import Picture
from display.strip.texts import Showing

FLASH: Final = 3.0
"""Seconds that a call flashes, once in each; then it stands."""
HALF: Final = 0.5
"""Seconds lit, and seconds dark."""
PAGE: Final = 3.0
"""Seconds for each page."""
FRESH: Final = timedelta(seconds=5)
"""A call that is older when the strip is first told of it stands at once: its citizen has seen it flash elsewhere."""


class StripSession:
    """One strip. `now`: seconds of a steady clock; `at`: the hall's time."""

    def __init__(self, dark: Picture) -> None:
        self._dark = dark
        self._showing: Showing | None = None
        self._since = 0.0
        self._flashes = False

    def picture(self, showing: Showing, now: float, at: datetime, *, dark: bool = True) -> Picture:
        """What of `showing` to show now; without `dark` a call is lit even where its flash would have it dark."""
        if showing != self._showing:
            self._showing, self._since = showing, now
            self._flashes = showing.called_at is not None and at - showing.called_at <= FRESH
        elapsed = now - self._since
        if dark and self._flashes and elapsed < FLASH and int(elapsed / HALF) % 2:
            return self._dark
        return showing.pages[int(elapsed / PAGE) % len(showing.pages)]

    def due_in(self, now: float) -> float | None:
        """Seconds until the picture changes by time alone; None when it does not."""
        if self._showing is None:
            return None
        elapsed = now - self._since
        if self._flashes and elapsed < FLASH:
            return HALF - elapsed % HALF
        return PAGE - elapsed % PAGE if len(self._showing.pages) > 1 else None
