"""Which outlet an address in config.yaml stands for."""

from __future__ import annotations

from display.speech.outlet import Condition, Order, Outlet, Tell
from display.speech.page_voices import PageVoices
from server.config.screens import SpeakerSettings
from server.config.sound_outlet import parse_outlet


def outlet_for(speaker: SpeakerSettings, tell: Tell, voices: PageVoices) -> Outlet:
    """What sounds for this speaker; it has not been started."""
    at = parse_outlet(speaker.at)
    if at.kind == "display":
        voice = voices.of(at.name)
        voice.tell = tell
        return voice
    return _Nothing()


class _Nothing:
    """An address for which there is no outlet."""

    condition = Condition("offline", "not_connected")

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def play(self, order: Order) -> None: ...

    def drop(self) -> None: ...
