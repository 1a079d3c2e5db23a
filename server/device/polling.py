"""An agent's way of asking its server again and again: at once while it answers, and with pauses while it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import gevent
from pydantic import ValidationError

from server.device.server_link import ServerAway, ServerRefuses

_SHORTEST, _LONGEST = 0.2, 2.0
"""Seconds between attempts; each pause is twice the last."""
_REFUSED: Final = 1.0


class Polling:
    """`poll` asks once and does what the answer says. `on_link` hears each change once: None when the server answers,
    or why it does not.
    """

    def __init__(self, poll: Callable[[], None], on_link: Callable[[str | None], None]) -> None:
        self.trouble: str | None = "not connected yet"
        self._poll = poll
        self._on_link = on_link

    def run(self) -> None:
        """Never returns; to be spawned, and killed."""
        pause = _SHORTEST
        while True:
            try:
                self._poll()
            except ServerAway as error:
                self._link_is(f"the server does not answer: {error}")
            except ServerRefuses as error:
                self._link_is(f"the server refuses: {error}")
                pause = _REFUSED
            except ValidationError as error:
                self._link_is(f"the server speaks another version: {error.error_count()} mistakes")
                pause = _LONGEST
            else:
                self._link_is(None)
                pause = _SHORTEST
                continue
            gevent.sleep(pause)
            pause = min(pause * 2, _LONGEST)

    def _link_is(self, trouble: str | None) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            self._on_link(trouble)
