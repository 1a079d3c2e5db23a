"""A hall's wording cut into the clips that speak it. Pure.

Words are cut by the longest clip that leaves a rest which can be cut as well; punctuation and spaces have no clips.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from server.config.wording import Variable, wording_parts
from server.told import told
from server.voice.clip_set import CLIPS, Language, model

DEFAULT_WORDING: Final[dict[Language, str]] = {
    "zh": "请{number}号到{window}号窗口办理",
    "yue": "请{number}号到{window}号窗口办理",
    "en": "Number {number}, please go to window {window}",
}
_SILENT: Final = frozenset("PZ")
"""Unicode's punctuation and spaces."""


class NoClipError(ValueError):
    """`words` stand in a wording, and no clip says them."""

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(told("no clip for 「%(words)s」", words=words))


class Vocabulary:
    """The clips of a language by the words they say."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._clips = {_key(said): name for said, name in words.items()}
        self._longest_first = sorted(self._clips, key=len, reverse=True)

    def cut(self, text: str) -> tuple[str, ...]:
        """The names of the clips that say `text`. Raises NoClipError."""
        chosen = self._choices(text)
        if chosen is None:
            raise NoClipError(self._first_unsaid(text))
        return tuple(self._clips[word] for word in chosen)

    def _choices(self, text: str) -> list[str] | None:
        """From the end forward, so that no long word spoils the rest."""
        rest: dict[int, list[str] | None] = {len(text): []}
        for at in reversed(range(len(text))):
            if _is_silent(text[at]):
                rest[at] = rest[at + 1]
                continue
            rest[at] = None
            for word in self._words_at(text, at):
                after = rest[at + len(word)]
                if after is not None:
                    rest[at] = [word, *after]
                    break
        return rest[0]

    def _words_at(self, text: str, at: int) -> Iterator[str]:
        for word in self._longest_first:
            end = at + len(word)
            if _key(text[at:end]) == word and not (_in_word(text, at) or _in_word(text, end)):
                yield word

    def _first_unsaid(self, text: str) -> str:
        """From where the longest words lead no further, up to where one fits again."""
        at = 0
        while at < len(text) and (_is_silent(text[at]) or next(self._words_at(text, at), None)):
            at += 1 if _is_silent(text[at]) else len(next(self._words_at(text, at)))
        end = at + 1
        while end < len(text) and not _is_silent(text[end]) and not next(self._words_at(text, end), None):
            end += 1
        return text[at:end]


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """A sentence ready to be filled: its parts are said words with their clips, and variables.

    Compared by identity, for `compiled` gives the same one for the same words.
    """

    parts: tuple[tuple[str, tuple[str, ...]] | Variable, ...]
    vocabulary: Vocabulary


@lru_cache(maxsize=64)
def compiled(template: str, language: str, phrases: tuple[str, ...] = ()) -> Wording:
    """`template` for a language or dialect, with what the hall recorded itself as `phrases`.

    Raises NoClipError, ValueError.
    """
    known = _vocabulary(language, phrases)
    return Wording(
        tuple(part.variable or (part.words, known.cut(part.words)) for part in wording_parts(template)), known
    )


def phrase_clip(language: str, words: str) -> str:
    """The clip's name of a phrase that a hall recorded."""
    return f"{language}/phrases/{words}"


@lru_cache(maxsize=64)
def _vocabulary(language: str, phrases: tuple[str, ...]) -> Vocabulary:
    own = model(language)
    made = {
        clip.words: f"{language}/{clip.name.partition('/')[2]}"
        for clip in CLIPS.values()
        if clip.name.startswith(f"{own}/")
    }
    return Vocabulary(made | {words: phrase_clip(language, words) for words in phrases})


def _key(text: str) -> str:
    """Words are found in small and capital letters; a letter's name only where it stands as one."""
    return text if len(text) == 1 else text.casefold()


def _is_silent(sign: str) -> bool:
    return unicodedata.category(sign)[0] in _SILENT


def _in_word(text: str, at: int) -> bool:
    """Whether a cut here would part an English word or a number; capitals may stand for themselves, as in VIP."""
    pair = text[max(at - 1, 0) : at + 1]
    return len(pair) == 2 and pair.isascii() and pair.isalnum() and not pair.isupper()
