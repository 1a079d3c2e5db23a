"""What a terminal may ask of a hall, in the imperative. Each names its answer's type; none carries a time of its own.

`seen` on a command from a clerk's screen is the id of the open ticket that screen showed, or "" for none: when the
window has another by now, the command is refused as `StaleScreen` instead of hitting the wrong citizen.
"""

from server.hall.commands.booking import BookAppointment, CancelAppointment, CheckIn, CloseAppointment, MoveAppointment
from server.hall.commands.command import A_co, Command
from server.hall.commands.desk import (
    CloseWindow,
    HandOverWindow,
    OpenWindow,
    PassTime,
    PauseWindow,
    ReceiveHandOver,
    ReopenWindow,
    ResumeService,
    SetWindowServices,
    SuspendService,
)
from server.hall.commands.moving import HoldTicket, Order, ResumeTicket, TransferTicket
from server.hall.commands.notices import Announce, EndAnnouncement, PostNotice, SetRoster, WithdrawNotice
from server.hall.commands.numbers import (
    CancelTicket,
    EnterPaper,
    GivePriority,
    IssueTicket,
    RejoinTicket,
)
from server.hall.commands.paper import PrintAgain, PrintSlip, ReportPrint, ReprintTicket
from server.hall.commands.redress import AppealRating, DecideAppeal, RecordCallBack, TakeStep, VoteAgain
from server.hall.commands.results import CorrectResult, LookIntoReturn, NameDocuments, ReferCitizen
from server.hall.commands.serving import (
    CallNext,
    CallTicket,
    FinishTicket,
    MarkNoShow,
    Recall,
    ServeDirectly,
    Start,
    UndoLast,
    VerifyPriority,
)
from server.hall.commands.voting import (
    CastVote,
    DeclineVote,
    EnterPaperVote,
    ExplainByPhone,
    ExplainVote,
    PressKey,
    VoteByPhone,
)

__all__ = [
    "A_co",
    "Announce",
    "AppealRating",
    "BookAppointment",
    "CallNext",
    "CallTicket",
    "CancelAppointment",
    "CancelTicket",
    "CastVote",
    "CheckIn",
    "CloseAppointment",
    "CloseWindow",
    "Command",
    "CorrectResult",
    "DecideAppeal",
    "DeclineVote",
    "EndAnnouncement",
    "EnterPaper",
    "EnterPaperVote",
    "ExplainByPhone",
    "ExplainVote",
    "FinishTicket",
    "GivePriority",
    "HandOverWindow",
    "HoldTicket",
    "IssueTicket",
    "LookIntoReturn",
    "MarkNoShow",
    "MoveAppointment",
    "NameDocuments",
    "OpenWindow",
    "Order",
    "PassTime",
    "PauseWindow",
    "PostNotice",
    "PressKey",
    "PrintAgain",
    "PrintSlip",
    "Recall",
    "ReceiveHandOver",
    "RecordCallBack",
    "ReferCitizen",
    "RejoinTicket",
    "ReopenWindow",
    "ReportPrint",
    "ReprintTicket",
    "ResumeService",
    "ResumeTicket",
    "ServeDirectly",
    "SetRoster",
    "SetWindowServices",
    "Start",
    "SuspendService",
    "TakeStep",
    "TransferTicket",
    "UndoLast",
    "VerifyPriority",
    "VoteAgain",
    "VoteByPhone",
    "WithdrawNotice",
]
