"""Numbers on paper, entered afterwards: after a power cut, or where the machine is away."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b

from server.hall import commands as cmd
from server.hall.calendar import start_of_day
from server.hall.decisions.decision import Decision, Now
from server.hall.decisions.issuing import id_of, number_of
from server.hall.decisions.quota import quota_span
from server.hall.errors import BadTakenTime, NoPaperNumbers, NotOnPaper, NumbersEntered, TooManyNumbers
from server.hall.events import TicketIssued
from server.hall.facts import ticket_facts
from server.hall.instant import to_microseconds
from server.hall.plan import ORDINARY, Service
from server.hall.state import HallState

MOST = 200
"""Numbers in one go."""
_LAST = 2**62
"""Behind everybody whose turn counts from the same instant."""


def enter_paper(state: HallState, command: cmd.EnterPaper, now: Now) -> Decision:
    """All of them or none. They queue by the time they were taken, and count for the quota of that time.

    Neither hours nor a used quota refuse them: the citizen holds the number.
    """
    service = state.service(command.service)
    serials = [*dict.fromkeys(command.serials)]
    _check(state, service, serials)
    taken_at = _taken_at(state, command.taken_at, now)
    events = [_entered(state, service, serial, taken_at, nth, command.staff, now) for nth, serial in enumerate(serials)]
    return Decision([*events], lambda: [ticket_facts(state.tickets[event.ticket or ""]) for event in events])


def _check(state: HallState, service: Service, serials: list[int]) -> None:
    paper = state.plan.rules.paper
    if paper is None:
        raise NoPaperNumbers
    if not 1 <= len(serials) <= MOST:
        raise TooManyNumbers(most=MOST)
    numbers = {serial: number_of(state, service.prefix, serial) for serial in serials}
    outside = [numbers[serial] for serial in serials if serial not in paper]
    if outside:
        first, last = (number_of(state, service.prefix, end) for end in (paper.first, paper.last))
        raise NotOnPaper(numbers="、".join(outside), first=first, last=last)
    known = [number for number in numbers.values() if id_of(state, number) in state.tickets]
    if known:
        raise NumbersEntered(numbers="、".join(known))


def _taken_at(state: HallState, told: datetime | None, now: Now) -> datetime:
    if told is None:
        return now.at
    if state.day is None or not start_of_day(state.day, state.plan.zone) <= told <= now.at:
        raise BadTakenTime
    return told


def _entered(
    state: HallState, service: Service, serial: int, taken_at: datetime, nth: int, staff: str, now: Now
) -> TicketIssued:
    number = number_of(state, service.prefix, serial)
    return TicketIssued(
        at=now.at,
        ticket=id_of(state, number),
        leg=1,
        staff=staff,
        number=number,
        serial=serial,
        prefix=service.prefix,
        service=service.code,
        priority=ORDINARY,
        token=blake2b(f"{now.nonce}/{nth}".encode(), digest_size=16).hexdigest(),
        kiosk=None,
        ahead=_ahead(state, service.code, taken_at) + nth,
        span=quota_span(state, service, taken_at),
        turn=taken_at,
        paper=True,
    )


def _ahead(state: HallState, service: str, taken_at: datetime) -> int:
    """How many stand before somebody whose turn counts from then."""
    level, turn = state.plan.priorities.level, (to_microseconds(taken_at), _LAST)
    own, ahead = level(ORDINARY), 0
    for priority, line in state.queues.get(service, {}).items():
        if level(priority) > own:
            ahead += len(line)
        elif level(priority) == own:
            ahead += line.ahead_of(turn)
    return ahead
