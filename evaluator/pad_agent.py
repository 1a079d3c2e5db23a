"""The hall's serial pads, on lines of their own or several on one."""

from __future__ import annotations

from functools import partial

from evaluator.dialects import BESIDE_KEYPAD, Dialect, dialects
from evaluator.pad_talk import PadTalk
from server.config import Settings
from server.config.devices import PadSettings
from server.device.bus import Buses
from server.device.device_agent import DeviceAgent
from server.device.device_line import DeviceLine
from server.engine import HallEngine
from server.hall import events as ev

_CHANGE_WHAT_PADS_SHOW = frozenset(
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


class PadAgent(DeviceAgent):
    """All pads of the settings."""

    def __init__(self, hall: HallEngine, settings: Settings, buses: Buses) -> None:
        lines = [
            DeviceLine("pad", pad, buses, partial(PadTalk, hall, pad, _dialect(pad, settings))) for pad in settings.pads
        ]
        super().__init__("pads", _CHANGE_WHAT_PADS_SHOW, lines)


def _dialect(pad: PadSettings, settings: Settings) -> Dialect:
    shared = {(keypad.link, keypad.address) for keypad in settings.keypads}
    return BESIDE_KEYPAD if (pad.link, pad.address) in shared else dialects[pad.dialect]
