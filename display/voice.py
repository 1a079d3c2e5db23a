"""The sentence a call is spoken with, and the clips it is put together from. Pure; nothing here plays a sound.

Mandarin, the wording halls are used to:  请 A 零 零 一 号 到 三 号 窗口 办理
English:                                  Number A zero zero one, please go to window three
"""

from dataclasses import dataclass
from typing import assert_never

from server.voice.clip_set import Language
from server.voice.numbers import One, UnspeakableError, cardinal, signs, words


@dataclass(frozen=True, slots=True)
class Announcement:
    """One call as it is spoken once: `text` for people to read, `clips` in order, each of `server.voice.clip_set`."""

    text: str
    clips: tuple[str, ...]


def announcement(number: str, window: int, language: Language = "zh", one: One = "yi") -> Announcement:
    """The announcement that calls ticket `number` (letters and digits, "A001") to window `window` (1 to 999).

    `one` touches the ticket's digits only: a window is never 幺号窗口. Raises UnspeakableError.
    """
    if window < 1:
        raise UnspeakableError(f"a window is 1 or more, not {window}")
    ticket, plate = signs(language, number, one), cardinal(language, window)
    match language:
        case "zh":
            return _mandarin(ticket, plate)
        case "en":
            return _english(ticket, plate)
        case _:
            assert_never(language)


def _mandarin(ticket: list[str], plate: list[str]) -> Announcement:
    clips = ["zh/qing", *ticket, "zh/hao", "zh/dao", *plate, "zh/hao", "zh/chuangkou", "zh/banli"]
    return Announcement(f"请 {words(ticket)} 号 到 {words(plate, '')} 号 窗口 办理", tuple(clips))


def _english(ticket: list[str], plate: list[str]) -> Announcement:
    text = f"Number {words(ticket)}, please go to window {words(plate)}"
    return Announcement(text, ("en/number", *ticket, "en/please-go-to-window", *plate))
