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


class QuotaUsed(HallError):
    """All numbers of the service are given; `opens_at` says when there are more, if it is known."""

    code = "quota_used"


class ServiceSuspended(HallError):
    """The service takes no numbers for now; `reason` says why."""

    code = "service_suspended"


class IdentityNeeded(HallError):
    """This hall gives a number only to somebody who says who they are."""

    code = "identity_needed"


class ReasonNeeded(HallError):
    """What was asked for is an exception, and exceptions have a reason in the log."""

    code = "reason_needed"


class WakeTimeNeeded(HallError):
    """等待 without a time in the future at which it ends."""

    code = "wake_time_needed"


class UnknownTarget(NotFound):
    """A transfer to nowhere: not exactly one of service, window and clerk, or to one that does not handle it."""

    code = "unknown_target"


class UnknownAppointment(NotFound):
    code = "unknown_appointment"


class UnknownSlot(NotFound):
    """The service cannot be booked then."""

    code = "unknown_slot"


class UnknownNotice(NotFound):
    code = "unknown_notice"


class UnknownAnnouncement(NotFound):
    """No announcement of today has that id."""

    code = "unknown_announcement"


class UnknownLeg(NotFound):
    """The ticket has no such leg."""

    code = "unknown_leg"


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


class BadPhone(HallError):
    """Not the last four digits of a phone's number."""

    code = "bad_phone"


class TextLength(HallError):
    """Empty, or more than `most` characters."""

    code = "text_length"


class BadSpan(HallError):
    """It would end before it starts, or years away."""

    code = "bad_span"


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


class StaleRoster(Conflict):
    """Somebody else has set the roster of that `day` since the caller looked at it."""

    code = "stale_roster"


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


class NoticeOfThisVisit(Conflict):
    """That notice was given out in this very visit, so it is no earlier return."""

    code = "notice_of_this_visit"


class NoResult(Conflict):
    """No clerk has ended that leg, so there is nothing to put right."""

    code = "no_result"


class NotYourService(Conflict):
    """A colleague served it: they, or a leader, put its result right."""

    code = "not_your_service"


class TooLateToUndo(Conflict):
    code = "too_late_to_undo"


class PersonHasNumber(Conflict):
    """One person, one number: `number` is the one they have."""

    code = "person_has_number"


class PersonLimit(Conflict):
    """So many numbers a day are enough for one person."""

    code = "person_limit"


class SlotFull(Conflict):
    code = "slot_full"


class SeveralAppointments(Conflict):
    """More than one booking of today ends in these digits: the code tells them apart."""

    code = "several_appointments"


class NotToday(Conflict):
    """The booking is for another day; `start` says which."""

    code = "not_today"


class HomeVisit(Conflict):
    """上门: staff come to the citizen, so there is nothing to check in for."""

    code = "home_visit"


class IllegalBooking(Conflict):
    """The booking's state does not allow the verb (`server.hall.appointment.BOOKINGS`)."""

    code = "illegal_booking"


class TooManyNotices(Conflict):
    """`most` are there: one must be withdrawn first."""

    code = "too_many_notices"


class TooManyAnnouncements(Conflict):
    """`most` are shown: one must be ended first."""

    code = "too_many_announcements"


class EvaluationClosed(Conflict):
    """The evaluation is not open any more: time ran out, or the next citizen is being served."""

    code = "evaluation_closed"


class AlreadyVoted(Conflict):
    code = "already_voted"


class AlreadyExplained(Conflict):
    """The vote's reasons have been given."""

    code = "already_explained"


class VotingOver(Conflict):
    """The last day on which a vote for the service could be given has passed."""

    code = "voting_over"


class OwnService(Conflict):
    """A vote from paper is entered by somebody else than the one it is about."""

    code = "own_service"


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


class WrongReason(HallError):
    """`reason` is not on the hall's list, or not for the level that was given."""

    code = "wrong_reason"


class PaperDayWrong(HallError):
    """A form was given out on the day of the service or later, and not after today."""

    code = "paper_day_wrong"


class SitsElsewhere(Conflict):
    """The clerk has a citizen at another window, and nobody serves at two."""

    code = "sits_elsewhere"


class UnreadHandOver(Conflict):
    """What a colleague left here has not been read yet: it would be lost under the next one."""

    code = "unread_hand_over"


class NothingHandedOver(Conflict):
    code = "nothing_handed_over"


class OwnHandOver(Conflict):
    """Whoever wrote it cannot be who received it."""

    code = "own_hand_over"


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


class UnknownLevel(HallError):
    """A level outside 1…5. It is refused, never rounded to a neighbour."""

    code = "unknown_level"


class UnknownCase(NotFound):
    """No low rating that the caller may work on is known under that, or it is too long ago."""

    code = "unknown_case"


class StaleCase(Conflict):
    """Somebody else has worked on the case since the caller looked at it."""

    code = "stale_case"


class CaseEnded(Conflict):
    """The case is closed, or its vote was excluded."""

    code = "case_ended"


class WrongStep(Conflict):
    """Another step comes first; `step` says which."""

    code = "wrong_step"


class AppealPending(Conflict):
    """Somebody has to decide on the appeal first."""

    code = "appeal_pending"


class AlreadyAppealed(Conflict):
    """One appeal for one vote."""

    code = "already_appealed"


class NoAppeal(Conflict):
    """There is no appeal that waits for a decision."""

    code = "no_appeal"


class OwnAppeal(Conflict):
    """Whoever appealed cannot be who decides."""

    code = "own_appeal"


class NotAskedAgain(Conflict):
    """Nobody has answered this vote, so it is not asked for again."""

    code = "not_asked_again"


class VerdictNeeded(HallError):
    """核实 says whether the complaint is founded, 复核 whether the matter is settled; other steps say neither."""

    code = "verdict_needed"


class CallTimeWrong(HallError):
    """A call was made after the vote, and not later than now."""

    code = "call_time_wrong"
