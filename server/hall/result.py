"""What came of a service: the outcome that the clerk who ended it says it had."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from server.hall.errors import QuantityBounds, TextLength

MOST = 999
LONGEST_NOTE = 200


class ResultKind(StrEnum):
    DONE = "done"  # 办结
    ACCEPTED = "accepted"  # 受理
    SUPPLEMENT = "supplement"  # 补正
    RETURNED = "returned"  # 退回
    CONSULTATION = "consultation"  # 咨询
    REFERRED = "referred"  # 转办

    __hash__ = str.__hash__


RETURNS = frozenset({ResultKind.SUPPLEMENT, ResultKind.RETURNED})
"""The citizen has to come again because something was missing."""
SETTLED = frozenset({ResultKind.DONE, ResultKind.ACCEPTED})
"""Whatever was missing, the matter went its way."""


@dataclass(frozen=True, slots=True)
class Result:
    """`quantity`: 件数, 1 to MOST. `note`: on one line, at most LONGEST_NOTE characters."""

    kind: ResultKind
    quantity: int = 1
    note: str = ""


def checked_result(result: Result) -> Result:
    """With its note on one line. Raises QuantityBounds or TextLength."""
    if not 1 <= result.quantity <= MOST:
        raise QuantityBounds(most=MOST)
    note = " ".join(result.note.split())
    if len(note) > LONGEST_NOTE:
        raise TextLength(most=LONGEST_NOTE)
    return Result(result.kind, result.quantity, note)
