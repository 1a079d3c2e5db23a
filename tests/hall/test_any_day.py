"""Any sequence of commands: no ticket lost, none at two windows, and the log is the hall."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from small_hall import CHEN, SmallHall, full_plan
from sound_hall import check_sound

from server.hall import commands as cmd
from server.hall.announcement import AnnouncementKind
from server.hall.appointment import Mark
from server.hall.commands import Order
from server.hall.document_notice import MissingPaper
from server.hall.errors import HallError
from server.hall.evaluation import Evaluation, Outcome
from server.hall.hold import HoldKind
from server.hall.log import from_row, to_row
from server.hall.low_rating import Ground, Step
from server.hall.printing import PrintState
from server.hall.result import Result, ResultKind
from server.hall.roster import Duty, DutyRole
from server.hall.ticket import State
from server.hall.window import Clerk, WindowState

LIU = Clerk("liu", "刘伟")
WINDOWS = st.integers(1, 3)
CLERKS = st.sampled_from([CHEN, LIU])
RARELY = st.sampled_from([False] * 9 + [True])
RESULTS = st.builds(
    Result, st.sampled_from(ResultKind), st.sampled_from([0, 1, 1, 3]), st.sampled_from(["", " 缺\n照片"])
)
PAPERS = (MissingPaper("户口簿", "household-register"), MissingPaper("照片", reason="近期一寸"))
AHEAD = st.sampled_from([0, 1, 1, 2, 2, 3, 24, 50])
SERVICES = st.sampled_from(["insurance", "residence"])
VERBS = st.sampled_from([cmd.CallNext, cmd.CallNext, cmd.Recall, cmd.Start, cmd.MarkNoShow, cmd.FinishTicket])
OPEN = (State.WAITING, State.CALLED, State.SERVING, State.HELD)
PAPER = st.sampled_from([(6,), (7, 8), (8, 9), (8, 8), (9, 10), (5,), ()])
"""Serials: 6 to 9 are kept for paper."""
CLASSES = st.sampled_from(["ordinary", "ordinary", "elderly"])
WHERE = st.sampled_from([{"service": "residence"}, {"service": "insurance"}, {"to_window": 3}, {"to_staff": "liu"}])


class AnyDay(RuleBasedStateMachine):
    """Citizens, clerks and devices doing anything at any time, also what they must not."""

    def __init__(self) -> None:
        super().__init__()
        self.hall = SmallHall(full_plan())
        self.issued: dict[str, str] = {}
        self.bookings: list[str] = []
        self.hall.open(1, 2)
        self.hall.open(3, clerk=LIU)

    def attempt(self, command: cmd.Command[Any]) -> Any:
        """Do it; a refusal must leave no trace but the passing of time."""
        self.hall.do(cmd.PassTime())
        before = [to_row(recorded) for recorded in self.hall.log]
        try:
            return self.hall.do(command)
        except HallError:
            assert [to_row(recorded) for recorded in self.hall.log] == before
            return None

    @rule(window=WINDOWS, clerk=CLERKS, several=st.booleans())
    def sign_in(self, window: int, clerk: Clerk, several: bool) -> None:
        self.attempt(cmd.OpenWindow(window, clerk, several))

    @rule(window=WINDOWS, stranger=RARELY, to=st.sampled_from([None, "chen", "liu", "wang"]))
    def hand_over(self, window: int, stranger: bool, to: str | None) -> None:
        self.hall.do(cmd.PassTime())  # a day that is over has no open ones
        open_before = {t.id for t in self.hall.state.tickets.values() if t.state in OPEN}
        self.attempt(cmd.HandOverWindow(window, self.clerk(window, stranger), "两件待补", to))
        assert {t.id for t in self.hall.state.tickets.values() if t.state in OPEN} == open_before

    @rule(window=WINDOWS, stranger=RARELY)
    def receive_a_hand_over(self, window: int, stranger: bool) -> None:
        self.attempt(cmd.ReceiveHandOver(window, self.clerk(window, stranger)))

    @rule(service=SERVICES, serials=PAPER, minutes=st.sampled_from([None, 0, 5, 600, -1]))
    def enter_paper(self, service: str, serials: tuple[int, ...], minutes: int | None) -> None:
        taken_at = None if minutes is None else self.hall.now - timedelta(minutes=minutes)
        entered = self.attempt(cmd.EnterPaper(service, serials, "chen", taken_at))
        if entered is not None:
            assert [int(ticket["number"][1:]) for ticket in entered] == [*dict.fromkeys(serials)]
            assert all(ticket["paper"] for ticket in entered)

    @rule(window=WINDOWS, stranger=RARELY)
    def sign_out(self, window: int, stranger: bool) -> None:
        self.attempt(cmd.CloseWindow(window, self.clerk(window, stranger)))

    def clerk(self, window: int, stranger: bool) -> str:
        """Rather whoever sits there."""
        clerk = self.hall.state.windows[window].clerk
        return LIU.username if clerk is None or stranger else str(clerk.username)

    def note(self, answer: Any) -> None:
        if answer is not None:
            assert answer["id"] not in self.issued
            self.issued[answer["id"]] = answer["number"]

    def any_ticket(self, data: st.DataObject, *states: State) -> str:
        """Rather one in one of these states, else any, else none."""
        tickets = self.hall.state.tickets.values()
        wanted = [t.id for t in tickets if t.state in states] or [t.id for t in tickets] or ["none"]
        return str(data.draw(st.sampled_from(wanted)))

    @rule(
        service=SERVICES,
        kiosk=st.sampled_from([None, "1"]),
        priority=CLASSES,
        then=st.sampled_from([(), (), ("residence",), ("insurance", "residence")]),
        person=st.sampled_from([None, "wang", "zhao"]),
    )
    def take_a_number(
        self, service: str, kiosk: str | None, priority: str, then: tuple[str, ...], person: str | None
    ) -> None:
        command = cmd.IssueTicket(service, kiosk=kiosk, priority=priority, then=then, person=person)
        self.note(self.attempt(command))

    @rule(
        service=SERVICES,
        window=WINDOWS,
        end=st.sampled_from([cmd.MarkNoShow, cmd.MarkNoShow, cmd.FinishTicket, cmd.FinishTicket, None]),
    )
    def one_citizen(self, service: str, window: int, end: type[cmd.FinishTicket] | None) -> None:
        """The whole way in one step: most of what can go wrong begins at its end."""
        clerk = self.clerk(window, stranger=False)
        self.note(self.attempt(cmd.IssueTicket(service)))
        self.attempt(cmd.CallNext(window, clerk))
        if end is not cmd.MarkNoShow:
            self.attempt(cmd.Start(window, clerk))
        if end is not None:
            self.attempt(end(window, clerk))

    @rule(window=WINDOWS, stranger=RARELY, result=RESULTS, then_next=st.booleans())
    def finish_with_a_result(self, window: int, stranger: bool, result: Result, then_next: bool) -> None:
        verb = cmd.CallNext if then_next else cmd.FinishTicket
        self.attempt(verb(window, self.clerk(window, stranger), result=result))

    @rule(
        leads=st.booleans(),
        result=RESULTS,
        leg=st.integers(0, 3),
        reason=st.sampled_from(["", "点错了"]),
        data=st.data(),
    )
    def correct_a_result(self, leads: bool, result: Result, leg: int, reason: str, data: st.DataObject) -> None:
        ticket = self.any_ticket(data, State.FINISHED)
        self.attempt(cmd.CorrectResult(ticket, leg, result, reason, "liu", leads))

    @rule(window=WINDOWS, stranger=RARELY, papers=st.sampled_from([PAPERS, PAPERS, PAPERS[:1], ()]))
    def name_documents(self, window: int, stranger: bool, papers: tuple[MissingPaper, ...]) -> None:
        clerk = self.clerk(window, stranger)
        self.attempt(cmd.Start(window, clerk))
        self.attempt(cmd.NameDocuments(window, clerk, papers))

    @rule(window=WINDOWS, stranger=RARELY, where=WHERE, phone=st.sampled_from(["", "1234", "12"]))
    def refer_a_citizen(self, window: int, stranger: bool, where: dict[str, Any], phone: str) -> None:
        before = set(self.hall.state.tickets)
        answer = self.attempt(cmd.ReferCitizen(window, self.clerk(window, stranger), phone=phone, **where))
        if answer is not None:
            assert answer["first"] is not None
            if answer["id"] not in before:
                self.note(answer)

    @rule(verb=VERBS, window=WINDOWS, stranger=RARELY)
    def press_a_button(self, verb: type[cmd.CallNext], window: int, stranger: bool) -> None:
        waiting = {t.id for t in self.hall.state.tickets.values() if t.state is State.WAITING}
        answer = self.attempt(verb(window, self.clerk(window, stranger)))
        if verb is cmd.CallNext and answer is not None:
            assert answer["id"] in waiting

    @rule(window=WINDOWS, stranger=RARELY, service=SERVICES, priority=CLASSES)
    def serve_directly(self, window: int, stranger: bool, service: str, priority: str) -> None:
        self.note(self.attempt(cmd.ServeDirectly(window, self.clerk(window, stranger), service, priority)))

    @rule(window=WINDOWS, stranger=RARELY, reason=st.sampled_from(["", "带着婴儿"]), data=st.data())
    def call_by_number(self, window: int, stranger: bool, reason: str, data: st.DataObject) -> None:
        ticket = self.any_ticket(data, State.WAITING)
        self.attempt(cmd.CallTicket(window, self.clerk(window, stranger), ticket, reason))

    @rule(kind=st.sampled_from(HoldKind), window=WINDOWS, stranger=RARELY, minutes=st.sampled_from([None, 1, 1, 90]))
    def hold(self, kind: HoldKind, window: int, stranger: bool, minutes: int | None) -> None:
        until = None if minutes is None else self.hall.now + timedelta(minutes=minutes)
        self.attempt(cmd.Start(window, self.clerk(window, stranger)))
        self.attempt(cmd.HoldTicket(window, self.clerk(window, stranger), kind, "取件", until))

    @rule(window=WINDOWS, stranger=RARELY, data=st.data())
    def resume(self, window: int, stranger: bool, data: st.DataObject) -> None:
        self.attempt(cmd.ResumeTicket(window, self.clerk(window, stranger), self.any_ticket(data, State.HELD)))

    @rule(
        window=WINDOWS,
        stranger=RARELY,
        where=WHERE,
        order=st.sampled_from(Order),
        returns=st.booleans(),
    )
    def transfer(self, window: int, stranger: bool, where: dict[str, Any], order: Order, returns: bool) -> None:
        self.attempt(cmd.TransferTicket(window, self.clerk(window, stranger), order=order, returns=returns, **where))

    @rule(clerk=st.sampled_from([None, "chen", "liu"]), last=st.booleans(), data=st.data())
    def rejoin(self, clerk: str | None, last: bool, data: st.DataObject) -> None:
        ticket = self.any_ticket(data, State.NO_SHOW, State.CALLED)
        self.attempt(cmd.RejoinTicket(ticket, clerk, None if clerk else "1", last))

    @rule(window=WINDOWS, stranger=RARELY, data=st.data())
    def undo(self, window: int, stranger: bool, data: st.DataObject) -> None:
        undoable = self.hall.state.windows[window].undoable
        ticket = undoable[0] if undoable else self.any_ticket(data, State.FINISHED)
        self.attempt(cmd.UndoLast(window, self.clerk(window, stranger), ticket))

    @rule(priority=CLASSES, window=WINDOWS, data=st.data())
    def change_class(self, priority: str, window: int, data: st.DataObject) -> None:
        self.attempt(cmd.GivePriority(self.any_ticket(data, State.WAITING), priority, "现场核实", "chen"))
        self.attempt(cmd.VerifyPriority(window, "chen", verified=priority == "elderly"))

    @rule(window=WINDOWS, services=st.sampled_from([None, None, None, (), ("residence",), ("insurance",)]))
    def open_services(self, window: int, services: tuple[str, ...] | None) -> None:
        self.attempt(cmd.SetWindowServices(window, "chen", services))

    @rule(service=SERVICES, stop=st.sampled_from([True, False, False]))
    def stop_a_service(self, service: str, stop: bool) -> None:
        command = cmd.SuspendService(service, "chen", "停电") if stop else cmd.ResumeService(service, "chen")
        self.attempt(command)

    @rule(
        ahead=st.sampled_from([0, 1, 1, 2, 2, 3, 24, 50]),
        half=st.sampled_from([False, False, False, True]),
        mark=st.sampled_from([None, None, None, Mark.HOME, Mark.EXTENDED]),
    )
    def book(self, ahead: int, half: bool, mark: Mark | None) -> None:
        start = self._full_hour(ahead) + timedelta(minutes=30 * half)
        answer = self.attempt(cmd.BookAppointment("insurance", start, f"{ahead:04d}", mark=mark))
        if answer is not None:
            self.bookings.append(answer["id"])

    @rule(
        ahead=st.sampled_from([0, 1, 1, 2, 2, 3, 24, 50]),
        end=st.sampled_from(["move", "move", "cancel", "close"]),
        data=st.data(),
    )
    def change_a_booking(self, ahead: int, end: str, data: st.DataObject) -> None:
        booking = data.draw(st.sampled_from(self.bookings or ["none"]))
        if end == "move":
            self.attempt(cmd.MoveAppointment(booking, self._full_hour(ahead)))
        elif end == "cancel":
            self.attempt(cmd.CancelAppointment(booking))
        else:
            self.attempt(cmd.CloseAppointment(booking, "chen"))

    @rule(by_phone=st.booleans(), data=st.data())
    def check_in(self, by_phone: bool, data: st.DataObject) -> None:
        known = list(self.hall.state.appointments.values())
        if known:
            booking = data.draw(st.sampled_from(known))
            before = set(self.hall.state.tickets)
            answer = self.attempt(cmd.CheckIn(booking.phone if by_phone else booking.code, kiosk="1"))
            if answer is not None and answer["id"] not in before:
                self.note(answer)

    @rule(
        known=RARELY,
        starts=st.sampled_from([None, -50, -1, 3]),
        ends=st.sampled_from([None, -60, -1, 2, 30]),
        zones=st.sampled_from([(), ("tax",), ("tax", "tax", "east")]),
        data=st.data(),
    )
    def post_or_change_a_notice(
        self, known: bool, starts: int | None, ends: int | None, zones: tuple[str, ...], data: st.DataObject
    ) -> None:
        notice = data.draw(st.sampled_from([*self.hall.state.notices, "none"])) if known else None
        span = (None if hours is None else self.hall.now + timedelta(hours=hours) for hours in (starts, ends))
        self.attempt(cmd.PostNotice(notice, " 今天\n检修 ", *span, zones, "liu"))

    @rule(data=st.data())
    def withdraw_a_notice(self, data: st.DataObject) -> None:
        self.attempt(cmd.WithdrawNotice(data.draw(st.sampled_from([*self.hall.state.notices, "none"])), "liu"))

    @rule(ahead=st.sampled_from([-1, 0, 0, 1, 7]), window=st.sampled_from([1, 2, 9]), nobody=RARELY)
    def set_a_roster(self, ahead: int, window: int, nobody: bool) -> None:
        duties = (Duty(DutyRole.LEADER, "王强", "局长"), Duty(DutyRole.WINDOW, "", window=window))
        day = self.hall.state.plan.local(self.hall.now).date() + timedelta(days=ahead)
        self.attempt(cmd.SetRoster(day, () if nobody else duties, "liu"))

    @rule(kind=st.sampled_from(AnnouncementKind), times=st.sampled_from([1, 3, 6]), minutes=st.sampled_from([1, 600]))
    def announce(self, kind: AnnouncementKind, times: int, minutes: int) -> None:
        self.attempt(cmd.Announce(kind, "还有 30 分钟下班", (), times, timedelta(minutes=minutes), "liu"))

    @rule(data=st.data())
    def end_an_announcement(self, data: st.DataObject) -> None:
        made = data.draw(st.sampled_from([*self.hall.state.announcements, "none"]))
        self.attempt(cmd.EndAnnouncement(made, "liu"))

    def _full_hour(self, ahead: int) -> datetime:
        hour = self.hall.now.replace(minute=0, second=0, microsecond=0)
        return hour + timedelta(hours=ahead)

    @rule(window=WINDOWS, stranger=RARELY, pause=st.booleans())
    def pause_or_reopen(self, window: int, stranger: bool, pause: bool) -> None:
        clerk = self.clerk(window, stranger)
        self.attempt(cmd.PauseWindow(window, clerk, "开会") if pause else cmd.ReopenWindow(window, clerk))

    @rule(data=st.data())
    def give_back(self, data: st.DataObject) -> None:
        if self.issued:
            self.attempt(cmd.CancelTicket(data.draw(st.sampled_from(sorted(self.issued)))))

    @rule(
        window=WINDOWS,
        level=st.sampled_from([None, 0, 1, 3, 4, 5, 5]),
        shown=st.sampled_from(["this", "this", "this", "another", "none", "unknown"]),
        ago=st.sampled_from([0, 0, 0.5, 20, 40, 90_000, None]),
        data=st.data(),
    )
    def press_a_pad(self, window: int, level: int | None, shown: str, ago: float | None, data: st.DataObject) -> None:
        """`ago` seconds, at a pad of another PC that could not tell the server before."""
        self.hall.do(cmd.PassTime())
        known = {asked.token: asked for asked in self._all_asked()}
        voted = {token for token, asked in known.items() if asked.outcome is Outcome.VOTED}
        until = {token: asked.asked_until for token, asked in known.items()}
        token = {"this": self.hall.asked(window), "none": "", "unknown": None}.get(shown)
        if shown == "another" and known:
            token = data.draw(st.sampled_from(sorted(known)))
        age = None if ago is None else timedelta(seconds=ago)
        counted = self.attempt(cmd.PressKey(window, 3, level, token, age))
        now_voted = {asked.token for asked in self._all_asked() if asked.outcome is Outcome.VOTED}
        assert now_voted - voted == ({token} if counted else set())
        if counted:
            asked = known[token]
            made_at = max(self.hall.now, self.hall.state.now) - age
            assert asked.opened_at <= made_at < until[token]
            assert (asked.window, asked.level, asked.ended_at) == (window, level, made_at)

    def _all_asked(self) -> list[Evaluation]:
        """Also those of earlier days."""
        earlier = [asked for ballot in self.hall.state.ballots.values() for asked in ballot.legs.values()]
        return [*self.hall.state.evaluations.values(), *earlier]

    @rule(
        level=st.sampled_from([0, 1, 2, 2, 5]),
        paper=RARELY,
        reasons=st.sampled_from([(), ("214",), ("207", "207"), ("108", "214"), ("999",)]),
        words=st.sampled_from(["", " 等太久\n了 ", "长" * 201]),
        data=st.data(),
    )
    def vote_by_phone_or_on_paper(
        self, level: int, paper: bool, reasons: tuple[str, ...], words: str, data: st.DataObject
    ) -> None:
        if not self.hall.state.ballots:
            return
        ballot = self.hall.state.ballots[data.draw(st.sampled_from(sorted(self.hall.state.ballots)))]
        leg = data.draw(st.sampled_from([*ballot.legs, 9]))
        if paper:
            day = self.hall.state.plan.local(self.hall.now).date()
            self.attempt(cmd.EnterPaperVote(ballot.ticket, leg, level, day, "liu", "意见箱", reasons, words))
            return
        self.attempt(cmd.VoteByPhone(ballot.holder, leg, level))
        self.attempt(cmd.ExplainByPhone(ballot.holder, leg, reasons, words))

    @rule(
        staff=st.sampled_from(["wang", "wang", "zhao", "liu", "chen"]),
        act=st.sampled_from(["step", "step", "step", "step", "call", "appeal", "decide", "again"]),
        yes=st.booleans(),
        blind=RARELY,
        data=st.data(),
    )
    def answer_a_low_rating(self, staff: str, act: str, yes: bool, blind: bool, data: st.DataObject) -> None:
        if not self.hall.state.cases:
            return
        case = self.hall.state.cases[data.draw(st.sampled_from(sorted(self.hall.state.cases)))]
        step = Step.ANSWER if blind or case.next is None else case.next
        verdict = yes if step in (Step.VERIFY, Step.REVIEW) else None
        seen = 0 if blind else case.revision
        self.attempt(
            {
                "step": cmd.TakeStep(case.id, step, " 已核实\n ", staff, verdict, seen),
                "call": cmd.RecordCallBack(case.id, yes, yes, "已回访", staff, seen=seen),
                "appeal": cmd.AppealRating(case.id, Ground.MALICIOUS, "误按", staff, seen),
                "decide": cmd.DecideAppeal(case.id, yes, "同意", staff, seen),
                "again": cmd.VoteAgain(case.holder, case.leg, 5 if yes else 0),
            }[act]
        )

    @rule(end=st.sampled_from(sorted(PrintState)), data=st.data())
    def the_printer_reports(self, end: PrintState, data: st.DataObject) -> None:
        if self.hall.state.prints:
            self.attempt(cmd.ReportPrint(data.draw(st.sampled_from(sorted(self.hall.state.prints))), end))

    @rule(seconds=st.sampled_from([0.2, 0.2, 5, 5, 31, 31, 600, 3600, 40_000]))
    def time_passes(self, seconds: float) -> None:
        self.hall.wait(seconds)

    @rule(seconds=st.sampled_from([1, 3600]))
    def the_clock_jumps_back(self, seconds: float) -> None:
        self.hall.wait(-seconds)

    @invariant()
    def numbers_have_no_gaps(self) -> None:
        days: dict[str, list[int]] = {}
        for ticket, number in self.issued.items():
            days.setdefault(ticket[:6] + number[0], []).append(int(number[1:]))
        machine = [*range(1, 6), *range(10, 1000)]
        assert all(sorted(serials) == machine[: len(serials)] for serials in days.values())

    @invariant()
    def attendance_is_never_negative(self) -> None:
        state = self.hall.state
        if state.day is None:
            return
        attendance, at = state.attendance, max(self.hall.now, state.now)
        for shift in attendance.shifts:
            assert shift.closed is None or shift.opened <= shift.closed
        for absence in attendance.absences:
            assert timedelta() <= absence.overdue(at) <= at - absence.since
        sitting = {(s.window, s.staff) for s in attendance.shifts if s.closed is None}
        assert sitting == {(w.number, w.clerk.username) for w in state.windows.values() if w.clerk}
        away = [a.window for a in attendance.absences if a.ended is None]
        assert sorted(away) == [w.number for w in state.windows.values() if w.state is WindowState.PAUSED]

    @invariant()
    def the_hall_is_sound(self) -> None:
        check_sound(self.hall.state)

    def teardown(self) -> None:
        """The log gives the same hall again, and the same bytes."""
        assert self.hall.replayed().state == self.hall.state
        rows = [to_row(recorded) for recorded in self.hall.log]
        assert [to_row(from_row(row)) for row in rows] == rows
        assert [row.seq for row in rows] == list(range(1, len(rows) + 1))


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(max_examples=200, stateful_step_count=100, deadline=None)
