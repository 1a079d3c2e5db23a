"""Empties an outbox to the server, for as long as that takes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import gevent

from server.device.outbox import Outbox
from server.device.server_link import ServerAway, ServerLink, ServerRefuses
from server.messages.letters import MOST_AT_ONCE, LettersIn, LettersOut, SteadyTime

_log = logging.getLogger(__name__)
_TIMEOUT = 5.0
_SHORTEST, _LONGEST = 0.2, 2.0


class Uplink:
    """Sends the oldest letters first and again until they are acknowledged: each has its effect once, in its order.

    `path` of `/api/v1` takes LettersIn and answers LettersOut. It knows nothing of what the letters say. `clock` tells
    the time for those whose age matters.
    """

    def __init__(
        self, link: ServerLink, outbox: Outbox, path: str, clock: Callable[[], SteadyTime] | None = None
    ) -> None:
        self._link = link
        self._outbox = outbox
        self._path = path
        self._clock = clock
        self._greenlet: gevent.Greenlet[..., Any] | None = None

    def start(self) -> None:
        self._greenlet = gevent.spawn(self._run)

    def stop(self) -> None:
        if self._greenlet is not None:
            self._greenlet.kill()

    def _run(self) -> None:
        pause = _SHORTEST
        while True:
            self._outbox.wait()
            if self._send():
                pause = _SHORTEST
            else:
                gevent.sleep(pause)
                pause = min(pause * 2, _LONGEST)

    def _send(self) -> bool:
        """Whether the server took any."""
        oldest = self._outbox.waiting()[:MOST_AT_ONCE]
        letters = LettersIn(letters=oldest, now=None if self._clock is None else self._clock())
        try:
            body = letters.model_dump(exclude_defaults=True)
            taken = LettersOut.model_validate(self._link.call(self._path, body, _TIMEOUT))
        except ServerAway as error:
            _log.info("%s: %s", self._path, error)
            return False
        except (ServerRefuses, ValueError) as error:
            _log.error("%s: messages are kept, because the server does not take them: %s", self._path, error)
            return False
        self._outbox.acknowledge(taken.acknowledged)
        return taken.acknowledged >= letters.letters[0].seq
