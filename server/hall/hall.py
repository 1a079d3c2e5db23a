"""A hall: the one object that commands go into and events come out of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from server.hall import commands as cmd
from server.hall.apply import apply
from server.hall.decisions import (
    booking,
    desk,
    entering,
    first_contact,
    handing_over,
    holding,
    issuing,
    notices,
    paper,
    passing_on,
    redress,
    results,
    returning,
    serving,
    undoing,
    voting,
)
from server.hall.decisions.decision import Decision, Now
from server.hall.decisions.timing import due
from server.hall.errors import HallError
from server.hall.events import Event, HallReplanned, Recorded
from server.hall.plan import HallPlan
from server.hall.replanning import digest_of, take_plan
from server.hall.state import HallState

A = TypeVar("A")

_DECISIONS: dict[type[cmd.Command[Any]], Callable[[HallState, Any, Now], Decision]] = {
    cmd.IssueTicket: issuing.issue_ticket,
    cmd.EnterPaper: entering.enter_paper,
    cmd.CancelTicket: issuing.cancel_ticket,
    cmd.ReprintTicket: paper.reprint_ticket,
    cmd.ReportPrint: paper.report_print,
    cmd.PrintSlip: paper.print_slip,
    cmd.PrintAgain: paper.print_again,
    cmd.OpenWindow: desk.open_window,
    cmd.CloseWindow: desk.close_window,
    cmd.PauseWindow: desk.pause_window,
    cmd.ReopenWindow: desk.reopen_window,
    cmd.HandOverWindow: handing_over.hand_over_window,
    cmd.ReceiveHandOver: handing_over.receive_hand_over,
    cmd.CallNext: serving.call_next,
    cmd.Recall: serving.recall,
    cmd.Start: serving.start,
    cmd.MarkNoShow: serving.mark_no_show,
    cmd.FinishTicket: serving.finish_ticket,
    cmd.CallTicket: serving.call_ticket,
    cmd.ServeDirectly: serving.serve_directly,
    cmd.VerifyPriority: serving.verify_priority,
    cmd.GivePriority: issuing.give_priority,
    cmd.RejoinTicket: returning.rejoin_ticket,
    cmd.HoldTicket: holding.hold_ticket,
    cmd.ResumeTicket: holding.resume_ticket,
    cmd.TransferTicket: passing_on.transfer_ticket,
    cmd.UndoLast: undoing.undo_last,
    cmd.CorrectResult: results.correct_result,
    cmd.NameDocuments: results.name_documents,
    cmd.ReferCitizen: first_contact.refer_citizen,
    cmd.LookIntoReturn: results.look_into_return,
    cmd.SetWindowServices: desk.set_services,
    cmd.SuspendService: desk.suspend_service,
    cmd.ResumeService: desk.resume_service,
    cmd.BookAppointment: booking.book_appointment,
    cmd.MoveAppointment: booking.move_appointment,
    cmd.CancelAppointment: booking.cancel_appointment,
    cmd.CloseAppointment: booking.close_appointment,
    cmd.CheckIn: booking.check_in,
    cmd.PostNotice: notices.post_notice,
    cmd.WithdrawNotice: notices.withdraw_notice,
    cmd.SetRoster: notices.set_roster,
    cmd.Announce: notices.announce,
    cmd.EndAnnouncement: notices.end_announcement,
    cmd.PressKey: voting.press_key,
    cmd.CastVote: voting.cast_vote,
    cmd.DeclineVote: voting.decline_vote,
    cmd.VoteByPhone: voting.vote_by_phone,
    cmd.ExplainVote: voting.explain_vote,
    cmd.ExplainByPhone: voting.explain_by_phone,
    cmd.EnterPaperVote: voting.enter_paper_vote,
    cmd.TakeStep: redress.take_step,
    cmd.RecordCallBack: redress.record_call_back,
    cmd.AppealRating: redress.appeal_rating,
    cmd.DecideAppeal: redress.decide_appeal,
    cmd.VoteAgain: redress.vote_again,
    cmd.PassTime: lambda state, command, now: Decision(),
}


@dataclass(frozen=True, slots=True)
class Reply(Generic[A]):
    """What became of a command. Events may stand beside an error: time passed, though the command was refused."""

    events: list[Recorded]
    answer: A | None = None
    error: HallError | None = None


class Hall:
    """One hall's open business day in memory.

    The same commands with the same times and nonces give the same events; the same events give the same state.
    """

    def __init__(self, plan: HallPlan) -> None:
        self.state = HallState.of(plan)

    def handle(self, command: cmd.Command[A], at: datetime, nonce: str) -> Reply[A]:
        """Decide and apply one command.

        `at` is an aware UTC time; a clock that jumped back is held at the last event's time. `nonce` is an unguessable
        string that this command may use up as a token.
        """
        if self.state.now is not None and at < self.state.now:
            at = self.state.now
        recorded = self._record(due(self.state, at))
        try:
            decision = _DECISIONS[type(command)](self.state, command, Now(at, nonce))
        except HallError as error:
            return Reply(recorded, error=error)
        recorded += self._record(decision.events)
        return Reply(recorded, answer=decision.answer())

    def replan(self, plan: HallPlan, staff: str | None, at: datetime) -> list[Recorded]:
        """Go on under another plan of the same hall, which must have whatever today's log speaks of."""
        if self.state.now is not None and at < self.state.now:
            at = self.state.now
        recorded = self._record(due(self.state, at))
        recorded += self._record([HallReplanned(at=at, staff=staff, digest=digest_of(plan))])
        take_plan(self.state, plan)
        return recorded

    def apply(self, recorded: Recorded) -> None:
        """Take in an event of the log, as decided before."""
        apply(self.state, recorded)

    def _record(self, events: list[Event]) -> list[Recorded]:
        recorded = []
        for event in events:
            entry = Recorded(self.state.seq + 1, event)
            apply(self.state, entry)
            recorded.append(entry)
        return recorded
