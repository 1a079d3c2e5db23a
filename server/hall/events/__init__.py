"""What happened in a hall, in the past tense: the audit log, the outbox, and all that a hall is rebuilt from."""

from server.hall.events.bookings import (
    AppointmentArrived,
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentClosed,
    AppointmentMissed,
    AppointmentMoved,
)
from server.hall.events.days import DayClosed, DayOpened, HallReplanned
from server.hall.events.desk import (
    ServiceResumed,
    ServiceSuspended,
    WindowClosed,
    WindowOpened,
    WindowPaused,
    WindowReopened,
    WindowServicesSet,
)
from server.hall.events.evaluations import EvaluationLapsed, EvaluationOpened, EvaluationVoted, PressIgnored
from server.hall.events.event import Event, Recorded
from server.hall.events.notices import (
    AnnouncementEnded,
    AnnouncementMade,
    NoticePosted,
    NoticeWithdrawn,
    RosterSet,
)
from server.hall.events.numbers import (
    PriorityGiven,
    PriorityVerified,
    TicketCancelled,
    TicketExpired,
    TicketIssued,
    TicketRejoined,
    TicketRequeued,
)
from server.hall.events.paper import PrintQueued, PrintReported, SlipQueued
from server.hall.events.results import DocumentsNamed, FirstContactRecorded, ResultCorrected, ReturnLookedInto
from server.hall.events.serving import (
    TicketCalled,
    TicketFinished,
    TicketHeld,
    TicketNoShow,
    TicketRecalled,
    TicketReopened,
    TicketResumed,
    TicketStarted,
    TicketTransferred,
    TicketWoken,
)

KINDS: dict[str, type[Event]] = {kind.kind: kind for kind in Event.__subclasses__()}

__all__ = [
    "KINDS",
    "AnnouncementEnded",
    "AnnouncementMade",
    "AppointmentArrived",
    "AppointmentBooked",
    "AppointmentCancelled",
    "AppointmentClosed",
    "AppointmentMissed",
    "AppointmentMoved",
    "DayClosed",
    "DayOpened",
    "DocumentsNamed",
    "EvaluationLapsed",
    "EvaluationOpened",
    "EvaluationVoted",
    "Event",
    "FirstContactRecorded",
    "HallReplanned",
    "NoticePosted",
    "NoticeWithdrawn",
    "PressIgnored",
    "PrintQueued",
    "PrintReported",
    "PriorityGiven",
    "PriorityVerified",
    "Recorded",
    "ResultCorrected",
    "ReturnLookedInto",
    "RosterSet",
    "ServiceResumed",
    "ServiceSuspended",
    "SlipQueued",
    "TicketCalled",
    "TicketCancelled",
    "TicketExpired",
    "TicketFinished",
    "TicketHeld",
    "TicketIssued",
    "TicketNoShow",
    "TicketRecalled",
    "TicketRejoined",
    "TicketReopened",
    "TicketRequeued",
    "TicketResumed",
    "TicketStarted",
    "TicketTransferred",
    "TicketWoken",
    "WindowClosed",
    "WindowOpened",
    "WindowPaused",
    "WindowReopened",
    "WindowServicesSet",
]
