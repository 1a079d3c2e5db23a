"""What cannot be done about a low rating."""

from __future__ import annotations

from server.hall.errors.base import Conflict, HallError, NotFound


class UnknownCase(NotFound):
    """No low rating that the caller may work on is known under that, or it is too long ago."""

    code = "unknown_case"


class StaleCase(Conflict):
    """Somebody else has worked on the case since the caller looked at it."""

    code = "stale_case"


class CaseEnded(Conflict):
    """The case is closed, or its vote was excluded."""

    code = "case_ended"


class WrongStep(Conflict):
    """Another step comes first; `step` says which."""

    code = "wrong_step"


class AppealPending(Conflict):
    """Somebody has to decide on the appeal first."""

    code = "appeal_pending"


class AlreadyAppealed(Conflict):
    """One appeal for one vote."""

    code = "already_appealed"


class NoAppeal(Conflict):
    """There is no appeal that waits for a decision."""

    code = "no_appeal"


class OwnAppeal(Conflict):
    """Whoever appealed cannot be who decides."""

    code = "own_appeal"


class NotAskedAgain(Conflict):
    """Nobody has answered this vote, so it is not asked for again."""

    code = "not_asked_again"


class VerdictNeeded(HallError):
    """核实 says whether the complaint is founded, 复核 whether the matter is settled; other steps say neither."""

    code = "verdict_needed"


class CallTimeWrong(HallError):
    """A call was made after the vote, and not later than now."""

    code = "call_time_wrong"
