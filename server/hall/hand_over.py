"""交接班: what a clerk leaves to whoever sits at the window next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.hall.events import Event, HandOverLapsed, HandOverReceived, WindowClosed, WindowHandedOver

AWAITED = timedelta(minutes=15)
"""So long the numbers that wait for a window stay there while it is closed; then they wait for everybody."""


@dataclass(slots=True)
class HandOver:
    """`staff`, by `name`, left the window at `at` to `to`, or to whoever comes next.

    `ticket`: who was at the window; `held` and `waiting`: ids of what else was open. `received_by` has read it.
    `closed`: when the leaver closed the window later than that, because a citizen was still there. `lapsed`: nobody
    came in time for those who waited.
    """

    window: int
    staff: str
    name: str
    at: datetime
    note: str = ""
    to: str | None = None
    to_name: str = ""
    ticket: str | None = None
    held: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    received_by: str | None = None
    received_at: datetime | None = None
    closed: datetime | None = None
    lapsed: bool = False

    @property
    def is_unread(self) -> bool:
        return self.received_at is None

    @property
    def keeps_line(self) -> bool:
        """Whether somebody is still expected to take the window's own line over."""
        return self.is_unread and not self.lapsed

    @property
    def gives_up_at(self) -> datetime:
        """When nobody is expected any more, if the window is still closed then."""
        return (self.closed or self.at) + AWAITED


def hand_overs(events: Iterable[Event]) -> list[HandOver]:
    """Those of a day, as its log tells them."""
    found: list[HandOver] = []
    for event in events:
        take_hand_over(found, event)
    return found


def take_hand_over(known: list[HandOver], event: Event) -> HandOver | None:
    """The hand-over that the event is about, brought up to date in `known`."""
    if isinstance(event, WindowHandedOver):
        made = HandOver(
            event.window or 0,
            event.staff or "",
            event.name,
            event.at,
            event.note,
            event.to,
            event.to_name,
            event.ticket,
            event.held,
            event.waiting,
        )
        known.append(made)
        return made
    last = next((one for one in reversed(known) if one.window == event.window), None)
    if last is not None and isinstance(event, HandOverReceived):
        last.received_by, last.received_at = event.staff, event.at
    elif last is not None and isinstance(event, HandOverLapsed):
        last.lapsed = True
    elif last is not None and isinstance(event, WindowClosed) and event.staff == last.staff:
        last.closed = event.at
    return last
