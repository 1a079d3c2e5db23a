"""What an installer at the terminal is told, in both languages."""

from __future__ import annotations

from server.web.i18n import CHINESE, catalogue


def phrase(text: str, **values: object) -> str:
    """Chinese first, English below it. Values that are phrases themselves stand in each in its language."""
    chinese = catalogue(CHINESE).gettext(text)
    lines = [chinese.format(**{name: _line(value, 0) for name, value in values.items()})]
    if chinese != text:
        lines.append(text.format(**{name: _line(value, 1) for name, value in values.items()}))
    return "\n".join(lines)


def _line(value: object, language: int) -> object:
    if not isinstance(value, str):
        return value
    lines = value.split("\n")
    return lines[min(language, len(lines) - 1)]
