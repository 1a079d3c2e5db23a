"""The chain through the log: whoever changes the database by hand is found, and the event is named."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from command import jiaohao
from engines import MovedClock, log_of, serving
from hall_server import ROOT
from small_hall import CHEN, small_plan
from sqlalchemy import Connection, select, text

from server.engine import HallEngine
from server.hall import commands as cmd
from server.hall.log import Row
from server.store import tables
from server.store.audit import Audit, Span, audit, heads, stands_at
from server.store.database import Database
from server.store.journal import Batch, Journal
from server.store.projection import Projection

PLAN = small_plan()
HALL = PLAN.id
ZONE = ZoneInfo("Asia/Shanghai")
DAY = 24 * 3600


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Two days of a hall: window 1 and phones voted, somebody declined, one finish was undone."""
    clock = MovedClock()
    with serving(database_url, PLAN, clock) as engine:
        engine.do(cmd.OpenWindow(1, CHEN))
        late = [_served(engine, clock, level) for level in (5, 1, None, None)][-1]
        undone = _served(engine, clock, None)
        engine.do(cmd.UndoLast(1, "chen", undone["id"]))
        clock.move(DAY)
        engine.do(cmd.VoteByPhone(late["token"], 1, 2))
        engine.do(cmd.ExplainByPhone(late["token"], 1, ("214",), "等了“两”小时"))
        engine.do(cmd.OpenWindow(1, CHEN))
        _served(engine, clock, 3)
    opened = Database(database_url)
    yield opened
    opened.close()


def _served(engine: HallEngine, clock: MovedClock, level: int | None) -> dict[str, Any]:
    ticket: Any = engine.do(cmd.ServeDirectly(1, "chen", "insurance"))
    engine.do(cmd.FinishTicket(1, "chen"))
    if level is not None:
        clock.move(3)
        asked: str = engine.read(lambda state: state.windows[1].evaluation.token)  # type: ignore[union-attr]
        engine.do(cmd.PressKey(1, 3, level, asked))
    return ticket  # type: ignore[no-any-return]


def check(database: Database, span: Span = Span()) -> Audit:  # noqa: B008 — immutable
    return database.read(lambda connection: audit(connection, HALL, ZONE, span))


def tamper(database: Database, *statements: str) -> None:
    def change(connection: Connection) -> None:
        for statement in statements:
            assert connection.execute(text(statement)).rowcount > 0

    database.write(change)


def last_of(database: Database) -> int:
    return log_of(database, HALL)[-1].seq


def test_an_untouched_log_is_whole_and_its_votes_are_the_rows(database: Database) -> None:
    found = check(database)
    assert found.is_whole
    assert (found.first, found.last, found.votes) == (1, last_of(database), 6)
    assert database.read(lambda connection: stands_at(connection, HALL, found.head)) == found.last


def test_the_chain_is_what_the_documentation_says(database: Database) -> None:
    """So that an auditor can follow it without this program."""
    event = tables.event.c
    wanted = select(tables.event).where(event.hall == HALL).order_by(event.seq)
    head = bytes(32)
    for *row, chain in database.read(lambda connection: connection.execute(wanted).all()):
        canonical = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        head = sha256(head + canonical.encode()).digest()
        assert bytes(chain) == head


CHANGES = {
    "level": "UPDATE event SET data = replace(data, '\"level\"\\:1', '\"level\"\\:5') WHERE seq = {seq}",
    "time": "UPDATE event SET at = at + 1 WHERE seq = {seq}",
    "ticket": "UPDATE event SET ticket = 'x' WHERE seq = {seq}",
    "leg": "UPDATE event SET leg = NULL WHERE seq = {seq}",
    "window": 'UPDATE event SET "window" = 2 WHERE seq = {seq}',
    "clerk": "UPDATE event SET staff = 'liu' WHERE seq = {seq}",
    "kind": "UPDATE event SET kind = 'evaluation_lapsed' WHERE seq = {seq}",
    "chain": "UPDATE event SET chain = (SELECT chain FROM event WHERE seq = 1) WHERE seq = {seq}",
}


