"""Text into a strip's columns. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from display.strip.picture import Extent

CHARSET = "gbk"
_STOPS = "，。；：！？、"
"""Signs after which a line may end."""


def shown(text: str) -> str:
    """What of it a strip can show: whatever else is a question mark, and a line break is a space."""
    signs = (sign if sign.isprintable() else "?" for sign in " ".join(text.split()))
    return "".join(signs).encode(CHARSET, "replace").decode(CHARSET)


def width(text: str) -> int:
    """Columns of 8 dots: two for what takes two bytes in GBK, which is what strips draw 16 dots wide."""
    return len(text.encode(CHARSET, "replace"))


def cut(text: str, columns: int) -> str:
    """As much of its beginning as fits, whole characters only."""
    kept = ""
    for sign in text:
        if width(kept + sign) > columns:
            break
        kept += sign
    return kept


def centred(text: str, columns: int) -> str:
    """Exactly `columns` wide."""
    fitting = cut(text, columns)
    spare = columns - width(fitting)
    return " " * (spare // 2) + fitting + " " * (spare - spare // 2)


def first_fitting(wordings: Iterable[str], columns: int) -> str:
    """The first, and therefore best, that fits as a whole; if none does, the beginning of the last."""
    wording = ""
    for wording in wordings:
        if width(wording) <= columns:
            return wording
    return cut(wording, columns)


def lines_of(text: str, columns: int) -> list[str]:
    """Broken at its spaces, and where what stands between two is too long: after a stop, or else anywhere."""
    lines: list[str] = []
    for word in text.split():
        rest = word
        if lines and width(f"{lines[-1]} {rest}") <= columns:
            lines[-1] = f"{lines[-1]} {rest}"
            continue
        while rest:
            lines.append(_begun(rest, columns))
            rest = rest[len(lines[-1]) :]
    return lines


def _begun(text: str, columns: int) -> str:
    """What of `text` to have on a line, of those that it takes."""
    fitting = cut(text, columns)
    stop = max(fitting.rfind(sign) for sign in _STOPS)
    return fitting if fitting == text or stop < 0 else fitting[: stop + 1]


def pages_of(text: str, extent: Extent) -> list[tuple[str, ...]]:
    """As many strips full as it takes, each with all its rows; at least one."""
    lines = lines_of(text, extent.columns) or [""]
    groups = [lines[start : start + extent.rows] for start in range(0, len(lines), extent.rows)]
    return [tuple(centred(line, extent.columns) for line in _filled(group, extent.rows)) for group in groups]


def _filled(lines: list[str], rows: int) -> list[str]:
    return lines + [""] * (rows - len(lines))
