"""What is wrong with the outcome of a service or its 一次性告知书."""

from __future__ import annotations

from server.hall.errors.base import Conflict, HallError, NotFound


class UnknownDocumentNotice(NotFound):
    """No 一次性告知书 has that number."""

    code = "unknown_document_notice"


class UnknownReturn(NotFound):
    """No second return is known there."""

    code = "unknown_return"


class QuantityBounds(HallError):
    """Less than one piece of work, or more than `most`."""

    code = "quantity_bounds"


class TooManyDocuments(HallError):
    """None at all, or more than `most` on one notice."""

    code = "too_many_documents"


class DueOutOfReach(HallError):
    """The day is over, or more than a year ahead."""

    code = "due_out_of_reach"


class NoticeOfThisVisit(Conflict):
    """That notice was given out in this very visit, so it is no earlier return."""

    code = "notice_of_this_visit"


class NoResult(Conflict):
    """No clerk has ended that leg, so there is nothing to put right."""

    code = "no_result"


class NotYourService(Conflict):
    """A colleague served it: they, or a leader, put its result right."""

    code = "not_your_service"
