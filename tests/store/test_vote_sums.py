"""Sums of votes are the evaluations, and those are the log, whatever came later and whenever the sums were made."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from threading import Thread
from typing import Any

import pytest
from any_command import any_command
from engines import MovedClock, log_of, replayed, serving
from postgres import PostgresServer
from small_hall import CHEN, full_plan
from sqlalchemy import Connection, delete, select, text, update
from waiting import wait_until

from server.engine import HallEngine
from server.engine.vote_days import VoteDays
from server.hall import commands as cmd
from server.hall.errors import HallError
from server.hall.evaluation import Evaluation
from server.hall.instant import to_microseconds
from server.hall.low_rating import Ground
from server.hall.votes import Votes
from server.store import tables
from server.store.audit import Audit, Span, audit
from server.store.database import Database
from server.store.vote_sums import Grouping, days_to_sum, sum_day, votes_between, votes_by_day

PLAN = full_plan()
FIRST = date(2026, 11, 23)
DAYS = 6
LAST = FIRST + timedelta(days=DAYS)
Counted = dict[Grouping, dict[tuple[str, str], Votes]]


def key_of(grouping: Grouping, vote: Evaluation) -> str:
    channel = vote.channel.value if vote.channel else ""
    keys = (str(vote.window), vote.staff, vote.service, channel, vote.day.isoformat())
    return dict(zip(Grouping, keys, strict=True))[grouping]


def of_events(database: Database) -> Counted:
    """Reckoned from the log alone."""
    found: Counted = {grouping: defaultdict(Votes) for grouping in Grouping}
    state = replayed(PLAN, log_of(database, PLAN.id)).state
    excluded = {(case.ticket, case.leg) for case in state.touched_cases.values() if case.excluded}
    for vote in state.touched_evaluations.values():
        if vote.outcome != "withdrawn" and (vote.ticket, vote.leg) not in excluded:
            for grouping in Grouping:
                level = None if vote.level is None else int(vote.level)
                found[grouping][vote.day.isoformat(), key_of(grouping, vote)].count(vote.outcome, level)
    return found


def counted(connection: Connection) -> Counted:
    return {grouping: votes_by_day(connection, PLAN.id, grouping, FIRST, LAST) for grouping in Grouping}


def live_a_day(engine: HallEngine, clock: MovedClock, chance: random.Random) -> None:
    for window in (1, 2):
        engine.do(cmd.OpenWindow(window, CHEN, several=True))
    for _ in range(250):
        command = engine.read(lambda state: any_command(chance, state, clock.now))
        try:
            engine.do(command)
        except HallError:
            continue
        finally:
            clock.move(chance.choice([0, 0, 4, 31, 120]))


@pytest.mark.parametrize("seed", range(2))
def test_sums_are_the_rows_and_the_log_on_random_days(database_url: str, seed: int) -> None:
    """Later votes and undone finishes come at any time, and so do the rounds that sum."""
    chance, clock, database = random.Random(seed), MovedClock(), Database(database_url)
    with serving(database_url, PLAN, clock) as engine:
        summing = VoteDays(engine)
        for day in range(DAYS):
            live_a_day(engine, clock, chance)
            if chance.random() < 0.7:
                summing.sum_days()
            assert database.read(counted) == of_events(database)
            clock.now = MovedClock().now + timedelta(days=day + 1)
            engine.do(cmd.PassTime())
        summing.sum_days()
        summed = database.read(counted)
        assert database.read(lambda c: days_to_sum(c, PLAN.id, LAST)) == []
        database.write(lambda c: c.execute(delete(tables.summed_day)))
        assert database.read(counted) == summed == of_events(database)
    for grouping in Grouping:
        of_span: defaultdict[str, Votes] = defaultdict(Votes)
        for (_, key), votes in summed[grouping].items():
            of_span[key].add(votes)
        found = database.read(lambda c, g=grouping: votes_between(c, PLAN.id, g, FIRST, LAST))
        assert found == of_span
        assert sum(votes.voted for votes in found.values()) > 3
    database.close()


def served(engine: HallEngine) -> tuple[str, str]:
    """One citizen served at window 1; the ticket's id and the citizen's token."""
    ticket = engine.do(cmd.IssueTicket("insurance"))["id"]
    engine.do(cmd.CallNext(1, CHEN.username))
    engine.do(cmd.FinishTicket(1, CHEN.username))
    return ticket, engine.read(lambda state: state.tickets[ticket].token)


def test_a_vote_of_the_next_day_counts_at_once_and_stays_in_the_sums_made_anew(database_url: str) -> None:
    clock, database = MovedClock(), Database(database_url)

    def good() -> list[int]:
        found = database.read(lambda c: votes_between(c, PLAN.id, Grouping.WINDOW, FIRST, FIRST))
        return [found["1"].levels[4], found["1"].unrated]

    def summed() -> list[Any]:
        return database.read(lambda c: list(c.execute(select(tables.summed_day.c.day)).scalars()))

    with serving(database_url, PLAN, clock) as engine:
        summing = VoteDays(engine)
        engine.do(cmd.OpenWindow(1, CHEN))
        _, holder = served(engine)
        summing.sum_days()
        assert summed() == []
        clock.move(24 * 3600)
        engine.do(cmd.PassTime())
        summing.sum_days()
        assert (summed(), good()) == ([FIRST.isoformat()], [0, 1])
        # That figures come from the sums shows when they are wrong.
        database.write(lambda c: c.execute(update(tables.vote_sum).values(unrated=7)))
        assert good() == [0, 7]
        engine.do(cmd.VoteByPhone(holder, 1, 4))
        assert (summed(), good()) == ([], [1, 0])
        summing.sum_days()
        assert (summed(), good()) == ([FIRST.isoformat()], [1, 0])
    database.close()


def test_whoever_changes_the_sums_by_hand_is_found(database_url: str) -> None:
    clock, database = MovedClock(), Database(database_url)
    with serving(database_url, PLAN, clock) as engine:
        engine.do(cmd.OpenWindow(1, CHEN))
        served(engine)
        clock.move(24 * 3600)
        engine.do(cmd.PassTime())
        VoteDays(engine).sum_days()

    def found(span: Span = Span()) -> Audit:  # noqa: B008 — immutable
        return database.read(lambda connection: audit(connection, PLAN.id, PLAN.zone, span))

    assert found().is_whole
    level = update(tables.vote_sum).where(tables.vote_sum.c.grouping == "clerk").values(excellent=1)
    database.write(lambda connection: connection.execute(level))
    assert (found().wrong_sums, found().is_whole) == ([FIRST.isoformat()], False)
    later = to_microseconds(clock.now)
    assert found(Span(start=later)).wrong_sums == []
    database.close()


def test_sums_wait_for_a_vote_that_is_being_written(postgres: PostgresServer) -> None:
    """SQLite has one writer at a time anyway."""
    database, day = Database(postgres.new_database()), FIRST.isoformat()
    database.prepare()
    counts = {"hall": "h", "ticket": "t", "leg": 1, "day": day, "service": "tax", "window": 1, "staff": "chen"}
    vote = counts | {"outcome": "unrated", "opened_at": 1}
    database.write(lambda c: c.execute(tables.evaluation.insert(), vote))
    database.write(
        lambda c: c.execute(tables.hall_lease.insert(), {"hall": "h", "owner": "o", "epoch": 1, "expires_at": 9})
    )
    summing = Thread(target=lambda: database.write(lambda c: sum_day(c, "h", FIRST)))
    with database.engine.begin() as writer:
        writer.execute(text("SELECT 1 FROM hall_lease WHERE hall = 'h' FOR SHARE"))
        writer.execute(delete(tables.summed_day))
        writer.execute(update(tables.evaluation).values(outcome="voted", level=2))
        summing.start()
        waits = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        wait_until(lambda: database.read(lambda c: c.execute(waits).scalar()) == 1, "the sums wait")
    summing.join()
    found = database.read(lambda c: votes_between(c, "h", Grouping.WINDOW, FIRST, FIRST))
    assert (found["1"].levels[2], found["1"].unrated) == (1, 0)
    database.close()


def test_a_vote_that_is_excluded_after_review_counts_no_more(database_url: str) -> None:
    clock, database = MovedClock(), Database(database_url)

    def voted() -> int:
        found = database.read(lambda c: votes_between(c, PLAN.id, Grouping.CLERK, FIRST, FIRST))
        return sum(votes.voted for votes in found.values())

    with serving(database_url, PLAN, clock) as engine:
        summing = VoteDays(engine)
        engine.do(cmd.OpenWindow(1, CHEN))
        ticket, holder = served(engine)
        engine.do(cmd.VoteByPhone(holder, 1, 1))
        clock.move(24 * 3600)
        engine.do(cmd.PassTime())
        summing.sum_days()
        assert voted() == 1
        engine.do(cmd.AppealRating(f"{ticket}-1", Ground.MISTAKEN, "按错了", "wang"))
        engine.do(cmd.DecideAppeal(f"{ticket}-1", True, "当事人确认", "zhao"))
        assert voted() == 0
        summing.sum_days()
        assert voted() == 0
        assert database.read(lambda c: days_to_sum(c, PLAN.id, LAST)) == []
    database.close()
