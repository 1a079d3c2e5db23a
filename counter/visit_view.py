"""What a desk knows of the visit before it, and of those it ended last: who was asked first, documents named, results.

Pure.
"""

from __future__ import annotations

from typing import Any

from server.hall.facts import document_notice_facts, first_contact_facts, result_facts
from server.hall.ticket import Leg, Ticket

_SHOWN = 6


def visit_view(ticket: Ticket) -> dict[str, Any]:
    """`first`: 首问责任人, where somebody handed the citizen over; `notices`: 一次性告知书 of the whole visit."""
    return {
        "first": first_contact_facts(ticket.first) if ticket.first else None,
        "notices": [document_notice_facts(notice) for leg in ticket.legs for notice in leg.notices],
        "told_here": bool(ticket.leg.notices),
    }


def ended_view(here: list[Ticket], staff: str, number: int) -> list[dict[str, Any]]:
    """The last legs that `staff` ended at this window with a result, the latest first: what can be put right."""
    legs = [(ticket, leg) for ticket in here for leg in ticket.legs if _is_own(leg, staff, number)]
    latest = sorted(legs, key=lambda pair: str(pair[1].ended_at), reverse=True)[:_SHOWN]
    return [
        {
            "ticket": ticket.id,
            "leg": leg.index,
            "number": ticket.number,
            "service": leg.service,
            "result": result_facts(leg.result) if leg.result else None,
            "notices": [notice.number for notice in leg.notices],
        }
        for ticket, leg in latest
    ]


def _is_own(leg: Leg, staff: str, number: int) -> bool:
    return leg.window == number and leg.staff == staff and leg.result is not None
