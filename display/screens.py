"""The hall's screens as the server sees them: brought up to date as time passes, and known when they go dark."""

from __future__ import annotations

from typing import Any, Final

from display.screen_feed import ScreenFeed
from server.config import Settings
from server.config.live import LiveSettings
from server.config.screens import DisplaySettings
from server.engine.rounds import Rounds
from server.web.errors import Refused

ROUND: Final = 1.0
"""Seconds. An old call leaves its screen, and an opening hour arrives, without any event."""


def find_screen(settings: Settings, screen_id: str) -> DisplaySettings:
    """The screen with this id. Raises Refused (404)."""
    for screen in settings.displays:
        if screen.id == screen_id:
            return screen
    raise Refused(404, "not_found")


class Screens:
    """The agent that lets time pass on the screens of `feed`."""

    def __init__(self, live: LiveSettings, feed: ScreenFeed) -> None:
        self._live = live
        self._feed = feed
        self._rounds = Rounds("screens", ROUND, self._round)

    def start(self) -> None:
        self._rounds.start()

    def stop(self) -> None:
        self._rounds.stop()

    def states(self) -> list[dict[str, Any]]:
        """A screen is online while a page shows it, and shows the calls it is given."""
        return [self._state(screen) for screen in self._live.now.displays]

    def _round(self) -> None:
        self._feed.refresh()
        for screen in self._live.now.displays:
            self._feed.look(screen.id)

    def _state(self, screen: DisplaySettings) -> dict[str, Any]:
        state, reason = "online", None
        if self._feed.members(screen.id) == 0:
            state, reason = "offline", "not_connected"
        elif self._feed.is_blind(screen.id):
            state, reason = "blocked", "blind"
        return {"kind": "display", "id": screen.id, "state": state, "reason": reason}
