"""Numbers as clips: a ticket's signs one by one, and whole numbers. Pure; nothing here plays a sound.

A ticket is read sign by sign with every 零 kept, because citizens compare it with the paper in their hand sign by sign;
a window or a count is a cardinal (十二号窗口), because that is how its plate is read.
"""

from string import ascii_uppercase, digits
from typing import Final, Literal

from server.voice.clip_set import CLIPS, Language

One = Literal["yi", "yao"]
"""How Mandarin reads the digit 1 in a ticket number: 一, or 幺 as on the telephone."""

SIGNS: Final = ascii_uppercase + digits
HIGHEST: Final = 999


class UnspeakableError(ValueError):
    """A number cannot be read out: it has signs without a clip, or is larger than the clips reach."""


def signs(language: Language, number: str, one: One = "yi") -> list[str]:
    """The clips of ticket `number` (letters and digits, "A001"). Raises UnspeakableError."""
    if not number or not set(number.upper()) <= set(SIGNS):
        raise UnspeakableError(f"a ticket number is letters A to Z and digits, not {number!r}")
    return [_sign(language, sign, one) for sign in number.upper()]


def cardinal(language: Language, value: int) -> list[str]:
    """The clips of a whole number from 0 to HIGHEST. Raises UnspeakableError."""
    if not 0 <= value <= HIGHEST:
        raise UnspeakableError(f"a number is 0 to {HIGHEST}, not {value}")
    if value == 0:
        return [f"{language}/digit-0"]
    return _mandarin(value) if language == "zh" else _english(value)


def words(clips: list[str], between: str = " ") -> str:
    """What the clips say, for people to read."""
    return between.join(CLIPS[clip].words for clip in clips)


def _sign(language: Language, sign: str, one: One) -> str:
    if sign == "1" and language == "zh" and one == "yao":
        return "zh/digit-1-yao"
    return f"{language}/{'digit' if sign in digits else 'letter'}-{sign}"


def _mandarin(value: int) -> list[str]:
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


def _english(value: int) -> list[str]:
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
