"""What leaders have put on the screens: notices, who is on duty, announcements. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from display.messages import ShownAnnouncementOut, ShownDutyOut
from server.config import Settings
from server.config.screens import DisplaySettings
from server.hall.announcement import AnnouncementKind
from server.hall.roster import DutyRole
from server.hall.state import HallState
from server.voice.hints import readable


def screen_zones(settings: Settings, screen: DisplaySettings) -> frozenset[str] | None:
    """The zones that a screen belongs to; None: it is for the whole hall, and shows what is meant for any of them."""
    if screen.window is not None:
        return frozenset(zone.id for zone in settings.zones if screen.window in zone.windows)
    return None if screen.zone is None else frozenset((screen.zone,))


def posted_notices(state: HallState, zones: frozenset[str] | None, now: datetime) -> list[str]:
    """In the order in which they were posted first."""
    showing = [one for one in state.notices.values() if one.showing(now) and _is_for(one.zones, zones)]
    return [one.text for one in sorted(showing, key=lambda one: one.posted_at)]


def announced(state: HallState, zones: frozenset[str] | None, now: datetime) -> ShownAnnouncementOut | None:
    """The newest emergency, else the newest of all, that is to be shown now."""
    showing = [one for one in reversed(state.announcements.values()) if one.showing(now) and _is_for(one.zones, zones)]
    if not showing:
        return None
    first = max(showing, key=lambda one: (one.kind is AnnouncementKind.EMERGENCY, one.at))
    return ShownAnnouncementOut(id=first.id, kind=first.kind.value, text=readable(first.text), at=first.at.isoformat())


def duties(state: HallState, windows: Collection[int], now: datetime) -> list[ShownDutyOut]:
    """Who is on duty today; of the windows those of the screen alone."""
    roster = state.roster.get(state.plan.local(now).date())
    return [
        ShownDutyOut(
            role=duty.role.value,
            name=duty.name,
            post=duty.post,
            phone=duty.phone,
            photo=photo_url(duty.photo),
            window=duty.window,
        )
        for duty in (roster.duties if roster else ())
        if duty.role is not DutyRole.WINDOW or duty.window in windows
    ]


def windows_on_duty(shown: Collection[ShownDutyOut]) -> Iterator[int]:
    return (duty.window for duty in shown if duty.role == "window" and duty.window is not None)


def photo_url(photo: str | None) -> str | None:
    """A photo's id names its content, so the address may be kept for ever."""
    return None if photo is None else f"/photos/{photo}"


def _is_for(meant: tuple[str, ...], zones: frozenset[str] | None) -> bool:
    return not meant or zones is None or not zones.isdisjoint(meant)
