"""What is wrong with a notice, a roster or an announcement."""

from __future__ import annotations

from server.hall.errors.base import Conflict, HallError, NotFound


class UnknownNotice(NotFound):
    code = "unknown_notice"


class UnknownAnnouncement(NotFound):
    """No announcement of today has that id."""

    code = "unknown_announcement"


class TextLength(HallError):
    """Empty, or more than `most` characters."""

    code = "text_length"


class BadSpan(HallError):
    """It would end before it starts, or years away."""

    code = "bad_span"


class AlreadyOver(HallError):
    """A new notice whose end has passed: no screen would ever show it."""

    code = "already_over"


class AnnouncementBounds(HallError):
    """Spoken not at all or more than `most` times, or shown for no time or for more than a day."""

    code = "announcement_bounds"


class RosterOutOfReach(HallError):
    """The day is over, or more than a year ahead."""

    code = "roster_out_of_reach"


class DutyUnclear(HallError):
    """A leader without a name or with a window, or a window's duty without its window."""

    code = "duty_unclear"


class TooManyDuties(HallError):
    """More than `most` on one day."""

    code = "too_many_duties"


class StaleRoster(Conflict):
    """Somebody else has set the roster of that `day` since the caller looked at it."""

    code = "stale_roster"


class TooManyNotices(Conflict):
    """`most` are there: one must be withdrawn first."""

    code = "too_many_notices"


class TooManyAnnouncements(Conflict):
    """`most` are shown: one must be ended first."""

    code = "too_many_announcements"
