"""Evidence about votes: what the database holds of some days, put into the words of the API."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection

from server.config import Settings
from server.hall.calendar import end_of_day, start_of_day
from server.hall.evaluation import Channel, Outcome
from server.hall.instant import from_microseconds, to_microseconds
from server.hall.plan import HallPlan
from server.report.day_report import share
from server.report.evaluations import Naming, order_of
from server.report.evidence import (
    BOUNDS,
    BURST,
    BURST_WITHIN,
    FAST,
    SECOND,
    Evidence,
    Votes,
    by_group,
    hours,
    latency,
    middle,
)
from server.report.evidence_messages import (
    ClerkHoursOut,
    EvidenceLineOut,
    EvidenceOut,
    Group,
    MiddleOut,
    RunOut,
    SeenOut,
    SeenPressOut,
    SeenVoteOut,
)
from server.store.reports import staff_names
from server.store.vote_evidence import AskedVote, UnheardPress, asked_between, unheard_between
from server.store.vote_sums import Grouping

Figure = Literal["asked", "unrated", "presses", "fast", "bursts", "run", "stretch", "hour", "unheard"]
MOST = 500
"""Of a list: more than anybody reads."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Which days, and what the votes are put together by."""

    first: date
    last: date
    by: Group


@dataclass(frozen=True, slots=True)
class Seen:
    """Which list: the figure `what` of the group `key`, of all groups when None; `place`: which stretch or hour of it,
    or why a press was not heard. Whoever `viewer` is, votes for their own services are not listed.
    """

    key: str | None
    what: Figure
    place: str | None
    viewer: str


def evidence_out(connection: Connection, plan: HallPlan, settings: Settings, asking: Asking) -> EvidenceOut:
    """It blocks: run it off the hub."""
    groups = _groups(connection, plan, asking)
    naming = Naming(settings, staff_names(connection, plan.id))
    rank_from = settings.evaluation.rank_from
    keys = sorted(groups, key=order_of(Grouping(asking.by), settings, naming.staff))
    lines = [_line(key, groups[key], asking.by, rank_from, naming) for key in keys]
    every = [vote for evidence in groups.values() for vote in evidence.asked]
    return EvidenceOut(
        first=asking.first.isoformat(),
        last=asking.last.isoformat(),
        by=asking.by,
        rank_from=rank_from,
        fast_seconds=FAST / SECOND,
        bounds=list(BOUNDS),
        burst_votes=BURST,
        burst_seconds=BURST_WITHIN / SECOND,
        middle=_middle([line for line in lines if not line.few]),
        lines=lines,
        clerks=[_clerk(staff, counts, naming) for staff, counts in sorted(hours(every, plan.zone).items())],
    )


def seen_out(connection: Connection, plan: HallPlan, settings: Settings, asking: Asking, seen: Seen) -> SeenOut:
    """It blocks: run it off the hub."""
    groups = _groups(connection, plan, asking)
    found = groups.get(seen.key, Evidence()) if seen.key else _all(groups)
    naming = Naming(settings, staff_names(connection, plan.id))
    group = naming.of(Grouping.CLERK, seen.key)["name"] if seen.key and asking.by == "clerk" else seen.key or ""
    if seen.what == "unheard":
        presses = [press for press in found.unheard if seen.place in (None, press.why)]
        newest = sorted(presses, key=lambda press: press.at, reverse=True)[:MOST]
        told = [_press_out(press, plan) for press in newest]
        return SeenOut(group=group, count=len(presses), own=0, most=MOST, votes=[], presses=told)
    votes = listed(found, seen, plan)
    others = [vote for vote in votes if vote.staff != seen.viewer]
    rows = [_vote_out(vote, plan, naming) for vote in sorted(others, key=_told_at, reverse=True)[:MOST]]
    own = len(votes) - len(others)
    return SeenOut(group=group, count=len(votes), own=own, most=MOST, votes=rows, presses=[])


def listed(found: Evidence, seen: Seen, plan: HallPlan) -> Votes:
    """The votes that a figure counts."""
    match seen.what:
        case "unrated":
            return found.unrated
        case "presses":
            return found.presses
        case "fast":
            return found.fast
        case "bursts":
            return [vote for burst in found.bursts for vote in burst]
        case "run":
            return found.run.votes if found.run else []
        case "stretch":
            return found.stretch(int(seen.place or 0))
        case "hour":
            return found.in_hour(int(seen.place or 0), plan.zone)
        case _:
            return found.asked


