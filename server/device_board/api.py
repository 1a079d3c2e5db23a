"""`/api/v1/devices`: the board's facts, for staff, and what a leader may do for a device."""

from __future__ import annotations

import logging
from typing import Any

from flask_openapi3 import APIBlueprint

from server.device_board.board import DeviceBoard
from server.messages import DeviceIn, DevicesNowOut, ErrorOut
from server.terminal import TakesBack
from server.web.access import leader, signed_in
from server.web.accounts import Role
from server.web.answer import answer
from server.web.context import context
from server.web.errors import Refused

_log = logging.getLogger(__name__)


def device_api(board: DeviceBoard) -> APIBlueprint:
    api = APIBlueprint("devices_api", __name__, url_prefix="/api/v1", abp_responses={"401": ErrorOut, "503": ErrorOut})

    @api.get("/devices", responses={"200": DevicesNowOut})
    def devices() -> Any:
        """How every device is, since when, and which papers a person has to look after."""
        person = signed_in()
        return answer(board.now(whole=person.role is Role.LEADER))

    @api.post("/devices/take-back", responses={"204": None, "403": ErrorOut, "404": ErrorOut, "409": ErrorOut})
    def take_back(body: DeviceIn) -> tuple[str, int]:
        """Have the presses of a pad counted again that was shut out. 409 while it gives no rest, or its PC is away."""
        person = leader()
        taken = [agent.take_back(body.kind, body.id) for agent in context().agents if isinstance(agent, TakesBack)]
        known = [done for done in taken if done is not None]
        if not known:
            raise Refused(404, "not_found")
        if not all(known):
            raise Refused(409, "still_chattering")
        _log.warning("%s %s: taken back by %s", body.kind, body.id, person.username)
        return "", 204

    return api
