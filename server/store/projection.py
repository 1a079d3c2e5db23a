"""What a batch changed, as rows: what reports and people's questions are answered from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from server.hall.appointment import Appointment
from server.hall.evaluation import Evaluation
from server.hall.facts import document_notice_facts, first_contact_facts
from server.hall.instant import to_microseconds, to_span
from server.hall.low_rating import Case
from server.hall.printing import PrintJob
from server.hall.redress_facts import history_facts
from server.hall.ticket import Leg, Ticket

Values = tuple[Any, ...]


@dataclass(slots=True)
class Projection:
    """Rows in the column order of `server.store.tables`. `moved`: ids of tickets that may have changed windows."""

    tickets: list[Values] = field(default_factory=list)
    legs: list[Values] = field(default_factory=list)
    evaluations: list[Values] = field(default_factory=list)
    prints: list[Values] = field(default_factory=list)
    appointments: list[Values] = field(default_factory=list)
    cases: list[Values] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)


def project(
    hall: str,
    tickets: Iterable[Ticket],
    appointments: Iterable[Appointment] = (),
    prints: Iterable[PrintJob] = (),
    evaluations: Iterable[Evaluation] = (),
    cases: Iterable[Case] = (),
) -> Projection:
    """Rows for every ticket given, with its legs, every appointment, every print job, every evaluation
    and every case.

    Tickets that stand at a window come last: the next citizen may only be written once the one before has left.
    """
    rows = Projection(
        appointments=[_appointment_row(hall, appointment) for appointment in appointments],
        prints=[_print_row(hall, job) for job in prints],
        evaluations=[_evaluation_row(hall, evaluation) for evaluation in evaluations],
        cases=[_case_row(hall, case) for case in cases],
    )
    standing: list[Values] = []
    for ticket in tickets:
        day, at_window = ticket.day.isoformat(), ticket.at_window
        (rows.tickets if at_window is None else standing).append(_ticket_row(hall, day, ticket, at_window))
        if at_window is not None and ticket.moved:
            rows.moved.append(ticket.id)
        rows.legs += [_leg_row(hall, day, ticket, leg) for leg in ticket.legs]
    rows.tickets += standing
    return rows


def _json(facts: Any) -> str | None:
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")) if facts else None


def _at(at: datetime | None) -> int | None:
    return None if at is None else to_microseconds(at)


def _ticket_row(hall: str, day: str, ticket: Ticket, at_window: int | None) -> Values:
    return (
        hall,
        ticket.id,
        day,
        ticket.number,
        ticket.service,
        ticket.priority,
        ticket.state.value,
        ticket.token,
        ticket.kiosk,
        ticket.ahead,
        _at(ticket.issued_at),
        _at(ticket.leg.ended_at),
        at_window,
        ticket.verified,
        ticket.appointment,
        _json(first_contact_facts(ticket.first)) if ticket.first else None,
        ticket.paper,
    )


def _leg_row(hall: str, day: str, ticket: Ticket, leg: Leg) -> Values:
    return (
        hall,
        ticket.id,
        leg.index,
        day,
        leg.service,
        leg.window,
        leg.staff,
        _at(leg.queued_at),
        _at(leg.called_at),
        leg.calls,
        _at(leg.started_at),
        leg.start_implied,
        _at(leg.ended_at),
        leg.finish.value if leg.finish else None,
        to_span(leg.held_for),
        leg.result.kind.value if leg.result else None,
        leg.result.quantity if leg.result else None,
        leg.result.note if leg.result else None,
        _json([document_notice_facts(notice) for notice in leg.notices]),
        ticket.person if leg.returned else None,
        leg.returned,
    )


def _appointment_row(hall: str, appointment: Appointment) -> Values:
    return (
        hall,
        appointment.id,
        appointment.code,
        appointment.service,
        _at(appointment.start),
        _at(appointment.end),
        appointment.state.value,
        appointment.mark.value if appointment.mark else None,
        appointment.ticket,
        appointment.staff,
        _at(appointment.booked_at),
    )


def _print_row(hall: str, job: PrintJob) -> Values:
    return (
        hall,
        job.id,
        job.ticket,
        job.printer,
        job.slip.value,
        job.copy,
        job.state.value,
        job.reason,
        _at(job.queued_at),
    )


def _evaluation_row(hall: str, evaluation: Evaluation) -> Values:
    return (
        hall,
        evaluation.ticket,
        evaluation.leg,
        evaluation.day.isoformat(),
        evaluation.service,
        evaluation.window,
        evaluation.staff,
        evaluation.outcome.value,
        None if evaluation.level is None else int(evaluation.level),
        evaluation.channel.value if evaluation.channel else None,
        _at(evaluation.opened_at),
        _at(evaluation.ended_at),
        " ".join(evaluation.reasons),
        evaluation.words,
    )


def _case_row(hall: str, case: Case) -> Values:
    return (
        hall,
        case.ticket,
        case.leg,
        case.service,
        case.window,
        case.staff,
        int(case.level),
        case.channel.value,
        _at(case.opened_at),
        _at(case.verify_by),
        _at(case.close_by),
        case.next.value if case.next else None,
        _at(case.ended_at),
        case.excluded,
        int(case.again.level) if case.again else None,
        _json(history_facts(case)),
    )
