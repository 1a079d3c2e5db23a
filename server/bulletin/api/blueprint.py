"""Where the room's calls are registered, and what they have in common."""

from __future__ import annotations

from collections.abc import Sequence

from flask_openapi3 import APIBlueprint

from server.hall import commands as cmd
from server.messages import ErrorOut
from server.web.access import idempotency_key
from server.web.context import context
from server.web.errors import Refused

api = APIBlueprint(
    "bulletin_api",
    __name__,
    url_prefix="/api/v1",
    abp_responses={code: ErrorOut for code in ("400", "401", "403", "404", "409", "413", "503")},
)


def do(command: cmd.Command[cmd.A_co]) -> cmd.A_co:
    return context().hall.do(command, key=idempotency_key())


def known_zones(zones: Sequence[str], kept: Sequence[str] = ()) -> tuple[str, ...]:
    """`kept`: those that may stay although the configuration has them no more. Raises Refused with the field's name."""
    known = {zone.id for zone in context().settings.zones}.union(kept)
    wrong = [f"zones.{place}: there is no zone {zone}" for place, zone in enumerate(zones) if zone not in known]
    if wrong:
        raise Refused(400, "bad_input", wrong)
    return tuple(zones)
