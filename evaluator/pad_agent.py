"""Serial pads, on lines of their own or several on one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from evaluator.dialects import BESIDE_KEYPAD, Dialect, dialects
from evaluator.pad_desk import HallDesk, PadDesk
from evaluator.pad_talk import PadTalk
from server.config import Settings
from server.config.devices import PadSettings
from server.device.bus import Buses
from server.device.device_agent import DeviceAgent
from server.device.device_line import DeviceLine
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
    }
)


class Pads(DeviceAgent):
    """The pads of this PC, whatever the server's place. `dialect_of` says how each is spoken to."""

    def __init__(
        self,
        desk: PadDesk,
        pads: Sequence[PadSettings],
        dialect_of: Callable[[PadSettings], Dialect],
        buses: Buses,
    ) -> None:
        lines = [DeviceLine("pad", pad, buses, partial(PadTalk, desk, pad, dialect_of(pad))) for pad in pads]
        super().__init__("pads", CHANGE_WHAT_PADS_SHOW, lines)


class PadAgent(Pads):
    """Those pads of the settings that hang on the server."""

    def __init__(self, hall: HallEngine, settings: Settings, buses: Buses) -> None:
        shared = {(keypad.link, keypad.address) for keypad in settings.keypads}

        def dialect_of(pad: PadSettings) -> Dialect:
            return BESIDE_KEYPAD if (pad.link, pad.address) in shared else own_dialect(pad)

        here = [pad for pad in settings.pads if pad.agent is None]
        super().__init__(HallDesk(hall), here, dialect_of, buses)


def own_dialect(pad: PadSettings) -> Dialect:
    """For a pad that shares its address with nobody."""
    return dialects[pad.dialect]
