"""`/api/v1/tickets/{id}/legs/{n}/result`: what came of a service is put right, never silently."""

from __future__ import annotations

from typing import Any

from counter.api.blueprint import api, called, do
from server.hall import commands as cmd
from server.hall.result import Result
from server.messages import CalledOut, CorrectResultIn, LegPath, ResultIn
from server.web.access import signed_in
from server.web.accounts import Role


def result_of(given: ResultIn) -> Result:
    return Result(given.kind, given.quantity, given.note)


@api.post("/tickets/<ref>/legs/<int:leg>/result", responses={"200": CalledOut})
def correct_result(path: LegPath, body: CorrectResultIn) -> Any:
    """更正, on the same day, by whoever served it or a leader: 409 `not_your_service` for others."""
    person = signed_in()
    leads = person.role is Role.LEADER
    command = cmd.CorrectResult(path.ref, path.leg, result_of(body.result), body.reason, person.username, leads=leads)
    return called(do(command))
