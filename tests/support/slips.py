"""Slips for tests: composed as the kiosk's printers get them, and read back as the virtual printer prints them."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from kiosk.printer.profile import PrinterProfile
from kiosk.slip.compose import Look, Paper, compose
from kiosk.virtual_printer.commands import CommandParser
from kiosk.virtual_printer.preview import NOT_PRINTED, Preview, render
from kiosk.virtual_printer.sheet import Row, TextRow
from kiosk.virtual_printer.typesetter import Typesetter
from server.hall.printing import Slip
from server.messages.slips import CONTENTS, SlipContent

LOOK: Final = Look("青禾镇便民服务中心", "12345")
WIDE: Final = PrinterProfile()
NARROW: Final = PrinterProfile(width_dots=384, columns=32)

Content = TypeVar("Content", bound=SlipContent)


def kind_of(content: SlipContent) -> Slip:
    return next(kind for kind, model in CONTENTS.items() if model is type(content))


def body_of(content: SlipContent, profile: PrinterProfile = WIDE, look: Look = LOOK, **paper: Any) -> bytes:
    return compose(Paper(kind_of(content), content, look, **paper), profile)


def changed(content: Content, **changes: Any) -> Content:
    """The same slip with other words, as valid as they must be. Raises ValueError."""
    values = {name: getattr(content, name) for name in type(content).model_fields}
    return type(content)(**(values | changes))


def rows_on_paper(body: bytes, profile: PrinterProfile = WIDE, *, gs_scales_hanzi: bool = True) -> list[Row]:
    """The rows of all its papers, as a printer sets them."""
    typesetter = Typesetter(profile.width_dots, gs_scales_hanzi=gs_scales_hanzi)
    commands = (command for command in CommandParser().feed(body) if command.name not in NOT_PRINTED)
    return [row for command in commands for row in typesetter.apply(command)]


def lines_on_paper(body: bytes, profile: PrinterProfile = WIDE) -> list[str]:
    """What one reads, blank lines left out."""
    return [row.text for row in rows_on_paper(body, profile) if row.text]


def text_width(row: Row) -> int:
    return sum(glyph.dots for glyph in row.glyphs) if isinstance(row, TextRow) else 0


def seen(body: bytes, profile: PrinterProfile = WIDE) -> Preview:
    """The papers drawn; the printer must have understood every byte."""
    found = render(body, width_dots=profile.width_dots)
    assert found.errors == ()
    return found
