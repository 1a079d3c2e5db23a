"""From an address and a seed to an outcome."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import gevent

from server.simulate import reconcile
from server.simulate.access import Access
from server.simulate.agenda import Agenda
from server.simulate.book import Book
from server.simulate.bookings import Bookings, kept
from server.simulate.citizens import Citizens
from server.simulate.clerk import Clerk
from server.simulate.crew import Crew
from server.simulate.errors import DayTurned, HallBusy, HallRefused
from server.simulate.floor import Floor
from server.simulate.hall_api import HallApi
from server.simulate.http_client import HttpClient
from server.simulate.outcome import Outcome, promised_of, wait_of
from server.simulate.pace import Pace
from server.simulate.plan import plan_day
from server.simulate.scene import DAY, Scene, Span
from server.simulate.visit import Punctual

_PATIENCE = 60.0
_STANDSTILL, _SILENCE = 10.0, 1.0
_SETTLED = 0.3
_LONGEST_SERVICE, _LAST_MINUTE = 90.0, 1.0
_ROUND = 0.02
_HANDS = 12
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """What day to play. `classes` and `spans` as the hall's configuration says."""

    visits: int = 3000
    seed: int = 1
    speed: float = 600.0
    classes: tuple[str, ...] = ()
    spans: tuple[Span, ...] = DAY


def simulate(access: Access, wish: Wish) -> Outcome:
    """Raises SimulationError when there is no day to play; a day that does not add up is an outcome."""
    begun = time.monotonic()
    api = HallApi(HttpClient(access.bases, _HANDS, _PATIENCE), access)
    clerks = access.clerks or (access.username,)
    for username in dict.fromkeys((access.username, *clerks)):
        api.sign_in(username)
    before, hall = api.look("report/today"), api.look("hall")
    _check_free(before, hall)
    windows = {window["number"]: tuple(window["services"]) for window in hall["windows"]}
    scene = Scene(windows, wish.classes, wish.spans, clerks)
    pace = Pace(scene.opening, wish.speed)
    floor = Floor(scene, plan_day(scene, wish.visits, wish.seed), api, Book(), pace, Agenda(pace, _HANDS))
    bookings, citizens = _play(floor)
    return _Accounts(floor, bookings, citizens, before).outcome(begun)


def _check_free(report: Json, hall: Json) -> None:
    """Raises HallBusy or HallRefused."""
    still_open = reconcile.open_now(report)
    if still_open:
        raise HallBusy(f"{still_open} numbers are still open in this hall: finish them first, or take another hall")
    if not any(service["open"] for service in hall["services"]):
        raise HallRefused("the hall gives no numbers now: simulate within its hours, or with hours.always")


def _play(floor: Floor) -> tuple[Bookings, Citizens]:
    bookings, citizens = Bookings(floor), Citizens(floor)
    bookings.make()
    citizens.codes = bookings.codes
    _open_windows(floor)
    for visit in floor.plan.visits:
        if visit.booking is None or visit.booking.punctual is not Punctual.NEVER:
            floor.agenda.add(visit.minute, partial(citizens.come, visit))
    crew = Crew(len(floor.scene.windows))
    floor.pace.begin()
    running = gevent.spawn(floor.agenda.run)
    try:
        for number in floor.scene.windows:
            crew.spawn(Clerk(number, floor, citizens).work)
        _wait_for_end(floor, crew)
        crew.join(_PATIENCE)
    finally:
        running.kill()
        floor.agenda.end()
        crew.end()
    return bookings, citizens


def _open_windows(floor: Floor) -> None:
    for number in floor.scene.windows:
        answer = floor.api.staff(f"windows/{number}/login", {}, floor.clerk_of(number))
        if not answer.ok:
            raise HallRefused(f"{floor.clerk_of(number)} cannot open window {number}: {answer.code}")
        if answer.body["state"] == "paused":
            floor.api.staff(f"windows/{number}/reopen", {}, floor.clerk_of(number))


