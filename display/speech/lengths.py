"""How long an order sounds, from the recordings' own headers."""

from __future__ import annotations

from typing import Final

from display.speech.outlet import Order
from server.config.live import LiveSettings
from server.voice.clip_set import CHIME
from server.voice.pages import hall_pack

_CLIP_GAP: Final = 0.06
_CHIME_GAP: Final = 0.15
"""Seconds; as the outlets have them."""
_CHARACTER: Final = 0.35
"""Seconds that one character of a text takes whose recording is not to be had here, slowly spoken."""


class Lengths:
    """Seconds of each recording, read once for each configuration."""

    def __init__(self, live: LiveSettings) -> None:
        self._live = live
        self._revision = ""
        self._seconds: dict[str, float] = {}

    def of(self, order: Order) -> float:
        """Without the pause before it."""
        clips = [CHIME, *order.clips] if order.chime else list(order.clips)
        self._learn(clips)
        if any(clip not in self._seconds for clip in clips):
            return _CHIME_GAP + _CHARACTER * len(order.text)
        return _CHIME_GAP + sum(self._seconds[clip] + _CLIP_GAP for clip in clips)

    def _learn(self, clips: list[str]) -> None:
        if self._revision != self._live.revision:
            self._revision, self._seconds = self._live.revision, {}
        unknown = [clip for clip in clips if clip not in self._seconds]
        found = hall_pack(self._live.now).manifest(unknown, lambda name: name) if unknown else {}
        self._seconds.update({clip: entry["seconds"] for clip, entry in found.items()})
