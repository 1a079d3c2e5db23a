"""Which places of the hall a device can stand at."""

from __future__ import annotations

import re

from server.config import Settings
from server.told import told
from server.web.devices import ANY, Kind

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")


class PlaceUnknown(Exception):
    """The hall has no such place for a device of this kind; the message names those that it has."""


def check_place(settings: Settings, kind: Kind, place: str) -> None:
    """Raises PlaceUnknown. A kiosk has a printer of its own, so its token is for one kiosk and never for all."""
    if kind is Kind.BOOKING:
        _check_name(place)
        return
    known = _places(settings, kind)
    if place not in known:
        there = ", ".join(known) or told("none at all")
        raise PlaceUnknown(
            told(
                "there is no %(kind)s %(place)r in this hall, only: %(there)s",
                kind=kind.value,
                place=place,
                there=there,
            )
        )


def _check_name(place: str) -> None:
    """A booking system stands nowhere in the hall: its place is the name it is known by."""
    if not _NAME.fullmatch(place):
        raise PlaceUnknown(told("%(place)r is not a name such as city-bookings", place=place))


def _places(settings: Settings, kind: Kind) -> list[str]:
    match kind:
        case Kind.BOOKING:
            return []
        case Kind.KIOSK:
            return [kiosk.id for kiosk in settings.kiosks]
        case Kind.DISPLAY:
            return [*(display.id for display in settings.displays), ANY]
        case Kind.EVALUATOR:
            return [*(str(window.number) for window in settings.windows), ANY]
        case Kind.AGENT:
            return sorted(settings.agents())
