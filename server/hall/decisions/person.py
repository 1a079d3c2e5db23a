"""一人一号: one person has one number, where a hall wants that. People are known by a salted hash alone."""

from __future__ import annotations

from server.hall.commands import IssueTicket
from server.hall.errors import IdentityNeeded, PersonHasNumber, PersonLimit, ReasonNeeded
from server.hall.state import HallState
from server.hall.ticket import State

_OPEN = frozenset({State.WAITING, State.CALLED, State.SERVING, State.HELD})


def check_person(state: HallState, command: IssueTicket) -> None:
    """Raises IdentityNeeded, PersonHasNumber or PersonLimit, unless a clerk makes an exception with a reason."""
    rule = state.plan.rules.person
    if command.exception is not None:
        if command.staff is None or not command.exception.strip():
            raise ReasonNeeded
        return
    if command.person is None:
        if rule.required and command.staff is None:
            raise IdentityNeeded
        return
    tickets = [state.tickets[ticket] for ticket in state.persons.get(command.person, ())]
    same = [t for t in tickets if t.state in _OPEN and t.service == command.service]
    if rule.open_per_service is not None and len(same) >= rule.open_per_service:
        raise PersonHasNumber(number=same[-1].number)
    taken = sum(1 for ticket in tickets if ticket.state is not State.CANCELLED)
    if rule.per_day is not None and taken >= rule.per_day:
        raise PersonLimit(most=rule.per_day)
