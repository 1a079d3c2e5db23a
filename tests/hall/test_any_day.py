"""Any sequence of commands: no ticket lost, none at two windows, and the log is the hall."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from small_hall import CHEN, SmallHall, full_plan

from server.hall import commands as cmd
from server.hall.appointment import BookingState, Mark
from server.hall.commands import Order
from server.hall.errors import HallError
from server.hall.evaluation import Outcome
from server.hall.hold import HoldKind
from server.hall.log import from_row, to_row
from server.hall.printing import PrintState
from server.hall.ticket import AT_WINDOW, Finish, State
from server.hall.window import Clerk, WindowState

WINDOWS = st.integers(1, 3)
CLERKS = st.sampled_from([CHEN, Clerk("liu", "刘伟")])
SERVICES = st.sampled_from(["insurance", "residence"])
VERBS = st.sampled_from([cmd.CallNext, cmd.CallNext, cmd.Recall, cmd.Start, cmd.MarkNoShow, cmd.FinishTicket])
CLASSES = st.sampled_from(["ordinary", "ordinary", "elderly"])
WHERE = st.sampled_from([{"service": "residence"}, {"service": "insurance"}, {"to_window": 3}, {"to_staff": "liu"}])
ENDED = (State.FINISHED, State.NO_SHOW, State.CANCELLED, State.EXPIRED)
SERVED = (Finish.CLERK, Finish.NEXT_CALL)


class AnyDay(RuleBasedStateMachine):
    """Citizens, clerks and devices doing anything at any time, also what they must not."""

    def __init__(self) -> None:
        super().__init__()
        self.hall = SmallHall(full_plan())
        self.issued: dict[str, str] = {}
        self.bookings: list[str] = []

    def attempt(self, command: cmd.Command[Any]) -> Any:
        """Do it; a refusal must leave no trace but the passing of time."""
        self.hall.do(cmd.PassTime())
        before = [to_row(recorded) for recorded in self.hall.log]
        try:
            return self.hall.do(command)
        except HallError:
            assert [to_row(recorded) for recorded in self.hall.log] == before
            return None

    @rule(window=WINDOWS, clerk=CLERKS)
    def sign_in(self, window: int, clerk: Clerk) -> None:
        self.attempt(cmd.OpenWindow(window, clerk))

    @rule(window=WINDOWS, clerk=CLERKS)
    def sign_out(self, window: int, clerk: Clerk) -> None:
        self.attempt(cmd.CloseWindow(window, clerk.username))

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

    @rule(verb=VERBS, window=WINDOWS, clerk=CLERKS)
    def press_a_button(self, verb: type[cmd.CallNext], window: int, clerk: Clerk) -> None:
        waiting = {t.id for t in self.hall.state.tickets.values() if t.state is State.WAITING}
        answer = self.attempt(verb(window, clerk.username))
        if verb is cmd.CallNext and answer is not None:
            assert answer["id"] in waiting

    @rule(window=WINDOWS, clerk=CLERKS, service=SERVICES, priority=CLASSES)
    def serve_directly(self, window: int, clerk: Clerk, service: str, priority: str) -> None:
        self.note(self.attempt(cmd.ServeDirectly(window, clerk.username, service, priority)))

    @rule(window=WINDOWS, clerk=CLERKS, reason=st.sampled_from(["", "带着婴儿"]), data=st.data())
    def call_by_number(self, window: int, clerk: Clerk, reason: str, data: st.DataObject) -> None:
        ticket = self.any_ticket(data, State.WAITING)
        self.attempt(cmd.CallTicket(window, clerk.username, ticket, reason))

    @rule(kind=st.sampled_from(HoldKind), window=WINDOWS, clerk=CLERKS, minutes=st.sampled_from([None, 1, 90]))
    def hold(self, kind: HoldKind, window: int, clerk: Clerk, minutes: int | None) -> None:
        until = None if minutes is None else self.hall.now + timedelta(minutes=minutes)
        self.attempt(cmd.Start(window, clerk.username))
        self.attempt(cmd.HoldTicket(window, clerk.username, kind, "取件", until))

    @rule(window=WINDOWS, clerk=CLERKS, data=st.data())
    def resume(self, window: int, clerk: Clerk, data: st.DataObject) -> None:
        self.attempt(cmd.ResumeTicket(window, clerk.username, self.any_ticket(data, State.HELD)))

    @rule(
        window=WINDOWS,
        clerk=CLERKS,
        where=WHERE,
        order=st.sampled_from(Order),
        returns=st.booleans(),
    )
    def transfer(self, window: int, clerk: Clerk, where: dict[str, Any], order: Order, returns: bool) -> None:
        self.attempt(cmd.TransferTicket(window, clerk.username, order=order, returns=returns, **where))

    @rule(clerk=st.sampled_from([None, "chen", "liu"]), last=st.booleans(), data=st.data())
    def rejoin(self, clerk: str | None, last: bool, data: st.DataObject) -> None:
        ticket = self.any_ticket(data, State.NO_SHOW, State.CALLED)
        self.attempt(cmd.RejoinTicket(ticket, clerk, None if clerk else "1", last))

    @rule(window=WINDOWS, clerk=CLERKS, data=st.data())
    def undo(self, window: int, clerk: Clerk, data: st.DataObject) -> None:
        undoable = self.hall.state.windows[window].undoable
        ticket = undoable[0] if undoable else self.any_ticket(data, State.FINISHED)
        self.attempt(cmd.UndoLast(window, clerk.username, ticket))

    @rule(priority=CLASSES, window=WINDOWS, data=st.data())
    def change_class(self, priority: str, window: int, data: st.DataObject) -> None:
        self.attempt(cmd.GivePriority(self.any_ticket(data, State.WAITING), priority, "现场核实", "chen"))
        self.attempt(cmd.VerifyPriority(window, "chen", verified=priority == "elderly"))

    @rule(window=WINDOWS, services=st.sampled_from([None, (), ("residence",), ("insurance",)]))
    def open_services(self, window: int, services: tuple[str, ...] | None) -> None:
        self.attempt(cmd.SetWindowServices(window, "chen", services))

    @rule(service=SERVICES, stop=st.booleans())
    def stop_a_service(self, service: str, stop: bool) -> None:
        command = cmd.SuspendService(service, "chen", "停电") if stop else cmd.ResumeService(service, "chen")
        self.attempt(command)

    @rule(ahead=st.integers(0, 50), half=st.booleans(), mark=st.sampled_from([None, None, Mark.HOME, Mark.EXTENDED]))
    def book(self, ahead: int, half: bool, mark: Mark | None) -> None:
        start = self._full_hour(ahead) + timedelta(minutes=30 * half)
        answer = self.attempt(cmd.BookAppointment("insurance", start, f"{ahead:04d}", mark=mark))
        if answer is not None:
            self.bookings.append(answer["id"])

    @rule(ahead=st.integers(0, 50), end=st.sampled_from(["move", "cancel", "close"]), data=st.data())
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
            before = booking.ticket
            answer = self.attempt(cmd.CheckIn(booking.phone if by_phone else booking.code, kiosk="1"))
            if answer is not None and before is None and booking.ticket == answer["id"]:
                self.note(answer)

    def _full_hour(self, ahead: int) -> datetime:
        hour = self.hall.now.replace(minute=0, second=0, microsecond=0)
        return hour + timedelta(hours=ahead)

    @rule(window=WINDOWS, clerk=CLERKS, pause=st.booleans())
    def pause_or_reopen(self, window: int, clerk: Clerk, pause: bool) -> None:
        command = cmd.PauseWindow(window, clerk.username, "开会") if pause else cmd.ReopenWindow(window, clerk.username)
        self.attempt(command)

    @rule(data=st.data())
    def give_back(self, data: st.DataObject) -> None:
        if self.issued:
            self.attempt(cmd.CancelTicket(data.draw(st.sampled_from(sorted(self.issued)))))

    @rule(window=WINDOWS, level=st.sampled_from([None, 0, 1, 2, 3, 4, 5]), age=st.sampled_from([0.0, 0.5, 40.0, None]))
    def press_a_pad(self, window: int, level: int | None, age: float | None) -> None:
        self.hall.do(cmd.PassTime())
        asked = self.hall.state.windows[window].evaluation
        was_open = asked is not None and asked.is_open
        made_after = None if age is None else self.hall.now - timedelta(seconds=age)
        counted = self.attempt(cmd.PressKey(window, 3, level, made_after))
        if counted:
            assert was_open
            assert asked.level == level
            assert made_after is not None
            assert made_after >= asked.opened_at

    @rule(end=st.sampled_from(sorted(PrintState)), data=st.data())
    def the_printer_reports(self, end: PrintState, data: st.DataObject) -> None:
        if self.hall.state.prints:
            self.attempt(cmd.ReportPrint(data.draw(st.sampled_from(sorted(self.hall.state.prints))), end))

    @rule(seconds=st.sampled_from([0.2, 5, 31, 3600, 40_000]))
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
        assert all(sorted(serials) == list(range(1, len(serials) + 1)) for serials in days.values())

    @invariant()
    def everybody_is_in_exactly_one_place(self) -> None:
        state = self.hall.state
        waiting = sorted(ticket for line in state.lines() for ticket in line)
        assert waiting == sorted(t.id for t in state.tickets.values() if t.state is State.WAITING)
        at_windows = sorted(w.ticket.id for w in state.windows.values() if w.ticket)
        assert at_windows == sorted(t.id for t in state.tickets.values() if t.state in AT_WINDOW)
        assert sorted(state.held) == sorted(t.id for t in state.tickets.values() if t.state is State.HELD)
        for window in state.windows.values():
            if window.ticket:
                assert window.ticket.leg.window == window.number
                assert window.state is not WindowState.CLOSED

    @invariant()
    def a_line_without_anybody_is_no_line(self) -> None:
        assert all(len(line) for line in self.hall.state.lines())

    @invariant()
    def times_are_in_order(self) -> None:
        for ticket in self.hall.state.tickets.values():
            moments = [
                moment
                for leg in ticket.legs
                for moment in (leg.queued_at, leg.called_at, leg.started_at, leg.ended_at)
                if moment is not None
            ]
            assert moments == sorted(moments)
            for leg in ticket.legs:
                if leg.started_at and leg.ended_at:
                    assert timedelta() <= leg.held_for <= leg.ended_at - leg.started_at

    @invariant()
    def only_served_legs_are_evaluated(self) -> None:
        for ticket in self.hall.state.tickets.values():
            for leg in ticket.legs:
                evaluation = leg.evaluation
                if evaluation is None or evaluation.outcome is Outcome.WITHDRAWN:
                    continue
                assert leg.finish in SERVED
                assert (evaluation.level is not None) == (evaluation.outcome is Outcome.VOTED)

    @invariant()
    def every_leg_but_the_last_has_ended(self) -> None:
        for ticket in self.hall.state.tickets.values():
            assert all(leg.ended_at is not None and leg.finish is not None for leg in ticket.legs[:-1])
            assert (ticket.leg.ended_at is not None) == (ticket.state in ENDED)

    @invariant()
    def a_booking_is_one_visit(self) -> None:
        state = self.hall.state
        arrived = {a.ticket: a.id for a in state.appointments.values() if a.state is BookingState.ARRIVED}
        tickets = {t.id: t.appointment for t in state.tickets.values() if t.appointment is not None}
        assert len(set(tickets.values())) == len(tickets)
        # Those of earlier days are gone with their day.
        assert {t: a for t, a in arrived.items() if t in state.tickets} == tickets

    @invariant()
    def a_slot_has_no_more_bookings_than_places(self) -> None:
        starts = [
            a.start
            for a in self.hall.state.appointments.values()
            if a.state is not BookingState.CANCELLED and a.mark is not Mark.EXTENDED
        ]
        assert all(starts.count(start) <= 2 for start in starts)

    @invariant()
    def quotas_hold(self) -> None:
        taken = [t for t in self.hall.state.tickets.values() if t.span is not None and t.state is not State.CANCELLED]
        assert sum(t.legs[0].service == "insurance" for t in taken) <= 30

    def teardown(self) -> None:
        """The log gives the same hall again, and the same bytes."""
        assert self.hall.replayed().state == self.hall.state
        rows = [to_row(recorded) for recorded in self.hall.log]
        assert [to_row(from_row(row)) for row in rows] == rows
        assert [row.seq for row in rows] == list(range(1, len(rows) + 1))


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(max_examples=150, stateful_step_count=80, deadline=None)
