"""Time that passes by itself, and subscribers who hear of everything once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import gevent
import pytest
from engines import PATIENCE, MovedClock, log_of, open_windows, serving, together, wide_plan
from small_hall import CHEN, SHANGHAI

from server.engine import HallEngine
from server.engine.answers import REMEMBERED
from server.hall import commands as cmd
from server.hall.events import Recorded, TicketCalled, TicketIssued
from server.hall.log import to_row
from server.store.database import Database
from server.terminal import Subscription


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def timed(database_url: str, clock: MovedClock) -> Iterator[HallEngine]:
    """An engine under a clock that the test moves."""
    with serving(database_url, wide_plan(zone=SHANGHAI), clock) as running:
        open_windows(running)
        yield running


def wait_until(true: Callable[[], object]) -> None:
    with gevent.Timeout(PATIENCE):
        while not true():
            gevent.sleep(0.01)


def test_evaluation_runs_out_though_nobody_presses_anything(timed: HallEngine, clock: MovedClock) -> None:
    timed.do(cmd.IssueTicket("insurance"))
    timed.do(cmd.CallNext(1, CHEN.username))
    timed.do(cmd.FinishTicket(1, CHEN.username))
    clock.move(29)
    timed.do(cmd.PassTime())
    assert timed.read(lambda state: state.windows[1].evaluation.is_open)
    clock.move(2)
    wait_until(lambda: timed.read(lambda state: not state.windows[1].evaluation.is_open))


def test_day_turns_while_commands_wait(timed: HallEngine, clock: MovedClock) -> None:
    """At midnight the numbers start again, also for whoever pressed in the same instant."""
    yesterday = timed.do(cmd.IssueTicket("insurance"))
    clock.move(15 * 3600)
    answers = together([lambda: timed.do(cmd.IssueTicket("insurance"))] * 32)
    assert sorted(answer["number"] for answer in answers) == [f"A{n:03d}" for n in range(1, 33)]
    assert {answer["day"] for answer in answers} == {"2026-11-24"}
    assert yesterday["day"] == "2026-11-23"
    assert timed.read(lambda state: len(state.tickets)) == 32


def test_day_turns_by_itself(timed: HallEngine, clock: MovedClock) -> None:
    timed.do(cmd.IssueTicket("insurance"))
    clock.move(15 * 3600)
    wait_until(lambda: timed.read(lambda state: str(state.day)) == "2026-11-24")
    assert timed.read(lambda state: len(state.tickets)) == 0


def test_answers_are_forgotten_in_memory_and_on_disk_alike(timed: HallEngine, clock: MovedClock) -> None:
    timed.do(cmd.IssueTicket("insurance"), key="key")
    clock.move(REMEMBERED.total_seconds() + 1)

    def kept() -> object:
        timed.do(cmd.IssueTicket("residence"))
        return timed.query(lambda connection: connection.exec_driver_sql("SELECT count(*) FROM answer").scalar())

    wait_until(lambda: kept() == 0)
    open_windows(timed)
    assert timed.do(cmd.CallNext(1, CHEN.username), key="key")["number"] == "B001"


def test_subscribers_hear_every_committed_event_once_and_in_order(timed: HallEngine, database_url: str) -> None:
    heard: list[Recorded] = []
    start = timed.read(lambda state: state.seq)
    timed.subscribe(Subscription("all", heard.extend))
    together([lambda: timed.do(cmd.IssueTicket("insurance"))] * 100)
    together([lambda window=window: timed.do(cmd.CallNext(window, CHEN.username)) for window in range(1, 33)])  # type: ignore[misc]
    wait_until(lambda: len(heard) == 132)
    assert [entry.seq for entry in heard] == list(range(start + 1, start + 133))
    database = Database(database_url)
    assert [to_row(entry) for entry in heard] == log_of(database, timed.plan.id)[start:]
    database.close()


def test_subscriber_hears_only_of_what_it_asked_for(timed: HallEngine) -> None:
    calls: list[Recorded] = []
    timed.subscribe(Subscription("calls", calls.extend, frozenset({TicketCalled})))
    timed.do(cmd.IssueTicket("insurance"))
    timed.do(cmd.CallNext(1, CHEN.username))
    wait_until(lambda: calls)
    assert [type(entry.event) for entry in calls] == [TicketCalled]


def test_event_is_in_the_database_before_anybody_hears_of_it(timed: HallEngine) -> None:
    seen: list[bool] = []

    def tell(events: Sequence[Recorded]) -> None:
        stored = timed.query(lambda connection: connection.exec_driver_sql("SELECT max(seq) FROM event").scalar())
        seen.extend([stored >= events[-1].seq] * len(events))

    timed.subscribe(Subscription("checking", tell))
    for _ in range(10):
        timed.do(cmd.IssueTicket("insurance"))
    wait_until(lambda: len(seen) == 10)
    assert all(seen)


def test_broken_or_slow_subscriber_delays_nobody(timed: HallEngine) -> None:
    heard: list[Recorded] = []
    attempts: list[int] = []

    def fail(events: Sequence[Recorded]) -> None:
        attempts.append(len(events))
        raise RuntimeError("broken screen")

    timed.subscribe(Subscription("broken", fail))
    timed.subscribe(Subscription("stuck", lambda events: gevent.sleep(PATIENCE)))
    timed.subscribe(Subscription("well", heard.extend, frozenset({TicketIssued})))
    timed.do(cmd.IssueTicket("insurance"))
    timed.do(cmd.IssueTicket("insurance"))
    wait_until(lambda: len(heard) == 2 and sum(attempts) == 2)
