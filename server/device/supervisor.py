"""The supervisor of one device line: opens it, serves it, and opens it again when it breaks."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from gevent.event import Event

from server.device.link import Link, LinkError

L = TypeVar("L", bound=Link)
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LinkState:
    """What the health page says of a line: `reason` is why it is offline, empty while it is online."""

    name: str
    online: bool
    reason: str = ""


class Supervisor(Generic[L]):
    """Keeps one line alive: unplug it, and it comes back by itself within two seconds of being plugged in.

    `open_link` opens the line or raises LinkError; `serve` talks over it until the line raises LinkError. `on_state`
    hears each change once: several failed attempts for one reason are one change. `backoff` is the first and the
    longest pause between attempts, in seconds; the pause doubles, and starts over after a line that held longer
    than the longest pause, so that a line which opens but breaks at once is not hammered.

    Run it with `gevent.spawn(supervisor.run)`.
    """

    def __init__(
        self,
        open_link: Callable[[], L],
        serve: Callable[[L], None],
        *,
        name: str,
        backoff: tuple[float, float] = (0.2, 2.0),
        on_state: Callable[[LinkState], None],
    ) -> None:
        self._open_link = open_link
        self._serve = serve
        self._name = name
        self._shortest, self._longest = backoff
        self._on_state = on_state
        self._state: LinkState | None = None
        self._link: L | None = None
        self._stopping = Event()

    def run(self) -> None:
        """Open, serve, wait, again; returns after `stop`."""
        pause = self._shortest
        while not self._stopping.is_set():
            began = time.monotonic()
            reason = self._attempt()
            if self._stopping.is_set():
                break
            self._report(LinkState(self._name, online=False, reason=reason))
            if time.monotonic() - began > self._longest:
                pause = self._shortest
            self._stopping.wait(pause)
            pause = min(pause * 2, self._longest)
        self._report(LinkState(self._name, online=False, reason="stopped"))

    def stop(self) -> None:
        """End `run` promptly: closes the line, so that `serve` finishes what it has in hand and then gets LinkLost."""
        self._stopping.set()
        if self._link is not None:
            self._link.close()

    def _attempt(self) -> str:
        """One life of the line; answers why it ended."""
        try:
            self._link = self._open_link()
            try:
                if not self._stopping.is_set():  # stopped while opening
                    self._report(LinkState(self._name, online=True))
                    self._serve(self._link)
            finally:
                link, self._link = self._link, None
                link.close()
        except LinkError as error:
            return str(error)
        except Exception:  # the outermost edge: a fault in serving one message must not silence the device for good
            logger.exception("line %s: serving failed", self._name)
            return "internal error"
        return "closed"

    def _report(self, state: LinkState) -> None:
        if state == self._state:
            return
        self._state = state
        if state.online or self._stopping.is_set():
            logger.info("line %s: %s", state.name, state.reason or "online")
        else:
            logger.warning("line %s: offline: %s", state.name, state.reason)
        self._on_state(state)
