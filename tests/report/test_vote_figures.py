"""Figures of votes: shares of what they say they are of, ranks only where there is enough to rank."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.hall.evaluation import Level
from server.hall.votes import Votes
from server.report.vote_figures import standings, together, unranked, weighted_score

POINTS = {5: 10.0, 4: 8.0, 3: 6.0, 2: 3.0, 1: 0.0}
COUNT = st.integers(0, 40)
VOTES = st.builds(
    lambda levels, unrated, still: Votes([0, *levels], unrated, still), st.tuples(*[COUNT] * 5), COUNT, COUNT
)


def test_satisfaction_is_of_the_votes_and_participation_of_all_who_were_asked() -> None:
    votes = Votes([0, 4, 5, 11, 30, 200], unrated=45, open=5)
    assert (votes.satisfied, votes.voted, votes.asked, votes.low) == (241, 250, 300, 9)
    assert weighted_score(votes, POINTS) == pytest.approx((200 * 10 + 30 * 8 + 11 * 6 + 5 * 3) / 250)


def test_silence_has_no_score() -> None:
    assert weighted_score(Votes(unrated=7), POINTS) is None


def test_few_votes_are_not_ranked_however_good_and_equals_share_a_rank() -> None:
    groups = {
        "3": Votes([0, 0, 0, 0, 0, 9]),
        "10": Votes([0, 0, 0, 0, 0, 10]),
        "2": Votes([0, 0, 0, 0, 20, 0]),
        "1": Votes([0, 1, 0, 0, 0, 9]),
        "4": Votes(unrated=50),
    }
    found = standings(groups, 10, int)
    assert [(one.key, one.rank) for one in found] == [("2", 1), ("10", 1), ("1", 3), ("3", None), ("4", None)]
    assert [(one.key, one.rank) for one in unranked(groups, int)] == [(key, None) for key in ("1", "2", "3", "4", "10")]


@given(st.dictionaries(st.integers(1, 30).map(str), VOTES, max_size=8), st.integers(1, 60))
def test_everybody_stands_once_and_never_above_somebody_better(groups: dict[str, Votes], rank_from: int) -> None:
    found = standings(groups, rank_from, int)
    assert sorted(one.key for one in found) == sorted(groups)
    ranked = [one for one in found if one.rank is not None]
    assert all(one.votes.voted >= rank_from for one in ranked)
    for above, below in pairwise(ranked):
        difference = above.votes.satisfied * below.votes.voted - below.votes.satisfied * above.votes.voted
        assert difference >= 0
        assert (above.rank == below.rank) == (difference == 0)
    total = together(groups)
    assert (total.asked, total.voted) == (sum(v.asked for v in groups.values()), sum(v.voted for v in groups.values()))


@given(VOTES)
def test_the_score_lies_between_the_points(votes: Votes) -> None:
    score = weighted_score(votes, POINTS)
    given_levels = [POINTS[level] for level in Level if votes.levels[level]]
    if score is None:
        assert given_levels == []
    else:
        assert min(given_levels) - 1e-9 <= score <= max(given_levels) + 1e-9
