"""Numbers as clips: a ticket's signs one by one, and whole numbers. Pure; nothing here plays a sound.

A ticket is read sign by sign with every 零 kept, because citizens compare it with the paper in their hand sign by sign;
a window or a count is a cardinal (十二号窗口), because that is how its plate is read.
"""

from collections.abc import Iterable
from string import ascii_uppercase, digits
from typing import Final, Literal

from server.told import told
from server.voice.clip_set import CLIPS, Clip, model

One = Literal["yi", "yao"]
"""How Mandarin and dialects read the digit 1 in a ticket number: 一, or 幺 as on the telephone."""

SIGNS: Final = ascii_uppercase + digits
HIGHEST: Final = 999


class UnspeakableError(ValueError):
    """A number cannot be read out: it has signs without a clip, or is larger than the clips reach."""


def signs(language: str, number: str, one: One = "yi") -> list[str]:
    """The clips of ticket `number` (letters and digits, "A001") in a language or dialect. Raises UnspeakableError."""
    if not number or not set(number.upper()) <= set(SIGNS):
        raise UnspeakableError(told("a ticket number is letters A to Z and digits, not %(number)r", number=number))
    return [f"{language}/{_sign(language, sign, one)}" for sign in number.upper()]


def cardinal(language: str, value: int) -> list[str]:
    """The clips of a whole number from 0 to HIGHEST in a language or dialect. Raises UnspeakableError."""
    if not 0 <= value <= HIGHEST:
        raise UnspeakableError(told("a number is 0 to %(highest)s, not %(value)s", highest=HIGHEST, value=value))
    if value == 0:
        return [f"{language}/digit-0"]
    match model(language):
        case "zh":
            names = _chinese(value, {1: ["yibai"], 2: ["liangbai"]})
        case "yue":
            names = _chinese(value, {})
        case "en":
            names = _english(value)
    return [f"{language}/{name}" for name in names]


def words(clips: Iterable[str], between: str = " ") -> str:
    """What the clips say, for people to read."""
    return between.join(_model_clip(clip).words for clip in clips)


def _model_clip(name: str) -> Clip:
    language, _, bare = name.partition("/")
    return CLIPS[f"{model(language)}/{bare}"]


def _sign(language: str, sign: str, one: One) -> str:
    if sign == "1" and one == "yao" and model(language) == "zh":
        return "digit-1-yao"
    return f"{'digit' if sign in digits else 'letter'}-{sign}"


def _chinese(value: int, own: dict[int, list[str]]) -> list[str]:
    """十 · 十二 · 二十 · 一百零三 · 一百一十: 一 is dropped before a leading 十 only, a gap is one 零.

    `own` are hundreds with a clip of their own, as in Mandarin 一百 and 两百.
    """
    hundreds, rest = divmod(value, 100)
    tens, units = divmod(rest, 10)
    names: list[str] = []
    if hundreds:
        names += own.get(hundreds, [f"digit-{hundreds}", "bai"])
    if tens:
        names += [f"digit-{tens}"] if tens > 1 or hundreds else []
        names.append("shi")
    elif hundreds and units:
        names.append("digit-0")
    if units:
        names.append(f"digit-{units}")
    return names


def _english(value: int) -> list[str]:
    """ten · twenty one · one hundred and three, the "and" as Chinese schools teach it."""
    hundreds, rest = divmod(value, 100)
    names = [f"digit-{hundreds}", "hundred"] if hundreds else []
    if hundreds and rest:
        names.append("and")
    if rest >= 20:
        names.append(f"cardinal-{rest - rest % 10}")
        rest %= 10
    if rest:
        names.append(f"cardinal-{rest}" if rest >= 10 else f"digit-{rest}")
    return names
