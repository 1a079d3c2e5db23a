"""首问: whoever was asked first stays responsible, wherever the citizen is sent from there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

LONGEST_NOTE = 80


@dataclass(frozen=True, slots=True)
class FirstContact:
    """首问责任人: `staff` with `name` and `work_number` (工号), asked at `window`.

    `phone`: the citizen's last four digits, where they were given.
    """

    staff: str
    name: str
    work_number: str
    window: int
    at: datetime
    note: str = ""
    phone: str = ""
