"""What screens show beside the line outlives the server and the day."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta

from engines import MovedClock, serving, wide_plan
from small_hall import SHANGHAI

from server.hall import commands as cmd
from server.hall.announcement import AnnouncementKind
from server.hall.events import RosterSet
from server.hall.log import from_row
from server.hall.roster import Duty, DutyRole, Roster
from server.store.database import Database
from server.store.journal import Journal

PLAN = wide_plan(2, zone=SHANGHAI)
LEADER = Duty(DutyRole.LEADER, "王强", "局长", photo="0f" * 16)


def test_hall_rebuilt_years_later_has_its_notices_and_coming_rosters(database_url: str) -> None:
    clock = MovedClock()
    monday = date(2026, 11, 23)
    with serving(database_url, PLAN, clock) as engine:
        kept = engine.do(cmd.PostNotice(None, "周六上午办公", None, None, ("tax",), "liu"))["id"]
        engine.do(cmd.PostNotice(None, "今天停电", None, clock.now + timedelta(hours=1), (), "liu"))
        engine.do(cmd.SetRoster(monday, (LEADER,), "liu"))
        engine.do(cmd.SetRoster(monday + timedelta(days=300), (LEADER,), "liu"))
        engine.do(cmd.Announce(AnnouncementKind.EMERGENCY, "请撤离", (), 3, timedelta(hours=1), "liu"))
    clock.move(300 * 24 * 3600)
    with serving(database_url, PLAN, clock) as engine:
        engine.do(cmd.PassTime())
        live = engine.read(lambda state: state)
        assert list(live.notices) == [kept]
        assert live.notices[kept].zones == ("tax",)
        assert live.roster == {monday + timedelta(days=300): Roster((LEADER,))}
        assert live.announcements == {}
        engine.do(cmd.SetRoster(monday + timedelta(days=666), (LEADER,), "liu"))
    with serving(database_url, PLAN, clock) as engine:
        assert [*engine.read(lambda state: state.roster)] == [monday + timedelta(days=days) for days in (300, 666)]
    clock.move(800 * 24 * 3600)
    with serving(database_url, PLAN, clock) as engine:
        engine.do(cmd.PassTime())
        assert engine.read(lambda state: list(state.notices)) == [kept]
        engine.do(cmd.WithdrawNotice(kept, "liu"))
    with serving(database_url, PLAN, clock) as engine:
        assert engine.read(lambda state: (state.notices, state.roster)) == ({}, {})


def test_rosters_of_long_ago_are_not_read_again(database_url: str) -> None:
    """A hall of ten years must not take longer to start every day; what was rostered a year ahead is still read."""
    clock = MovedClock()
    ahead = timedelta(days=366)
    with serving(database_url, PLAN, clock) as engine:
        for _ in range(5):
            engine.do(cmd.SetRoster(date(2026, 11, 23), (LEADER,), "liu"))
        clock.move(401 * 24 * 3600)
        engine.do(cmd.PassTime())
        last = date(2026, 11, 23) + timedelta(days=401) + ahead
        engine.do(cmd.SetRoster(last, (LEADER,), "liu"))
        clock.move(366 * 24 * 3600)
        engine.do(cmd.PassTime())
    with closing(Database(database_url)) as database, closing(Journal(database, PLAN.id, None)) as journal:
        read = [from_row(row).event for row in journal.open_day()]
    assert [event.day for event in read if isinstance(event, RosterSet)] == [last]
