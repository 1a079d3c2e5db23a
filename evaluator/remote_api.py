"""`/api/v1/agent/pads`: what the agent on another PC asks and tells about its pads."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_openapi3 import APIBlueprint

from evaluator.remote import RemotePads
from evaluator.wire import PadsPollIn, PadsPollOut, PadsSaid
from server.messages import ErrorOut
from server.messages.letters import LettersIn, LettersOut
from server.web.access import device, require_device
from server.web.answer import answer
from server.web.caller import Caller
from server.web.devices import Kind
from server.web.errors import Refused
from server.web.letters import take_in


def pads_api(pads: RemotePads) -> APIBlueprint:
    """401 for a token that is no agent's, 403 for another agent's, 409 for a second one of this name."""
    api = APIBlueprint(
        "agent_pads",
        __name__,
        url_prefix="/api/v1/agent/pads",
        abp_responses={"400": ErrorOut, "401": ErrorOut, "403": ErrorOut, "409": ErrorOut, "503": ErrorOut},
    )

    @api.post("/poll", responses={"200": PadsPollOut})
    def poll(body: PadsPollIn) -> Response:
        """Held for a second while its pads show what they should."""
        require_device(Kind.AGENT, body.agent)
        return answer(pads.post(body.agent).poll(body, Caller(request.environ).has_left))

    @api.post("/letters", responses={"200": LettersOut})
    def letters(body: LettersIn) -> Response:
        """Presses, as the outbox kept them."""
        asking = device(Kind.AGENT)
        if asking is None:
            raise Refused(401, "device_unknown")
        post = pads.post(asking.place)
        if body.now is not None:
            post.hear(body.now)

        def take(said: dict[str, Any], key: str) -> None:
            post.said(PadsSaid.model_validate(said), key)

        return answer(take_in(body, f"{Kind.AGENT.value}:{asking.place}", take))

    return api
