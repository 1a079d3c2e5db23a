"""A vote on the phone or on paper: when the window asks no longer, once, and with its reasons."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from small_hall import CHEN, SmallHall, small_plan

from server.hall import commands as cmd
from server.hall import errors
from server.hall.calendar import Hours, Span
from server.hall.evaluation import BALLOT_DAYS, Channel, Evaluation, Lapse, Level, Outcome
from server.hall.events import EvaluationExplained, EvaluationVoted
from server.hall.window import Clerk

FRIDAY = date(2026, 11, 27)
FRIDAY_9 = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
WORKDAYS = Hours(spans=(Span(time(8), time(18)),), weekdays=frozenset(range(5)))
DAY = 24 * 3600


@pytest.fixture
def hall() -> SmallHall:
    """A hall that works from Monday to Friday, on a Friday morning."""
    small = SmallHall(small_plan(hours=WORKDAYS), FRIDAY_9)
    small.open(1, 2, 3)
    return small


def serve_one(hall: SmallHall, *then: str) -> tuple[str, str]:
    """Somebody is served at window 1: (ticket, the holder's token)."""
    facts = hall.do(cmd.IssueTicket("insurance", then=then))
    hall.do(cmd.CallNext(1, "chen"))
    hall.do(cmd.FinishTicket(1, "chen"))
    return facts["id"], facts["token"]


def evaluation_of(hall: SmallHall, ticket: str, leg: int = 1) -> Evaluation:
    found: Evaluation = hall.state.ballots[ticket].legs[leg]
    return found


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_a_phone_votes_while_the_window_still_asks_and_ends_the_asking(hall: SmallHall, level: int) -> None:
    ticket, holder = serve_one(hall)
    hall.do(cmd.VoteByPhone(holder, 1, level))
    evaluation = evaluation_of(hall, ticket)
    assert (evaluation.outcome, evaluation.level, evaluation.channel) == (Outcome.VOTED, level, Channel.PHONE)
    assert hall.state.tickets[ticket].leg.evaluation is evaluation
    assert not hall.do(cmd.PressKey(1, 3, 5, hall.asked(1)))


def test_unrated_becomes_voted_by_a_late_vote(hall: SmallHall) -> None:
    ticket, holder = serve_one(hall)
    hall.wait(31)
    hall.do(cmd.PassTime())
    assert evaluation_of(hall, ticket).outcome is Outcome.UNRATED
    hall.do(cmd.VoteByPhone(holder, 1, 2))
    evaluation = evaluation_of(hall, ticket)
    assert (evaluation.outcome, evaluation.level, evaluation.lapse) == (Outcome.VOTED, Level.POOR, Lapse.TIMEOUT)


def test_to_decline_at_the_window_does_not_close_the_phone(hall: SmallHall) -> None:
    ticket, holder = serve_one(hall)
    hall.do(cmd.DeclineVote(evaluation_of(hall, ticket).token))
    hall.do(cmd.VoteByPhone(holder, 1, 4))
    assert evaluation_of(hall, ticket).level is Level.GOOD


def test_one_vote_whatever_the_channel(hall: SmallHall) -> None:
    ticket, holder = serve_one(hall)
    assert hall.do(cmd.PressKey(1, 3, 5, hall.asked(1)))
    for again in (
        cmd.VoteByPhone(holder, 1, 1),
        cmd.CastVote(evaluation_of(hall, ticket).token, 1),
        cmd.EnterPaperVote(ticket, 1, 1, FRIDAY, "wang", "意见箱"),
    ):
        with pytest.raises(errors.AlreadyVoted):
            hall.do(again)
    assert len(hall.events(EvaluationVoted)) == 1


def test_every_leg_of_a_combined_visit_has_its_own_vote(hall: SmallHall) -> None:
    ticket, holder = serve_one(hall, "residence")
    with pytest.raises(errors.EvaluationClosed):
        hall.do(cmd.VoteByPhone(holder, 2, 5))
    hall.do(cmd.CallNext(3, "chen"))
    hall.do(cmd.FinishTicket(3, "chen"))
    hall.do(cmd.VoteByPhone(holder, 2, 1))
    hall.do(cmd.VoteByPhone(holder, 1, 5))
    assert [evaluation_of(hall, ticket, leg).level for leg in (1, 2)] == [5, 1]


def test_the_phone_may_vote_until_the_next_working_day_ends(hall: SmallHall) -> None:
    """Served on a Friday: all Monday long, and not on Tuesday."""
    (first, holder), (_, late) = serve_one(hall), serve_one(hall)
    monday_night = datetime(2026, 11, 30, 15, 59, 59, tzinfo=UTC)
    hall.now = monday_night
    hall.do(cmd.VoteByPhone(holder, 1, 2))
    assert first not in hall.state.tickets
    vote = hall.events(EvaluationVoted)[-1]
    assert (vote.ticket, vote.leg, vote.window, vote.staff, vote.channel) == (first, 1, 1, "chen", Channel.PHONE)
    hall.wait(1)
    with pytest.raises(errors.VotingOver):
        hall.do(cmd.VoteByPhone(late, 1, 2))
    assert hall.replayed().state == hall.state


@pytest.mark.parametrize(
    ("hours", "last"),
    [
        (Hours(), date(2026, 11, 28)),
        (WORKDAYS, date(2026, 11, 30)),
        (Hours(WORKDAYS.spans, WORKDAYS.weekdays, working=frozenset({date(2026, 11, 28)})), date(2026, 11, 28)),
        (Hours(WORKDAYS.spans, WORKDAYS.weekdays, closed=frozenset({date(2026, 11, 30)})), date(2026, 12, 1)),
        (Hours(WORKDAYS.spans, frozenset()), FRIDAY + timedelta(days=BALLOT_DAYS)),
    ],
    ids=["always open", "weekend", "worked Saturday", "closed Monday", "never open again"],
)
def test_the_halls_calendar_says_what_a_working_day_is(hours: Hours, last: date) -> None:
    hall = SmallHall(small_plan(hours=hours), FRIDAY_9)
    hall.open(1)
    hall.do(cmd.ServeDirectly(1, "chen", "insurance"))
    hall.do(cmd.FinishTicket(1, "chen"))
    (ballot,) = hall.state.ballots.values()
    until = ballot.legs[1].until
    assert hall.plan.local(until) == datetime.combine(last + timedelta(days=1), time(), hall.plan.zone)


def test_after_two_weeks_the_hall_knows_nothing_of_a_ticket(hall: SmallHall) -> None:
    ticket, holder = serve_one(hall)
    hall.wait(BALLOT_DAYS * DAY)
    with pytest.raises(errors.VotingOver):
        hall.do(cmd.VoteByPhone(holder, 1, 2))
    hall.wait(DAY)
    with pytest.raises(errors.UnknownTicket):
        hall.do(cmd.VoteByPhone(holder, 1, 2))
    assert ticket not in hall.state.ballots


def test_what_was_finished_by_mistake_takes_no_vote(hall: SmallHall) -> None:
    ticket, holder = serve_one(hall)
    hall.do(cmd.UndoLast(1, "chen", ticket))
    with pytest.raises(errors.EvaluationClosed):
        hall.do(cmd.VoteByPhone(holder, 1, 5))
    hall.do(cmd.FinishTicket(1, "chen"))
    hall.do(cmd.VoteByPhone(holder, 1, 5))


def test_neither_an_id_nor_a_guess_opens_a_ballot(hall: SmallHall) -> None:
    ticket, _ = serve_one(hall)
    for guess in (ticket, "guessed"):
        with pytest.raises(errors.UnknownTicket):
            hall.do(cmd.VoteByPhone(guess, 1, 5))
    waiting = hall.do(cmd.IssueTicket("insurance"))["token"]
    with pytest.raises(errors.EvaluationClosed):
        hall.do(cmd.VoteByPhone(waiting, 1, 5))


def test_reasons_complete_the_vote_that_was_stored_before_them(hall: SmallHall) -> None:
    ticket, holder = serve_one(hall)
    hall.do(cmd.VoteByPhone(holder, 1, 2))
    hall.do(cmd.ExplainByPhone(holder, 1, ("214", "207", "214"), "  等了两小时，\n没人解释 "))
    evaluation = evaluation_of(hall, ticket)
    assert (evaluation.reasons, evaluation.words) == (("214", "207"), "等了两小时， 没人解释")
    (event,) = hall.events(EvaluationExplained)
    assert (event.ticket, event.leg, event.staff) == (ticket, 1, "chen")
    with pytest.raises(errors.AlreadyExplained):
        hall.do(cmd.ExplainByPhone(holder, 1, ("207",)))


def test_reasons_at_the_screen_come_within_a_minute_and_for_that_vote_alone(hall: SmallHall) -> None:
    (first, holder), (second, _) = serve_one(hall), serve_one(hall)
    token = evaluation_of(hall, second).token
    with pytest.raises(errors.EvaluationClosed):
        hall.do(cmd.ExplainVote(token, ("214",)))
    hall.do(cmd.CastVote(token, 2))
    hall.do(cmd.VoteByPhone(holder, 1, 2))
    with pytest.raises(errors.EvaluationClosed):
        hall.do(cmd.ExplainVote(evaluation_of(hall, first).token, ("214",)))
    hall.wait(60)
    hall.do(cmd.ExplainVote(token, ("214",)))
    assert evaluation_of(hall, second).reasons == ("214",)
    third, _ = serve_one(hall)
    hall.do(cmd.CastVote(evaluation_of(hall, third).token, 2))
    hall.wait(60.001)
    with pytest.raises(errors.EvaluationClosed):
        hall.do(cmd.ExplainVote(evaluation_of(hall, third).token, ("214",)))


def test_a_pad_asks_for_no_reasons(hall: SmallHall) -> None:
    ticket, holder = serve_one(hall)
    hall.do(cmd.PressKey(1, 3, 2, hall.asked(1)))
    for command in (
        cmd.ExplainVote(evaluation_of(hall, ticket).token, ("214",)),
        cmd.ExplainByPhone(holder, 1, ("214",)),
    ):
        with pytest.raises(errors.EvaluationClosed):
            hall.do(command)


@pytest.mark.parametrize("code", ["108", "999", "", "21"])
def test_a_wrong_code_is_refused_by_its_name(hall: SmallHall, code: str) -> None:
    ticket, holder = serve_one(hall)
    hall.do(cmd.VoteByPhone(holder, 1, 2))
    with pytest.raises(errors.WrongReason) as refusal:
        hall.do(cmd.ExplainByPhone(holder, 1, ("214", code)))
    assert refusal.value.params == {"reason": code}
    evaluation = evaluation_of(hall, ticket)
    assert (evaluation.level, evaluation.explained) == (2, False)


def test_nothing_to_say_is_no_reason_and_too_much_is_refused(hall: SmallHall) -> None:
    _, holder = serve_one(hall)
    hall.do(cmd.VoteByPhone(holder, 1, 5))
    hall.do(cmd.ExplainByPhone(holder, 1, (), "  "))
    assert hall.events(EvaluationExplained) == []
    with pytest.raises(errors.TextLength):
        hall.do(cmd.ExplainByPhone(holder, 1, (), "好" * 201))
    hall.do(cmd.ExplainByPhone(holder, 1, ("517",), "好" * 200))


def paper(ticket: str, **changes: object) -> cmd.EnterPaperVote:
    values = {"leg": 1, "level": 1, "given_on": FRIDAY, "staff": "wang", "why": "意见箱里的评议表"} | changes
    return cmd.EnterPaperVote(ticket, **values)  # type: ignore[arg-type]


def test_a_form_is_entered_with_who_and_why_days_later(hall: SmallHall) -> None:
    ticket, _ = serve_one(hall)
    hall.wait(5 * DAY)
    hall.do(paper(ticket, reasons=("108",), words="多要了材料"))
    (vote,) = hall.events(EvaluationVoted)
    assert (vote.channel, vote.level, vote.staff) == (Channel.PAPER, 1, "chen")
    assert (vote.entered_by, vote.why, vote.given_on) == ("wang", "意见箱里的评议表", FRIDAY)
    evaluation = evaluation_of(hall, ticket)
    assert (evaluation.outcome, evaluation.reasons, evaluation.words) == (Outcome.VOTED, ("108",), "多要了材料")


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"staff": "chen"}, errors.OwnService),
        ({"why": " "}, errors.ReasonNeeded),
        ({"level": 0}, errors.UnknownLevel),
        ({"reasons": ("214",)}, errors.WrongReason),
        ({"leg": 2}, errors.EvaluationClosed),
        ({"given_on": FRIDAY - timedelta(days=1)}, errors.PaperDayWrong),
        ({"given_on": FRIDAY + timedelta(days=6)}, errors.PaperDayWrong),
        ({"given_on": FRIDAY + timedelta(days=4)}, errors.VotingOver),
    ],
)
def test_a_form_that_cannot_be_is_refused(
    hall: SmallHall, changes: dict[str, object], refused: type[errors.HallError]
) -> None:
    ticket, _ = serve_one(hall)
    hall.wait(5 * DAY)
    with pytest.raises(refused):
        hall.do(paper(ticket, **changes))
    with pytest.raises(errors.UnknownTicket):
        hall.do(paper("261127A999"))
    assert hall.events(EvaluationVoted) == []


def test_a_vote_of_yesterday_does_not_hold_todays_windows(hall: SmallHall) -> None:
    """The window may be closed, with somebody else in it, and the vote is still the one's who served."""
    ticket, holder = serve_one(hall)
    hall.wait(DAY)
    hall.open(1, clerk=Clerk("liu", "刘伟"))
    hall.do(cmd.VoteByPhone(holder, 1, 3))
    assert hall.state.windows[1].evaluation is None
    assert evaluation_of(hall, ticket).staff == CHEN.username
