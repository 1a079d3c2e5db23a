"""`/api/v1/roster/{day}`: 值班, for leaders only."""

from __future__ import annotations

from typing import Any

from server.bulletin.api.blueprint import api, do
from server.bulletin.messages import DutyIn, DutyOut, RosterIn, RosterOut, RosterPath
from server.hall import commands as cmd
from server.hall.facts import DutyFacts, RosterFacts, roster_facts
from server.hall.roster import Duty
from server.web.access import leader
from server.web.answer import answer
from server.web.context import context
from server.web.errors import Refused
from server.web.photos import photo_url


@api.get("/roster/<day>", responses={"200": RosterOut})
def roster(path: RosterPath) -> Any:
    """Who is on duty that day; nobody for a day that is over."""
    leader()
    facts = context().hall.read(lambda state: roster_facts(path.day, state.roster.get(path.day)))
    return answer(_out(facts))


@api.put("/roster/<day>", responses={"200": RosterOut})
def set_roster(path: RosterPath, body: RosterIn) -> Any:
    """These and nobody else. 400 `roster_out_of_reach` for a day that is over or more than a year ahead.

    409 `stale_roster` when somebody else has set it since `seen`.
    """
    person = leader()
    _check(body.duties)
    duties = tuple(_duty(duty) for duty in body.duties)
    return answer(_out(do(cmd.SetRoster(path.day, duties, person.username, body.seen))))


def _duty(given: DutyIn) -> Duty:
    name, post, phone = given.name.strip(), given.post.strip(), given.phone.strip()
    return Duty(given.role, name, post, phone, given.photo, given.window)


def _check(duties: list[DutyIn]) -> None:
    """Raises Refused with the names of the fields."""
    running = context()
    windows = {window.number for window in running.settings.windows}
    missing = running.photos.missing(duty.photo for duty in duties if duty.photo is not None)
    wrong = []
    for place, duty in enumerate(duties):
        if duty.window is not None and duty.window not in windows:
            wrong.append(f"duties.{place}.window: there is no window {duty.window}")
        if duty.photo in missing:
            wrong.append(f"duties.{place}.photo: there is no photo {duty.photo}")
    if wrong:
        raise Refused(400, "bad_input", wrong)


def _out(facts: RosterFacts) -> RosterOut:
    return RosterOut(day=facts["day"], revision=facts["revision"], duties=[_duty_out(duty) for duty in facts["duties"]])


def _duty_out(facts: DutyFacts) -> DutyOut:
    photo = facts["photo"]
    return DutyOut(**facts, photo_url=None if photo is None else photo_url(photo))
