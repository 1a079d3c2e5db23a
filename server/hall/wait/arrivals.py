"""Who will still come, as far as they may go before somebody who waits: how many an hour, how busy today is."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from server.hall import events as ev
from server.hall.appointment import BookingState
from server.hall.calendar import start_of_day
from server.hall.instant import to_microseconds, to_span
from server.hall.plan import HallPlan
from server.hall.priority import APPOINTMENT, ORDINARY
from server.hall.queues import window_queue
from server.hall.state import HallState
from server.hall.ticket import State
from server.hall.wait.outlook import Coming, Stream

_FADE = 0.93
_HOURS = 24
_USUAL = 15.0
"""Today's share of the usual is taken to be 1 as firmly as if so many had been expected and come."""
_CHANCE = (9.0, 10.0)
"""Of ten booked, nine come, until the hall's own figures say otherwise."""


class Arrivals:
    def __init__(self) -> None:
        self._counts: defaultdict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0.0] * _HOURS)
        self._today: defaultdict[tuple[str, str, str], list[float]] = defaultdict(lambda: [0.0] * _HOURS)
        self._days = 0.0
        self._arrived, self._booked = _CHANCE
        self._early: deque[int] = deque(maxlen=200)
        self._starts: dict[str, datetime] = {}

    def observe(self, event: ev.Event, plan: HallPlan) -> None:
        if isinstance(event, ev.TicketIssued) and event.appointment is None:
            self._today[event.service, event.service, event.priority][plan.local(event.at).hour] += 1
        elif isinstance(event, ev.AppointmentBooked | ev.AppointmentMoved):
            self._starts[event.appointment] = event.start
        elif isinstance(event, ev.AppointmentArrived):
            self._came(event)
        elif isinstance(event, ev.AppointmentMissed):
            self._booked += 1
            self._starts.pop(event.appointment, None)

    def _came(self, event: ev.AppointmentArrived) -> None:
        self._arrived += 1
        self._booked += 1
        start = self._starts.pop(event.appointment, None)
        if start is not None:
            self._early.append(to_span(event.at - start))

    def new_day(self) -> None:
        if any(sum(hours) for hours in self._today.values()):
            self._days = self._days * _FADE + 1
            for hours in self._counts.values():
                hours[:] = [count * _FADE for count in hours]
            for key, hours in self._today.items():
                known = self._counts[key]
                known[:] = [count + more for count, more in zip(known, hours, strict=True)]
        self._today.clear()
        self._arrived, self._booked = self._arrived * 0.98 + 0.02 * _CHANCE[0], self._booked * 0.98 + 0.02 * _CHANCE[1]

    def streams(self, plan: HallPlan, now: datetime) -> list[Stream]:
        """Of the classes above the ordinary; of all where windows help out or weigh, since then anybody may matter."""
        everybody = any(window.overflow or window.weights for window in plan.windows.values())
        if not self._days:
            return []
        local = plan.local(now)
        busy = self._busy(local)
        streams = []
        for (queue, service, priority), hours in sorted(self._counts.items()):
            if service in plan.services and (everybody or plan.priorities.level(priority) > 0):
                rates = [*_rates(hours, self._days / busy, local)]
                streams.append(Stream(queue, service, priority, rates))
        return streams

    def _busy(self, local: datetime) -> float:
        """How many have come today, as a share of those who usually have by now."""
        hour, part = local.hour, local.minute / 60
        usual = come = 0.0
        for hours in self._counts.values():
            usual += (sum(hours[:hour]) + part * hours[hour]) / self._days
        for hours in self._today.values():
            come += sum(hours)
        return (come + _USUAL) / (usual + _USUAL)

    def coming(self, state: HallState, now: datetime) -> Iterator[Coming]:
        """Who is booked for today and has not come, and who wakes from a hold."""
        plan, micros = state.plan, to_microseconds(now)
        ends = state.day_ends
        early = sorted(self._early) or (0,)
        for booking in state.appointments.values():
            service = plan.services.get(booking.service)
            if booking.state is not BookingState.BOOKED or booking.mark is not None or service is None:
                continue
            start = to_microseconds(booking.start)
            if ends is None or booking.start >= ends:
                continue
            when = [start + offset for offset in early if start + offset > micros]
            if not when:
                continue
            share = self._arrived / self._booked
            chance = share * len(when) / len(early)
            chance /= chance + 1 - share
            known = APPOINTMENT in plan.priorities
            late = to_span(service.booking.late) if service.booking else 0
            yield Coming(
                ticket=booking.id,
                queue=booking.service,
                service=booking.service,
                priority=APPOINTMENT if known else ORDINARY,
                when=when,
                turn=start,
                chance=chance,
                late=start + late,
            )
        for ticket in state.held.values():
            hold = ticket.hold
            if ticket.state is State.HELD and hold is not None and hold.until is not None:
                turn = to_microseconds(start_of_day(ticket.day, plan.zone))
                at = max(micros, to_microseconds(hold.until))
                queue = window_queue(hold.window)
                yield Coming(ticket.id, queue, ticket.service, ticket.priority, (at,), turn)


def _rates(hours: Sequence[float], days: float, local: datetime) -> Iterator[tuple[int, float]]:
    hour = local.replace(minute=0, second=0, microsecond=0)
    width = to_span(timedelta(hours=1))
    for number in range(local.hour, _HOURS):
        hour += timedelta(hours=1)
        yield to_microseconds(hour), hours[number] / days / width
