"""Typed text as the synthesiser is to read it: pieces, each for one voice. Pure.

Chinese is turned into pinyin or left in characters for the Cantonese voice; Latin words within it go to the English
voice. A polyphone may be given its pinyin: 重{chong2}庆. People read the text without it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from pypinyin import Style, lazy_pinyin

from server.told import told
from server.voice.building import CANTONESE, ENGLISH, MANDARIN, Voice
from server.voice.clip_set import Language
from server.voice.hints import HAN, HINT, UnreadableTextError, plain
from server.voice.numbers import One
from server.voice.numerals import spelled

LONGEST: Final = 500
"""Characters: two minutes of speech."""

_HINTED: Final = 0xE000
"""Unicode's private characters stand for hinted ones while numbers are read: a hint has a digit too."""
_PRIVATE: Final = r"\ue000-\uf8ff"
_CHINESE: Final = re.compile(rf"[{HAN}{_PRIVATE}]+|[^{HAN}{_PRIVATE}]+")
_LATIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9'’&.-]*(?: +[A-Za-z][A-Za-z0-9'’&.-]*)*")
_ABBREVIATION: Final = re.compile(r"\b[A-Z]{2,3}\b")
_EN_TELEPHONE: Final = re.compile(r"(?<![\w:.,])(?:0\d+|\d{5,}|[48]00-?\d{3}-?\d{4}|0\d{2,3}-\d{7,8})(?![\w:]|[.,]\d)")
_EN_TICKET: Final = re.compile(r"\b([A-Z]{1,3})(\d+)\b")
_EN_DIGITS: Final = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_LETTER_A: Final = "eigh"
"""The English voice reads a lone A as the article."""
_STOPS: Final = "。！？；!?;.…"


class Piece(NamedTuple):
    """What one voice reads in one go. `pause`: whether the sentence has a breath after it."""

    text: str
    voice: Voice
    pause: bool


def pieces(text: str, language: Language, one: One = "yi") -> list[Piece]:
    """`text` cut for the voices. Raises UnreadableTextError where there is nothing to say, or too much."""
    if len(text) > LONGEST:
        raise UnreadableTextError(
            told("%(text)s characters: %(longest)s at the most are spoken", text=len(text), longest=LONGEST)
        )
    plain(text)
    read = [_english(text)] if language == "en" else list(_chinese(text, language, one))
    said = [piece for piece in read if any(sign.isalnum() for sign in piece.text)]
    if not said:
        raise UnreadableTextError(told("there is nothing to say"))
    return said


def _english(text: str) -> Piece:
    text = _EN_TICKET.sub(lambda found: f"{_letters(found.group(1))} {_one_by_one(found.group(2))}", plain(text))
    text = _EN_TELEPHONE.sub(lambda found: _one_by_one(found.group()), text)
    if text != text.upper():  # else every word looks like an abbreviation
        text = _ABBREVIATION.sub(lambda found: _letters(found.group()), text)
    return Piece(text, ENGLISH, True)


def _one_by_one(digits: str) -> str:
    return " ".join(_EN_DIGITS[int(digit)] if digit.isdigit() else "," for digit in digits)


def _chinese(text: str, language: Language, one: One) -> Iterator[Piece]:
    hints: list[tuple[str, str]] = []

    def hide(found: re.Match[str]) -> str:
        hints.append((found.group(1), found.group(2).replace("ü", "v")))
        return chr(_HINTED + len(hints) - 1)

    hidden = "".join(sign for sign in text if unicodedata.category(sign) != "Co")
    numbered = spelled(HINT.sub(hide, hidden), one, liang=language == "zh")
    end = 0
    for found in _LATIN.finditer(numbered):
        yield from _han(numbered[end : found.start()], language, hints)
        word = found.group()
        read = _ABBREVIATION.sub(lambda short: _letters(short.group()), word) if len(word) > 1 else _letters(word)
        yield Piece(read, ENGLISH, _breathes(numbered[found.end() :]))
        end = found.end()
    yield from _han(numbered[end:], language, hints)


def _han(text: str, language: Language, hints: list[tuple[str, str]]) -> Iterator[Piece]:
    read = (_characters(run, language, hints) for run in _CHINESE.findall(text))
    voice = MANDARIN if language == "zh" else CANTONESE
    yield Piece(" ".join(read).strip(), voice, _breathes(text.rstrip()[-1:]))


def _characters(run: str, language: Language, hints: list[tuple[str, str]]) -> str:
    """Pinyin of a run of Chinese without what no dictionary has; anything else is a pause, or nothing."""
    if not re.match(f"[{HAN}{_PRIVATE}]", run):
        if any(sign in _STOPS for sign in run):
            return "."
        return "," if any(unicodedata.category(sign)[0] == "P" or sign == "\n" for sign in run) else ""
    known = {at: hints[ord(sign) - _HINTED] for at, sign in enumerate(run) if ord(sign) >= _HINTED}
    shown = "".join(known[at][0] if at in known else sign for at, sign in enumerate(run))
    if language != "zh":
        return shown
    syllables = lazy_pinyin(
        shown,
        style=Style.TONE3,
        errors=list,  # type: ignore[arg-type]  # one for each character it does not know: the hints are counted by them
        neutral_tone_with_five=True,
        tone_sandhi=True,
    )
    given = (known[at][1] if at in known else syllable for at, syllable in enumerate(syllables))
    return " ".join(syllable for syllable in given if syllable[0].isascii())


def _letters(letters: str) -> str:
    return " ".join(_LETTER_A if letter == "A" else letter for letter in letters)


def _breathes(after: str) -> bool:
    return bool(after) and unicodedata.category(after[0])[0] == "P"
