"""Why no number is given."""

from __future__ import annotations

from server.hall.errors.base import Conflict, HallError, NotFound


class UnknownService(NotFound):
    code = "unknown_service"


class UnknownPriority(NotFound):
    code = "unknown_priority"


class HallClosed(HallError):
    """No numbers are given now; `opens_at` says when again, if it is known."""

    code = "hall_closed"


class QuotaUsed(HallError):
    """All numbers of the service are given; `opens_at` says when there are more, if it is known."""

    code = "quota_used"


class ServiceSuspended(HallError):
    """The service takes no numbers for now; `reason` says why."""

    code = "service_suspended"


class IdentityNeeded(HallError):
    """This hall gives a number only to somebody who says who they are."""

    code = "identity_needed"


class PersonHasNumber(Conflict):
    """One person, one number: `number` is the one they have."""

    code = "person_has_number"


class PersonLimit(Conflict):
    """So many numbers a day are enough for one person."""

    code = "person_limit"