def _groups(connection: Connection, plan: HallPlan, asking: Asking) -> dict[str, Evidence]:
    asked = asked_between(connection, plan.id, asking.first, asking.last)
    if asking.by == "clerk":
        return by_group(asked, (), lambda vote: vote.staff)
    since, until = start_of_day(asking.first, plan.zone), end_of_day(asking.last, plan.zone)
    unheard = unheard_between(connection, plan.id, to_microseconds(since), to_microseconds(until))
    return by_group(asked, unheard, lambda vote: str(vote.window))


def _all(groups: dict[str, Evidence]) -> Evidence:
    votes = sorted((vote for one in groups.values() for vote in one.asked), key=lambda vote: vote.opened_at)
    return Evidence(votes, [press for one in groups.values() for press in one.unheard])


def _line(key: str, found: Evidence, by: Group, rank_from: int, naming: Naming) -> EvidenceLineOut:
    asked, presses, run = len(found.asked), len(found.presses), found.run
    timed = sum(vote.outcome == Outcome.VOTED and vote.channel != Channel.PAPER for vote in found.asked)
    return EvidenceLineOut(
        key=key,
        **naming.of(Grouping(by), key),
        asked=asked,
        unrated=share(len(found.unrated), asked),
        presses=presses,
        few=presses < rank_from,
        median_seconds=_seconds(found.median_latency),
        fast=share(len(found.fast), presses),
        stretches=found.stretches,
        bursts=len(found.bursts),
        in_bursts=share(sum(map(len, found.bursts)), timed),
        run=RunOut(level=run.level, length=len(run.votes), chance=run.chance) if run else None,
        unheard=dict(Counter(press.why for press in found.unheard)),
        unheard_of_100=round(100 * len(found.unheard) / asked, 1) if asked and by == "window" else None,
    )


def _middle(lines: list[EvidenceLineOut]) -> MiddleOut:
    def rounded(value: float | None) -> float | None:
        return None if value is None else round(value, 1)

    return MiddleOut(
        unrated=rounded(middle(line.unrated.percent for line in lines)),
        median_seconds=rounded(middle(line.median_seconds for line in lines)),
        fast=rounded(middle(line.fast.percent for line in lines)),
        in_bursts=rounded(middle(line.in_bursts.percent for line in lines)),
        run=rounded(middle(line.run.length if line.run else None for line in lines)),
        unheard_of_100=rounded(middle(line.unheard_of_100 for line in lines)),
    )


def _clerk(staff: str, counts: Counter[int], naming: Naming) -> ClerkHoursOut:
    known = naming.of(Grouping.CLERK, staff)
    return ClerkHoursOut(
        username=staff, name=known["name"], work_number=known["work_number"], hours=dict(sorted(counts.items()))
    )


def _vote_out(vote: AskedVote, plan: HallPlan, naming: Naming) -> SeenVoteOut:
    return SeenVoteOut(
        at=_local(_told_at(vote), plan),
        window=vote.window,
        clerk=naming.of(Grouping.CLERK, vote.staff)["name"],
        service=naming.of(Grouping.SERVICE, vote.service)["name"],
        outcome=vote.outcome,
        level=vote.level,
        channel=vote.channel,
        seconds=_seconds(latency(vote)) if vote.outcome == Outcome.VOTED else None,
    )


def _press_out(press: UnheardPress, plan: HallPlan) -> SeenPressOut:
    return SeenPressOut(at=_local(press.at, plan), window=press.window, key=press.key, level=press.level, why=press.why)


def _told_at(vote: AskedVote) -> int:
    return vote.ended_at if vote.outcome == Outcome.VOTED and vote.ended_at is not None else vote.opened_at


def _local(at: int, plan: HallPlan) -> str:
    return from_microseconds(at).astimezone(plan.zone).isoformat(timespec="seconds")


def _seconds(microseconds: float | None) -> Any:
    return None if microseconds is None else round(microseconds / SECOND, 1)
