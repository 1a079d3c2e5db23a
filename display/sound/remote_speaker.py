"""One speaker of an agent's PC: what the server wants said, and what becomes of it."""

from __future__ import annotations

import logging
import time
from collections import deque
from pathlib import Path
from typing import Final

import gevent
from gevent.event import Event

from display.sound.alsa import AlsaOutlet, Withdrawn
from display.sound.clip_store import ClipStore
from display.sound.wire import BeginOut, OrderOut, SaidIn, SoundBeginIn, SpeakerState
from display.speech.outlet import Order, Report
from server.device.server_link import ServerAway, ServerLink, ServerRefuses

_log = logging.getLogger(__name__)
PATH: Final = "agent/sound"
_BEGIN: Final = 1.5
"""Seconds in which the server must say that an order may sound."""
_SAYING: Final = 3.0
_AGAIN: Final = 0.1
_REMEMBERED: Final = 1000


class RemoteSpeaker:
    """`about` names the agent and this life of it. An order is played once, however often it is given."""

    def __init__(self, device: str, link: ServerLink, folder: Path, about: dict[str, str]) -> None:
        self._link = link
        self._about = about
        self._clips = ClipStore(link, folder)
        self._outlet = AlsaOutlet(device, self._clips, self._tell, self._ask)
        self._known: deque[str] = deque(maxlen=_REMEMBERED)
        self._hand: OrderOut | None = None
        self._began = False
        self._next: OrderOut | None = None
        self._unsaid: deque[SaidIn] = deque()
        self._some = Event()
        self._saying: gevent.Greenlet[..., None] | None = None

    def start(self) -> None:
        self._outlet.start()
        self._saying = gevent.spawn(self._say)

    def stop(self) -> None:
        """What sounds is cut off."""
        self._next = None
        self._outlet.stop()
        if self._saying is not None:
            self._saying.kill()

    def state(self) -> SpeakerState:
        condition = self._outlet.condition
        return SpeakerState(state=condition.state, reason=condition.reason)

    def holding(self) -> set[str]:
        """Also what has ended, until the server has acknowledged it."""
        given = {order.id for order in (self._hand, self._next) if order is not None}
        return given.union(said.order for said in self._unsaid)

    def take(self, order: OrderOut) -> None:
        """The server has one in hand at a time: what it gave before is over for it, and is only heard to its end."""
        if order.id in self._known:
            return
        self._known.append(order.id)
        self._next = order
        if self._hand is None:
            self._play_next()
        elif not self._began:
            self._outlet.drop()

    def _play_next(self) -> None:
        order, self._next = self._next, None
        self._hand, self._began = order, False
        if order is not None:
            self._clips.expect(order.versions)
            self._outlet.play(Order(order.id, tuple(order.clips), order.chime, order.pause, order.volume, order.text))

    def _tell(self, report: Report) -> None:
        self._unsaid.append(SaidIn(**self._about, order=report.order, phase=report.phase, reason=report.reason))
        self._some.set()
        if report.phase == "began":
            self._began = True
        else:
            self._play_next()

    def _ask(self, order: Order) -> None:
        """Raises Withdrawn when the server does not let it sound."""
        asked = SoundBeginIn(**self._about, order=order.id).model_dump()
        give_up = time.monotonic() + _BEGIN
        while True:
            try:
                may = BeginOut.model_validate(self._link.call(f"{PATH}/begin", asked, _BEGIN)).may
            except ServerAway as error:
                if time.monotonic() + _AGAIN >= give_up:
                    raise Withdrawn(str(error)) from error
                gevent.sleep(_AGAIN)
            except (ServerRefuses, ValueError) as error:
                raise Withdrawn(str(error)) from error
            else:
                break
        if not may:
            raise Withdrawn("no longer wanted")

    def _say(self) -> None:
        """In order, each until it has arrived; after a while nobody waits for it, and it comes to nothing there."""
        while True:
            self._some.wait()
            if self._arrives(self._unsaid[0]):
                self._unsaid.popleft()
                if not self._unsaid:
                    self._some.clear()
            else:
                gevent.sleep(_AGAIN)

    def _arrives(self, said: SaidIn) -> bool:
        try:
            self._link.call(f"{PATH}/said", said.model_dump(), _SAYING)
        except ServerAway as error:
            _log.info("%s of %s not told: %s", said.phase, said.order, error)
            return False
        except ServerRefuses as error:
            _log.warning("%s of %s not taken: %s", said.phase, said.order, error)
        return True
