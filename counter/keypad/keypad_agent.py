"""The hall's hardware keypads, on lines of their own or on those of pads and strips."""

from __future__ import annotations

import logging
from functools import partial

from counter.keypad.dialects import dialects
from counter.keypad.keypad_talk import KeypadTalk
from counter.keypad.person import Person
from server.config import Settings
from server.device.bus import Buses
from server.device.device_agent import DeviceAgent
from server.device.device_line import DeviceLine
from server.engine import HallEngine
from server.web.keypad_codes import CodesAway, KeypadCodes

_log = logging.getLogger(__name__)


class KeypadAgent(DeviceAgent):
    """All keypads of the settings. Nearly every event changes for whom how many wait."""

    def __init__(self, hall: HallEngine, settings: Settings, buses: Buses, codes: KeypadCodes) -> None:
        self._codes = codes
        self._persons = {keypad.window: Person(keypad.window, codes) for keypad in settings.keypads}
        lines = [
            DeviceLine(
                "keypad",
                keypad,
                buses,
                partial(KeypadTalk, hall, keypad, dialects[keypad.dialect], self._persons[keypad.window]),
            )
            for keypad in settings.keypads
        ]
        super().__init__("keypads", frozenset(), lines, everywhere=True)

    def start(self) -> None:
        """Whoever was signed in when the server ended still is."""
        try:
            signed_in = self._codes.signed_in() if self._persons else {}
        except CodesAway as error:
            _log.warning("keypads: who was signed in is not known: %s", error)
            signed_in = {}
        for window, person in self._persons.items():
            person.username = signed_in.get(window)
        super().start()
