"""How the hall sounds: its calls, and what kiosks read aloud."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator

from server.config.section import Code, Section, Text
from server.config.spans import NoSpans
from server.config.wording import wording_parts
from server.hall.announcement import LONGEST_ANNOUNCEMENT
from server.told import told

MADE_LANGUAGES: Final = ("zh", "yue", "en")
"""The languages that every hall has clips of: 普通话, 粤语, English."""
_FOLDERS: Final = ("typed", "chime")
"""What stands beside the languages among the clips."""


AnnouncementText = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_ANNOUNCEMENT, strip_whitespace=True)
]


def _template(text: str) -> str:
    wording_parts(text)
    return text


class KioskVoiceSettings(Section):
    """How kiosks sound. `muted`: times of day at which they make no sound at all."""

    muted: NoSpans = ()
    volume: Annotated[float, Field(ge=0, le=1)] = 0.8


class DialectSettings(Section):
    """A dialect that the hall has recorded itself, in the folder `code` under the names of the Mandarin clips."""

    code: Code
    name: Text


class VoiceSettings(Section):
    """How calls are spoken, and kiosks read aloud.

    A call is spoken in each of `languages`, in that order; `wording` is the sentence of a language, and a dialect
    without one has the Mandarin. `one`: whether Mandarin and dialects read the digit 1 as 一 or 幺.
    `recordings`: a folder whose `<language>/<clip>.wav` replace the made clips. `announcements`: texts that a leader
    may choose instead of typing one.
    """

    dialects: tuple[DialectSettings, ...] = ()
    languages: Annotated[tuple[Code, ...], Field(min_length=1)] = ("zh",)
    wording: dict[Code, Annotated[str, AfterValidator(_template)]] = Field(default_factory=dict)
    one: Literal["yi", "yao"] = "yi"
    repeats: Annotated[int, Field(ge=1, le=3)] = 2
    recordings: str | None = None
    announcements: tuple[AnnouncementText, ...] = ()
    kiosk: KioskVoiceSettings = KioskVoiceSettings()

    @field_validator("dialects")
    @classmethod
    def _own_codes(cls, dialects: tuple[DialectSettings, ...]) -> tuple[DialectSettings, ...]:
        taken = {*MADE_LANGUAGES, *_FOLDERS}
        for dialect in dialects:
            if dialect.code in taken:
                raise ValueError(told("%(code)r is taken", code=dialect.code))
            taken.add(dialect.code)
        return dialects

    @field_validator("languages")
    @classmethod
    def _languages_known(cls, languages: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        _check_known(languages, info)
        if len(set(languages)) < len(languages):
            raise ValueError(told("a language is named twice"))
        return languages

    @field_validator("wording")
    @classmethod
    def _wording_known(cls, wording: dict[str, str], info: ValidationInfo) -> dict[str, str]:
        _check_known(wording, info)
        return wording

    def dialect_codes(self) -> tuple[str, ...]:
        return tuple(dialect.code for dialect in self.dialects)


def _check_known(languages: tuple[str, ...] | dict[str, str], info: ValidationInfo) -> None:
    """Says nothing where the dialects themselves are mistaken: that is told already."""
    if "dialects" not in info.data:
        return
    known = (*MADE_LANGUAGES, *(dialect.code for dialect in info.data["dialects"]))
    for language in languages:
        if language not in known:
            raise ValueError(
                told(
                    "there is no language %(language)r; there are %(known)s, and voice.dialects",
                    language=language,
                    known=", ".join(known),
                )
            )
