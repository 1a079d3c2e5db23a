"""Pinyin given to a polyphone in typed text, as in 重{chong2}庆: read by the voice, and taken out for people. Pure."""

from __future__ import annotations

import re
from typing import Final

from server.told import told
from server.voice.clip_set import Language

HAN: Final = r"\u3400-\u9fff"
"""Chinese characters, for a class of a regular expression."""
HINT: Final = re.compile(rf"([{HAN}])\{{([a-zü]{{1,6}}[1-5])\}}")
UNREADABLE: Final = 3
"""With which `server.voice.speaking` ends for text that cannot be spoken."""


class UnreadableTextError(ValueError):
    """Text that cannot be spoken; the message says why."""


def readable(text: str) -> str:
    """The text without its hints. Never raises: what is no hint is left as it stands."""
    return HINT.sub(r"\1", text)


def plain(text: str) -> str:
    """The text for people to read. Raises UnreadableTextError for braces that hold no pinyin, and half characters."""
    shown = readable(text)
    if brace := re.search(r"[{}]\S*", shown):
        raise UnreadableTextError(
            told("%(brace)r is no pinyin after a character, as in 重{chong2}庆", brace=brace.group())
        )
    if re.search(r"[\ud800-\udfff]", shown):
        raise UnreadableTextError(told("a character of it is broken"))
    return shown


def language_of(text: str) -> Language:
    """Mandarin where there is any Chinese character, else English."""
    return "zh" if re.search(f"[{HAN}]", text) else "en"
