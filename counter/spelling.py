"""How a Chinese name is typed without writing it: its pinyin, whole and by initials. Pure."""

from __future__ import annotations

from functools import lru_cache

from pypinyin import Style, lazy_pinyin, pinyin


@lru_cache(maxsize=4096)
def spellings(name: str) -> tuple[str, ...]:
    """Such as ("shebaoyibao", "sbyb"), without tones; first characters that are read in several ways give several
    (单 is Shan as a surname). Letters and digits stay as they are, in lower case.
    """
    read = lazy_pinyin(name.casefold())
    if not read:
        return ()
    firsts = [read[0], *pinyin(name[:1], style=Style.NORMAL, heteronym=True)[0]]
    whole = ["".join([first, *read[1:]]) for first in firsts]
    initials = ["".join(syllable[:1] for syllable in [first, *read[1:]]) for first in firsts]
    return tuple(dict.fromkeys(text.casefold().replace(" ", "") for text in [*whole, *initials]))
