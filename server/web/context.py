"""What every view may need of the running server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from flask import current_app

from server.config import Settings
from server.config.live import LiveSettings
from server.engine import HallEngine
from server.terminal import Agent
from server.web.accounts import Accounts
from server.web.devices import Devices
from server.web.keypad_codes import KeypadCodes
from server.web.photos import Photos
from server.web.reloading import Reloading

_NAME = "jiaohao"


@dataclass(frozen=True, slots=True)
class Context:
    hall: HallEngine
    live: LiveSettings
    accounts: Accounts
    devices: Devices
    photos: Photos
    codes: KeypadCodes
    agents: list[Agent]
    reloading: Reloading | None = None

    @property
    def settings(self) -> Settings:
        """As they are at this moment."""
        return self.live.now

    def device_states(self) -> list[dict[str, Any]]:
        """How the hall's devices are, as their agents know."""
        return [state for agent in self.agents for state in agent.states()]

    def put_into(self, extensions: dict[str, object]) -> None:
        extensions[_NAME] = self


def context() -> Context:
    return cast(Context, current_app.extensions[_NAME])
