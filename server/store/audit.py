"""Whether a hall's log is whole, and what reports read of votes and low ratings is the log's: what `jiaohao verify-log`
proves.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select, text

from server.hall.calendar import business_day
from server.hall.evaluation import Lapse, Outcome
from server.hall.events import (
    DayOpened,
    EvaluationExplained,
    EvaluationLapsed,
    EvaluationOpened,
    EvaluationVoted,
    Recorded,
)
from server.hall.instant import from_microseconds, to_microseconds
from server.hall.log import Row, from_row
from server.store import tables
from server.store.audit_cases import leg_of, wrong_cases
from server.store.chain import START, link
from server.store.vote_sums import days_summed_wrongly
from server.told import Told, at, told

_PIECE = 5_000
_EVENT = tables.event.c
_VOTE = tables.evaluation.c
_ROW = ("day", "service", "window", "staff", "outcome", "level", "channel")
_ROW_END = ("opened_at", "ended_at", "reasons", "words")


class Span(NamedTuple):
    """The part of a log that is looked at, by its times in microseconds: from the first up to but not including the
    second. None: from its beginning, to its end.
    """

    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Audit:
    """`bad` is the first event that is not as it was written, and `fault` says how; None: the log is whole.

    `head` is the chain of `last`, the last event looked at; 0 when there was none. `votes` counts the rows that were
    compared, `wrong_votes` says which of them the log contradicts, and how; `cases` and `wrong_cases` the same of 差评.
    `wrong_sums`: days whose sums are not those of their rows.
    """

    first: int = 0
    last: int = 0
    head: bytes = START
    bad: int | None = None
    fault: Told | None = None
    votes: int = 0
    wrong_votes: list[Told] = field(default_factory=list)
    cases: int = 0
    wrong_cases: list[Told] = field(default_factory=list)
    wrong_sums: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        wrong = self.wrong_votes or self.wrong_cases or self.wrong_sums
        return self.bad is None and not wrong


def audit(connection: Connection, hall: str, zone: ZoneInfo, span: Span = Span()) -> Audit:  # noqa: B008 — immutable
    """Follow the chain, then compare each vote and low rating with its row, all at one moment of a running hall."""
    connection = _at_one_moment(connection)
    found = _follow(connection, hall, span)
    if found.bad is None:
        _compare_votes(connection, hall, zone, span, found)
        found.cases, found.wrong_cases = wrong_cases(connection, hall, zone, span.start, span.end)
        found.wrong_sums = days_summed_wrongly(connection, hall, _day(span.start, zone), _day(span.end, zone))
    return found


def stands_at(connection: Connection, hall: str, head: bytes) -> int | None:
    """The event that has this chain; None when there is none, or none any more."""
    seq: int | None = connection.execute(select(_EVENT.seq).where(_EVENT.hall == hall, _EVENT.chain == head)).scalar()
    return seq


def heads(connection: Connection, hall: str) -> Iterator[tuple[str, int, bytes]]:
    """(business day, seq, chain) of the last event that was written before the next day opened, or until now."""
    opened = select(_EVENT.seq, _EVENT.data).where(_EVENT.hall == hall, _EVENT.kind == DayOpened.kind)
    days = [(seq, json.loads(data)["day"]) for seq, data in connection.execute(opened.order_by(_EVENT.seq))]
    ends = [seq - 1 for seq, _ in days[1:]]
    ends += connection.execute(select(func.max(_EVENT.seq)).where(_EVENT.hall == hall)).scalars()
    for (_, day), end in zip(days, ends, strict=False):
        wanted = select(_EVENT.chain).where(_EVENT.hall == hall, _EVENT.seq == end)
        for head in connection.execute(wanted).scalars():
            yield day, end, bytes(head)


def _at_one_moment(connection: Connection) -> Connection:
    """SQLite reads one moment anyway."""
    if connection.dialect.name == "sqlite":
        return connection
    return connection.execution_options(isolation_level="REPEATABLE READ")


def _follow(connection: Connection, hall: str, span: Span) -> Audit:
    """A hall's first event is 1, each has the number after the one before it, and its chain follows."""
    found = Audit()
    after, found.head = _before(connection, hall, span)
    for row, chain in _rows(connection, hall, after, span):
        expected = after + 1
        found.first = found.first or expected
        if row.seq != expected:
            found.bad, found.fault = expected, told("missing, up to %(last)s", last=row.seq - 1)
            return found
        found.head = link(hall, found.head, row)
        if chain != found.head:
            found.bad, found.fault = row.seq, told("not as it was written, or not where it was")
            return found
        found.last = after = row.seq
    return found


