"""What the page of a screen shows, by what the screen is."""

from __future__ import annotations

from datetime import datetime

from display.board import board
from display.messages import Board, SpeakOut, WindowBoard
from display.window_view import window_board
from server.config import Settings
from server.config.screens import DisplaySettings
from server.hall.state import HallState


def screen_view(
    state: HallState, settings: Settings, screen: DisplaySettings, now: datetime, speak: SpeakOut | None = None
) -> Board | WindowBoard:
    """A window's own screen, or the board of a zone or of the hall, at `now` (aware). `speak`: see `board`."""
    if screen.window is not None:
        return window_board(state, settings, screen, screen.window, now, speak)
    return board(state, settings, screen, now, speak)
