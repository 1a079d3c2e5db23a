"""What a pad's talk has to know and to have done, wherever its hall is."""

from __future__ import annotations

import logging
from typing import Protocol

from evaluator.session import Showing, wanted
from server.engine import EngineError, HallEngine
from server.hall.commands import PressKey

_log = logging.getLogger(__name__)


class PadDesk(Protocol):
    """The hall as the pads see it: in this process, or behind a server elsewhere."""

    def wanted(self, window: int) -> Showing | None:
        """What the pad at a window should show now; None while that cannot be said."""

    def store(self, press: PressKey, press_id: str) -> bool:
        """Have a press written down for good; without that it must not be acknowledged, and the pad sends it again.

        `press_id` is the same for each sending of one press, which has its effect once.
        """


class HallDesk:
    """The hall of this process."""

    def __init__(self, hall: HallEngine) -> None:
        self._hall = hall

    def wanted(self, window: int) -> Showing | None:
        """See PadDesk.wanted."""
        try:
            return self._hall.read(lambda state: wanted(state, window))
        except EngineError:
            return None

    def store(self, press: PressKey, press_id: str) -> bool:
        """See PadDesk.store."""
        try:
            self._hall.do(press, key=f"pad:{press.window}:{press_id}")
        except EngineError as error:
            _log.warning("pad at window %s: a press was not stored: %s", press.window, error.code)
            return False
        return True
