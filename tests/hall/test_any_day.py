"""Any sequence of commands: no ticket lost, none at two windows, and the log is the hall."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from small_hall import CHEN, SmallHall

from server.hall import commands as cmd
from server.hall.errors import HallError
from server.hall.evaluation import Outcome
from server.hall.log import from_row, to_row
from server.hall.printing import PrintState
from server.hall.ticket import State
from server.hall.window import Clerk, WindowState

WINDOWS = st.integers(1, 3)
CLERKS = st.sampled_from([CHEN, Clerk("liu", "刘伟")])
SERVICES = st.sampled_from(["insurance", "residence"])
AT_WINDOW = st.sampled_from([cmd.CallNext, cmd.Recall, cmd.Start, cmd.MarkNoShow, cmd.FinishTicket])
CALLED = (State.CALLED, State.SERVING)


class AnyDay(RuleBasedStateMachine):
    """Citizens, clerks and devices doing anything at any time, also what they must not."""

    def __init__(self) -> None:
        super().__init__()
        self.hall = SmallHall()
        self.issued: dict[str, str] = {}
        self.calls: list[tuple[str, int]] = []
        self.presses: list[tuple[int, str | None]] = []

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

    @rule(service=SERVICES, kiosk=st.sampled_from([None, "1"]))
    def take_a_number(self, service: str, kiosk: str | None) -> None:
        answer = self.attempt(cmd.IssueTicket(service, kiosk=kiosk))
        if answer is not None:
            assert answer["id"] not in self.issued
            self.issued[answer["id"]] = answer["number"]

    @rule(verb=AT_WINDOW, window=WINDOWS, clerk=CLERKS)
    def press_a_button(self, verb: type[cmd.CallNext], window: int, clerk: Clerk) -> None:
        answer = self.attempt(verb(window, clerk.username))
        if verb is cmd.CallNext and answer is not None:
            self.calls.append((answer["id"], window))

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
    def nobody_is_called_twice(self) -> None:
        assert len({ticket for ticket, _ in self.calls}) == len(self.calls)

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
        assert at_windows == sorted(t.id for t in state.tickets.values() if t.state in CALLED)
        for window in state.windows.values():
            if window.ticket:
                assert window.ticket.leg.window == window.number
                assert window.state is not WindowState.CLOSED

    @invariant()
    def times_are_in_order(self) -> None:
        for ticket in self.hall.state.tickets.values():
            leg = ticket.leg
            moments = [m for m in (leg.queued_at, leg.called_at, leg.started_at, leg.ended_at) if m is not None]
            assert moments == sorted(moments)

    @invariant()
    def only_served_legs_are_evaluated(self) -> None:
        for ticket in self.hall.state.tickets.values():
            evaluation = ticket.leg.evaluation
            assert evaluation is None or ticket.state is State.FINISHED
            if evaluation is not None:
                assert (evaluation.level is not None) == (evaluation.outcome is Outcome.VOTED)

    def teardown(self) -> None:
        """The log gives the same hall again, and the same bytes."""
        assert self.hall.replayed().state == self.hall.state
        rows = [to_row(recorded) for recorded in self.hall.log]
        assert [to_row(from_row(row)) for row in rows] == rows
        assert [row.seq for row in rows] == list(range(1, len(rows) + 1))


TestAnyDay = AnyDay.TestCase
TestAnyDay.settings = settings(max_examples=150, stateful_step_count=60, deadline=None)
