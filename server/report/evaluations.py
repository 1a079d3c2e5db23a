"""Satisfaction over days: counts from the database, put into the words of the API."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from server.config import Settings
from server.hall.evaluation import Channel, Level
from server.hall.votes import Votes
from server.report.day_report import share
from server.report.evaluation_messages import EvaluationsOut, VoteFiguresOut, VoteLineOut
from server.report.redress_figures import RedressFigures
from server.report.vote_figures import Standing, standings, together, unranked, weighted_score
from server.store.redress import RatedLow, cases_of_days
from server.store.reports import StaffName, staff_names
from server.store.vote_sums import Grouping, votes_between

COMPARED = (Grouping.WINDOW, Grouping.CLERK, Grouping.SERVICE)
"""Those that are ranked."""
_CASE_KEY = {
    Grouping.WINDOW: "window",
    Grouping.CLERK: "staff",
    Grouping.SERVICE: "service",
    Grouping.CHANNEL: "channel",
    Grouping.DAY: "day",
}
_CHANNELS = [channel.value for channel in Channel]


@dataclass(frozen=True, slots=True)
class Counted:
    """`groups` by their names, `low` ratings `at` a time in microseconds since 1970 UTC; `names` of the accounts."""

    first: date
    last: date
    by: Grouping
    groups: dict[str, Votes]
    low: list[RatedLow]
    at: int
    names: dict[str, StaffName]


def count_votes(connection: Connection, hall: str, by: Grouping, first: date, last: date, at: int) -> Counted:
    """It blocks: run it off the hub."""
    groups = votes_between(connection, hall, by, first, last)
    low = cases_of_days(connection, hall, first, last)
    return Counted(first, last, by, groups, low, at, staff_names(connection, hall))


def evaluations_out(counted: Counted, settings: Settings) -> EvaluationsOut:
    """Of channels, silence is only in the total: it came by none. Who has nothing but excluded votes has a line too."""
    rules, by = settings.evaluation, counted.by
    whole, redress = redress_by(by, counted.low, counted.at)
    excluded = {key: Votes() for key, figures in redress.items() if figures.excluded}
    groups = excluded | {key: votes for key, votes in counted.groups.items() if key}
    order = order_of(by, settings, counted.names)
    stand = standings(groups, rules.rank_from, order) if by in COMPARED else unranked(groups, order)
    naming = Naming(settings, counted.names)
    return EvaluationsOut(
        first=counted.first.isoformat(),
        last=counted.last.isoformat(),
        by=by,
        rank_from=rules.rank_from,
        points=rules.score,
        total=VoteFiguresOut(**_figures(together(counted.groups), whole, rules.score)),
        lines=[_line(one, by, redress[one.key], rules.score, rules.rank_from, naming) for one in stand],
    )


def redress_by(by: Grouping, cases: Iterable[RatedLow], at: int) -> tuple[RedressFigures, Mapping[str, RedressFigures]]:
    """What became of low ratings: of all of them, and of each group's."""
    whole, groups = RedressFigures(), defaultdict[str, RedressFigures](RedressFigures)
    for case in cases:
        whole.count(case, at)
        groups[str(getattr(case, _CASE_KEY[by]))].count(case, at)
    return whole, groups


class Naming:
    """What a page calls windows, clerks and services; what is gone since keeps its number, user name or code."""

    def __init__(self, settings: Settings, names: Mapping[str, StaffName]) -> None:
        self._windows = {str(window.number): (window.name, window.name_en) for window in settings.windows}
        self._services = {service.code: (service.name, service.name_en) for service in settings.services}
        self.staff = names

    def of(self, by: Grouping, key: str) -> dict[str, Any]:
        """`name`, `name_en` and `work_number`, as messages have them."""
        number = ""
        name = name_en = key
        if by is Grouping.WINDOW:
            name, name_en = self._windows.get(key, ("", ""))
        elif by is Grouping.SERVICE:
            name, name_en = self._services.get(key, (key, key))
        elif by is Grouping.CLERK:
            known = self.staff.get(key, StaffName(key, key, ""))
            name, name_en, number = known.name, known.name, known.number
        return {"name": name, "name_en": name_en, "work_number": number}


def order_of(by: Grouping, settings: Settings, names: Mapping[str, StaffName]) -> Callable[[str], Any]:
    services = [service.code for service in settings.services]
    match by:
        case Grouping.WINDOW:
            return int
        case Grouping.CLERK:
            return lambda key: (names[key].number if key in names else "", key)
        case Grouping.SERVICE:
            return lambda key: (services.index(key) if key in services else len(services), key)
        case Grouping.CHANNEL:
            return _CHANNELS.index
        case Grouping.DAY:
            return str


def _line(
    one: Standing,
    by: Grouping,
    redress: RedressFigures,
    points: Mapping[int, float],
    rank_from: int,
    naming: Naming,
) -> VoteLineOut:
    figures = _figures(one.votes, redress, points) | ({"participation": None} if by is Grouping.CHANNEL else {})
    few = one.votes.voted < rank_from
    return VoteLineOut(key=one.key, few=few, rank=one.rank, **naming.of(by, one.key), **figures)


def _figures(votes: Votes, redress: RedressFigures, points: Mapping[int, float]) -> dict[str, Any]:
    score = weighted_score(votes, points)
    return {
        "levels": {int(level): votes.levels[level] for level in sorted(Level, reverse=True)},
        "voted": votes.voted,
        "unrated": votes.unrated,
        "open": votes.open,
        "satisfied": share(votes.satisfied, votes.voted),
        "asked": votes.asked,
        "participation": share(votes.voted, votes.asked),
        "low": share(votes.low, votes.voted),
        "handled": share(redress.in_time, redress.due),
        "excluded": redress.excluded,
        "score": None if score is None else round(score, 2),
    }
