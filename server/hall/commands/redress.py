"""差评: what leaders do about a low rating, and the citizen's vote afterwards.

`seen` is the revision of the case that the asker knows; None: whatever stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.hall.commands.command import Command
from server.hall.low_rating import Ground, Step


@dataclass(frozen=True, slots=True)
class TakeStep(Command[None]):
    """核实, 整改, 反馈 or 复核. `verdict`: founded, or settled; what 复核 does not find settled goes back to 整改."""

    case: str
    step: Step
    words: str
    staff: str
    verdict: bool | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class RecordCallBack(Command[None]):
    """回访. `called_at` None: just now. It may come in any state of the case, also when that is closed."""

    case: str
    reached: bool
    content: bool | None
    words: str
    staff: str
    called_at: datetime | None = None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class AppealRating(Command[None]):
    """申诉: the vote should not count, as 误评 or 恶意. Steps and deadlines go on meanwhile."""

    case: str
    ground: Ground
    words: str
    staff: str
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class DecideAppeal(Command[None]):
    """By another person than the one who appealed. `granted` excludes the vote and ends the case."""

    case: str
    granted: bool
    words: str
    staff: str
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class VoteAgain(Command[None]):
    """The holder of the ticket, once the hall has answered. The first vote stays what it was."""

    holder: str
    leg: int
    level: int
