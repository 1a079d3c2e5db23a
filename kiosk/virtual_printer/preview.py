"""What some bytes will look like on paper: parsed, set and drawn at once, without time, threads or a connection."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from kiosk.virtual_printer.answers import QUESTIONS, check_question
from kiosk.virtual_printer.commands import UNKNOWN, Command, CommandInvalid, CommandParser
from kiosk.virtual_printer.drawing import draw
from kiosk.virtual_printer.sheet import Sheet
from kiosk.virtual_printer.typesetter import Typesetter

NOT_PRINTED = frozenset(("DLE EOT", "DLE ENQ", "DLE DC4", "ESC p", "GS a"))
"""Commands that a printer obeys without anything to be seen on paper."""


@dataclass(frozen=True)
class Preview:
    """The papers in their order; the last one may not have been cut.

    `pictures` are RGB, one pixel per dot; `texts` are the papers as one reads them; `errors` is what a real printer
    would have printed as garbage or ignored.
    """

    pictures: tuple[Image.Image, ...]
    texts: tuple[str, ...]
    errors: tuple[str, ...]


def render(
    data: bytes,
    *,
    width_dots: int,
    chinese: bool = True,
    gb18030: bool = False,
    gs_scales_hanzi: bool = True,
    desk: bool = False,
) -> Preview:
    """Draw `data`, which may be any bytes at all, as a printer of these abilities does that starts afresh.

    `desk` draws the papers torn off and lying on a desk, as the virtual printer keeps them. Raises FontMissing.
    """
    typesetter = Typesetter(width_dots, chinese=chinese, gb18030=gb18030, gs_scales_hanzi=gs_scales_hanzi)
    parser = CommandParser()
    sheets, errors = [Sheet()], []
    for command in parser.feed(data):
        try:
            _print(command, typesetter, sheets[-1])
        except CommandInvalid as error:
            errors.append(str(error))
        else:
            if command.name == "GS V":
                sheets.append(Sheet())
    if parser.pending:
        errors.append(f"incomplete command {parser.pending[:8].hex(' ')}")
    papers = sheets if sheets[-1].rows else sheets[:-1]
    return Preview(
        tuple(draw(sheet, width_dots, desk=desk) for sheet in papers),
        tuple(sheet.text() for sheet in papers),
        tuple(errors),
    )


def _print(command: Command, typesetter: Typesetter, sheet: Sheet) -> None:
    """Raises CommandInvalid."""
    if command.name == UNKNOWN:
        raise CommandInvalid(f"unknown command {command.raw[:8].hex(' ')}")
    if command.name in QUESTIONS:
        check_question(command)
    elif command.name not in NOT_PRINTED:
        sheet.rows += typesetter.apply(command)
