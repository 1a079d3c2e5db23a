"""The report of a day small enough to reckon by hand: see `Morning.quiet_morning`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from told_morning import EIGHT

from server.hall.commands import PassTime
from server.report.messages import ReportTodayOut, WorkOut

MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def report(told_hall: Any) -> ReportTodayOut:
    told_hall.morning.quiet_morning()
    found: ReportTodayOut = told_hall.report(MONDAY)
    return found


def _minutes(spread: Any) -> tuple[int, float | None, float | None]:
    return spread.count, *(None if s is None else s / 60 for s in (spread.median, spread.p90))


def _votes(work: WorkOut) -> dict[int, int]:
    return {level: count for level, count in work.votes.levels.items() if count}


def test_every_number_is_counted_once(report: ReportTodayOut) -> None:
    assert report.tickets.model_dump() == {
        "issued": 8,
        "waiting": 1,  # B001
        "called": 1,  # A004
        "serving": 1,  # C002
        "held": 0,
        "finished": 3,  # A001, C001, and A003 by the next call
        "no_show": 1,  # A002
        "cancelled": 1,  # C003
        "expired": 0,
        "left_open": 0,
    }


def test_waits_last_from_the_number_to_the_first_call(report: ReportTodayOut) -> None:
    # A001 5, A002 17, A003 19, A004 5, C001 6, C002 28; C003 and B001 were never called.
    assert _minutes(report.total.wait) == (6, 6, 28)


def test_services_last_from_the_start_or_from_the_call_when_nobody_said(report: ReportTodayOut) -> None:
    # A001 10, A003 20 from its call, C001 21.
    assert _minutes(report.total.service) == (3, 20, 21)


def test_silence_is_no_vote(report: ReportTodayOut) -> None:
    votes = report.total.votes
    assert _votes(report.total) == {5: 1, 2: 1}
    assert list(votes.levels) == [5, 4, 3, 2, 1]
    assert (votes.voted, votes.unrated, votes.open) == (2, 1, 0)
    assert votes.satisfied.model_dump() == {"part": 1, "whole": 2, "percent": 50.0}


def test_each_window_has_its_own_figures(report: ReportTodayOut) -> None:
    two, five = report.windows
    assert (two.number, two.finished, two.no_shows) == (2, 2, 1)
    assert _minutes(two.wait) == (4, 5, 19)
    assert _minutes(two.service) == (2, 10, 20)
    assert (_votes(two), two.votes.unrated) == ({5: 1}, 1)
    assert two.votes.satisfied.percent == 100.0
    assert (five.number, five.finished, five.no_shows) == (5, 1, 0)
    assert _minutes(five.service) == (1, 21, 21)
    assert five.votes.satisfied.model_dump() == {"part": 0, "whole": 1, "percent": 0.0}


def test_each_clerk_and_service_has_its_own_figures(report: ReportTodayOut) -> None:
    clerks = {clerk.username: clerk for clerk in report.clerks}
    assert {name: clerk.finished for name, clerk in clerks.items()} == {"li": 2, "wang": 1}
    services = {service.code: service for service in report.services}
    assert len(services) == 8
    assert _minutes(services["property"].wait) == (2, 6, 28)
    assert _minutes(services["residence"].wait) == (0, None, None)
    assert services["residence"].votes.satisfied.model_dump() == {"part": 0, "whole": 0, "percent": None}


def test_half_hours_cover_the_business_hours_without_gaps(report: ReportTodayOut) -> None:
    slots = report.half_hours
    starts = [EIGHT + timedelta(minutes=30 * place) for place in range(19)]
    assert [slot.start for slot in slots] == [start.isoformat() for start in starts]  # 08:00 to 17:30
    assert [(slot.issued, slot.finished) for slot in slots[:2]] == [(7, 1), (1, 2)]
    assert not any(slot.issued or slot.finished for slot in slots[2:])


def test_what_the_close_of_the_day_ended_is_never_served(told_hall: Any) -> None:
    told_hall.morning.quiet_morning()
    told_hall.clock.at(17 * 60)
    told_hall.engine.do(PassTime())  # Tuesday, 01:00
    monday = told_hall.report(MONDAY)
    assert (monday.tickets.finished, monday.tickets.left_open, monday.tickets.expired) == (3, 1, 2)
    assert (monday.tickets.issued, monday.tickets.waiting, monday.tickets.serving) == (8, 0, 0)
    assert _minutes(monday.total.service) == (3, 20, 21)
    assert sum(slot.finished for slot in monday.half_hours) == 3
    assert told_hall.report(TUESDAY).tickets.issued == 0
