"""What a window is doing, in the words of the screens."""

from __future__ import annotations

from typing import Literal

from server.hall.ticket import State
from server.hall.window import Window, WindowState

Standing = Literal["idle", "calling", "serving", "paused", "closed"]


def window_state(window: Window) -> Standing:
    if window.state is WindowState.CLOSED:
        return "closed"
    if window.state is WindowState.PAUSED:
        return "paused"
    if window.ticket is None:
        return "idle"
    return "calling" if window.ticket.state is State.CALLED else "serving"
