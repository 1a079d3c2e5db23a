"""How the hall's devices are, for pages: a cable that comes loose is no event of the hall."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from server.engine.rounds import Rounds

ROUND: Final = 1.0
"""Seconds between two looks."""

States = list[dict[str, Any]]


class DeviceWatch:
    """An onlooker (`server.terminal`): `on_look` hears of every look, `on_change` of every change."""

    def __init__(self, name: str) -> None:
        self.ask: Callable[[], States] = list
        self.on_look: Callable[[], None] = lambda: None
        self.on_change: Callable[[], None] = lambda: None
        self._told: States = []
        self._rounds = Rounds(name, ROUND, self._look)

    def start(self) -> None:
        self._rounds.start()

    def stop(self) -> None:
        self._rounds.stop()

    def states(self) -> States:
        return []

    def _look(self) -> None:
        states = self.ask()
        self.on_look()
        if states != self._told:
            self.on_change()
            self._told = states
