"""What follows from time alone: evaluations run out, and the business day turns."""

from __future__ import annotations

from datetime import datetime

from server.hall import events as ev
from server.hall.calendar import business_day
from server.hall.evaluation import Evaluation, Lapse
from server.hall.printing import ENDED, PrintState
from server.hall.state import HallState
from server.hall.ticket import Finish, State, Ticket


def due(state: HallState, at: datetime) -> list[ev.Event]:
    """The events that are due at `at`, before anything else can be decided then."""
    if state.day is None or state.day_ends is None:
        return [ev.DayOpened(at=at, day=business_day(at, state.plan.zone))]
    if at >= state.day_ends:
        return [*_close_day(state, at), ev.DayOpened(at=at, day=business_day(at, state.plan.zone))]
    if state.next_lapse is None or at < state.next_lapse:
        return []
    return [
        _lapse(window.evaluation, at, Lapse.TIMEOUT)
        for window in state.windows.values()
        if window.evaluation is not None and window.evaluation.is_open and window.evaluation.closes_at <= at
    ]


def _close_day(state: HallState, at: datetime) -> list[ev.Event]:
    """End everything that is open, so that the next day starts from nothing.

    Who still waits or was called expires and is never counted as served. A service that nobody ended was given, so it
    is finished, marked as ended by the day and without an evaluation.
    """
    if state.day is None:
        return []
    events: list[ev.Event] = []
    expired = 0
    for ticket in state.tickets.values():
        if ticket.state in (State.WAITING, State.CALLED):
            events.append(ev.TicketExpired(at=at, ticket=ticket.id, leg=ticket.leg.index, window=ticket.leg.window))
            expired += 1
        elif ticket.state is State.SERVING:
            events.append(_abandoned(ticket, at))
    for evaluation in state.evaluations.values():
        if evaluation.is_open:
            events.append(_lapse(evaluation, at, Lapse.DAY_CLOSED))
    for job in state.prints.values():
        if job.state not in ENDED:
            end = PrintState.DROPPED if job.state is PrintState.QUEUED else PrintState.UNKNOWN
            events.append(
                ev.PrintReported(at=at, ticket=job.ticket, job=job.id, state=end, reason="day_closed"),
            )
    events.append(ev.DayClosed(at=at, day=state.day, issued=len(state.tickets), expired=expired))
    return events


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