def low_vote(database: Database) -> int:
    """The event of the vote with level 1."""
    return next(row.seq for row in log_of(database, HALL) if row.kind == "evaluation_voted" and '"level":1' in row.data)


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_event_is_named(database: Database, what: str) -> None:
    seq = low_vote(database)
    tamper(database, CHANGES[what].format(seq=seq))
    assert check(database).bad == seq


def test_a_removed_event_is_named(database: Database) -> None:
    seq = low_vote(database)
    tamper(database, f"DELETE FROM event WHERE seq = {seq}")
    found = check(database)
    assert (found.bad, found.fault) == (seq, f"missing, up to {seq}")


def test_a_removed_event_is_found_when_the_rest_moves_up(database: Database) -> None:
    seq = low_vote(database)
    moved = [
        f"UPDATE event SET seq = {later - 1} WHERE seq = {later}" for later in range(seq + 1, last_of(database) + 1)
    ]
    tamper(database, f"DELETE FROM event WHERE seq = {seq}", *moved)
    assert check(database).bad == seq


def test_a_removed_beginning_is_found(database: Database) -> None:
    tamper(database, "DELETE FROM event WHERE seq <= 3")
    assert check(database).bad == 1


def test_an_inserted_event_is_named(database: Database) -> None:
    seq = low_vote(database)
    room = [
        f"UPDATE event SET seq = {later + 1} WHERE seq = {later}" for later in range(last_of(database), seq - 1, -1)
    ]
    columns = 'hall, seq, at, ticket, leg, "window", staff, kind, data, chain'
    copy = f"INSERT INTO event ({columns}) SELECT {columns.replace('seq', str(seq))} FROM event WHERE seq = {seq + 1}"
    tamper(database, *room, copy)
    assert check(database).bad == seq + 1


def test_two_events_that_changed_places_are_found(database: Database) -> None:
    seq = low_vote(database)
    places = ((seq, 0), (seq + 1, seq), (0, seq + 1))
    tamper(database, *(f"UPDATE event SET seq = {there} WHERE seq = {here}" for here, there in places))
    assert check(database).bad == seq


def test_a_cut_off_end_is_whole_in_itself_and_found_by_the_chain_kept_elsewhere(database: Database) -> None:
    kept = check(database).head
    last = last_of(database)
    tamper(database, f"DELETE FROM event WHERE seq > {last - 2}")
    assert check(database).bad is None
    assert database.read(lambda connection: stands_at(connection, HALL, kept)) is None


VOTES = {
    "level": ("UPDATE evaluation SET level = 5 WHERE level = 1", "level is 5, and 1 in the log"),
    "outcome": ("UPDATE evaluation SET outcome = 'unrated' WHERE level = 1", "outcome is 'unrated', and 'voted'"),
    "channel": ("UPDATE evaluation SET channel = 'paper' WHERE channel = 'phone'", "channel is 'paper', and 'phone'"),
    "clerk": ("UPDATE evaluation SET staff = 'liu' WHERE level = 1", "staff is 'liu', and 'chen' in the log"),
    "service": (
        "UPDATE evaluation SET service = 'residence' WHERE level = 1",
        "service is 'residence', and 'insurance'",
    ),
    "reasons": ("UPDATE evaluation SET reasons = '' WHERE level = 2", "reasons is '', and '214' in the log"),
    "words": ("UPDATE evaluation SET words = '很好' WHERE level = 2", "words is '很好', and '等了“两”小时' in the log"),
    "day": ("UPDATE evaluation SET day = '2026-01-01' WHERE level = 1", "day is '2026-01-01', and '2026-11-23'"),
    "removed": ("DELETE FROM evaluation WHERE level = 1", "its row is missing"),
    "added": (
        'INSERT INTO evaluation (hall, ticket, leg, day, service, "window", staff, outcome, level, channel, opened_at)'
        " VALUES ('small', 'x', 1, '2026-11-23', 'insurance', 1, 'chen', 'voted', 5, 'pad', 1)",
        "a row that the log does not know",
    ),
}


@pytest.mark.parametrize("what", VOTES)
def test_a_vote_that_is_not_the_logs_is_found(database: Database, what: str) -> None:
    statement, told = VOTES[what]
    tamper(database, statement)
    found = check(database)
    assert found.bad is None
    (wrong,) = found.wrong_votes
    assert told in wrong


