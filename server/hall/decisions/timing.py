"""What follows from time alone: evaluations run out, and the business day turns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from server.hall import events as ev
from server.hall.appointment import BookingState
from server.hall.calendar import business_day
from server.hall.decisions.passing_on import is_served, requeued
from server.hall.evaluation import Evaluation, Lapse
from server.hall.hold import HoldKind
from server.hall.printing import ENDED, UNSENT, PrintState
from server.hall.queues import window_queue
from server.hall.state import HallState
from server.hall.ticket import Finish, State, Ticket
from server.hall.window import WindowState

_END = {
    State.WAITING: State.EXPIRED,
    State.CALLED: State.EXPIRED,
    State.HELD: State.EXPIRED,
    State.SERVING: State.FINISHED,
}
"""What becomes of a ticket that is still open when the day closes."""


def due(state: HallState, at: datetime) -> list[ev.Event]:
    """The events that are due at `at`, before anything else can be decided then."""
    if state.day is None or state.day_ends is None:
        return [ev.DayOpened(at=at, day=business_day(at, state.plan.zone))]
    if at >= state.day_ends:
        return [*_close_day(state, at), ev.DayOpened(at=at, day=business_day(at, state.plan.zone))]
    events: list[ev.Event] = []
    if state.next_lapse is not None and at >= state.next_lapse:
        events += _lapses(state, at)
    if state.next_wake is not None and at >= state.next_wake:
        events += _wakes(state, at)
    if state.next_give_up is not None and at >= state.next_give_up:
        events += _given_up(state, at)
    return events


def _lapses(state: HallState, at: datetime) -> Iterator[ev.Event]:
    for window in state.windows.values():
        if window.evaluation is not None and window.evaluation.is_open and window.evaluation.closes_at <= at:
            yield _lapse(window.evaluation, at, Lapse.TIMEOUT)


def _wakes(state: HallState, at: datetime) -> Iterator[ev.Event]:
    """等待 is over: back to the window that holds the papers or, once nobody is expected there, to everybody's."""
    for ticket in state.held.values():
        hold = ticket.hold
        if hold is None or hold.kind is not HoldKind.WAITING or hold.until is None or hold.until > at:
            continue
        queue = window_queue(hold.window)
        if not is_served(state, queue):
            queue = ticket.service
        yield ev.TicketWoken(at=at, ticket=ticket.id, leg=ticket.leg.index, window=hold.window, queue=queue)


def _given_up(state: HallState, at: datetime) -> Iterator[ev.Event]:
    """A window was left to somebody who has not come: its own line has waited for them long enough."""
    for window in state.windows.values():
        left = window.hand_over
        if window.state is WindowState.CLOSED and left is not None and left.keeps_line and left.gives_up_at <= at:
            yield from requeued(state, window_queue(window.number), at)
            yield ev.HandOverLapsed(at=at, window=window.number)


def _close_day(state: HallState, at: datetime) -> list[ev.Event]:
    """End everything that is open, so that the next day starts from nothing.

    Who still waits, was called or is on hold expires and is never counted as served. A service that nobody ended was
    given, so it is finished, marked as ended by the day and without an evaluation.
    """
    if state.day is None:
        return []
    events: list[ev.Event] = []
    ends: Counter[State] = Counter()
    for ticket in state.tickets.values():
        ends[_END.get(ticket.state, ticket.state)] += 1
        if ticket.state in (State.WAITING, State.CALLED, State.HELD):
            events.append(ev.TicketExpired(at=at, ticket=ticket.id, leg=ticket.leg.index, window=ticket.leg.window))
        elif ticket.state is State.SERVING:
            events.append(_abandoned(ticket, at))
    for evaluation in state.evaluations.values():
        if evaluation.is_open:
            events.append(_lapse(evaluation, at, Lapse.DAY_CLOSED))
    for job in state.prints.values():
        if job.state not in ENDED:
            end = PrintState.DROPPED if job.state in UNSENT else PrintState.UNKNOWN
            events.append(
                ev.PrintReported(at=at, ticket=job.ticket, job=job.id, state=end, reason="day_closed"),
            )
    missed = [*_missed(state, at)]
    events += missed
    events.append(
        ev.DayClosed(
            at=at,
            day=state.day,
            issued=len(state.tickets),
            expired=ends[State.EXPIRED],
            finished=ends[State.FINISHED],
            no_show=ends[State.NO_SHOW],
            cancelled=ends[State.CANCELLED],
            missed=len(missed),
        )
    )
    return events


def _missed(state: HallState, at: datetime) -> Iterator[ev.AppointmentMissed]:
    """Whoever was booked for a day that is over, and neither came nor was visited."""
    for appointment in state.appointments.values():
        day = business_day(appointment.start, state.plan.zone)
        if appointment.state is BookingState.BOOKED and day < business_day(at, state.plan.zone):
            yield ev.AppointmentMissed(at=at, appointment=appointment.id)


def _abandoned(ticket: Ticket, at: datetime) -> ev.TicketFinished:
    leg = ticket.leg
    return ev.TicketFinished(
        at=at, ticket=ticket.id, leg=leg.index, window=leg.window, staff=leg.staff, finish=Finish.DAY_CLOSED
    )


def _lapse(evaluation: Evaluation, at: datetime, lapse: Lapse) -> ev.EvaluationLapsed:
    return ev.EvaluationLapsed(
        at=at,
        ticket=evaluation.ticket,
        leg=evaluation.leg,
        window=evaluation.window,
        staff=evaluation.staff,
        lapse=lapse,
    )
