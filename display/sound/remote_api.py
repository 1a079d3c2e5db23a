"""`/api/v1/agent/sound`: what the agent on another PC asks and tells about its speakers."""

from __future__ import annotations

from flask import Response, request
from flask_openapi3 import APIBlueprint

from display.sound.remote import AgentPost, SoundAgents
from display.sound.wire import BeginOut, SaidIn, SoundBeginIn, SoundDone, SoundPollIn, SoundPollOut
from server.messages import ErrorOut
from server.web.access import require_device
from server.web.answer import answer
from server.web.caller import Caller
from server.web.devices import Kind


def sound_api(agents: SoundAgents) -> APIBlueprint:
    """401 for a token that is no agent's, 403 for another agent's, 409 for a second one of this name."""
    api = APIBlueprint(
        "agent_sound",
        __name__,
        url_prefix="/api/v1/agent/sound",
        abp_responses={"400": ErrorOut, "401": ErrorOut, "403": ErrorOut, "409": ErrorOut, "503": ErrorOut},
    )

    def post_of(agent: str) -> AgentPost:
        require_device(Kind.AGENT, agent)
        return agents.post(agent)

    @api.post("/poll", responses={"200": SoundPollOut})
    def poll(body: SoundPollIn) -> Response:
        """Held for a second while there is nothing to say."""
        return answer(post_of(body.agent).poll(body, Caller(request.environ).has_left))

    @api.post("/begin", responses={"200": BeginOut})
    def begin(body: SoundBeginIn) -> Response:
        """Whether an order may sound now."""
        return answer(BeginOut(may=post_of(body.agent).begin(body)))

    @api.post("/said", responses={"200": SoundDone})
    def said(body: SaidIn) -> Response:
        """How an order went on."""
        post_of(body.agent).said(body)
        return answer(SoundDone())

    return api
