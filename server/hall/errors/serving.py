"""What a window cannot do with a number, or not now."""

from __future__ import annotations

from server.hall.errors.base import Conflict, HallError, NotFound


class UnknownWindow(NotFound):
    code = "unknown_window"


class UnknownTicket(NotFound):
    code = "unknown_ticket"


class ReasonNeeded(HallError):
    """What was asked for is an exception, and exceptions have a reason in the log."""

    code = "reason_needed"


class WakeTimeNeeded(HallError):
    """等待 without a time in the future at which it ends."""

    code = "wake_time_needed"


class UnknownTarget(NotFound):
    """A transfer to nowhere: not exactly one of service, window and clerk, or to one that does not handle it."""

    code = "unknown_target"


class UnknownLeg(NotFound):
    """The ticket has no such leg."""

    code = "unknown_leg"


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


class NotCalledEnough(Conflict):
    """A number is passed only after so many calls; `calls` says how many, `needed` how many are needed."""

    code = "not_called_enough"


class NumberVoid(Conflict):
    """Passed too long ago to come back; `minutes` says within how many it could have."""

    code = "number_void"


class RejoinAtDesk(Conflict):
    """Only a clerk lets numbers that were passed back in."""

    code = "rejoin_at_desk"


class HeldElsewhere(Conflict):
    """The papers are at another window, which alone goes on."""

    code = "held_elsewhere"


class NotServing(Conflict):
    """Only while the citizen is being served."""

    code = "not_serving"


class TooLateToUndo(Conflict):
    code = "too_late_to_undo"
