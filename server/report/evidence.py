"""What is seen of votes that perhaps no citizen gave: times, bursts, runs, silence. Pure.

These are figures and lists, each figure the length of a list. What they mean is for people to find out: a short time
may be somebody who knew what to press, a long run good work.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import cached_property
from statistics import median

from server.hall.evaluation import Channel, Level, Outcome
from server.hall.instant import from_microseconds
from server.report.runs import chance_of_run
from server.store.vote_evidence import AskedVote, UnheardPress

SECOND = 1_000_000
FAST = 1 * SECOND
"""Shorter than anybody needs to look at five faces, microseconds."""
BOUNDS = (1, 2, 5, 10, 30)
"""Seconds between the stretches of the distribution."""
BURST, BURST_WITHIN = 3, 60 * SECOND
"""So many votes within that time at one window: a service takes longer than a third of it."""
_AT_THE_WINDOW = (Channel.PAD, Channel.SCREEN)
Votes = list[AskedVote]


@dataclass(frozen=True, slots=True)
class Run:
    """The longest row of equal votes, one press after the other. `chance`: that one as long comes about among as many
    votes that are drawn by this group's own shares of the levels.
    """

    votes: Votes
    level: int
    chance: float


@dataclass
class Evidence:
    """One window's or one clerk's, read once it is whole. `asked` in the order in which they were asked."""

    asked: Votes = field(default_factory=list)
    unheard: list[UnheardPress] = field(default_factory=list)

    @property
    def unrated(self) -> Votes:
        return [vote for vote in self.asked if vote.outcome == Outcome.UNRATED]

    @cached_property
    def presses(self) -> Votes:
        """Votes on the pad or the screen, in the order in which they came."""
        return sorted((vote for vote in self.asked if vote.channel in _AT_THE_WINDOW), key=_came)

    @property
    def fast(self) -> Votes:
        return [vote for vote in self.presses if latency(vote) < FAST]

    @cached_property
    def bursts(self) -> list[Votes]:
        """Of votes whose time is that of the citizen: a form's is not."""
        timed = [v for v in self.asked if v.outcome == Outcome.VOTED and v.channel != Channel.PAPER]
        return bursts(sorted(timed, key=_came))

    @cached_property
    def run(self) -> Run | None:
        presses = self.presses
        longest = longest_run(presses)
        if not longest:
            return None
        counts = Counter(vote.level for vote in presses)
        shares = [counts[level] / len(presses) for level in Level if counts[level]]
        return Run(longest, longest[0].level or 0, chance_of_run(len(longest), len(presses), shares))

    @property
    def median_latency(self) -> float | None:
        """Microseconds."""
        return median(map(latency, self.presses)) if self.presses else None

    @property
    def stretches(self) -> list[int]:
        """How many presses came in each stretch of the distribution, from the shortest time to the longest."""
        counts = Counter(map(stretch_of, self.presses))
        return [counts[place] for place in range(len(BOUNDS) + 1)]

    def stretch(self, place: int) -> Votes:
        """The presses of one stretch, 0 to len(BOUNDS)."""
        return [vote for vote in self.presses if stretch_of(vote) == place]

    def in_hour(self, hour: int, zone: tzinfo) -> Votes:
        return [vote for vote in self.presses if hour_of(vote, zone) == hour]


def by_group(
    asked: Iterable[AskedVote], unheard: Iterable[UnheardPress], key: Callable[[AskedVote], str]
) -> dict[str, Evidence]:
    """`unheard` are those of windows; where groups are something else there are none to give."""
    found: defaultdict[str, Evidence] = defaultdict(Evidence)
    for vote in asked:
        found[key(vote)].asked.append(vote)
    for press in unheard:
        found[str(press.window)].unheard.append(press)
    return dict(found)


def latency(vote: AskedVote) -> int:
    """Microseconds from the invitation to the press; of a vote."""
    return _came(vote) - vote.opened_at


def stretch_of(vote: AskedVote) -> int:
    return sum(latency(vote) >= bound * SECOND for bound in BOUNDS)


def hour_of(vote: AskedVote, zone: tzinfo) -> int:
    return from_microseconds(_came(vote)).astimezone(zone).hour


def hours(asked: Iterable[AskedVote], zone: tzinfo) -> dict[str, Counter[int]]:
    """Presses by clerk and hour of the day."""
    found: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for vote in asked:
        if vote.channel in _AT_THE_WINDOW:
            found[vote.staff][hour_of(vote, zone)] += 1
    return dict(found)


def bursts(votes: Sequence[AskedVote]) -> list[Votes]:
    """Stretches of votes, in order, of which any BURST in a row came within BURST_WITHIN; each as long as can be."""
    found: list[Votes] = []
    last = -1
    for start in range(len(votes) - BURST + 1):
        end = start + BURST
        if _came(votes[end - 1]) - _came(votes[start]) > BURST_WITHIN:
            continue
        if start <= last:
            found[-1].append(votes[end - 1])
        else:
            found.append(list(votes[start:end]))
        last = end - 1
    return found


def longest_run(votes: Sequence[AskedVote]) -> Votes:
    """The first of the longest rows of one level; empty of no votes."""
    start = best = length = 0
    for place, vote in enumerate(votes):
        if vote.level != votes[start].level:
            start = place
        if place + 1 - start > length:
            best, length = start, place + 1 - start
    return list(votes[best : best + length])


def middle(values: Iterable[float | None]) -> float | None:
    """The median of what there is; None of fewer than two, which would compare somebody with themselves."""
    known = [value for value in values if value is not None]
    return median(known) if len(known) > 1 else None


def _came(vote: AskedVote) -> int:
    return vote.opened_at if vote.ended_at is None else vote.ended_at
