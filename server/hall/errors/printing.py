"""What cannot be printed, or not once more."""

from __future__ import annotations

from server.hall.errors.base import Conflict, NotFound


class PaperKnown(Conflict):
    """There is or may soon be a paper of it, so its number alone gets no other: the secret stands on that paper."""

    code = "paper_known"


class PapersEnough(Conflict):
    """So many papers of one ticket came out of kiosks that the next one is for the service desk to give."""

    code = "papers_enough"


class UnknownPrintJob(NotFound):
    code = "unknown_print_job"


class PrintJobEnded(Conflict):
    code = "print_job_ended"


class PrintOutOfOrder(Conflict):
    """The job has gone further than that, or not far enough."""

    code = "print_out_of_order"


class PaperComing(Conflict):
    """Its paper is on the way: another one would be a second."""

    code = "paper_coming"


class NotToBePrinted(Conflict):
    """A slip of that kind is not made that way."""

    code = "not_to_be_printed"
