"""What stands on a slip, one noun for each tag of a template. Sizes are factors of the printer's own font, 1 to 8."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Align = Literal["left", "center", "right"]
Enlarge = Literal["gs", "fs"]
"""How hanzi are enlarged: by `GS !`, or by `FS !` and `FS W`."""


@dataclass(frozen=True)
class Size:
    width: int = 1
    height: int = 1


SINGLE: Final = Size()


@dataclass(frozen=True)
class Logo:
    """The hall's picture, where it has one."""


@dataclass(frozen=True)
class Title:
    """Centred, double size. Too long for a line it goes on in the next, or, `narrow`, gets slim first."""

    text: str
    narrow: bool = False


@dataclass(frozen=True)
class Text:
    """A paragraph. `enlarge`: by this command whatever the printer needs, which is what the self-test shows."""

    text: str
    align: Align = "left"
    size: Size = SINGLE
    bold: bool = False
    enlarge: Enlarge | None = None


@dataclass(frozen=True)
class Number:
    """One text as large as the paper allows."""

    text: str


@dataclass(frozen=True)
class Ends:
    """One text at the left edge and one at the right, on one line where they fit."""

    left: str
    right: str
    size: int = 1


@dataclass(frozen=True)
class Field:
    """`label：text`, going on under itself."""

    label: str
    text: str
    size: Size = SINGLE
    bold: bool = False


@dataclass(frozen=True)
class Item:
    """One of a list: what stands before it, itself, and smaller print below."""

    mark: str
    text: str
    note: str = ""
    size: Size = SINGLE
    bold: bool = False


@dataclass(frozen=True)
class Cell:
    text: str
    share: int = 1
    align: Align = "left"
    bold: bool = False


@dataclass(frozen=True)
class Row:
    """Of a table: the paper's width is shared out among the cells."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Rule:
    """A dashed line."""


@dataclass(frozen=True)
class Gap:
    lines: int = 1


@dataclass(frozen=True)
class Qr:
    content: str


@dataclass(frozen=True)
class Barcode:
    """CODE128. Left out where the content has anything but ASCII, or would be wider than the paper."""

    content: str


@dataclass(frozen=True)
class Sign:
    """A line to sign on, with room above it."""

    label: str


@dataclass(frozen=True)
class Reprint:
    """Where 补打 stands on a copy. A slip that has no such place gets it at its head."""


@dataclass(frozen=True)
class Ruler:
    """The paper's whole width in millimetres, as a picture."""


@dataclass(frozen=True)
class Block:
    """Black, grey and white, as a picture: shows whether the head is clean."""


@dataclass(frozen=True)
class Cut:
    """Between two papers; every slip ends with a cut anyway."""


Element = (
    Logo | Title | Text | Number | Ends | Field | Item | Row | Rule | Gap | Qr | Barcode | Sign | Reprint | Ruler
    | Block | Cut
)  # fmt: skip
