"""What the hall answers: plain facts, ready for JSON, times as ISO 8601 in UTC."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from server.hall.announcement import Announcement
from server.hall.appointment import Appointment
from server.hall.document_notice import DocumentNotice
from server.hall.evaluation import Evaluation
from server.hall.first_contact import FirstContact
from server.hall.hold import Hold
from server.hall.notice import Notice
from server.hall.printing import PrintJob
from server.hall.result import Result
from server.hall.roster import Duty, Roster
from server.hall.ticket import Leg, Ticket
from server.hall.window import Pause, Window


class EvaluationFacts(TypedDict):
    outcome: str
    level: int | None
    channel: str | None
    at: str | None
    reasons: list[str]
    words: str


class ResultFacts(TypedDict):
    kind: str
    quantity: int
    note: str


class MissingPaperFacts(TypedDict):
    code: str
    name: str
    reason: str


class DocumentNoticeFacts(TypedDict):
    number: str
    at: str
    window: int
    staff: str
    name: str
    work_number: str
    due: str | None
    earlier: str | None
    documents: list[MissingPaperFacts]


class FirstContactFacts(TypedDict):
    """`phone`: the citizen's last four digits."""

    staff: str
    name: str
    work_number: str
    window: int
    at: str
    note: str
    phone: str


class LegFacts(TypedDict):
    index: int
    service: str
    window: int | None
    staff: str | None
    queued_at: str
    called_at: str | None
    calls: int
    started_at: str | None
    ended_at: str | None
    finish: str | None
    held_seconds: int
    note: str
    evaluation: EvaluationFacts | None
    result: ResultFacts | None
    notices: list[DocumentNoticeFacts]


class HoldFacts(TypedDict):
    kind: str
    window: int
    since: str
    reason: str
    until: str | None


class PrintFacts(TypedDict):
    job: str
    copy: int
    marked: bool
    state: str
    reason: str | None


class TicketFacts(TypedDict):
    id: str
    number: str
    day: str
    service: str
    priority: str
    verified: bool | None
    state: str
    ahead: int
    token: str
    kiosk: str | None
    issued_at: str
    appointment: str | None
    then: list[str]
    wait: list[int]
    hold: HoldFacts | None
    first: FirstContactFacts | None
    legs: list[LegFacts]
    print: PrintFacts | None
    paper: bool


class AppointmentFacts(TypedDict):
    """`phone` is the last four digits."""

    id: str
    code: str
    service: str
    start: str
    end: str
    state: str
    phone: str
    name: str
    mark: str | None
    ticket: str | None


class WindowFacts(TypedDict):
    number: int
    state: str
    staff: str | None
    ticket: TicketFacts | None
    pause: PauseFacts | None


class PauseFacts(TypedDict):
    reason: str
    since: str
    until: str | None


class NoticeFacts(TypedDict):
    id: str
    text: str
    starts: str | None
    ends: str | None
    zones: list[str]
    posted_at: str
    staff: str


class DutyFacts(TypedDict):
    role: str
    name: str
    post: str
    phone: str
    photo: str | None
    window: int | None


class RosterFacts(TypedDict):
    day: str
    revision: int
    duties: list[DutyFacts]


class AnnouncementFacts(TypedDict):
    id: str
    kind: str
    text: str
    zones: list[str]
    times: int
    at: str
    ends: str
    staff: str


def moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def evaluation_facts(evaluation: Evaluation) -> EvaluationFacts:
    return {
        "outcome": evaluation.outcome.value,
        "level": None if evaluation.level is None else int(evaluation.level),
        "channel": None if evaluation.channel is None else evaluation.channel.value,
        "at": moment(evaluation.ended_at),
        "reasons": list(evaluation.reasons),
        "words": evaluation.words,
    }


def leg_facts(leg: Leg) -> LegFacts:
    return {
        "index": leg.index,
        "service": leg.service,
        "window": leg.window,
        "staff": leg.staff,
        "queued_at": leg.queued_at.isoformat(),
        "called_at": moment(leg.called_at),
        "calls": leg.calls,
        "started_at": moment(leg.started_at),
        "ended_at": moment(leg.ended_at),
        "finish": leg.finish.value if leg.finish else None,
        "held_seconds": int(leg.held_for.total_seconds()),
        "note": leg.note,
        "evaluation": None if leg.evaluation is None else evaluation_facts(leg.evaluation),
        "result": None if leg.result is None else result_facts(leg.result),
        "notices": [document_notice_facts(notice) for notice in leg.notices],
    }


