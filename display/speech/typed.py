"""Typed announcements as clips: made in the background, so that a line never waits for the synthesiser."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Final

import gevent

from server.config import Settings
from server.config.live import LiveSettings
from server.voice.clip_set import model
from server.voice.hints import UnreadableTextError, language_of
from server.voice.synthesis import SynthesisError
from server.voice.typed import typed_clip

_log = logging.getLogger(__name__)
_AGAIN: Final = 30.0
"""Seconds until a text that could not be spoken is tried again."""
_KEPT: Final = 50
"""Texts: as many as can be announced at once, and their other languages, many times over."""


class TypedClips:
    """Asked for a text: its clips, one for each language of the hall that it is spoken in, None while they are made.

    `ready` is told whenever some have been made.
    """

    def __init__(self, live: LiveSettings, ready: Callable[[], None]) -> None:
        self._live = live
        self._ready = ready
        self._made: dict[tuple[str, str], tuple[str, ...]] = {}
        self._making: set[tuple[str, str]] = set()
        self._failed: dict[tuple[str, str], float] = {}

    def __call__(self, text: str) -> tuple[str, ...] | None:
        """Does not wait."""
        wanted = (self._live.revision, text)
        found = self._made.get(wanted)
        rests = time.monotonic() - self._failed.get(wanted, float("-inf")) < _AGAIN
        if found is None and wanted not in self._making and not rests:
            self._making.add(wanted)
            gevent.spawn(self._make, wanted, self._live.now)
        return found

    def _make(self, wanted: tuple[str, str], settings: Settings) -> None:
        try:
            clips = _clips(wanted[1], settings)
        except (UnreadableTextError, SynthesisError, OSError) as error:
            _log.warning("an announcement is shown and not spoken: %s", error)
            self._failed[wanted] = time.monotonic()
        else:
            while len(self._made) >= _KEPT:
                self._made.pop(next(iter(self._made)))
            self._failed.pop(wanted, None)
            self._made[wanted] = clips
        finally:
            self._making.discard(wanted)
        self._ready()


def _clips(text: str, settings: Settings) -> tuple[str, ...]:
    """In those of the hall's languages that can read it: no English voice reads Chinese, and no other reads English."""
    own = language_of(text)
    languages = [one for one in settings.voice.languages if (model(one) == "en") is (own == "en")] or [own]
    clips = []
    for language in languages:
        try:
            clips.append(typed_clip(text, language, settings))
        except UnreadableTextError:
            if language == model(language):
                raise
            # A dialect is only recorded, and this text is not.
    return tuple(clips) or (typed_clip(text, own, settings),)
