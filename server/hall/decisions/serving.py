"""叫号, 重呼, 开始, 过号, 办结: one citizen at a time through a window."""

from __future__ import annotations

from server.hall import commands as cmd
from server.hall import events as ev
from server.hall.decisions.decision import Decision, Now, check_seen, open_ticket, staffed_window
from server.hall.decisions.finishing import finishing, starting
from server.hall.decisions.issuing import check_priority, next_number
from server.hall.dispatch import Choice, choose
from server.hall.errors import NotCalledEnough, ReasonNeeded, WindowBusy, WindowPaused
from server.hall.facts import ticket_facts
from server.hall.result import Result
from server.hall.state import HallState
from server.hall.ticket import Finish, Verb
from server.hall.window import Window, WindowState


def call_next(state: HallState, command: cmd.CallNext, now: Now) -> Decision:
    """Finish whoever is at the window, then call whoever is next; nobody waiting is an answer, not an error."""
    window = _calling_window(state, command)
    events = _finish_open(state, window, now, command.result)
    chosen = choose(state, window, now.at)
    if chosen is None:
        return Decision(events)
    ticket = state.tickets[chosen.ticket]
    events.append(_call(window, ticket.id, ticket.leg.index, now, passed=_passed(chosen)))
    return Decision(events, lambda: ticket_facts(ticket))


def call_ticket(state: HallState, command: cmd.CallTicket, now: Now) -> Decision:
    """By number. Whoever is not next is called with a reason only, which the log keeps."""
    window = _calling_window(state, command)
    ticket = state.ticket(command.ticket)
    ticket.after(Verb.CALL)
    chosen = choose(state, window, now.at)
    in_turn = chosen is not None and chosen.ticket == ticket.id
    reason = command.reason.strip() or None
    if not in_turn and reason is None:
        raise ReasonNeeded(number=ticket.number)
    events = _finish_open(state, window, now)
    if chosen is not None and in_turn:
        events.append(_call(window, ticket.id, ticket.leg.index, now, passed=_passed(chosen)))
    else:
        events.append(_call(window, ticket.id, ticket.leg.index, now, reason=reason))
    return Decision(events, lambda: ticket_facts(ticket))


def serve_directly(state: HallState, command: cmd.ServeDirectly, now: Now) -> Decision:
    """A number that is called and started in the same breath, whatever the hours: the citizen is there."""
    window = _calling_window(state, command)
    if window.ticket is not None:
        raise WindowBusy(window=window.number, number=window.ticket.number)
    service = state.service(command.service)
    check_priority(state, command.priority)
    issued = next_number(state, service, now, priority=command.priority, staff=command.staff)
    ticket = issued.ticket or ""
    events: list[ev.Event] = [issued, _call(window, ticket, 1, now)]
    events += starting(window, ticket, 1, now, implied=False)
    return Decision(events, lambda: ticket_facts(state.tickets[ticket]))


def recall(state: HallState, command: cmd.Recall, now: Now) -> Decision:
    window, ticket = open_ticket(state, command)
    ticket.after(Verb.RECALL)
    event = ev.TicketRecalled(
        at=now.at, ticket=ticket.id, leg=ticket.leg.index, window=window.number, staff=command.staff
    )
    return Decision([event], lambda: ticket_facts(ticket))


def start(state: HallState, command: cmd.Start, now: Now) -> Decision:
    window, ticket = open_ticket(state, command)
    ticket.after(Verb.START)
    return Decision(starting(window, ticket.id, ticket.leg.index, now, implied=False), lambda: ticket_facts(ticket))


def mark_no_show(state: HallState, command: cmd.MarkNoShow, now: Now) -> Decision:
    window, ticket = open_ticket(state, command)
    ticket.after(Verb.NO_SHOW)
    needed = state.plan.rules.no_show.calls
    if ticket.leg.calls < needed:
        raise NotCalledEnough(number=ticket.number, calls=ticket.leg.calls, needed=needed)
    event = ev.TicketNoShow(
        at=now.at, ticket=ticket.id, leg=ticket.leg.index, window=window.number, staff=command.staff
    )
    return Decision([event], lambda: ticket_facts(ticket))


def finish_ticket(state: HallState, command: cmd.FinishTicket, now: Now) -> Decision:
    window, ticket = open_ticket(state, command)
    return Decision(finishing(state, window, ticket, now, Finish.CLERK, command.result), lambda: ticket_facts(ticket))


def verify_priority(state: HallState, command: cmd.VerifyPriority, now: Now) -> Decision:
    window, ticket = open_ticket(state, command)
    event = ev.PriorityVerified(
        at=now.at,
        ticket=ticket.id,
        leg=ticket.leg.index,
        window=window.number,
        staff=command.staff,
        verified=command.verified,
    )
    return Decision([event], lambda: ticket_facts(ticket))


def _calling_window(state: HallState, command: cmd.CallNext | cmd.CallTicket | cmd.ServeDirectly) -> Window:
    window = staffed_window(state, command)
    if window.state is WindowState.PAUSED:
        raise WindowPaused(window=window.number)
    check_seen(window, command.seen)
    return window


def _finish_open(state: HallState, window: Window, now: Now, result: Result | None = None) -> list[ev.Event]:
    if window.ticket is None:
        return []
    return finishing(state, window, window.ticket, now, Finish.NEXT_CALL, result)


def _passed(chosen: Choice) -> tuple[str, ...]:
    return tuple(f"{priority} {queue}" for queue, priority in chosen.passed)


def _call(
    window: Window, ticket: str, leg: int, now: Now, *, passed: tuple[str, ...] = (), reason: str | None = None
) -> ev.TicketCalled:
    staff = window.clerk.username if window.clerk else None
    return ev.TicketCalled(
        at=now.at, ticket=ticket, leg=leg, window=window.number, staff=staff, passed=passed, reason=reason
    )