def result_facts(result: Result) -> ResultFacts:
    return {"kind": result.kind.value, "quantity": result.quantity, "note": result.note}


def document_notice_facts(notice: DocumentNotice) -> DocumentNoticeFacts:
    return {
        "number": notice.number,
        "at": notice.at.isoformat(),
        "window": notice.window,
        "staff": notice.staff,
        "name": notice.name,
        "work_number": notice.work_number,
        "due": notice.due.isoformat() if notice.due else None,
        "earlier": notice.earlier,
        "documents": [{"code": paper.code, "name": paper.name, "reason": paper.reason} for paper in notice.documents],
    }


def first_contact_facts(first: FirstContact) -> FirstContactFacts:
    return {
        "staff": first.staff,
        "name": first.name,
        "work_number": first.work_number,
        "window": first.window,
        "at": first.at.isoformat(),
        "note": first.note,
        "phone": first.phone,
    }


def print_facts(job: PrintJob) -> PrintFacts:
    return {"job": job.id, "copy": job.copy, "marked": job.marked, "state": job.state.value, "reason": job.reason}


def pause_facts(pause: Pause) -> PauseFacts:
    return {"reason": pause.reason, "since": pause.since.isoformat(), "until": moment(pause.until)}


def hold_facts(hold: Hold) -> HoldFacts:
    return {
        "kind": hold.kind.value,
        "window": hold.window,
        "since": hold.since.isoformat(),
        "reason": hold.reason,
        "until": moment(hold.until),
    }


def appointment_facts(appointment: Appointment) -> AppointmentFacts:
    return {
        "id": appointment.id,
        "code": appointment.code,
        "service": appointment.service,
        "start": appointment.start.isoformat(),
        "end": appointment.end.isoformat(),
        "state": appointment.state.value,
        "phone": appointment.phone,
        "name": appointment.name,
        "mark": appointment.mark.value if appointment.mark else None,
        "ticket": appointment.ticket,
    }


def ticket_facts(ticket: Ticket) -> TicketFacts:
    job = ticket.prints[-1] if ticket.prints else None
    return {
        "id": ticket.id,
        "number": ticket.number,
        "day": ticket.day.isoformat(),
        "service": ticket.service,
        "priority": ticket.priority,
        "verified": ticket.verified,
        "state": ticket.state.value,
        "ahead": ticket.ahead,
        "token": ticket.token,
        "kiosk": ticket.kiosk,
        "issued_at": ticket.issued_at.isoformat(),
        "appointment": ticket.appointment,
        "then": list(ticket.then),
        "wait": list(ticket.wait),
        "hold": hold_facts(ticket.hold) if ticket.hold else None,
        "first": first_contact_facts(ticket.first) if ticket.first else None,
        "legs": [leg_facts(leg) for leg in ticket.legs],
        "print": print_facts(job) if job else None,
        "paper": ticket.paper,
    }


def window_facts(window: Window) -> WindowFacts:
    pause = window.pause
    return {
        "number": window.number,
        "state": window.state.value,
        "staff": window.clerk.username if window.clerk else None,
        "ticket": ticket_facts(window.ticket) if window.ticket else None,
        "pause": pause_facts(pause) if pause else None,
    }


def notice_facts(notice: Notice) -> NoticeFacts:
    return {
        "id": notice.id,
        "text": notice.text,
        "starts": moment(notice.starts),
        "ends": moment(notice.ends),
        "zones": list(notice.zones),
        "posted_at": notice.posted_at.isoformat(),
        "staff": notice.staff,
    }


def duty_facts(duty: Duty) -> DutyFacts:
    return {
        "role": duty.role.value,
        "name": duty.name,
        "post": duty.post,
        "phone": duty.phone,
        "photo": duty.photo,
        "window": duty.window,
    }


def roster_facts(day: date, roster: Roster | None) -> RosterFacts:
    """`revision` 0: nobody has set it."""
    return {
        "day": day.isoformat(),
        "revision": roster.revision if roster else 0,
        "duties": [duty_facts(duty) for duty in roster.duties] if roster else [],
    }


def announcement_facts(announcement: Announcement) -> AnnouncementFacts:
    return {
        "id": announcement.id,
        "kind": announcement.kind.value,
        "text": announcement.text,
        "zones": list(announcement.zones),
        "times": announcement.times,
        "at": announcement.at.isoformat(),
        "ends": announcement.ends.isoformat(),
        "staff": announcement.staff,
    }
