"""差评: a low rating opens a case, and those who have nothing to gain from it answer it within its deadlines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from small_hall import CHEN, SmallHall, small_plan

from server.hall import commands as cmd
from server.hall import errors
from server.hall.calendar import Hours, Span
from server.hall.evaluation import Channel
from server.hall.events import RedressOpened
from server.hall.low_rating import CASE_DAYS, CLOSED_DAYS, Case, Ground, Step
from server.hall.rules import RedressRule, Rules

FRIDAY_9 = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
WEEK = Hours((Span(time(8, 30), time(17)),), frozenset(range(5)))
DAY = 24 * 3600
LEADER, SECOND = "wang", "zhao"


@pytest.fixture
def hall() -> SmallHall:
    made = SmallHall(small_plan(hours=WEEK), FRIDAY_9)
    made.open(1)
    return made


def served(hall: SmallHall) -> tuple[str, str]:
    """(ticket, its citizen's token)."""
    ticket = hall.do(cmd.ServeDirectly(1, "chen", "insurance"))
    hall.do(cmd.FinishTicket(1, "chen"))
    return ticket["id"], ticket["token"]


def rated_low(hall: SmallHall, level: int = 1) -> Case:
    ticket, holder = served(hall)
    hall.do(cmd.VoteByPhone(holder, 1, level))
    found: Case = hall.state.cases[f"{ticket}-1"]
    return found


def take(hall: SmallHall, case: Case, step: Step, verdict: bool | None = None, **more: Any) -> None:
    hall.do(cmd.TakeStep(case.id, step, f"{step} 已办", more.pop("staff", LEADER), verdict, **more))


def answered(hall: SmallHall) -> Case:
    case = rated_low(hall)
    take(hall, case, Step.VERIFY, True)
    take(hall, case, Step.RECTIFY)
    take(hall, case, Step.ANSWER)
    return case


@pytest.mark.parametrize("level", [1, 2])
@pytest.mark.parametrize("channel", list(Channel))
def test_a_low_rating_opens_its_case_whatever_the_channel(hall: SmallHall, channel: Channel, level: int) -> None:
    ticket, holder = served(hall)
    token = hall.state.ballots[ticket].legs[1].token
    hall.do(
        {
            Channel.PAD: cmd.PressKey(1, 0, level, token),
            Channel.SCREEN: cmd.CastVote(token, level),
            Channel.PHONE: cmd.VoteByPhone(holder, 1, level),
            Channel.PAPER: cmd.EnterPaperVote(ticket, 1, level, hall.plan.local(hall.now).date(), "wang", "意见箱"),
        }[channel]
    )
    (case,) = hall.state.cases.values()
    assert (case.ticket, case.leg, case.staff, case.window, case.service) == (ticket, 1, "chen", 1, "insurance")
    assert (case.level, case.channel, case.next) == (level, channel, Step.VERIFY)


def test_levels_three_to_five_and_silence_open_none(hall: SmallHall) -> None:
    for level in (3, 4, 5):
        _, holder = served(hall)
        hall.do(cmd.VoteByPhone(holder, 1, level))
    served(hall)
    hall.wait(31)
    hall.do(cmd.PassTime())
    assert hall.state.cases == {}


def test_deadlines_are_working_days_of_the_halls_calendar_and_stay_as_they_were(hall: SmallHall) -> None:
    """Rated on a Friday: verified by Monday's end, closed by the Friday after; a changed rule takes no time away."""
    case = rated_low(hall)
    assert case.verify_by == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert case.close_by == datetime(2026, 12, 4, 16, tzinfo=UTC)
    hall.hall.replan(replace(hall.plan, rules=Rules(redress=RedressRule(3, 15))), None, hall.now)
    assert (case.verify_by, case.close_by) == (
        datetime(2026, 11, 30, 16, tzinfo=UTC),
        datetime(2026, 12, 4, 16, tzinfo=UTC),
    )
    later = rated_low(hall)
    assert later.verify_by == datetime(2026, 12, 2, 16, tzinfo=UTC)
    assert later.close_by == datetime(2026, 12, 18, 16, tzinfo=UTC)


def test_four_steps_close_it_and_each_says_who_when_and_what(hall: SmallHall) -> None:
    case = answered(hall)
    hall.wait(60)
    take(hall, case, Step.REVIEW, True, staff=SECOND)
    assert [(s.step, s.staff, s.words, s.verdict) for s in case.steps] == [
        (Step.VERIFY, LEADER, "verify 已办", True),
        (Step.RECTIFY, LEADER, "rectify 已办", None),
        (Step.ANSWER, LEADER, "answer 已办", None),
        (Step.REVIEW, SECOND, "review 已办", True),
    ]
    assert case.ended_at == case.steps[-1].at == hall.now
    with pytest.raises(errors.CaseEnded):
        take(hall, case, Step.VERIFY, True)


def test_what_is_unfounded_needs_nothing_put_right(hall: SmallHall) -> None:
    case = rated_low(hall)
    take(hall, case, Step.VERIFY, False)
    with pytest.raises(errors.WrongStep) as refusal:
        take(hall, case, Step.RECTIFY)
    assert refusal.value.params == {"step": Step.ANSWER}
    take(hall, case, Step.ANSWER)
    take(hall, case, Step.REVIEW, True)
    assert not case.is_open


def test_what_the_review_sends_back_is_put_right_again_within_the_same_deadline(hall: SmallHall) -> None:
    case = answered(hall)
    due = case.close_by
    take(hall, case, Step.REVIEW, False)
    assert (case.next, case.close_by) == (Step.RECTIFY, due)
    take(hall, case, Step.RECTIFY)
    take(hall, case, Step.ANSWER)
    take(hall, case, Step.REVIEW, True)
    assert [taken.step for taken in case.steps].count(Step.RECTIFY) == 2


def test_a_verdict_belongs_to_verifying_and_reviewing_alone(hall: SmallHall) -> None:
    case = rated_low(hall)
    with pytest.raises(errors.VerdictNeeded):
        take(hall, case, Step.VERIFY)
    take(hall, case, Step.VERIFY, True)
    with pytest.raises(errors.VerdictNeeded):
        take(hall, case, Step.RECTIFY, True)
    for words in (" ", "长" * 501):
        with pytest.raises(errors.TextLength):
            hall.do(cmd.TakeStep(case.id, Step.RECTIFY, words, LEADER))


def test_overdue_is_from_the_end_of_the_last_day_on(hall: SmallHall) -> None:
    case = rated_low(hall)
    last = timedelta(microseconds=1)
    assert not case.is_overdue(case.verify_by - last)
    assert case.is_overdue(case.verify_by)
    take(hall, case, Step.VERIFY, True)
    assert not case.is_overdue(case.verify_by)
    assert case.is_overdue(case.close_by)
    take(hall, case, Step.RECTIFY)
    take(hall, case, Step.ANSWER)
    take(hall, case, Step.REVIEW, True)
    assert not case.is_overdue(case.close_by)


def test_of_two_leaders_one_wins_and_the_other_is_told(hall: SmallHall) -> None:
    case = rated_low(hall)
    seen = case.revision
    take(hall, case, Step.VERIFY, True, seen=seen)
    with pytest.raises(errors.StaleCase):
        take(hall, case, Step.VERIFY, False, staff=SECOND, seen=seen)
    with pytest.raises(errors.StaleCase):
        hall.do(cmd.AppealRating(case.id, Ground.MISTAKEN, "按错了", SECOND, seen))
    assert [taken.staff for taken in case.steps] == [LEADER]


def test_to_whom_the_vote_is_about_the_case_is_not_there(hall: SmallHall) -> None:
    case = rated_low(hall)
    mine = CHEN.username
    for command in (
        cmd.TakeStep(case.id, Step.VERIFY, "没有", mine, False),
        cmd.RecordCallBack(case.id, True, True, "说很好", mine),
        cmd.AppealRating(case.id, Ground.MALICIOUS, "恶意", mine),
        cmd.DecideAppeal(case.id, True, "同意", mine),
        cmd.TakeStep("261127A999-1", Step.VERIFY, "没有", LEADER, False),
    ):
        with pytest.raises(errors.UnknownCase):
            hall.do(command)


def test_an_appeal_is_decided_by_somebody_else_and_excludes_the_vote_in_sight(hall: SmallHall) -> None:
    case = rated_low(hall)
    with pytest.raises(errors.NoAppeal):
        hall.do(cmd.DecideAppeal(case.id, True, "同意", SECOND))
    hall.do(cmd.AppealRating(case.id, Ground.MISTAKEN, "评的是医院", LEADER))
    with pytest.raises(errors.AlreadyAppealed):
        hall.do(cmd.AppealRating(case.id, Ground.MALICIOUS, "再来", SECOND))
    with pytest.raises(errors.OwnAppeal):
        hall.do(cmd.DecideAppeal(case.id, True, "同意", LEADER))
    hall.do(cmd.DecideAppeal(case.id, True, "录音为证", SECOND))
    assert (case.excluded, case.is_open, case.ended_at) == (True, False, hall.now)
    assert (case.appeal.words, case.appeal.decision, case.appeal.decided_by) == ("评的是医院", "录音为证", SECOND)
    evaluation = hall.state.ballots[case.ticket].legs[1]
    assert evaluation.level == 1
    with pytest.raises(errors.NotAskedAgain):
        hall.do(cmd.VoteAgain(case.holder, 1, 5))


def test_an_appeal_gains_no_time_and_what_is_refused_goes_on(hall: SmallHall) -> None:
    case = answered(hall)
    due = case.close_by
    hall.do(cmd.AppealRating(case.id, Ground.MALICIOUS, "同一人连评三次", LEADER))
    with pytest.raises(errors.AppealPending):
        take(hall, case, Step.REVIEW, True)
    hall.do(cmd.DecideAppeal(case.id, False, "无证据", SECOND))
    with pytest.raises(errors.NoAppeal):
        hall.do(cmd.DecideAppeal(case.id, True, "改主意", SECOND))
    assert (case.close_by, case.excluded) == (due, False)
    take(hall, case, Step.REVIEW, True)
    assert not case.is_open


def test_calls_are_kept_with_what_was_said_also_when_nobody_answered(hall: SmallHall) -> None:
    case = rated_low(hall)
    hall.wait(7200)
    hour_ago = hall.now - timedelta(hours=1)
    hall.do(cmd.RecordCallBack(case.id, False, True, "无人接听", LEADER, hour_ago))
    hall.do(cmd.RecordCallBack(case.id, True, True, "说已经解决", LEADER))
    assert [(c.called_at, c.reached, c.content, c.words) for c in case.calls] == [
        (hour_ago, False, None, "无人接听"),
        (hall.now, True, True, "说已经解决"),
    ]
    for wrong in (case.opened_at - timedelta(seconds=1), hall.now + timedelta(seconds=1)):
        with pytest.raises(errors.CallTimeWrong):
            hall.do(cmd.RecordCallBack(case.id, True, None, "x", LEADER, wrong))


def test_the_citizen_may_vote_once_more_after_the_answer_beside_the_first_vote(hall: SmallHall) -> None:
    case = rated_low(hall)
    with pytest.raises(errors.NotAskedAgain):
        hall.do(cmd.VoteAgain(case.holder, 1, 5))
    take(hall, case, Step.VERIFY, False)
    take(hall, case, Step.ANSWER)
    assert case.again_until == datetime(2026, 12, 4, 16, tzinfo=UTC)
    with pytest.raises(errors.UnknownLevel):
        hall.do(cmd.VoteAgain(case.holder, 1, 6))
    for stranger, refused in ((case.ticket, errors.UnknownTicket), (case.holder, errors.NotAskedAgain)):
        with pytest.raises(refused):
            hall.do(cmd.VoteAgain(stranger, 2, 5))
    hall.do(cmd.VoteAgain(case.holder, 1, 5))
    with pytest.raises(errors.AlreadyVoted):
        hall.do(cmd.VoteAgain(case.holder, 1, 1))
    assert case.again is not None
    assert (case.again.level, case.again.at, case.level) == (5, hall.now, 1)
    assert hall.state.ballots[case.ticket].legs[1].level == 1


def test_the_second_vote_waits_longer_than_the_ballot_is_kept(hall: SmallHall) -> None:
    """A slow hall answers after weeks: the ballot is gone, the citizen's token still opens the case."""
    case = rated_low(hall)
    hall.wait(20 * DAY)
    take(hall, case, Step.VERIFY, False)
    take(hall, case, Step.ANSWER)
    assert case.holder not in hall.state.voters
    hall.do(cmd.VoteAgain(case.holder, 1, 4))
    assert hall.replayed().state == hall.state
    late = rated_low_again(hall)
    hall.now = late.again_until
    with pytest.raises(errors.VotingOver):
        hall.do(cmd.VoteAgain(late.holder, 1, 4))


def rated_low_again(hall: SmallHall) -> Case:
    hall.open(1)
    case = answered(hall)
    assert case.again_until is not None
    return case


def test_an_open_case_is_kept_for_a_year_and_a_closed_one_for_a_month(hall: SmallHall) -> None:
    open_one, closed = rated_low(hall), answered(hall)
    take(hall, closed, Step.REVIEW, True)
    hall.wait(CLOSED_DAYS * DAY)
    hall.do(cmd.PassTime())
    assert set(hall.state.cases) == {open_one.id, closed.id}
    hall.wait(DAY)
    hall.do(cmd.PassTime())
    assert set(hall.state.cases) == {open_one.id}
    assert set(hall.state.complainants) == {open_one.holder}
    hall.wait((CASE_DAYS - CLOSED_DAYS - 1) * DAY)
    hall.do(cmd.PassTime())
    assert open_one.is_overdue(hall.now)
    take(hall, open_one, Step.VERIFY, True)
    hall.wait(DAY)
    hall.do(cmd.PassTime())
    assert hall.state.cases == hall.state.complainants == {}
    assert hall.replayed().state == hall.state


def test_a_hall_that_was_not_told_how_a_case_began_goes_on(hall: SmallHall) -> None:
    """A log read back from in the middle: later events of the case change nothing."""
    case = answered(hall)
    hall.do(cmd.AppealRating(case.id, Ground.MISTAKEN, "评错", LEADER))
    hall.do(cmd.DecideAppeal(case.id, True, "同意", SECOND))
    hall.log = [recorded for recorded in hall.log if not isinstance(recorded.event, RedressOpened)]
    assert hall.replayed().state.cases == {}
