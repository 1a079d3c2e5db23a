"""What a process is to its hall, and how it declines while it is not the owner."""

from __future__ import annotations

from enum import StrEnum

from server.engine.errors import EngineError, StandingBy, Starting, Stopping


class Role(StrEnum):
    STARTING = "starting"
    STANDBY = "standby"
    OWNER = "owner"
    STOPPED = "stopped"


REFUSALS: dict[Role, type[EngineError]] = {
    Role.STARTING: Starting,
    Role.STANDBY: StandingBy,
    Role.STOPPED: Stopping,
}
