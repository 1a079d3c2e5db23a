"""Which window an on-screen evaluator stands at: its page, its feed and its votes ask the same question."""

from __future__ import annotations

from server.config import Settings
from server.web.access import refuse_beside_staff, room_for_device
from server.web.devices import Kind
from server.web.errors import Refused


def window_number(settings: Settings, place: str) -> int:
    """The window named in an address; raises Refused where the hall has none such."""
    for window in settings.windows:
        if str(window.number) == place:
            return window.number
    raise Refused(404, "not_found")


def evaluator_room(settings: Settings) -> str:
    """The room of the connecting page: its window, for a device registered for it, and no clerk signed in beside it."""
    place = room_for_device(Kind.EVALUATOR, "window")
    refuse_beside_staff()
    window_number(settings, place)
    return place
