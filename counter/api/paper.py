"""`/api/v1/paper-numbers`: numbers that were given out on paper are entered afterwards."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from counter.api.blueprint import api, do
from counter.paper_numbers import serials_of
from server.hall import commands as cmd
from server.hall.calendar import business_day
from server.messages import EnteredOut, PaperIn
from server.web.access import signed_in
from server.web.answer import answer
from server.web.context import context
from server.web.tickets import Reader, ticket_out


@api.post("/paper-numbers", responses={"201": EnteredOut})
def enter(body: PaperIn) -> Any:
    """All of them or none. 409 `numbers_entered` names those that are known already, 400 `not_on_paper` those that are
    not kept for paper.
    """
    person = signed_in()
    running = context()
    service = running.hall.read(lambda state: state.service(body.service))
    serials = serials_of(body.numbers, service.prefix)
    facts = do(cmd.EnterPaper(service.code, serials, person.username, _today_at(body.taken_at)))
    return answer(EnteredOut(tickets=[ticket_out(one, running.settings, Reader.CLERK) for one in facts]), 201)


def _today_at(told: time | None) -> datetime | None:
    """None: now, also for the minute that has just begun on whoever typed it."""
    if told is None:
        return None
    hall = context().hall
    now, zone = hall.clock(), hall.plan.zone
    at = datetime.combine(business_day(now, zone), told.replace(tzinfo=None), zone)
    return at.astimezone(now.tzinfo)
