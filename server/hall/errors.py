"""Why a hall refuses a command: one named error for each reason, worded for people elsewhere."""

from __future__ import annotations

from typing import ClassVar


class HallError(Exception):
    """A refused command. The hall is unchanged.

    `code` is stable and goes over the wire; `params` fill the sentence that a person reads in their own language.
    """

    code: ClassVar[str] = "hall_error"

    def __init__(self, **params: object) -> None:
        super().__init__(f"{self.code} {params}" if params else self.code)
        self.params = params


class NotFound(HallError):
    """The command names something this hall does not have."""


class UnknownService(NotFound):
    code = "unknown_service"


class UnknownWindow(NotFound):
    code = "unknown_window"


class UnknownPriority(NotFound):
    code = "unknown_priority"


class UnknownTicket(NotFound):
    code = "unknown_ticket"


class HallClosed(HallError):
    """No numbers are given now; `opens_at` says when again, if it is known."""

    code = "hall_closed"


class Conflict(HallError):
    """The state forbids it. A fresh look at the hall shows why."""


class WindowClosed(Conflict):
    """Nobody has signed in at the window."""

    code = "window_closed"


class WindowPaused(Conflict):
    code = "window_paused"


class WindowNotPaused(Conflict):
    code = "window_not_paused"


class WindowBusy(Conflict):
    """The window still has an open ticket."""

    code = "window_busy"


class NotYourWindow(Conflict):
    """Another clerk has signed in at the window since."""

    code = "not_your_window"


class NoOpenTicket(Conflict):
    code = "no_open_ticket"


class StaleScreen(Conflict):
    """The caller's screen showed another ticket than the one the window has now."""

    code = "stale_screen"


class IllegalTransition(Conflict):
    """The ticket's state does not allow the verb (`server.hall.ticket.TRANSITIONS`)."""

    code = "illegal_transition"


class EvaluationClosed(Conflict):
    """The evaluation is not open any more: time ran out, or the next citizen is being served."""

    code = "evaluation_closed"


class AlreadyVoted(Conflict):
    code = "already_voted"


class UnknownPrintJob(NotFound):
    code = "unknown_print_job"


class PrintJobEnded(Conflict):
    code = "print_job_ended"


class UnknownLevel(HallError):
    """A level outside 1…5. It is refused, never rounded to a neighbour."""

    code = "unknown_level"
