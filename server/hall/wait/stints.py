"""What a window was taken by, from the events: one stint for each time that a ticket stood there.

A stint begins with a call or a resumption and ends with whatever frees the window. A service that the clerk's next call
ended says how long it took only if somebody had been waiting for that call: else the clerk may have sat idle.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import singledispatchmethod

from server.hall import events as ev
from server.hall.ticket import Finish

_LONGEST = timedelta(hours=3)
_LONGEST_GAP = timedelta(minutes=15)
_WAITED = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Stint:
    """`missing`: nobody came."""

    window: int
    staff: str
    service: str
    began: datetime
    ended: datetime
    missing: bool

    @property
    def took(self) -> timedelta:
        return self.ended - self.began


@dataclass(frozen=True, slots=True)
class Gap:
    """From the end of one stint to the next call, for somebody who had been waiting."""

    window: int
    took: timedelta


@dataclass(slots=True)
class _Open:
    ticket: str
    staff: str
    service: str
    began: datetime
    resumed: bool
    broken: bool = False


class Stints:
    """Told every event, it gives back what that ended."""

    def __init__(self) -> None:
        self._services: dict[str, str] = {}
        self._joined: dict[str, datetime] = {}
        self._open: dict[int, _Open] = {}
        self._free_since: dict[int, datetime] = {}
        self._unsure: dict[int, Stint] = {}

    def observe(self, event: ev.Event) -> Iterator[Stint | Gap]:
        return self._take(event) or iter(())

    @singledispatchmethod
    def _take(self, event: ev.Event) -> Iterator[Stint | Gap] | None:
        return None

    @_take.register
    def _(self, event: ev.DayOpened) -> None:
        self.__init__()  # type: ignore[misc]

    @_take.register
    def _(self, event: ev.TicketIssued) -> None:
        self._stand(event, event.service)

    @_take.register
    def _(self, event: ev.TicketTransferred) -> Iterator[Stint | Gap]:
        ended = self._end(event, missing=False, sure=True)
        self._stand(event, event.service)
        return ended

    @_take.register
    def _(self, event: ev.TicketRejoined) -> None:
        """Straight from a call, or after a no-show: what the window spent on it is no service."""
        if event.window is not None:
            self._open.pop(event.window, None)
        self._joined[event.ticket or ""] = event.at

    @_take.register
    def _(self, event: ev.TicketCalled) -> Iterator[Stint | Gap]:
        window, joined = event.window or 0, self._joined.get(event.ticket or "", event.at)
        unsure, free = self._unsure.pop(window, None), self._free_since.pop(window, None)
        self._begin(event, resumed=False)
        if unsure is not None and unsure.ended == event.at and joined <= event.at - _WAITED:
            yield unsure
        elif free is not None and joined <= free and event.at - free < _LONGEST_GAP:
            yield Gap(window, event.at - free)

    @_take.register
    def _(self, event: ev.TicketResumed) -> None:
        self._begin(event, resumed=True)

    @_take.register
    def _(self, event: ev.TicketHeld) -> Iterator[Stint | Gap]:
        return self._end(event, missing=False, sure=True)

    @_take.register
    def _(self, event: ev.TicketNoShow) -> Iterator[Stint | Gap]:
        return self._end(event, missing=True, sure=True)

    @_take.register
    def _(self, event: ev.TicketFinished) -> Iterator[Stint | Gap] | None:
        if event.finish is Finish.DAY_CLOSED:
            return None
        return self._end(event, missing=False, sure=event.finish is Finish.CLERK)

    @_take.register(ev.WindowPaused | ev.WindowClosed)
    def _(self, event: ev.Event) -> None:
        window = event.window or 0
        self._free_since.pop(window, None)
        if window in self._open:
            self._open[window].broken = True

    def _stand(self, event: ev.Event, service: str) -> None:
        ticket = event.ticket or ""
        self._services[ticket] = service
        self._joined[ticket] = event.at

    def _begin(self, event: ev.Event, *, resumed: bool) -> None:
        ticket = event.ticket or ""
        service = self._services.get(ticket, "")
        self._open[event.window or 0] = _Open(ticket, event.staff or "", service, event.at, resumed)

    def _end(self, event: ev.Event, *, missing: bool, sure: bool) -> Iterator[Stint | Gap]:
        window = event.window or 0
        stint = self._open.pop(window, None)
        self._free_since[window] = event.at
        if stint is None or stint.broken or stint.resumed or event.at - stint.began > _LONGEST:
            return iter(())
        ended = Stint(window, stint.staff, stint.service, stint.began, event.at, missing)
        if sure:
            return iter((ended,))
        self._unsure[window] = ended
        return iter(())
