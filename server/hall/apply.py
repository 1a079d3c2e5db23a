"""What each event changes. The one place where a hall's state is written; it decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from server.hall import events as ev
from server.hall.calendar import end_of_day
from server.hall.evaluation import Evaluation, Level, Outcome
from server.hall.printing import PrintJob
from server.hall.state import Call, HallState
from server.hall.ticket import Leg, State, Ticket, Verb
from server.hall.window import Clerk, Pause, WindowState

_APPLY: dict[type[ev.Event], Callable[[HallState, Any], None]] = {}


def apply(state: HallState, recorded: ev.Recorded) -> None:
    """Take one event of the log in, in order."""
    event = recorded.event
    state.seq = recorded.seq
    state.now = event.at
    _APPLY[type(event)](state, event)


def _applies(
    kind: type[ev.Event],
) -> Callable[[Callable[[HallState, Any], None]], Callable[[HallState, Any], None]]:
    def register(function: Callable[[HallState, Any], None]) -> Callable[[HallState, Any], None]:
        _APPLY[kind] = function
        return function

    return register


@_applies(ev.DayOpened)
def _day_opened(state: HallState, event: ev.DayOpened) -> None:
    fresh = HallState.of(state.plan)
    for name in ("windows", "tickets", "tokens", "serials", "lines", "evaluations", "next_lapse", "prints", "calls"):
        setattr(state, name, getattr(fresh, name))
    state.day = event.day
    state.day_ends = end_of_day(event.day, state.plan.zone)


@_applies(ev.DayClosed)
def _day_closed(state: HallState, event: ev.DayClosed) -> None:
    """A summary for the log; the day that opens next empties the hall."""


@_applies(ev.TicketIssued)
def _issued(state: HallState, event: ev.TicketIssued) -> None:
    if event.ticket is None or state.day is None:
        raise ValueError(event)
    ticket = Ticket(
        id=event.ticket,
        number=event.number,
        day=state.day,
        service=event.service,
        priority=event.priority,
        position=state.seq,
        token=event.token,
        kiosk=event.kiosk,
        issued_at=event.at,
        ahead=event.ahead,
        legs=[Leg(index=1, service=event.service, queued_at=event.at)],
    )
    state.tickets[ticket.id] = state.touched[ticket.id] = ticket
    state.tokens[ticket.token] = ticket.id
    state.serials[event.prefix] = event.serial
    state.lines[event.service, event.priority].add(ticket.position, ticket.id)


def _leave_line(state: HallState, ticket: Ticket) -> None:
    state.lines[ticket.service, ticket.priority].remove(ticket.position, ticket.id)


@_applies(ev.TicketCalled)
def _called(state: HallState, event: ev.TicketCalled) -> None:
    ticket = _ticket(state, event)
    _leave_line(state, ticket)
    ticket.state = ticket.after(Verb.CALL)
    leg = ticket.leg
    leg.window, leg.staff = event.window, event.staff
    leg.called_at = leg.last_called_at = event.at
    leg.calls = 1
    window = _window_number(event)
    state.windows[window].ticket = ticket
    state.calls.append(Call(state.seq, event.at, ticket, window, 1))


@_applies(ev.TicketRecalled)
def _recalled(state: HallState, event: ev.TicketRecalled) -> None:
    ticket = _ticket(state, event)
    ticket.state = ticket.after(Verb.RECALL)
    ticket.leg.last_called_at = event.at
    ticket.leg.calls += 1
    state.calls.append(Call(state.seq, event.at, ticket, _window_number(event), ticket.leg.calls))


@_applies(ev.TicketStarted)
def _started(state: HallState, event: ev.TicketStarted) -> None:
    ticket = _ticket(state, event)
    ticket.state = ticket.after(Verb.START)
    ticket.leg.staff = event.staff
    ticket.leg.started_at = ticket.leg.called_at if event.implied else event.at
    ticket.leg.start_implied = event.implied


@_applies(ev.TicketFinished)
def _finished(state: HallState, event: ev.TicketFinished) -> None:
    ticket = _ticket(state, event)
    ticket.leg.finish = event.finish
    _end(state, event, Verb.FINISH)


@_applies(ev.TicketNoShow)
def _no_show(state: HallState, event: ev.TicketNoShow) -> None:
    _end(state, event, Verb.NO_SHOW)


@_applies(ev.TicketCancelled)
def _cancelled(state: HallState, event: ev.TicketCancelled) -> None:
    _leave_line(state, _ticket(state, event))
    _end(state, event, Verb.CANCEL)


@_applies(ev.TicketExpired)
def _expired(state: HallState, event: ev.TicketExpired) -> None:
    ticket = _ticket(state, event)
    if ticket.state is State.WAITING:
        _leave_line(state, ticket)
    _end(state, event, Verb.EXPIRE)


def _end(state: HallState, event: ev.Event, verb: Verb) -> None:
    """The ticket is done with, and leaves the window it stood at, if it stood at one."""
    ticket = _ticket(state, event)
    ticket.state = ticket.after(verb)
    ticket.leg.ended_at = event.at
    if ticket.leg.window is not None:
        state.windows[ticket.leg.window].ticket = None


@_applies(ev.WindowOpened)
def _window_opened(state: HallState, event: ev.WindowOpened) -> None:
    window = state.windows[_window_number(event)]
    window.state = WindowState.OPEN
    window.clerk = Clerk(event.staff or "", event.name, event.work_number, event.post)
    window.pause = None


@_applies(ev.WindowClosed)
def _window_closed(state: HallState, event: ev.WindowClosed) -> None:
    window = state.windows[_window_number(event)]
    window.state = WindowState.CLOSED
    window.clerk = None
    window.pause = None


@_applies(ev.WindowPaused)
def _window_paused(state: HallState, event: ev.WindowPaused) -> None:
    window = state.windows[_window_number(event)]
    window.state = WindowState.PAUSED
    window.pause = Pause(event.reason, event.at, event.until)


@_applies(ev.WindowReopened)
def _window_reopened(state: HallState, event: ev.WindowReopened) -> None:
    window = state.windows[_window_number(event)]
    window.state = WindowState.OPEN
    window.pause = None


@_applies(ev.EvaluationOpened)
def _evaluation_opened(state: HallState, event: ev.EvaluationOpened) -> None:
    ticket = _ticket(state, event)
    window = state.windows[_window_number(event)]
    evaluation = Evaluation(
        token=event.token,
        ticket=ticket.id,
        leg=ticket.leg.index,
        window=window.number,
        staff=event.staff or "",
        opened_at=event.at,
        closes_at=event.closes_at,
    )
    ticket.leg.evaluation = window.evaluation = evaluation
    state.evaluations[evaluation.token] = evaluation
    state.next_lapse = _first_lapse(state)


@_applies(ev.EvaluationVoted)
def _evaluation_voted(state: HallState, event: ev.EvaluationVoted) -> None:
    evaluation = _evaluation(state, event)
    evaluation.outcome = Outcome.VOTED
    evaluation.level = Level(event.level)
    evaluation.channel = event.channel
    evaluation.ended_at = event.at
    state.next_lapse = _first_lapse(state)


@_applies(ev.EvaluationLapsed)
def _evaluation_lapsed(state: HallState, event: ev.EvaluationLapsed) -> None:
    evaluation = _evaluation(state, event)
    evaluation.outcome = Outcome.UNRATED
    evaluation.ended_at = event.at
    state.next_lapse = _first_lapse(state)


@_applies(ev.PressIgnored)
def _press_ignored(state: HallState, event: ev.PressIgnored) -> None:
    """Written down, counted nowhere."""


@_applies(ev.PrintQueued)
def _print_queued(state: HallState, event: ev.PrintQueued) -> None:
    ticket = _ticket(state, event)
    job = PrintJob(event.job, ticket.id, event.kiosk, event.copy, event.marked, event.at)
    ticket.prints.append(job)
    state.prints[job.id] = job


@_applies(ev.PrintReported)
def _print_reported(state: HallState, event: ev.PrintReported) -> None:
    _ticket(state, event)
    job = state.prints[event.job]
    job.state = event.state
    job.reason = event.reason


@_applies(ev.HallReplanned)
def _replanned(state: HallState, event: ev.HallReplanned) -> None:
    """Whoever replays the log has the plan already: it comes from the configuration."""


def _first_lapse(state: HallState) -> datetime | None:
    """Kept, because every command asks for it and few change it."""
    windows = (window.evaluation for window in state.windows.values())
    return min((asked.closes_at for asked in windows if asked is not None and asked.is_open), default=None)


def _ticket(state: HallState, event: ev.Event) -> Ticket:
    if event.ticket is None:
        raise ValueError(event)
    ticket = state.touched[event.ticket] = state.tickets[event.ticket]
    return ticket


def _window_number(event: ev.Event) -> int:
    if event.window is None:
        raise ValueError(event)
    return event.window


def _evaluation(state: HallState, event: ev.Event) -> Evaluation:
    leg = _ticket(state, event).legs[(event.leg or 0) - 1]
    if leg.evaluation is None:
        raise ValueError(event)
    return leg.evaluation
