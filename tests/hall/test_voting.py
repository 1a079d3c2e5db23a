"""评价: a press counts for the citizen who was asked, once, or for nobody."""

from __future__ import annotations

import pytest
from small_hall import SmallHall

from server.hall import commands as cmd
from server.hall import errors
from server.hall.evaluation import Channel, Lapse, Level, Outcome, Unheard
from server.hall.events import EvaluationLapsed, EvaluationVoted, PressIgnored


def serve_one(hall: SmallHall, window: int = 1) -> str:
    """Take, call and finish one number; the evaluation is open afterwards."""
    hall.do(cmd.IssueTicket("insurance"))
    ticket_id: str = hall.do(cmd.CallNext(window, "chen"))["id"]
    hall.do(cmd.FinishTicket(window, "chen"))
    return ticket_id


def press(hall: SmallHall, level: int | None = 5, window: int = 1) -> bool:
    """A press in view of what the pad there has been told last."""
    counted: bool = hall.do(cmd.PressKey(window, 3, level, hall.asked(window)))
    return counted


def ignored(hall: SmallHall) -> list[Unheard]:
    return [event.unheard for event in hall.events(PressIgnored)]


def test_a_press_is_stored_for_ticket_leg_window_and_clerk(hall: SmallHall) -> None:
    ticket = serve_one(hall)
    hall.wait(4)
    assert press(hall, 4)
    (vote,) = hall.events(EvaluationVoted)
    assert (vote.ticket, vote.leg, vote.window, vote.staff) == (ticket, 1, 1, "chen")
    assert (vote.level, vote.channel, vote.key) == (4, Channel.PAD, 3)
    evaluation = hall.state.tickets[ticket].leg.evaluation
    assert (evaluation.outcome, evaluation.level) == (Outcome.VOTED, Level.GOOD)


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_all_five_levels_count_alike(hall: SmallHall, level: int) -> None:
    ticket = serve_one(hall)
    assert press(hall, level)
    assert hall.state.tickets[ticket].leg.evaluation.level == level


def test_the_first_press_wins(hall: SmallHall) -> None:
    ticket = serve_one(hall)
    assert press(hall, 2)
    assert not press(hall, 5)
    assert hall.state.tickets[ticket].leg.evaluation.level is Level.POOR
    assert ignored(hall) == [Unheard.ALREADY_VOTED]


def test_silence_is_unrated_and_never_a_vote(hall: SmallHall) -> None:
    ticket = serve_one(hall)
    hall.wait(30)
    hall.do(cmd.PassTime())
    evaluation = hall.state.tickets[ticket].leg.evaluation
    assert (evaluation.outcome, evaluation.level) == (Outcome.UNRATED, None)
    assert not press(hall)
    assert ignored(hall) == [Unheard.LATE]


def test_a_press_in_the_last_moment_counts_and_the_next_does_not(hall: SmallHall) -> None:
    serve_one(hall)
    hall.wait(29.999)
    assert press(hall)
    serve_one(hall)
    hall.wait(30)
    assert not press(hall)


def test_a_press_without_an_evaluation_is_written_down_and_not_counted(hall: SmallHall) -> None:
    assert not press(hall)
    assert ignored(hall) == [Unheard.NO_EVALUATION]


def test_a_press_made_before_the_invitation_never_counts(hall: SmallHall) -> None:
    ticket = serve_one(hall)
    assert not hall.do(cmd.PressKey(1, 3, 5, ""))
    assert ignored(hall) == [Unheard.BEFORE_INVITATION]
    assert press(hall)
    assert hall.state.tickets[ticket].leg.evaluation.outcome is Outcome.VOTED


@pytest.mark.parametrize(("answered", "why"), [(True, Unheard.ALREADY_VOTED), (False, Unheard.LATE)])
def test_a_press_for_the_citizen_before_is_written_down_as_theirs_and_never_counts_for_the_next(
    hall: SmallHall, answered: bool, why: Unheard
) -> None:
    first = serve_one(hall)
    asked = hall.asked(1)
    if answered:
        assert press(hall, 2)
    hall.wait(31)
    second = serve_one(hall)
    assert not hall.do(cmd.PressKey(1, 3, 5, asked))
    (event,) = hall.events(PressIgnored)
    assert (event.ticket, event.unheard) == (first, why)
    assert hall.state.tickets[second].leg.evaluation.is_open


