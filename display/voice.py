"""The sentence a call is spoken with, and the clips it is put together from. Pure; nothing here plays a sound.

Mandarin, the wording halls are used to:  请 A 零 零 一 号 到 三 号 窗口 办理
English:                                  Number A zero zero one, please go to window three

The ticket is read sign by sign with every 零 kept, because citizens compare it with the paper in their hand sign by
sign; the window is a cardinal (十二号窗口), because that is how its plate is read.
"""

from dataclasses import dataclass
from string import ascii_uppercase, digits
from typing import Final, Literal, assert_never

from display.clip_set import CLIPS, Language

One = Literal["yi", "yao"]
"""How Mandarin reads the digit 1 in a ticket number: 一, or 幺 as on the telephone."""

HIGHEST_WINDOW: Final = 999


class UnspeakableCallError(ValueError):
    """The number or the window cannot be read out: the hall is configured with signs that have no clip."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """One call as it is spoken once: `text` for people to read, `clips` in order, each a name of `display.clip_set`."""

    text: str
    clips: tuple[str, ...]


def announcement(number: str, window: int, language: Language = "zh", one: One = "yi") -> Announcement:
    """The announcement that calls ticket `number` (letters and digits, "A001") to window `window` (1 to 999).

    `one` touches the ticket's digits only: a window is never 幺号窗口. Raises UnspeakableCallError.
    """
    if not number or not set(number.upper()) <= set(ascii_uppercase + digits):
        raise UnspeakableCallError(f"a ticket number is letters A to Z and digits, not {number!r}")
    if not 1 <= window <= HIGHEST_WINDOW:
        raise UnspeakableCallError(f"a window is 1 to {HIGHEST_WINDOW}, not {window}")
    match language:
        case "zh":
            return _mandarin(number.upper(), window, one)
        case "en":
            return _english(number.upper(), window)
        case _:
            assert_never(language)


def _mandarin(number: str, window: int, one: One) -> Announcement:
    ticket = _signs("zh", number)
    if one == "yao":
        ticket = ["zh/digit-1-yao" if clip == "zh/digit-1" else clip for clip in ticket]
    cardinal = _mandarin_cardinal(window)
    clips = ["zh/qing", *ticket, "zh/hao", "zh/dao", *cardinal, "zh/hao", "zh/chuangkou", "zh/banli"]
    text = f"请 {_words(ticket)} 号 到 {_words(cardinal, '')} 号 窗口 办理"
    return Announcement(text, tuple(clips))


def _english(number: str, window: int) -> Announcement:
    ticket = _signs("en", number)
    cardinal = _english_cardinal(window)
    text = f"Number {_words(ticket)}, please go to window {_words(cardinal)}"
    return Announcement(text, ("en/number", *ticket, "en/please-go-to-window", *cardinal))


def _signs(language: Language, number: str) -> list[str]:
    return [f"{language}/{'digit' if sign in digits else 'letter'}-{sign}" for sign in number]


def _words(clips: list[str], between: str = " ") -> str:
    return between.join(CLIPS[clip].words for clip in clips)


def _mandarin_cardinal(value: int) -> list[str]:
    """十 · 十二 · 二十 · 一百零三 · 一百一十 · 两百: 一 is dropped before a leading 十 only, a gap is one 零."""
    hundreds, rest = divmod(value, 100)
    tens, units = divmod(rest, 10)
    clips: list[str] = []
    if hundreds in (1, 2):
        clips.append("zh/yibai" if hundreds == 1 else "zh/liangbai")
    elif hundreds:
        clips += [f"zh/digit-{hundreds}", "zh/bai"]
    if tens:
        clips += [f"zh/digit-{tens}"] if tens > 1 or hundreds else []
        clips.append("zh/shi")
    elif hundreds and units:
        clips.append("zh/digit-0")
    if units:
        clips.append(f"zh/digit-{units}")
    return clips


def _english_cardinal(value: int) -> list[str]:
    """ten · twenty one · one hundred and three, the "and" as Chinese schools teach it."""
    hundreds, rest = divmod(value, 100)
    clips = [f"en/digit-{hundreds}", "en/hundred"] if hundreds else []
    if hundreds and rest:
        clips.append("en/and")
    if rest >= 20:
        clips.append(f"en/cardinal-{rest - rest % 10}")
        rest %= 10
    if rest:
        clips.append(f"en/cardinal-{rest}" if rest >= 10 else f"en/digit-{rest}")
    return clips
