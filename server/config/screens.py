"""The zones of the hall, what hangs in them to be watched, and what speaks there."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from server.config.section import Code, Section, Text, WindowNumber
from server.config.sound_outlet import SoundOutlet
from server.config.spans import NoSpans
from server.told import told


class ZoneSettings(Section):
    """A part of the hall with its own windows, such as a waiting area."""

    id: Code
    name: Text
    name_en: Text
    windows: Annotated[tuple[WindowNumber, ...], Field(min_length=1)]


class MediaSettings(Section):
    """The hall's own pictures and videos, from `folder`, shown while nobody is called.

    A picture stays `seconds`, a video until its end; silent unless `sound`.
    """

    folder: Annotated[str, Field(min_length=1)]
    seconds: Annotated[int, Field(ge=3, le=600)] = 10
    sound: bool = False


class DisplaySettings(Section):
    """A hall screen. With `window` it is that window's own screen, else the board of `zone`, or of the whole hall.

    `notices` always stand on it, before those that a leader posts. `media` is for boards.
    """

    id: Code
    name: Text
    zone: Code | None = None
    window: WindowNumber | None = None
    notices: tuple[str, ...] = ()
    media: MediaSettings | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if self.zone is not None and self.window is not None:
            raise ValueError(told("a window's own screen has no zone"))
        if self.media is not None and self.window is not None:
            raise ValueError(told("a window's own screen shows no media"))
        return self


class SpeakerSettings(Section):
    """The one voice of a zone, or of the whole hall: a single line of announcements, however many screens hang there.

    `at` is where it sounds: on the page of a screen, on a sound card of the server, or at an agent's PC. `muted`: times
    of day at which it says nothing but emergencies.
    """

    id: Code
    name: Text
    at: SoundOutlet
    zone: Code | None = None
    volume: Annotated[float, Field(ge=0, le=1)] = 1.0
    muted: NoSpans = ()
