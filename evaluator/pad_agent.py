"""Pads, on lines of their own or several on one."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from gevent.event import Event

from evaluator.dialects import Dialect
from evaluator.dialects.choosing import dialect_for
from evaluator.pad_desk import HallDesk, PadDesk
from evaluator.pad_talk import PadTalk
from server.config import Settings
from server.config.devices import PadSettings
from server.device.bus import Buses, Seat
from server.device.chatter import ChatterWatch
from server.device.device_agent import DeviceAgent
from server.device.device_line import DeviceAt, DeviceLine
from server.device.poller import Poller
from server.engine import HallEngine
from server.hall import events as ev

CHANGE_WHAT_PADS_SHOW: Final = frozenset(
    {
        ev.EvaluationOpened,
        ev.EvaluationVoted,
        ev.EvaluationLapsed,
        ev.WindowOpened,
        ev.WindowPaused,
        ev.WindowReopened,
        ev.WindowClosed,
        ev.DayOpened,
        ev.TicketCalled,
        ev.TicketFinished,
        ev.TicketNoShow,
        ev.TicketHeld,
        ev.TicketResumed,
        ev.TicketTransferred,
        ev.TicketReopened,
        ev.TicketRequeued,
        ev.TicketCancelled,
        ev.TicketExpired,
    }
)


class Pads(DeviceAgent):
    """The pads of this PC, wherever their hall is. Those that speak only when asked are asked in turn, line by line.

    `dialect_of` says how each is spoken to, and `neighbours` are the other devices that may be on the same lines.
    """

    def __init__(
        self,
        desk: PadDesk,
        pads: Sequence[PadSettings],
        dialect_of: Callable[[PadSettings], Dialect],
        buses: Buses,
        neighbours: Sequence[DeviceAt] = (),
    ) -> None:
        at_windows: tuple[DeviceAt, ...] = (*pads, *neighbours)
        crowd = Counter(device.link for device in at_windows)
        watches = [ChatterWatch(alone=crowd[pad.link] == 1) for pad in pads]
        dialects_of = [dialect_of(pad) for pad in pads]
        lines = [
            DeviceLine("pad", pad, buses, partial(PadTalk, desk, pad, dialect, watch))
            for pad, dialect, watch in zip(pads, dialects_of, watches, strict=True)
        ]
        super().__init__("pads", CHANGE_WHAT_PADS_SHOW, lines)
        self._buses = buses
        self._watches = [(pad.window, watch) for pad, watch in zip(pads, watches, strict=True)]
        self._polled: dict[tuple[str, int], list[PolledPad]] = {}
        for pad, dialect, line in zip(pads, dialects_of, lines, strict=True):
            if dialect.poll(pad.address) is not None:
                self._polled.setdefault((pad.link, pad.baudrate), []).append(PolledPad(line))
        self._seats: list[Seat] = []

    def start(self) -> None:
        """See DeviceAgent.start."""
        super().start()
        self._seats = [self._buses.join(link, speed, Poller(pads)) for (link, speed), pads in self._polled.items()]

    def stop(self) -> None:
        """See Agent.stop."""
        for seat in self._seats:
            seat.leave()
        super().stop()
        for seat in self._seats:
            seat.join()

    def take_back(self, kind: str, name: str) -> bool | None:
        """See `server.terminal.TakesBack`."""
        found = [watch for window, watch in self._watches if (kind, name) == ("pad", str(window))]
        now = time.monotonic()
        return all([watch.take_back(now) for watch in found]) if found else None


class PadAgent(Pads):
    """Those pads of the settings that hang on the server. Raises TemplateMistake when one cannot be spoken to."""

    def __init__(self, hall: HallEngine, settings: Settings, buses: Buses) -> None:
        here = [pad for pad in settings.pads if pad.agent is None]
        dialect_of = partial(dialect_for, settings=settings)
        super().__init__(HallDesk(hall), here, dialect_of, buses, (*settings.keypads, *settings.strips))


class PolledPad:
    """A pad that speaks only when it is asked. See `server.device.poller.Polled`."""

    def __init__(self, line: DeviceLine[PadTalk]) -> None:
        self._line = line

    @property
    def name(self) -> str:
        return self._line.name

    def question(self) -> tuple[bytes, Event] | None:
        """See Polled.question."""
        talk = self._line.talk
        return talk.question() if talk is not None else None

    def is_there(self, *, there: bool) -> None:
        """See Polled.is_there."""
        if (talk := self._line.talk) is not None:
            talk.is_there(there=there)
