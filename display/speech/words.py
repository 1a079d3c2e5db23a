"""The sentences that speakers say, put together from the hall's clips."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from typing import Final, Protocol

import gevent

from display.sentences import sentences
from display.voice import Announcement
from server.config.live import LiveSettings
from server.hall.state import Call
from server.voice.clip_set import model
from server.voice.hints import UnreadableTextError, language_of
from server.voice.pages import hall_pack
from server.voice.synthesis import SynthesisError
from server.voice.typed import typed_clip

_log = logging.getLogger(__name__)
_AGAIN: Final = 10.0
"""Seconds until a text is tried again that could not be made into speech."""


class Words(Protocol):
    def call(self, call: Call) -> Sequence[Announcement]:
        """The sentence of a call in each of the hall's languages."""

    def typed(self, text: str) -> tuple[str, ...] | None:
        """The clips of a typed text; None while they are being made, or when they cannot be."""


class HallWords:
    """See Words. Typed texts are made into clips beside what else goes on, and asked for again and again meanwhile."""

    def __init__(self, live: LiveSettings) -> None:
        self._live = live
        self._made: dict[tuple[str, str], tuple[str, ...]] = {}
        self._making: set[tuple[str, str]] = set()
        self._failed = float("-inf")

    @property
    def fails(self) -> bool:
        """Whether a text that is to be spoken cannot be made into speech."""
        return time.monotonic() - self._failed < 2 * _AGAIN

    def call(self, call: Call) -> Sequence[Announcement]:
        settings, ticket = self._live.now, call.ticket
        return sentences(ticket.number, call.window, ticket.service, settings, hall_pack(settings))

    def typed(self, text: str) -> tuple[str, ...] | None:
        key = (text, self._live.revision)
        if key not in self._made and key not in self._making:
            self._making.add(key)
            gevent.spawn(self._make, key)
        return self._made.get(key)

    def _make(self, key: tuple[str, str]) -> None:
        clips = self._clips(key[0])
        if clips:
            self._made = {**{one: made for one, made in self._made.items() if one[1] == key[1]}, key: clips}
        else:
            self._failed = time.monotonic()
            gevent.sleep(_AGAIN)
        self._making.discard(key)

    def _clips(self, text: str) -> tuple[str, ...]:
        """In every language of the hall that can say it, or else in its own."""
        able = [language for language in self._live.now.voice.languages if _can_say(language, text)]
        return self._in(able, text) or self._in([language_of(text)], text)

    def _in(self, languages: list[str], text: str) -> tuple[str, ...]:
        made = (self._clip(text, language) for language in languages)
        return tuple(clip for clip in made if clip is not None)

    def _clip(self, text: str, language: str) -> str | None:
        try:
            return typed_clip(text, language, self._live.now)
        except (UnreadableTextError, SynthesisError, OSError) as error:
            _log.warning("an announcement is not spoken (%s): %s", language, error)
            return None


def _can_say(language: str, text: str) -> bool:
    """The English voice has no Chinese."""
    return model(language) != "en" or language_of(text) == "en"
