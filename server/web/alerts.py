"""What somebody has to mend at the hall's devices, for every page that tells of it."""

from __future__ import annotations

from typing import Final

from server.config import Settings
from server.messages import AlertOut, PlaceOut
from server.web.placed import Placed, States, placed

_WELL: Final = frozenset({"ready", "online"})
_PASSING: Final = frozenset({"settling", "unknown"})
_NEAR: Final = "paper_near"
_BY_CLERKS: Final = frozenset({"paper_out", "cover_open", _NEAR})
_OWN: Final = frozenset({"pad", "keypad", "strip"})
_MAY_NOT_ANSWER: Final = frozenset({"pad", "strip"})
_WORST_FIRST: Final = ("printer", "speaker", "display", "keypad", "strip", "pad")


def alerts(states: States, settings: Settings) -> list[AlertOut]:
    """Worst first: what does not work, from printers and speakers to pads, and then what soon will not."""
    found = [(device, what) for device in placed(states, settings) if (what := _what(device)) is not None]
    return [_alert(device, what) for device, what in sorted(found, key=_weight)]


def for_clerk(found: list[AlertOut], window: int) -> list[AlertOut]:
    """Those that the clerk at a window can mend: paper and covers at the kiosks and at hand, and their own devices."""
    return [alert for alert in found if _is_for(alert, window)]


def _what(device: Placed) -> str | None:
    if device.state in _PASSING:
        return None
    if device.state in _WELL:
        return _NEAR if device.paper == "near" else None
    if device.kind == "printer":
        return device.reason or "offline"
    if device.kind in _MAY_NOT_ANSWER and device.reason == "not_answering":
        return f"{device.kind}_not_answering"
    if device.state == "blocked" and device.reason is not None:
        return device.reason
    return f"{device.kind}_offline"


def _weight(found: tuple[Placed, str]) -> tuple[bool, int]:
    device, what = found
    rank = _WORST_FIRST.index(device.kind) if device.kind in _WORST_FIRST else len(_WORST_FIRST)
    return what == _NEAR, rank


def _alert(device: Placed, what: str) -> AlertOut:
    return AlertOut(
        id=f"{device.kind}/{device.ids[0]}/{what}",
        device=device.kind,
        what=what,
        stops=what != _NEAR,
        places=list(device.places),
    )


def _is_for(alert: AlertOut, window: int) -> bool:
    if alert.device in _OWN:
        return any(_is_window(place, window) for place in alert.places)
    return alert.what in _BY_CLERKS and any(p.kind == "kiosk" or _is_window(p, window) for p in alert.places)


def _is_window(place: PlaceOut, window: int) -> bool:
    return place.kind == "window" and place.id == str(window)
