"""The sentence a call is spoken with, and the clips it is put together from. Pure; nothing here plays a sound.

Unless the hall has a wording of its own:
    Mandarin:  请A零零一号到三号窗口办理
    English:   Number A zero zero one, please go to window three
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from server.voice.clip_set import model
from server.voice.numbers import One, UnspeakableError, cardinal, signs, words
from server.voice.wording import DEFAULT_WORDING, Wording, compiled


class Announcement(NamedTuple):
    """One call as it is spoken once: `text` for people to read, `clips` in order, names of `server.voice`."""

    text: str
    clips: tuple[str, ...]


class Place(NamedTuple):
    """The values of a wording's other variables, as words: the service called for, and the window's zone."""

    service: str = ""
    zone: str = ""


NOWHERE = Place()


def announcement(
    number: str,
    window: int,
    language: str = "zh",
    one: One = "yi",
    wording: Wording | None = None,
    place: Place = NOWHERE,
) -> Announcement:
    """The announcement that calls ticket `number` (letters and digits, "A001") to window `window` (1 to 999).

    `one` touches the ticket's digits only: a window is never 幺号窗口. Raises UnspeakableError, and
    server.voice.wording.NoClipError for a `place` that no clip says.
    """
    ticket, ticket_clips = _ticket(number, language, one)
    texts, clips = _around_number(window, language, wording, place)
    sounds = clips[0]
    for following in clips[1:]:
        sounds += ticket_clips + following
    return Announcement(ticket.join(texts), sounds)


@lru_cache(maxsize=1024)
def _ticket(number: str, language: str, one: One) -> tuple[str, tuple[str, ...]]:
    clips = signs(language, number, one)
    return words(clips, _between(language)), tuple(clips)


@lru_cache(maxsize=4096)
def _around_number(
    window: int, language: str, wording: Wording | None, place: Place
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The sentence cut at each place where the number comes: texts, and clips."""
    if window < 1:
        raise UnspeakableError(f"a window is 1 or more, not {window}")
    wording = wording or compiled(DEFAULT_WORDING[model(language)], language)
    plate = cardinal(language, window)
    filled = {
        "window": (words(plate, _between(language)), tuple(plate)),
        "service": (place.service, wording.vocabulary.cut(place.service)),
        "zone": (place.zone, wording.vocabulary.cut(place.zone)),
    }
    texts: list[str] = [""]
    clips: list[tuple[str, ...]] = [()]
    for part in wording.parts:
        if part == "number":
            texts.append("")
            clips.append(())
            continue
        text, sounds = filled[part] if isinstance(part, str) else part
        texts[-1] += text
        clips[-1] += sounds
    return tuple(texts), tuple(clips)


def _between(language: str) -> str:
    return " " if model(language) == "en" else ""
