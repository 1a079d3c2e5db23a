"""Evidence: each figure counts what it says, and nothing else."""

from __future__ import annotations

from itertools import groupby
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from server.report.evidence import (
    BOUNDS,
    BURST,
    BURST_WITHIN,
    FAST,
    SECOND,
    Evidence,
    Votes,
    bursts,
    by_group,
    hours,
    latency,
    longest_run,
    middle,
)
from server.store.vote_evidence import AskedVote, UnheardPress

ZONE = ZoneInfo("Asia/Shanghai")
EIGHT = 1_795_392_000 * SECOND
"""08:00 in Shanghai on some day of 2026."""


def vote(at: float, level: int | None = 5, after: float = 4, channel: str = "pad", staff: str = "chen") -> AskedVote:
    """Asked so many seconds after eight; a level None is silence."""
    opened = EIGHT + int(at * SECOND)
    ended = opened + int(after * SECOND)
    outcome, by = ("unrated", None) if level is None else ("voted", channel)
    return AskedVote(3, staff, "tax", outcome, level, by, opened, ended)


VOTES = st.lists(
    st.builds(
        vote,
        at=st.integers(0, 40_000).map(float),
        level=st.sampled_from([5, 5, 5, 4, 2, None]),
        after=st.sampled_from([0.0, 0.4, 0.999999, 1.0, 1.5, 2.0, 9.0, 29.9, 30.0]),
        channel=st.sampled_from(["pad", "screen", "phone", "paper"]),
        staff=st.sampled_from(["chen", "liu"]),
    ),
    max_size=40,
)


def came(one: AskedVote) -> int:
    assert one.ended_at is not None
    return one.ended_at


@given(VOTES)
def test_every_press_is_in_one_stretch_and_one_hour_and_fast_ones_are_the_first_stretch(asked: Votes) -> None:
    evidence = Evidence(asked)
    stretches = [evidence.stretch(place) for place in range(len(BOUNDS) + 1)]
    assert [len(votes) for votes in stretches] == evidence.stretches
    assert sorted(one for votes in stretches for one in votes) == sorted(evidence.presses)
    assert stretches[0] == evidence.fast
    assert all(latency(one) < FAST for one in evidence.fast)
    in_hours = [one for hour in range(24) for one in evidence.in_hour(hour, ZONE)]
    assert sorted(in_hours) == sorted(evidence.presses)
    counted = hours(asked, ZONE)
    assert sum(counts.total() for counts in counted.values()) == len(in_hours)
    assert all(one.channel in ("pad", "screen") for one in evidence.presses)


@given(VOTES)
def test_a_burst_is_made_of_close_votes_and_no_close_votes_are_missing(asked: Votes) -> None:
    timed = sorted((one for one in asked if one.outcome == "voted" and one.channel != "paper"), key=came)
    found = bursts(timed)
    assert found == Evidence(asked).bursts
    close = [
        timed[place : place + BURST]
        for place in range(len(timed) - BURST + 1)
        if came(timed[place + BURST - 1]) - came(timed[place]) <= BURST_WITHIN
    ]
    assert sorted({id(one) for row in close for one in row}) == sorted(id(one) for burst in found for one in burst)
    assert all(len(burst) >= BURST for burst in found)


@given(VOTES)
def test_the_longest_run_is_the_longest_row_of_one_level(asked: Votes) -> None:
    presses = Evidence(asked).presses
    rows = [list(row) for _, row in groupby(presses, key=lambda one: one.level)]
    longest = longest_run(presses)
    assert len(longest) == max(map(len, rows), default=0)
    assert longest == [] or longest in rows


def test_one_level_all_day_is_a_long_run_and_no_surprise() -> None:
    run = Evidence([vote(at=600 * n) for n in range(30)]).run
    assert run is not None
    assert (len(run.votes), run.level, run.chance) == (30, 5, 1.0)


def test_five_first_and_then_four_is_a_surprise() -> None:
    levels = [5] * 15 + [4] * 15
    run = Evidence([vote(at=600 * n, level=level) for n, level in enumerate(levels)]).run
    assert run is not None
    assert len(run.votes) == 15
    assert run.chance < 0.001


def test_silence_breaks_no_run_and_a_phone_is_in_none() -> None:
    asked = [vote(0), vote(60, level=None), vote(120, level=2, channel="phone"), vote(180)]
    run = Evidence(asked).run
    assert run is not None
    assert run.votes == [asked[0], asked[3]]


def test_forms_entered_one_after_the_other_are_no_burst() -> None:
    assert Evidence([vote(n, channel="paper") for n in range(9)]).bursts == []
    assert [len(burst) for burst in Evidence([vote(n, channel="phone") for n in range(9)]).bursts] == [9]


def test_a_press_that_was_not_heard_belongs_to_its_window_even_when_nobody_was_asked_there() -> None:
    press = UnheardPress(EIGHT, 4, 1, 5, "no_evaluation")
    found = by_group([vote(0)], [press], lambda one: str(one.window))
    assert (len(found["3"].asked), found["3"].unheard, found["4"].unheard) == (1, [], [press])


def test_nobody_is_compared_with_themselves() -> None:
    assert middle([None, 4.0]) is None
    assert middle([1.0, None, 4.0, 10.0]) == 4.0