def test_a_low_rating_that_is_not_the_logs_is_found(database: Database) -> None:
    """Excluding a vote, or closing it in time, by hand: two were low, one of them on the second day."""
    found = check(database)
    assert (found.is_whole, found.cases) == (True, 2)
    changes = {
        "UPDATE redress SET excluded = true WHERE level = 1": "excluded",
        "UPDATE redress SET close_by = close_by + 1 WHERE level = 2": "close_by",
        "DELETE FROM redress WHERE level = 1": "its row is missing",
        "UPDATE redress SET leg = 9 WHERE level = 2": "a row that the log does not know",
    }
    for statement, told in changes.items():
        tamper(database, statement)
        found = check(database)
        assert not found.is_whole
        assert any(told in wrong for wrong in found.wrong_cases)


def test_a_part_is_checked_alone(database: Database) -> None:
    """The second day begins with the events that close the first, and a vote for a ticket of it."""
    second = next(row for row in log_of(database, HALL) if row.kind == "day_closed")
    first_day, second_day = Span(end=second.at), Span(start=second.at)
    assert check(database, first_day).is_whole
    assert check(database, second_day).is_whole
    assert check(database, first_day).votes + check(database, second_day).votes == 6
    seq = low_vote(database)
    tamper(database, CHANGES["level"].format(seq=seq))
    assert check(database, first_day).bad == seq
    assert check(database, second_day).bad is None


def test_a_time_that_was_changed_takes_nothing_out_of_the_part(database: Database) -> None:
    second = next(row for row in log_of(database, HALL) if row.kind == "day_closed")
    last = last_of(database)
    tamper(database, f"UPDATE event SET at = 0 WHERE seq = {last - 1}")
    assert check(database, Span(start=second.at)).bad == last - 1


def test_each_day_has_a_chain_to_keep(database: Database) -> None:
    found = database.read(lambda connection: list(heads(connection, HALL)))
    opened = [row.seq for row in log_of(database, HALL) if row.kind == "day_opened"]
    assert [(day, seq) for day, seq, _ in found] == [
        ("2026-11-23", opened[1] - 1),
        ("2026-11-24", last_of(database)),
    ]
    for _, seq, head in found:
        assert database.read(lambda connection, head=head: stands_at(connection, HALL, head)) == seq


def test_the_command_says_what_is_wrong_and_ends_with_one(tmp_path: Path) -> None:
    config = (ROOT / "config.yaml").read_text(encoding="utf-8")
    url = f"sqlite:///{tmp_path / 'hall.db'}"
    file = tmp_path / "config.yaml"
    file.write_text(config.replace("sqlite:///data/jiaohao.db", url), encoding="utf-8")
    database = Database(url)
    database.prepare()
    journal = Journal(database, "qinghe", None)
    rows = [Row(seq, seq, None, None, 3, "li", kind, data) for seq, kind, data in EVENTS]
    journal.write(Batch(rows, Projection(), []))
    journal.close()

    def verify(*options: str) -> tuple[int, list[str]]:
        done = jiaohao("verify-log", "--config", str(file), *options)
        return done.returncode, done.stdout.splitlines()

    code, lines = verify()
    assert (code, lines[:2]) == (0, ["events 1 to 3: as they were written", "votes of 0 services: as the log tells"])
    assert lines[2] == "low ratings, 0: as the log tells"
    chain = lines[3].removeprefix("chain of event 3: ")
    assert verify("--days") == (0, [f"1970-01-01  3  {chain}"])
    assert verify("--expect", chain)[0] == 0
    assert verify("--expect", "12")[0] == 2
    assert verify("--from", "1970-01-02")[1][0] == "no events"
    tamper(database, "DELETE FROM event WHERE seq = 3")
    code, lines = verify("--expect", chain)
    assert (code, lines[3]) == (1, "the expected chain is not in the log: its end was removed, or it was written anew")
    tamper(database, "UPDATE event SET staff = 'wang' WHERE seq = 2")
    assert verify() == (1, ["event 2: not as it was written, or not where it was"])
    database.close()


EVENTS = (
    (1, "day_opened", '{"day":"1970-01-01"}'),
    (2, "window_closed", "{}"),
    (3, "window_closed", "{}"),
)
