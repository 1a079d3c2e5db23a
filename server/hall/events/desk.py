"""Windows and services opened and closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.hall.events.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowOpened(Event):
    kind = "window_opened"
    name: str
    work_number: str = ""
    post: str = ""
    photo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowClosed(Event):
    kind = "window_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowPaused(Event):
    kind = "window_paused"
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowReopened(Event):
    kind = "window_reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowServicesSet(Event):
    """From now on the window handles these, until the day ends; `reset`: what the configuration says again."""

    kind = "window_services_set"
    services: tuple[str, ...] = ()
    reset: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowHandedOver(Event):
    """交接班. `ticket`: who stands at the window; `held` and `waiting`: the ids of what else is left open.

    `name` is the leaver's; `to` the account of who is to take over, None: whoever comes next.
    """

    kind = "window_handed_over"
    name: str
    note: str = ""
    to: str | None = None
    to_name: str = ""
    held: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverReceived(Event):
    """已接收: the successor has read it."""

    kind = "hand_over_received"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverLapsed(Event):
    """Nobody took the window over in time: whoever waited for it waits for everybody."""

    kind = "hand_over_lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSuspended(Event):
    """No more numbers of it today, or until it is resumed."""

    kind = "service_suspended"
    service: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceResumed(Event):
    kind = "service_resumed"
    service: str
