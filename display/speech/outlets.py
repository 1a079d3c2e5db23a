"""Which outlet an address in config.yaml stands for."""

from __future__ import annotations

from display.sound.outlets import SoundOutlets
from display.speech.outlet import Outlet, Tell
from display.speech.page_voices import PageVoices
from server.config.screens import SpeakerSettings
from server.config.sound_outlet import parse_outlet


def outlet_for(speaker: SpeakerSettings, tell: Tell, voices: PageVoices, sounds: SoundOutlets) -> Outlet:
    """What sounds for this speaker; it has not been started."""
    at = parse_outlet(speaker.at)
    if at.kind == "display":
        voice = voices.of(at.name)
        voice.tell = tell
        return voice
    return sounds.of(speaker, tell)
