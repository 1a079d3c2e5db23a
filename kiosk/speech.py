"""What a kiosk reads aloud: sentences of phrases, phrases of recorded clips. Pure; nothing here plays a sound.

    no-paper: 您的号码是 A 零 一 二 | 前面还有 五 人 | 打印机没有纸了 | 您的号码有效 | 请记住号码，或到服务台补打小票

The page gets the sentences with their slots open, and beside them the words of every number that can go into one, so
that it speaks without asking (speech.js fills them in). A service's name is free text without a clip: it is left out.
A kiosk speaks the language of its page, Mandarin or English, whatever languages and dialects the hall calls in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, Literal, TypedDict

from server.voice.clip_set import PromptLanguage
from server.voice.numbers import HIGHEST, SIGNS, One, cardinal, signs

Kind = Literal[
    "home",
    "closed",
    "stopped",
    "checkin",
    "lookup",
    "not-found",
    "still-there",
    "doubt",
    "number",
    "done",
    "no-paper",
    "no-print",
    "rejoined",
    "in-line",
    "called",
]
"""Whatever is read aloud. `closed`: numbers come later today, `stopped`: no more today; `doubt`: one
taken now may not be called today; `number`: where one stands."""

SENTENCES: Final[dict[Kind, tuple[str, ...]]] = {
    "home": ("touch-service",),
    "closed": ("not-now", "see-hours"),
    "stopped": ("stopped", "see-hours"),
    "checkin": ("enter-booking",),
    "lookup": ("enter-number",),
    "not-found": ("not-found",),
    "still-there": ("still-there",),
    "doubt": ("maybe-not-today", "other-ways"),
    "number": ("your-number-is {number}", "{ahead}"),
    "done": ("your-number-is {number}", "{ahead}", "take-slip", "listen"),
    "no-paper": ("your-number-is {number}", "{ahead}", "no-paper", "number-valid", "remember"),
    "no-print": ("your-number-is {number}", "{ahead}", "no-print", "number-valid", "remember"),
    "rejoined": ("rejoined", "your-number-is {number}", "{ahead}", "listen"),
    "in-line": ("in-line", "your-number-is {number}", "{ahead}", "listen"),
    "called": ("your-number-is {number}", "{window}"),
}
"""The phrases of each sentence: names of clips of either language with a space between, and slots."""


class Vocabulary(TypedDict):
    """What the page fills the slots with: the clip of each sign, and the phrase of each count and window."""

    signs: dict[str, str]
    ahead: list[str]
    windows: dict[int, str]


def sentence(
    kind: Kind,
    language: PromptLanguage,
    *,
    number: str = "",
    ahead: int | None = None,
    window: int | None = None,
    one: One = "yi",
) -> list[list[str]]:
    """The clips of each phrase of a sentence, with the values its slots want. Raises UnspeakableError.

    More people than the clips can count are left unsaid.
    """
    slots = {
        "number": " ".join(_bare(signs(language, number, one))) if number else "",
        "ahead": _ahead(language, ahead) if ahead is not None and ahead <= HIGHEST else "",
        "window": _window(language, window) if window is not None else "",
    }
    phrases = (phrase.format(**slots).split() for phrase in SENTENCES[kind])
    return [[f"{language}/{name}" for name in phrase] for phrase in phrases if phrase]


@lru_cache(maxsize=8)
def vocabulary(language: PromptLanguage, windows: tuple[int, ...], one: One) -> Vocabulary:
    """What can go into the sentences of a hall with these windows."""
    return {
        "signs": dict(zip(SIGNS, _bare(signs(language, SIGNS, one)), strict=True)),
        "ahead": [_ahead(language, count) for count in range(HIGHEST + 1)],
        "windows": {number: _window(language, number) for number in windows},
    }


def needed_clips(language: PromptLanguage, known: Vocabulary) -> set[str]:
    """Every clip that some sentence is made of."""
    names: set[str] = set()
    for phrase in _phrases(known):
        names.update(f"{language}/{name}" for name in phrase.split() if not name.startswith("{"))
    return names


def _phrases(known: Vocabulary) -> Iterator[str]:
    for phrases in SENTENCES.values():
        yield from phrases
    yield from known["signs"].values()
    yield from known["ahead"]
    yield from known["windows"].values()


def _ahead(language: PromptLanguage, count: int) -> str:
    if count < 2:
        return ("nobody-ahead", "one-ahead")[count]
    # 两人, but 十二人.
    words = ["liang"] if language == "zh" and count == 2 else _bare(cardinal(language, count))
    return " ".join(("ahead", *words, "people"))


def _window(language: PromptLanguage, number: int) -> str:
    plate = " ".join(_bare(cardinal(language, number)))
    return f"qing dao {plate} hao chuangkou" if language == "zh" else f"please-go-to-window {plate}"


def _bare(clips: Iterable[str]) -> list[str]:
    """Their names without the language."""
    return [clip.partition("/")[2] for clip in clips]
