"""The hall's serial pads, on lines of their own or several on one."""

from __future__ import annotations

from functools import partial

from evaluator.dialects.choosing import dialect_for
from evaluator.pad_talk import PadTalk
from server.config import Settings
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


class PadAgent(DeviceAgent):
    """All pads of the settings. Raises TemplateMistake when one cannot be spoken to."""

    def __init__(self, hall: HallEngine, settings: Settings, buses: Buses) -> None:
        lines = [
            DeviceLine("pad", pad, buses, partial(PadTalk, hall, pad, dialect_for(pad, settings)))
            for pad in settings.pads
        ]
        super().__init__("pads", _CHANGE_WHAT_PADS_SHOW, lines)
