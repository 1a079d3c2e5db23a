"""A slip line by line, as wide as its paper: what is left is to say it to a printer."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.slip.elements import SINGLE, Align, Enlarge, Size


@dataclass(frozen=True)
class TextRow:
    """One line. `align` and `bold` are None where they cannot be seen: a full line, a line of blanks."""

    text: str
    size: Size = SINGLE
    align: Align | None = "left"
    bold: bool | None = False
    enlarge: Enlarge | None = None


@dataclass(frozen=True)
class NumberRow:
    """`scale` times the printer's own font, or as large when it is drawn."""

    text: str
    scale: int


@dataclass(frozen=True)
class RuleRow:
    pass


@dataclass(frozen=True)
class GapRow:
    lines: int = 1


@dataclass(frozen=True)
class QrRow:
    """`module`: dots of one of its squares. `content` is ASCII."""

    content: str
    module: int


@dataclass(frozen=True)
class BarcodeRow:
    """CODE128. `module`: dots of its narrowest bar."""

    content: str
    module: int


@dataclass(frozen=True)
class LogoRow:
    pass


@dataclass(frozen=True)
class RulerRow:
    pass


@dataclass(frozen=True)
class BlockRow:
    pass


@dataclass(frozen=True)
class CutRow:
    pass


Row = TextRow | NumberRow | RuleRow | GapRow | QrRow | BarcodeRow | LogoRow | RulerRow | BlockRow | CutRow
