"""What is wrong with pre-numbered paper."""

from __future__ import annotations

from server.hall.errors.base import Conflict, HallError


class NoPaperNumbers(Conflict):
    """The hall keeps no numbers for paper."""

    code = "no_paper_numbers"


class NotOnPaper(HallError):
    """A number outside those that the hall keeps for paper; `numbers` names them."""

    code = "not_on_paper"


class NumbersEntered(Conflict):
    """`numbers` are known already: nothing was entered."""

    code = "numbers_entered"


class TooManyNumbers(HallError):
    """None at all, or more than `most` in one go."""

    code = "too_many_numbers"


class BadTakenTime(HallError):
    """A number is taken today, and not later than now."""

    code = "bad_taken_time"