def test_a_press_for_what_was_asked_at_another_window_never_counts(hall: SmallHall) -> None:
    serve_one(hall, window=1)
    ticket = serve_one(hall, window=2)
    assert not hall.do(cmd.PressKey(1, 3, 5, hall.asked(2)))
    assert ignored(hall) == [Unheard.BEFORE_INVITATION]
    assert hall.state.tickets[ticket].leg.evaluation.is_open


def test_a_press_for_what_the_hall_does_not_know_never_counts(hall: SmallHall) -> None:
    """As of a day that is over."""
    serve_one(hall)
    assert not hall.do(cmd.PressKey(1, 3, 5, "yesterday's"))
    assert ignored(hall) == [Unheard.BEFORE_INVITATION]


def test_a_press_of_unknown_age_never_counts(hall: SmallHall) -> None:
    serve_one(hall)
    assert not hall.do(cmd.PressKey(1, 3, 5, None))
    assert ignored(hall) == [Unheard.UNKNOWN_AGE]


@pytest.mark.parametrize("level", [None, 0, 6, -1])
def test_an_unknown_key_is_never_rounded_to_a_level(hall: SmallHall, level: int | None) -> None:
    serve_one(hall)
    assert not press(hall, level)
    assert ignored(hall) == [Unheard.UNKNOWN_KEY]


def test_a_press_at_another_window_is_not_for_this_one(hall: SmallHall) -> None:
    ticket = serve_one(hall, window=1)
    assert not press(hall, window=2)
    assert hall.state.tickets[ticket].leg.evaluation.is_open


def test_the_next_call_does_not_wait_and_the_vote_still_counts_for_the_one_before(hall: SmallHall) -> None:
    first = serve_one(hall)
    hall.do(cmd.IssueTicket("insurance"))
    hall.do(cmd.CallNext(1, "chen"))
    assert press(hall, 5)
    assert hall.state.tickets[first].leg.evaluation.level is Level.EXCELLENT


def test_the_start_of_the_next_citizen_closes_the_evaluation_before(hall: SmallHall) -> None:
    first = serve_one(hall)
    hall.do(cmd.IssueTicket("insurance"))
    hall.do(cmd.CallNext(1, "chen"))
    hall.do(cmd.Start(1, "chen"))
    assert [event.lapse for event in hall.events(EvaluationLapsed)] == [Lapse.NEXT_STARTED]
    assert not press(hall)
    assert hall.state.tickets[first].leg.evaluation.outcome is Outcome.UNRATED


def test_screen_and_pad_share_one_vote(hall: SmallHall) -> None:
    ticket = serve_one(hall)
    token = hall.state.tickets[ticket].leg.evaluation.token
    hall.do(cmd.CastVote(token, 3))
    assert not press(hall, 5)
    with pytest.raises(errors.AlreadyVoted):
        hall.do(cmd.CastVote(token, 1))


def test_declining_closes_the_evaluation_without_a_vote(hall: SmallHall) -> None:
    ticket = serve_one(hall)
    token = hall.state.tickets[ticket].leg.evaluation.token
    hall.do(cmd.DeclineVote(token))
    assert hall.state.tickets[ticket].leg.evaluation.outcome is Outcome.UNRATED
    with pytest.raises(errors.EvaluationClosed):
        hall.do(cmd.CastVote(token, 5))


@pytest.mark.parametrize("level", [0, 6, 99])
def test_a_level_outside_the_five_is_refused(hall: SmallHall, level: int) -> None:
    ticket = serve_one(hall)
    with pytest.raises(errors.UnknownLevel):
        hall.do(cmd.CastVote(hall.state.tickets[ticket].leg.evaluation.token, level))


def test_a_guessed_token_opens_nothing(hall: SmallHall) -> None:
    serve_one(hall)
    with pytest.raises(errors.EvaluationClosed):
        hall.do(cmd.CastVote("guessed", 5))
