"""How the hall sounds: its calls, and what kiosks read aloud."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from server.config.section import Section
from server.config.spans import NoSpans


class KioskVoiceSettings(Section):
    """How kiosks sound. `muted`: times of day at which they make no sound at all."""

    muted: NoSpans = ()
    volume: Annotated[float, Field(ge=0, le=1)] = 0.8


class VoiceSettings(Section):
    """How calls are spoken, and kiosks read aloud.

    `recordings`: a folder whose `<language>/<clip>.wav` replace the made clips.
    """

    languages: Annotated[tuple[Literal["zh", "en"], ...], Field(min_length=1)] = ("zh",)
    one: Literal["yi", "yao"] = "yi"
    repeats: Annotated[int, Field(ge=1, le=3)] = 2
    recordings: str | None = None
    kiosk: KioskVoiceSettings = KioskVoiceSettings()
