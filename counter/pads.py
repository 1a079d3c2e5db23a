"""How the pads at the windows are, for the desks: a cable that comes loose is no event of the hall."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from server.engine.rounds import Rounds

_ROUND = 1.0  # seconds

States = list[dict[str, Any]]


class PadWatch:
    """An agent without devices of its own: it looks at those of the others and tells when a pad has changed.

    `ask` gives the states of all devices; it is set by the first desk that connects, because only a request knows the
    running application, and without a desk there is nobody to tell.
    """

    def __init__(self) -> None:
        self.ask: Callable[[], States] = list
        self.on_change: Callable[[], None] = lambda: None
        self._told: States = []
        self._rounds = Rounds("pads at the desks", _ROUND, self._look)

    def state_of(self, window: int) -> dict[str, Any] | None:
        """`{state, reason}` of the window's pad (`ready`, `settling` or `offline`); None when there is none."""
        pad = next((pad for pad in self._pads() if pad["window"] == window), None)
        return {"state": pad["state"], "reason": pad["reason"]} if pad else None

    def start(self) -> None:
        self._rounds.start()

    def stop(self) -> None:
        self._rounds.stop()

    def states(self) -> States:
        return []

    def _pads(self) -> States:
        return [device for device in self.ask() if device["kind"] == "pad"]

    def _look(self) -> None:
        pads = self._pads()
        if pads != self._told:
            self.on_change()
            self._told = pads
