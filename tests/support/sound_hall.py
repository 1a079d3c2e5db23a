"""What must hold in a hall at every moment, whatever was done in it."""

from __future__ import annotations

from datetime import timedelta

from server.hall.announcement import MOST_ANNOUNCEMENTS
from server.hall.appointment import BookingState, Mark
from server.hall.decisions.passing_on import is_served
from server.hall.evaluation import BALLOT_DAYS, Outcome
from server.hall.low_rating import CASE_DAYS, LOW, Case, Step
from server.hall.notice import MOST_NOTICES
from server.hall.result import LONGEST_NOTE, MOST
from server.hall.state import HallState
from server.hall.ticket import AT_WINDOW, Finish, State
from server.hall.window import WindowState

ENDED = (State.FINISHED, State.NO_SHOW, State.CANCELLED, State.EXPIRED)
SERVED = (Finish.CLERK, Finish.NEXT_CALL)


def check_sound(state: HallState) -> None:
    """Fails with what does not hold in a hall of `full_plan`."""
    _everybody_is_in_exactly_one_place(state)
    _everybody_who_waits_is_called_by_somebody(state)
    _a_line_without_anybody_is_no_line(state)
    _times_are_in_order(state)
    _only_served_legs_are_evaluated(state)
    _results_are_of_legs_that_a_clerk_ended(state)
    _every_leg_but_the_last_has_ended(state)
    _a_booking_is_one_visit(state)
    _a_slot_has_no_more_bookings_than_places(state)
    _quotas_hold(state)
    _screens_show_what_is_to_be_shown(state)
    _ballots_are_the_tickets_votes(state)
    _cases_are_the_low_votes(state)


def _everybody_is_in_exactly_one_place(state: HallState) -> None:
    waiting = sorted(ticket for line in state.lines() for ticket in line)
    assert waiting == sorted(t.id for t in state.tickets.values() if t.state is State.WAITING)
    at_windows = sorted(w.ticket.id for w in state.windows.values() if w.ticket)
    assert at_windows == sorted(t.id for t in state.tickets.values() if t.state in AT_WINDOW)
    assert sorted(state.held) == sorted(t.id for t in state.tickets.values() if t.state is State.HELD)
    for window in state.windows.values():
        if window.ticket:
            assert window.ticket.leg.window == window.number
            assert window.state is not WindowState.CLOSED


def _everybody_who_waits_is_called_by_somebody(state: HallState) -> None:
    assert all(is_served(state, queue) for queue in state.queues)


def _a_line_without_anybody_is_no_line(state: HallState) -> None:
    assert all(len(line) for line in state.lines())


def _times_are_in_order(state: HallState) -> None:
    for ticket in state.tickets.values():
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


def _only_served_legs_are_evaluated(state: HallState) -> None:
    for ticket in state.tickets.values():
        for leg in ticket.legs:
            evaluation = leg.evaluation
            if evaluation is None or evaluation.outcome is Outcome.WITHDRAWN:
                continue
            assert leg.finish in SERVED
            assert (evaluation.level is not None) == (evaluation.outcome is Outcome.VOTED)


def _results_are_of_legs_that_a_clerk_ended(state: HallState) -> None:
    numbers = []
    for ticket in state.tickets.values():
        for leg in ticket.legs:
            numbers += [notice.number for notice in leg.notices]
            assert leg.result is not None or leg.finish not in SERVED
            if leg.result is not None:
                # 转移 has one only when the clerk said that it was 转办.
                assert leg.finish in (*SERVED, Finish.TRANSFER)
                assert 1 <= leg.result.quantity <= MOST
                assert len(leg.result.note) <= LONGEST_NOTE
    assert len(set(numbers)) == len(numbers)


def _every_leg_but_the_last_has_ended(state: HallState) -> None:
    for ticket in state.tickets.values():
        assert all(leg.ended_at is not None and leg.finish is not None for leg in ticket.legs[:-1])
        assert (ticket.leg.ended_at is not None) == (ticket.state in ENDED)