def _before(connection: Connection, hall: str, span: Span) -> tuple[int, bytes]:
    """The event before the span, which its first one has to follow. Times give the bounds, numbers what lies within:
    a time that was changed must not take its event out.
    """
    if span.start is None:
        return 0, START
    inside = select(func.min(_EVENT.seq)).where(_EVENT.hall == hall, _EVENT.at >= span.start)
    first = connection.execute(inside).scalar()
    wanted = select(_EVENT.seq, _EVENT.chain).where(_EVENT.hall == hall)
    if first is not None:
        wanted = wanted.where(_EVENT.seq < first)
    last = connection.execute(wanted.order_by(_EVENT.seq.desc()).limit(1)).first()
    return (last.seq, bytes(last.chain)) if last else (0, START)


def _rows(connection: Connection, hall: str, after: int, span: Span) -> Iterator[tuple[Row, bytes]]:
    wanted = select(*tables.LOG_ROW, _EVENT.chain).where(_EVENT.hall == hall).order_by(_EVENT.seq).limit(_PIECE)
    if span.end is not None:
        inside = select(func.max(_EVENT.seq)).where(_EVENT.hall == hall, _EVENT.at < span.end)
        wanted = wanted.where(_EVENT.seq <= inside.scalar_subquery())
    while piece := connection.execute(wanted.where(_EVENT.seq > after)).all():
        for *values, chain in piece:
            yield Row(*values), bytes(chain)
        after = piece[-1].seq


def _day(at: int | None, zone: ZoneInfo) -> date | None:
    return None if at is None else business_day(from_microseconds(at), zone)


def _compare_votes(connection: Connection, hall: str, zone: ZoneInfo, span: Span, found: Audit) -> None:
    by_log = _told_votes(connection, hall, zone, span)
    names = (*_ROW, *_ROW_END)
    wanted = select(_VOTE.ticket, _VOTE.leg, *(_VOTE[name] for name in names)).where(_VOTE.hall == hall)
    if span.start is not None:
        wanted = wanted.where(_VOTE.opened_at >= span.start)
    if span.end is not None:
        wanted = wanted.where(_VOTE.opened_at < span.end)
    for ticket, leg, *values in connection.execute(wanted):
        found.votes += 1
        stands = dict(zip(names, values, strict=True))
        vote = by_log.pop((ticket, leg), None)
        if vote is None:
            found.wrong_votes.append(at(leg_of(ticket, leg), told("a row that the log does not know")))
            continue
        found.wrong_votes += [
            at(
                leg_of(ticket, leg),
                told(
                    "%(name)s is %(stands)r, and %(value)r in the log (event %(event)s)",
                    name=name,
                    stands=stands[name],
                    value=value,
                    event=vote.seq,
                ),
            )
            for name, value in vote.row.items()
            if stands[name] != value
        ]
    found.wrong_votes += [
        at(leg_of(ticket, leg), told("its row is missing (event %(event)s)", event=vote.seq))
        for (ticket, leg), vote in by_log.items()
    ]


@dataclass(slots=True)
class _Told:
    """A row as the log tells it; `seq` is the event that spoke of it last."""

    seq: int
    row: dict[str, Any]


def _told_votes(connection: Connection, hall: str, zone: ZoneInfo, span: Span) -> dict[tuple[str, int], _Told]:
    """Every evaluation that was opened in the span, with whatever came of it, also later."""
    wanted = select(*tables.LOG_ROW).where(_EVENT.hall == hall, text(tables.OF_VOTES)).order_by(_EVENT.seq)
    if span.start is not None:
        wanted = wanted.where(_EVENT.at >= span.start)
    told: dict[tuple[str, int], _Told] = {}
    for values in connection.execute(wanted):
        recorded = from_row(Row(*values))
        event = recorded.event
        leg = (event.ticket or "", event.leg or 0)
        if isinstance(event, EvaluationOpened):
            if span.end is None or to_microseconds(event.at) < span.end:
                told[leg] = _Told(recorded.seq, _opened_row(event, zone))
        elif leg in told:
            told[leg].seq = recorded.seq
            _take_in(told[leg].row, recorded)
    return told


def _opened_row(event: EvaluationOpened, zone: ZoneInfo) -> dict[str, Any]:
    """Events of before votes had a service of their own do not tell it."""
    at = to_microseconds(event.at)
    row = {
        "day": business_day(from_microseconds(at), zone).isoformat(),
        "window": event.window,
        "staff": event.staff or "",
        "outcome": Outcome.OPEN.value,
        "level": None,
        "channel": None,
        "opened_at": at,
        "ended_at": None,
        "reasons": "",
        "words": "",
    }
    return row | ({"service": event.service} if event.service else {})


def _take_in(row: dict[str, Any], recorded: Recorded) -> None:
    event = recorded.event
    match event:
        case EvaluationVoted():
            row |= {"outcome": Outcome.VOTED.value, "level": event.level, "channel": event.channel.value}
            row["ended_at"] = to_microseconds(event.pressed_at or event.at)
        case EvaluationLapsed():
            row["outcome"] = (Outcome.WITHDRAWN if event.lapse is Lapse.UNDONE else Outcome.UNRATED).value
            row["ended_at"] = to_microseconds(event.at)
        case EvaluationExplained():
            row |= {"reasons": " ".join(event.reasons), "words": event.words}
