"""One pad: its serial line kept alive, its presses stored and then acknowledged, its sign kept right."""

from __future__ import annotations

import logging
import time
from typing import Any

import gevent
from gevent.queue import Empty, SimpleQueue

from evaluator.dialects import Dialect
from evaluator.hearing import Hearing, Instant, Press
from evaluator.session import PadSession, wanted
from server.config.devices import PadSettings
from server.device.link import Link, LinkError
from server.device.serial_port import open_serial
from server.device.supervisor import LinkState, Supervisor
from server.engine import EngineError, HallEngine
from server.hall.commands import PressKey

_log = logging.getLogger(__name__)
_LOOK_AGAIN = 1.0
"""Seconds until a hall that could not be asked is asked again."""
_GRACE = 2.0
_FOREVER = 3600.0

Inbox = SimpleQueue[Press | LinkError | None]
"""What one life of a line works on: a press, the end of the line, or None to look at the hall again."""


class PadLine:
    """The pad of `pad`, spoken to in `dialect`."""

    def __init__(self, hall: HallEngine, pad: PadSettings, dialect: Dialect) -> None:
        self.window = pad.window
        self._hall = hall
        self._pad = pad
        self._dialect = dialect
        self._link_state = LinkState("", online=False, reason="not opened")
        self._hearing: Hearing | None = None
        self._inbox: Inbox | None = None
        self._supervisor: Supervisor | None = None
        self._greenlet: gevent.Greenlet[..., Any] | None = None

    def start(self) -> None:
        """Open the line and keep it open; may be called again after `stop`."""
        self._supervisor = Supervisor(
            lambda: open_serial(self._pad.link, self._pad.baudrate),
            self._serve,
            name=f"pad at window {self.window}",
            on_state=self._note,
        )
        self._greenlet = gevent.spawn(self._supervisor.run)

    def stop(self) -> None:
        """Close the line; `join` waits until the press in hand is stored."""
        if self._supervisor is not None:
            self._supervisor.stop()

    def join(self) -> None:
        if self._greenlet is not None:
            self._greenlet.join(_GRACE)

    def look(self) -> None:
        """Something happened at the window: the pad may have to show something else. Does not wait."""
        if self._inbox is not None:
            self._inbox.put(None)

    def state(self) -> dict[str, Any]:
        """`{kind, id, window, state, reason}`: offline, settling while presses are of unknown age, then ready."""
        state = "offline"
        if self._link_state.online and self._hearing is not None:
            state = "settling" if self._hearing.settles_in(time.monotonic()) else "ready"
        reason = self._link_state.reason or None
        return {"kind": "pad", "id": str(self.window), "window": self.window, "state": state, "reason": reason}

    def _note(self, state: LinkState) -> None:
        self._link_state = state

    def _serve(self, link: Link) -> None:
        """One life of the line. Ends by LinkError alone."""
        # A fresh inbox: what an earlier life left unsaid is of unknown age, and the pad sends it again.
        inbox: Inbox = SimpleQueue()
        self._inbox = inbox
        hearing = self._hearing = Hearing(self._dialect.decoder(), self._pad.address, time.monotonic())
        session = PadSession(self._dialect, self._pad.address)
        reader = gevent.spawn(self._listen, link, hearing, inbox)
        try:
            while True:
                patience = self._show(link, session)
                try:
                    heard = inbox.get(timeout=patience)
                except Empty:
                    continue
                if isinstance(heard, LinkError):
                    raise heard
                if heard is not None:
                    self._take(link, session, hearing, heard)
        finally:
            reader.kill()
            self._hearing = self._inbox = None

    def _listen(self, link: Link, hearing: Hearing, inbox: Inbox) -> None:
        """Reads in a greenlet of its own, so that a press is dated when it comes and not when the hall has time."""
        try:
            while True:
                data = link.read(_FOREVER)
                now = Instant(self._hall.clock(), time.monotonic())
                for press in hearing.receive(data, now) if data else ():
                    inbox.put(press)
        except LinkError as error:
            inbox.put(error)
        except Exception:  # noqa: BLE001 — the greenlet's outermost edge: a deaf line must be opened again
            _log.exception("pad at window %s: listening failed", self.window)
            inbox.put(LinkError("internal error"))

    def _take(self, link: Link, session: PadSession, hearing: Hearing, press: Press) -> None:
        """Store, then acknowledge. A press that could not be stored is not acknowledged, and the pad sends it again.

        Each sending of one press carries the same idempotency key: it is stored once and acknowledged each time.
        """
        command = PressKey(self.window, press.key, self._pad.keys.get(press.key), press.made_after)
        try:
            self._hall.do(command, key=f"pad:{self.window}:{press.id}")
        except EngineError as error:
            _log.warning("pad at window %s: a press was not stored: %s", self.window, error.code)
            return
        for frame in session.acknowledge(press.key, time.monotonic()):
            link.write(frame)
        hearing.acknowledged(press)

    def _show(self, link: Link, session: PadSession) -> float | None:
        """Bring the pad up to date. Answers after how many seconds to look again; None: when something happens."""
        try:
            goal = self._hall.read(lambda state: wanted(state, self.window))
        except EngineError:
            return _LOOK_AGAIN
        now = time.monotonic()
        for frame in session.frames(goal, now):
            link.write(frame)
        return session.due_in(now)
