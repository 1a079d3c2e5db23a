"""开始 and 办结: what starting and finishing bring along wherever they happen."""

from __future__ import annotations

from datetime import UTC, date, datetime

from server.hall import events as ev
from server.hall.calendar import end_of_day, start_of_day
from server.hall.decisions.decision import Now
from server.hall.decisions.passing_on import is_served
from server.hall.evaluation import BALLOT_DAYS, Lapse
from server.hall.plan import HallPlan
from server.hall.queues import window_queue
from server.hall.result import Result, checked_result
from server.hall.state import HallState
from server.hall.ticket import Finish, State, Ticket, Verb
from server.hall.window import Window


def starting(window: Window, ticket: str, leg: int, now: Now, *, implied: bool) -> list[ev.Event]:
    """A new citizen is at the window, so a press from now on would be theirs: the one before is asked no longer."""
    started = ev.TicketStarted(
        at=now.at, ticket=ticket, leg=leg, window=window.number, staff=_clerk(window), implied=implied
    )
    return [*asked_no_longer(window, now), started]


def asked_no_longer(window: Window, now: Now, lapse: Lapse = Lapse.NEXT_STARTED) -> list[ev.Event]:
    """Close the evaluation that is still open at the window, if there is one."""
    asked = window.evaluation
    if asked is None or not asked.is_open:
        return []
    return [
        ev.EvaluationLapsed(
            at=now.at, ticket=asked.ticket, leg=asked.leg, window=window.number, staff=asked.staff, lapse=lapse
        )
    ]


def finishing(
    state: HallState, window: Window, ticket: Ticket, now: Now, finish: Finish, result: Result | None = None
) -> list[ev.Event]:
    """Finish, counting an unannounced start as one at the call, and ask for the evaluation.

    Without a `result` the log gets the one that the service usually has. A combined visit, or a ticket that was lent to
    this window, goes on to its next leg instead of ending.
    """
    events: list[ev.Event] = []
    leg = ticket.leg
    if ticket.state is State.CALLED:
        events += starting(window, ticket.id, leg.index, now, implied=True)
    else:
        ticket.after(Verb.FINISH)
    staff = _clerk(window)
    recorded = checked_result(result or Result(state.service(leg.service).result))
    events.append(
        _going_on(state, window, ticket, now, finish, recorded)
        or ev.TicketFinished(
            at=now.at,
            ticket=ticket.id,
            leg=leg.index,
            window=window.number,
            staff=staff,
            finish=finish,
            result=recorded,
        )
    )
    events.append(
        ev.EvaluationOpened(
            at=now.at,
            ticket=ticket.id,
            leg=leg.index,
            window=window.number,
            staff=staff,
            token=now.nonce,
            closes_at=now.at + state.plan.evaluation_timeout,
            service=leg.service,
            holder=ticket.token,
            until=_votes_end(state.plan, ticket.day),
        )
    )
    return events


def _going_on(
    state: HallState, window: Window, ticket: Ticket, now: Now, finish: Finish, result: Result
) -> ev.TicketTransferred | None:
    """Back to the window that lent it or, once nobody is expected there, to everybody's; or on to the next service of
    the visit, by the time it came; None: neither.
    """
    leg = ticket.leg
    if leg.returns_to is not None:
        service = _lent_service(ticket)
        lender = window_queue(leg.returns_to)
        queue = lender if is_served(state, lender) else service
        turn = start_of_day(ticket.day, state.plan.zone)
    elif ticket.then:
        service = queue = ticket.then[0]
        turn = ticket.issued_at
    else:
        return None
    return ev.TicketTransferred(
        at=now.at,
        ticket=ticket.id,
        leg=leg.index,
        window=window.number,
        staff=_clerk(window),
        finish=finish,
        service=service,
        queue=queue,
        turn=turn,
        planned=leg.returns_to is None,
        result=result,
    )


def _votes_end(plan: HallPlan, day: date) -> datetime:
    """Until when a phone may vote for a service of `day`: the end of the next working day."""
    working = plan.hours.next_working_day(day, BALLOT_DAYS)
    return end_of_day(working, plan.zone).astimezone(UTC)


def _lent_service(ticket: Ticket) -> str:
    """What the window that lent the ticket was serving it for."""
    return next(leg.service for leg in reversed(ticket.legs) if leg.returns_to is None)


def _clerk(window: Window) -> str | None:
    return window.clerk.username if window.clerk else None
