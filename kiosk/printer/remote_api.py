"""`/api/v1/agent/printing`: what the agent on another PC asks and tells about its printers."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_openapi3 import APIBlueprint

from kiosk.printer.remote import RemotePrinters
from kiosk.printer.wire import BeginIn, CheckingIn, ConditionsIn, Done, PollIn, PollOut, Said
from server.messages import ErrorOut
from server.messages.letters import LettersIn, LettersOut
from server.web.access import device
from server.web.answer import answer
from server.web.caller import Caller
from server.web.devices import Kind
from server.web.errors import Refused
from server.web.letters import take_in


def printing_api(printers: RemotePrinters) -> APIBlueprint:
    """401 for a token that is no agent's, 403 for another agent's, 409 for what may not be done now."""
    api = APIBlueprint(
        "agent_printing",
        __name__,
        url_prefix="/api/v1/agent/printing",
        abp_responses={"400": ErrorOut, "401": ErrorOut, "403": ErrorOut, "409": ErrorOut, "503": ErrorOut},
    )

    @api.post("/poll", responses={"200": PollOut})
    def poll(body: PollIn) -> Response:
        """Held for a few seconds while there is nothing to print."""
        return answer(printers.post(_asking(body.agent)).poll(body, Caller(request.environ).has_left))

    @api.post("/conditions", responses={"200": Done})
    def conditions(body: ConditionsIn) -> Response:
        """How its printers are, when that has changed."""
        printers.post(_asking(body.agent)).note(body.run, body.printers)
        return answer(Done())

    @api.post("/checking", responses={"200": Done})
    def checking(body: CheckingIn) -> Response:
        """A job's turn has come; nothing has been sent."""
        printers.post(_asking(body.agent)).checking(body.job)
        return answer(Done())

    @api.post("/begin", responses={"200": Done})
    def begin(body: BeginIn) -> Response:
        """200: it is written down that the job is being sent, and this attempt may send it."""
        printers.post(_asking(body.agent)).begin(body)
        return answer(Done())

    @api.post("/letters", responses={"200": LettersOut})
    def letters(body: LettersIn) -> Response:
        """How jobs went on, as the outbox kept it."""
        name = _asking()
        post = printers.post(name)

        def take(said: dict[str, Any], key: str) -> None:
            post.said(Said.model_validate(said), key)

        return answer(take_in(body, f"{Kind.AGENT.value}:{name}", take))

    return api


def _asking(name: str | None = None) -> str:
    """The agent's name by its token, which must be the one it says, where it does. Raises Refused."""
    found = device(Kind.AGENT)
    if found is None:
        raise Refused(401, "device_unknown")
    if name is not None and not found.may_be(Kind.AGENT, name):
        raise Refused(403, "forbidden")
    return found.place
