"""Sheets of numbers to be cut out: which ones, and how they lie on A4. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from server.config import Settings
from server.config.hall import ServiceSettings
from server.hall.plan import HallPlan

SHEET = 21
"""Numbers on a page, three by seven."""
MOST = 10 * SHEET


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """`numbers` from `first` to `last` of the service, page by page."""

    service: ServiceSettings
    first: int
    last: int
    pages: tuple[tuple[str, ...], ...]


def paper_sheet(
    settings: Settings, plan: HallPlan, code: str | None, first: int | None, last: int | None
) -> PaperSheet | None:
    """What is asked for, kept within what the hall has for paper; None where it has nothing for it."""
    kept = plan.rules.paper
    if kept is None:
        return None
    service = next((one for one in settings.services if one.code == code), settings.services[0])
    start = min(max(first or kept.first, kept.first), kept.last)
    end = min(max(last or start + SHEET - 1, start), kept.last, start + MOST - 1)
    numbers = [f"{service.prefix}{serial:0{plan.number_width}d}" for serial in range(start, end + 1)]
    pages = tuple(tuple(numbers[at : at + SHEET]) for at in range(0, len(numbers), SHEET))
    return PaperSheet(service, start, end, pages)