def _wait_for_end(floor: Floor, crew: Crew) -> None:
    """Closing time, everybody has come and everybody is served; or nothing happens any more, though the hall answers.

    The time in which no server answers does not count: how long to wait for that is the client's to know.
    """
    book, client = floor.book, floor.api.client
    longest = max(_STANDSTILL, floor.pace.real(_LONGEST_SERVICE))
    # A clerk may be about to take something back, or on the way to somebody on the doorstep.
    settled = max(_SETTLED, floor.pace.real(_LAST_MINUTE))
    entries, since, busy = book.entries, time.monotonic(), time.monotonic()
    while True:
        crew.check()
        floor.agenda.check()
        gevent.sleep(_ROUND)
        closed, now = floor.pace.minute >= floor.scene.closing, time.monotonic()
        if not closed or not floor.agenda.is_done or floor.doorstep or book.open:
            busy = now
        elif now - busy > settled:
            break
        if not closed or book.entries != entries or now - client.answered_at > _SILENCE:
            entries, since = book.entries, now
        elif now - since > longest:
            book.problems.append("the day does not end: nothing happens any more, and not everybody is served")
            break
    floor.over = True


class _Accounts:
    """Asks the hall what became of every number."""

    def __init__(self, floor: Floor, bookings: Bookings, citizens: Citizens, before: Json) -> None:
        self._floor = floor
        self._bookings = bookings
        self._citizens = citizens
        self._before = before

    def outcome(self, begun: float) -> Outcome:
        floor, book, client = self._floor, self._floor.book, self._floor.api.client
        refusals, after = dict(client.refusals), floor.api.look("report/today")
        if after["day"] != self._before["day"]:
            raise DayTurned("the business day ended in the middle of the simulation: play it again")
        tickets = self._look_up([record.id for record in book])
        strays = self._look_up([*reconcile.neighbours(book)])
        problems = [
            *book.problems,
            *reconcile.tickets(book, tickets),
            *reconcile.stray_numbers(book, strays),
            *reconcile.totals(book, self._before, after),
            *kept(self._bookings, self._citizens.checked_in, floor.api.look),
        ]
        return Outcome(
            visits=len(floor.plan.visits),
            issued=len(book.records),
            turned_away=self._citizens.turned_away,
            states=dict(book.states),
            legs=sum(record.legs for record in book),
            votes=sum(len(record.votes) for record in book),
            waits=tuple(wait_of(code, self._waits(code, tickets)) for code in floor.scene.services),
            promised=promised_of(_promises(tickets)),
            scale=round(floor.plan.scale, 3),
            seconds=round(time.monotonic() - begun, 1),
            requests=client.requests,
            repeats=client.repeats,
            refusals=refusals,
            problems=tuple(problems),
        )

    def _look_up(self, ids: list[str]) -> dict[str, Json | None]:
        found: dict[str, Json | None] = {}

        def look(ticket: str) -> None:
            found[ticket] = self._floor.api.look_up(f"tickets/{ticket}")

        crew = Crew(_HANDS)
        for ticket in ids:
            crew.spawn(look, ticket)
        crew.join()
        return found

    def _waits(self, code: str, tickets: dict[str, Json | None]) -> list[float]:
        """By the hall's own times, in simulated minutes."""
        first = (ticket["legs"][0] for ticket in tickets.values() if ticket is not None)
        called = (leg for leg in first if leg["service"] == code and leg["called_at"] is not None)
        return [self._floor.pace.simulated(_seconds(leg["queued_at"], leg["called_at"])) for leg in called]


def _promises(tickets: dict[str, Json | None]) -> Iterator[tuple[int, int, float | None]]:
    """(p50, p90, minutes until the first call) of every number that was told a wait."""
    for ticket in tickets.values():
        if ticket is not None and ticket["wait"] is not None:
            first = ticket["legs"][0]
            waited = _seconds(first["queued_at"], first["called_at"]) / 60 if first["called_at"] else None
            yield ticket["wait"]["p50"], ticket["wait"]["p90"], waited


def _seconds(start: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()
