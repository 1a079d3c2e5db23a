"""The hall's LED strips, on lines of their own or on those of the pads."""

from __future__ import annotations

from functools import partial

from display.strip.codecs import codec_for
from display.strip.strip_talk import StripTalk
from server.config.live import LiveSettings
from server.device.bus import Buses
from server.device.device_agent import DeviceAgent
from server.device.device_line import DeviceLine
from server.engine import HallEngine
from server.hall import events as ev

_CHANGE_WHAT_STRIPS_SAY = frozenset(
    {
        ev.DayOpened,
        ev.DayClosed,
        ev.AnnouncementMade,
        ev.AnnouncementEnded,
        ev.WindowOpened,
        ev.WindowClosed,
        ev.WindowPaused,
        ev.WindowReopened,
        ev.TicketCalled,
        ev.TicketRecalled,
        ev.TicketStarted,
        ev.TicketFinished,
        ev.TicketNoShow,
        ev.TicketHeld,
        ev.TicketResumed,
        ev.TicketWoken,
        ev.TicketTransferred,
        ev.TicketReopened,
        ev.TicketRequeued,
        ev.TicketRejoined,
        ev.TicketCancelled,
        ev.TicketExpired,
    }
)


class StripAgent(DeviceAgent):
    """All strips of the settings. Raises TemplateMistake when one cannot be spoken to."""

    def __init__(self, hall: HallEngine, live: LiveSettings, buses: Buses) -> None:
        lines = [
            DeviceLine("strip", strip, buses, partial(StripTalk, hall, live, strip, codec_for(strip)))
            for strip in live.now.strips
        ]
        super().__init__("strips", _CHANGE_WHAT_STRIPS_SAY, lines)
