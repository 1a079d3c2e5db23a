"""`/api/v1/report/paper-votes`: 书面, votes that came on forms (评议表). A leader enters them, and says why."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from server.hall.commands import EnterPaperVote
from server.hall.errors import UnknownTicket
from server.hall.evaluation import Outcome
from server.hall.state import HallState
from server.messages import ErrorOut, Message, PaperVoteIn
from server.report.result_api import api
from server.web.access import idempotency_key, leader
from server.web.answer import answer
from server.web.context import context

__all__ = ["api"]


class BallotPath(Message):
    ticket: str = Field(description="The ticket's id, such as 261127A012")


class BallotLegOut(Message):
    """`free`: it has no vote yet. How a vote was given is not told here."""

    leg: int
    service: str
    window: int
    day: str
    free: bool


class BallotOut(Message):
    ticket: str
    legs: list[BallotLegOut]


@api.get("/ballots/<ticket>", responses={"200": BallotOut, "404": ErrorOut})
def ballot(path: BallotPath) -> Any:
    """The services of a ticket of the last two weeks, and which of them have no vote yet."""
    leader()
    return answer(context().hall.read(lambda state: _ballot(state, path.ticket)))


@api.post("/paper-votes", responses={"204": None, "400": ErrorOut, "404": ErrorOut, "409": ErrorOut})
def enter(body: PaperVoteIn) -> tuple[str, int]:
    """One form. It counts as any vote does: once for each service, before the next working day has ended.

    The log keeps who entered it, why, and the form's day. Nobody enters a vote for a service of their own.
    """
    person = leader()
    command = EnterPaperVote(
        ticket=body.ticket,
        leg=body.leg,
        level=body.level,
        given_on=body.given_on,
        staff=person.username,
        why=body.why,
        reasons=tuple(body.reasons),
        words=body.words,
    )
    context().hall.do(command, key=idempotency_key())
    return "", 204


def _ballot(state: HallState, ticket: str) -> BallotOut:
    found = state.ballots.get(ticket)
    if found is None:
        raise UnknownTicket(ticket=ticket)
    legs = [
        BallotLegOut(
            leg=evaluation.leg,
            service=evaluation.service,
            window=evaluation.window,
            day=evaluation.day.isoformat(),
            free=evaluation.outcome in (Outcome.OPEN, Outcome.UNRATED),
        )
        for _, evaluation in sorted(found.legs.items())
    ]
    return BallotOut(ticket=ticket, legs=legs)