def _a_booking_is_one_visit(state: HallState) -> None:
    arrived = {a.ticket: a.id for a in state.appointments.values() if a.state is BookingState.ARRIVED}
    tickets = {t.id: t.appointment for t in state.tickets.values() if t.appointment is not None}
    assert len(set(tickets.values())) == len(tickets)
    # Those of earlier days are gone with their day.
    assert {t: a for t, a in arrived.items() if t in state.tickets} == tickets


def _a_slot_has_no_more_bookings_than_places(state: HallState) -> None:
    starts = [
        a.start
        for a in state.appointments.values()
        if a.state is not BookingState.CANCELLED and a.mark is not Mark.EXTENDED
    ]
    assert all(starts.count(start) <= 2 for start in starts)


def _quotas_hold(state: HallState) -> None:
    taken = [t for t in state.tickets.values() if t.span and not t.paper and t.state is not State.CANCELLED]
    assert sum(t.legs[0].service == "insurance" for t in taken) <= 30


def _screens_show_what_is_to_be_shown(state: HallState) -> None:
    if state.now is None or state.day is None:
        return
    assert len(state.notices) <= MOST_NOTICES
    assert all(n.ends is None or n.starts is None or n.starts < n.ends for n in state.notices.values())
    assert min(state.roster, default=state.day) >= state.day
    assert all(roster.duties for roster in state.roster.values())
    now = state.now
    assert sum(made.showing(now) for made in state.announcements.values()) <= MOST_ANNOUNCEMENTS
    assert all(state.plan.local(made.at).date() == state.day for made in state.announcements.values())


def _ballots_are_the_tickets_votes(state: HallState) -> None:
    assert state.voters == {ballot.holder: ballot.ticket for ballot in state.ballots.values()}
    for ballot in state.ballots.values():
        assert state.day is None or ballot.day + timedelta(days=BALLOT_DAYS) >= state.day
        for evaluation in ballot.legs.values():
            assert (evaluation.level is not None) == (evaluation.outcome is Outcome.VOTED)
            assert not evaluation.explained or evaluation.reasons or evaluation.words
            assert all(code.startswith(str(int(evaluation.level or 0))) for code in evaluation.reasons)
    for ticket in state.tickets.values():
        asked = {leg.index: leg.evaluation for leg in ticket.legs if leg.evaluation is not None}
        assert asked == (state.ballots[ticket.id].legs if ticket.id in state.ballots else {})


def _cases_are_the_low_votes(state: HallState) -> None:
    """Every low vote that is known has its case, and no other vote has one; what is done follows the four steps."""
    votes = {(e.ticket, e.leg): e.level for ballot in state.ballots.values() for e in ballot.legs.values()}
    low = {name for name, level in votes.items() if level in LOW}
    cases = {(case.ticket, case.leg) for case in state.cases.values()}
    assert low == cases & votes.keys()
    found = {name: holder for holder, names in state.complainants.items() for name in names}
    assert found == {name: case.holder for name, case in state.cases.items()}
    for case in state.cases.values():
        _is_sound(case, state)


def _is_sound(case: Case, state: HallState) -> None:
    assert state.day is None or state.plan.local(case.opened_at).date() + timedelta(days=CASE_DAYS) >= state.day
    assert case.opened_at < case.verify_by <= case.close_by
    assert (case.next is None) == (case.ended_at is not None)
    assert case.excluded == (case.appeal is not None and case.appeal.granted is True)
    steps = [taken.step for taken in case.steps]
    assert steps[:1] in ([], [Step.VERIFY])
    assert steps.count(Step.VERIFY) <= 1
    assert (case.again_until is not None) == (Step.ANSWER in steps)
    assert case.again is None or (case.again_until is not None and case.again.at < case.again_until)
    everybody = [*case.steps, *case.calls, *([case.appeal] if case.appeal else [])]
    assert all(entry.staff != case.staff for entry in everybody)
    assert case.appeal is None or case.appeal.staff != case.appeal.decided_by
    if case.ended_at is not None and not case.excluded:
        assert case.steps[-1].verdict is True
        assert steps[-1] is Step.REVIEW
        assert case.appeal is None or case.appeal.granted is False
