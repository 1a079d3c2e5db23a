"""Why a vote does not count."""

from __future__ import annotations

from server.hall.errors.base import Conflict, HallError


class EvaluationClosed(Conflict):
    """The evaluation is not open any more: time ran out, or the next citizen is being served."""

    code = "evaluation_closed"


class AlreadyVoted(Conflict):
    code = "already_voted"


class AlreadyExplained(Conflict):
    """The vote's reasons have been given."""

    code = "already_explained"


class VotingOver(Conflict):
    """The last day on which a vote for the service could be given has passed."""

    code = "voting_over"


class OwnService(Conflict):
    """A vote from paper is entered by somebody else than the one it is about."""

    code = "own_service"


class WrongReason(HallError):
    """`reason` is not on the hall's list, or not for the level that was given."""

    code = "wrong_reason"


class PaperDayWrong(HallError):
    """A form was given out on the day of the service or later, and not after today."""

    code = "paper_day_wrong"


class UnknownLevel(HallError):
    """A level outside 1…5. It is refused, never rounded to a neighbour."""

    code = "unknown_level"
