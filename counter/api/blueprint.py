"""Where the counter's calls are registered, and what they have in common."""

from __future__ import annotations

from typing import Any

from flask_openapi3 import APIBlueprint

from server.hall import commands as cmd
from server.hall.facts import TicketFacts, WindowFacts
from server.messages import CalledOut, ErrorOut, PauseOut, WindowOut
from server.web.access import idempotency_key
from server.web.answer import answer
from server.web.context import context
from server.web.tickets import Reader, ticket_out

api = APIBlueprint(
    "windows",
    __name__,
    url_prefix="/api/v1",
    abp_responses={code: ErrorOut for code in ("400", "401", "403", "404", "409", "503")},
)


def do(command: cmd.Command[cmd.A_co]) -> cmd.A_co:
    return context().hall.do(command, key=idempotency_key())


def called(facts: TicketFacts) -> Any:
    # Never with levels, whoever asks: this is the counter, and a leader who serves is a clerk here.
    return answer(CalledOut(ticket=ticket_out(facts, context().settings, Reader.CLERK)))


def window_answer(facts: WindowFacts) -> Any:
    ticket, pause = facts["ticket"], facts["pause"]
    out = WindowOut(
        number=facts["number"],
        state=facts["state"],
        staff=facts["staff"],
        ticket=ticket_out(ticket, context().settings, Reader.CLERK) if ticket else None,
        pause=PauseOut(**pause) if pause else None,
    )
    return answer(out)
