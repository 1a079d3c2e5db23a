"""`/api/v1/devices`: the board's facts, for staff."""

from __future__ import annotations

from typing import Any

from flask_openapi3 import APIBlueprint

from server.device_board.board import DeviceBoard
from server.messages import DevicesNowOut, ErrorOut
from server.web.access import signed_in
from server.web.accounts import Role
from server.web.answer import answer


def device_api(board: DeviceBoard) -> APIBlueprint:
    api = APIBlueprint("devices_api", __name__, url_prefix="/api/v1", abp_responses={"401": ErrorOut, "503": ErrorOut})

    @api.get("/devices", responses={"200": DevicesNowOut})
    def devices() -> Any:
        """How every device is, since when, and which papers a person has to look after."""
        person = signed_in()
        return answer(board.now(whole=person.role is Role.LEADER))

    return api
