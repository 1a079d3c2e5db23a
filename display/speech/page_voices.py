"""The voice of every screen's pages, whether or not the configuration has a speaker there now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from display.messages import SpeakOut
from display.speech.page_voice import PageVoice


class PageVoices:
    """`changed(screen)` hears that a page of that screen is to be told something else; it must not wait."""

    def __init__(self) -> None:
        self.changed: Callable[[str], None] = lambda screen: None
        self._voices: dict[str, PageVoice] = {}

    def of(self, screen: str) -> PageVoice:
        if screen not in self._voices:
            self._voices[screen] = PageVoice(partial(self._changed, screen))
        return self._voices[screen]

    def speak(self, screen: str) -> SpeakOut | None:
        """What one of the screen's pages is to play, for its view."""
        told = self.of(screen).speak
        if told is None:
            return None
        page, order = told
        return SpeakOut(
            id=order.id,
            page=page,
            clips=list(order.clips),
            chime=order.chime,
            pause=order.pause,
            volume=order.volume,
            text=order.text,
        )

    def _changed(self, screen: str) -> None:
        self.changed(screen)
