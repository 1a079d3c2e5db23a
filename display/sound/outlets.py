"""The outlets that are no pages: sound cards of the server, and those of agents' PCs."""

from __future__ import annotations

from display.sound.alsa import AlsaOutlet
from display.sound.clips import HallClips
from display.sound.remote import SoundAgents
from display.speech.outlet import Outlet, Tell
from server.config.live import LiveSettings
from server.config.screens import SpeakerSettings
from server.config.sound_outlet import parse_outlet
from server.engine import HallEngine


class SoundOutlets:
    """`agents` is what the API for agents asks."""

    def __init__(self, hall: HallEngine, live: LiveSettings) -> None:
        self.agents = SoundAgents(hall, live)
        self._clips = HallClips(live)

    def of(self, speaker: SpeakerSettings, tell: Tell) -> Outlet:
        """What sounds for a speaker at `alsa://` or `agent://`; it has not been started."""
        at = parse_outlet(speaker.at)
        if at.kind == "agent":
            return self.agents.outlet(at.name, speaker.id, self._clips, tell)
        return AlsaOutlet(at.name, self._clips, tell)
