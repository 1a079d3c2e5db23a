"""一次性告知书 as it is printed: what the clerk named, and what the hall knows besides."""

from __future__ import annotations

from datetime import date, datetime

from server.config import Settings
from server.hall.plan import HallPlan
from server.messages.slips import ClerkOnPaper, MissingDocument, MissingDocumentsSlip
from server.web.earlier_returns import KnownNotice


def document_slip(known: KnownNotice, plan: HallPlan, settings: Settings) -> MissingDocumentsSlip:
    """The same for the same notice, whenever it is printed. A service that is gone by now is named by its code."""
    facts = known.facts
    service = next((one for one in settings.services if one.code == known.service), None)
    guide = service.guide if service else None
    first = known.first
    return MissingDocumentsSlip(
        service=service.name if service else known.service,
        documents=tuple(MissingDocument(name=paper["name"], reason=paper["reason"]) for paper in facts["documents"]),
        number=facts["number"],
        barcode=True,
        basis=(guide.basis,) if guide else (),
        due=date.fromisoformat(facts["due"]) if facts["due"] else None,
        phone=(guide.phone if guide else None) or settings.hall.hotline,
        first=ClerkOnPaper(name=first["name"], number=first["work_number"]) if first else None,
        clerk=ClerkOnPaper(name=facts["name"], number=facts["work_number"]),
        at=plan.local(datetime.fromisoformat(facts["at"])),
    )
