"""A ticket as it goes over HTTP, showing each reader what is theirs to see."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from server.config import Settings
from server.hall.facts import DocumentNoticeFacts, HoldFacts, LegFacts, PrintFacts, TicketFacts
from server.messages import (
    DocumentNoticeOut,
    EvaluationOut,
    FirstContactOut,
    HoldOut,
    LegOut,
    PrintOut,
    ResultOut,
    TicketOut,
    WaitOut,
)
from server.web.access import staff
from server.web.context import context
from server.web.waits import wait_out


class Reader(Enum):
    """Who looks at a ticket, and so what is theirs to see.

    The status address is for those who have the ticket in hand, names of staff are for staff, and a single vote is for
    neither the clerk nor whoever was handed the paper, nor for a leader whose own service it was. ELSEWHERE is a kiosk
    that knows no more of a ticket than its number, which every screen tells (docs/decisions/0025). ISSUER is a clerk
    who has just given the number, and shows it to the citizen in the paper's stead.
    """

    CITIZEN = "citizen"
    KIOSK = "kiosk"
    ELSEWHERE = "elsewhere"
    CLERK = "clerk"
    ISSUER = "issuer"
    LEADER = "leader"

    @property
    def has_paper(self) -> bool:
        return self in (Reader.CITIZEN, Reader.KIOSK, Reader.ISSUER)

    @property
    def is_staff(self) -> bool:
        return self in (Reader.CLERK, Reader.ISSUER, Reader.LEADER)

    @property
    def sees_votes(self) -> bool:
        return self in (Reader.KIOSK, Reader.LEADER)


def ticket_out(facts: TicketFacts, settings: Settings, reader: Reader) -> TicketOut:
    paper, person = facts["print"], staff()
    username = person.username if person else None
    return TicketOut(
        id=facts["id"],
        number=facts["number"],
        service=facts["service"],
        priority=facts["priority"],
        verified=facts["verified"],
        state=facts["state"],
        ahead=facts["ahead"],
        wait=_wait_out(facts),
        issued_at=facts["issued_at"],
        url=status_url(settings, facts["token"]) if reader.has_paper else None,
        qr_svg_url=f"/t/{facts['token']}/qr.svg" if reader.has_paper else None,
        print=_print_out(paper) if paper else PrintOut(state="none"),
        appointment=facts["appointment"],
        then=facts["then"],
        hold=hold_out(facts["hold"], reader.is_staff) if facts["hold"] else None,
        first=FirstContactOut(**facts["first"]) if facts["first"] and reader.is_staff else None,
        paper=facts["paper"],
        legs=[_leg_out(leg, reader.is_staff) for leg in facts["legs"]],
        evaluations=[_vote_out(leg, reader, username) for leg in facts["legs"] if _voted(leg)],
    )


def _wait_out(facts: TicketFacts) -> WaitOut | None:
    """What was told when the number was taken."""
    at = datetime.fromisoformat(facts["issued_at"])
    return wait_out(tuple(facts["wait"]), at, context().hall.plan, facts["service"])


def _print_out(paper: PrintFacts) -> PrintOut:
    return PrintOut(state=paper["state"], reason=paper["reason"], papers=paper["copy"])


def status_url(settings: Settings, token: str) -> str:
    """The address in the QR code."""
    base = settings.server.public_url or f"http://{settings.server.host}:{settings.server.port}"
    return f"{base.rstrip('/')}/t/{token}"


def hold_out(hold: HoldFacts, named: bool) -> HoldOut:
    """A clerk's remark is for colleagues."""
    return HoldOut(
        kind=hold["kind"],
        window=hold["window"],
        since=hold["since"],
        reason=hold["reason"] if named else "",
        until=hold["until"],
    )


def _leg_out(leg: LegFacts, named: bool) -> LegOut:
    evaluation = leg["evaluation"]
    return LegOut(
        index=leg["index"],
        service=leg["service"],
        window=leg["window"],
        staff=leg["staff"] if named else None,
        queued_at=leg["queued_at"],
        called_at=leg["called_at"],
        calls=leg["calls"],
        started_at=leg["started_at"],
        ended_at=leg["ended_at"],
        finish=leg["finish"],
        held_seconds=leg["held_seconds"],
        note=leg["note"] if named else "",
        evaluation=evaluation["outcome"] if evaluation else None,
        result=ResultOut(**leg["result"]) if leg["result"] and named else None,
        notices=[notice_out(notice) for notice in leg["notices"]] if named else [],
    )


def notice_out(notice: DocumentNoticeFacts) -> DocumentNoticeOut:
    return DocumentNoticeOut.model_validate(notice)


def _voted(leg: LegFacts) -> bool:
    return leg["evaluation"] is not None and leg["evaluation"]["level"] is not None


def _vote_out(leg: LegFacts, reader: Reader, username: str | None) -> EvaluationOut:
    """`username`: of whoever is signed in."""
    evaluation = leg["evaluation"]
    if evaluation is None:
        raise ValueError(leg)
    own = username is not None and leg["staff"] == username
    is_told = reader is Reader.LEADER and not own
    return EvaluationOut(
        level=evaluation["level"] if reader.sees_votes and not own else None,
        channel=evaluation["channel"] or "",
        at=evaluation["at"] or "",
        reasons=evaluation["reasons"] if is_told else [],
        words=evaluation["words"] if is_told else "",
        own=own,
    )
