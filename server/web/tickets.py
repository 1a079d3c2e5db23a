"""A ticket as it goes over HTTP, showing each reader what is theirs to see."""

from __future__ import annotations

from server.config import Settings
from server.hall.facts import LegFacts, TicketFacts
from server.messages import EvaluationOut, LegOut, PrintOut, TicketOut


def ticket_out(facts: TicketFacts, settings: Settings, *, holder: bool = False, levels: bool = False) -> TicketOut:
    """`holder`: the kiosk or the citizen, who may have the status address. `levels`: whoever may see single votes."""
    paper = facts["print"]
    return TicketOut(
        id=facts["id"],
        number=facts["number"],
        service=facts["service"],
        priority=facts["priority"],
        state=facts["state"],
        ahead=facts["ahead"],
        wait=None,
        issued_at=facts["issued_at"],
        url=status_url(settings, facts["token"]) if holder else None,
        qr_svg_url=f"/t/{facts['token']}/qr.svg" if holder else None,
        print=PrintOut(state=paper["state"], reason=paper["reason"]) if paper else PrintOut(state="none"),
        legs=[_leg_out(leg) for leg in facts["legs"]],
        evaluations=[_vote_out(leg, levels) for leg in facts["legs"] if _voted(leg)],
    )


def status_url(settings: Settings, token: str) -> str:
    """The address in the QR code."""
    base = settings.server.public_url or f"http://{settings.server.host}:{settings.server.port}"
    return f"{base.rstrip('/')}/t/{token}"


def _leg_out(leg: LegFacts) -> LegOut:
    evaluation = leg["evaluation"]
    return LegOut(
        index=leg["index"],
        service=leg["service"],
        window=leg["window"],
        staff=leg["staff"],
        queued_at=leg["queued_at"],
        called_at=leg["called_at"],
        calls=leg["calls"],
        started_at=leg["started_at"],
        ended_at=leg["ended_at"],
        evaluation=evaluation["outcome"] if evaluation else None,
    )


def _voted(leg: LegFacts) -> bool:
    return leg["evaluation"] is not None and leg["evaluation"]["level"] is not None


def _vote_out(leg: LegFacts, levels: bool) -> EvaluationOut:
    evaluation = leg["evaluation"]
    if evaluation is None:
        raise ValueError(leg)
    return EvaluationOut(
        level=evaluation["level"] if levels else None,
        channel=evaluation["channel"] or "",
        at=evaluation["at"] or "",
    )
