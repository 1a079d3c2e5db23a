"""From what a slip says to the bytes that print it: template, elements, rows, commands.

A template or logo that is broken never loses a slip: the one that comes along prints it, and the log says why.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kiosk.printer.profile import PrinterProfile
from kiosk.slip.bitmap import Bitmap
from kiosk.slip.elements import Element
from kiosk.slip.logo import LogoUnusable, logo_bitmap
from kiosk.slip.markup import parse
from kiosk.slip.pen import AIRY, Style, bytes_of
from kiosk.slip.rows import Row
from kiosk.slip.setting import set_rows
from kiosk.slip.template import LOCALES, Language, TemplateMistake, render, template_file
from server.hall.printing import Slip
from server.messages.slips import SlipContent
from server.web.i18n import catalogue

_log = logging.getLogger(__name__)

MAX_BYTES: Final = 600
"""Of a ticket with its acknowledgement request: 0.63 s at 9600 baud, so the paper stays the slow part."""
ACK_BYTES: Final = 11  # the longer of the two requests (`kiosk.printer.status.ack_request`)
_TIGHT: Final = tuple(Style(dash, leading=0) for dash in (2, 4, 0))
"""Of a ticket, finest rules first."""
_NARROW: Final = 40  # columns; less is 58 mm paper


@dataclass(frozen=True)
class Look:
    """The hall's own: its names on paper, the folder of its templates, its logo, its language."""

    hall: str
    hotline: str
    templates: Path | None = None
    logo: Path | None = None
    language: Language = "zh"


@dataclass(frozen=True)
class Paper:
    """A slip to be printed. `marked`: as the copy `nth` of what may exist already (补打)."""

    slip: Slip
    content: SlipContent
    look: Look
    marked: bool = False
    nth: int = 1


def compose(paper: Paper, profile: PrinterProfile) -> bytes:
    """The slip from initialise to cut, without the acknowledgement request that a job adds.

    A ticket stays within MAX_BYTES with it for names of ordinary length: the dashed rules, which say nothing, get
    coarser and then go when it would not. Words are never dropped.
    """
    try:
        rows = rows_of(paper, profile, template_file(paper.slip, paper.look.templates))
    except TemplateMistake as error:
        _log.error("%s; the %s is printed with the template that comes along", error, paper.slip.value)
        rows = rows_of(paper, profile, template_file(paper.slip, None))
    logo = _logo(paper.look.logo, profile)
    if paper.slip is not Slip.TICKET:
        return bytes_of(rows, profile, AIRY, logo)
    return _within(MAX_BYTES - ACK_BYTES, rows, profile, logo)


def rows_of(paper: Paper, profile: PrinterProfile, template: Path) -> list[Row]:
    """Raises TemplateMistake."""
    elements = elements_of(paper, profile, template)
    return set_rows(elements, profile.columns, profile.width_dots, _mark(paper))


def elements_of(paper: Paper, profile: PrinterProfile, template: Path) -> Sequence[Element]:
    """Raises TemplateMistake."""
    values: dict[str, Any] = {name: getattr(paper.content, name) for name in type(paper.content).model_fields}
    values |= {
        "hall": paper.look.hall,
        "hotline": paper.look.hotline,
        "paper": {
            "dots": profile.width_dots,
            "columns": profile.columns,
            "narrow": profile.columns < _NARROW,
            "chinese": profile.has_chinese,
            "language": paper.look.language,
        },
    }
    return parse(render(template, values, paper.look.language), template)


def _mark(paper: Paper) -> str:
    """What a copy is marked with; 补打 alone on the first, which is the second paper."""
    if not paper.marked:
        return ""
    words = catalogue(LOCALES[paper.look.language])
    if paper.nth <= 2:
        return words.gettext("Reprint")
    return words.gettext("Reprint %(nth)s") % {"nth": paper.nth - 1}


def _logo(file: Path | None, profile: PrinterProfile) -> Bitmap | None:
    if file is None:
        return None
    try:
        return logo_bitmap(file, profile.width_dots)
    except LogoUnusable as error:
        _log.error("the logo is left out: %s", error)
        return None


def _within(most: int, rows: list[Row], profile: PrinterProfile, logo: Bitmap | None) -> bytes:
    """With the finest rules that keep it within `most` bytes; on what is drawn anyway they are no matter."""
    finest = bytes_of(rows, profile, _TIGHT[0], logo)
    if len(finest) <= most or b"\x1dv0" in finest:
        return finest
    body = finest
    for style in _TIGHT[1:]:
        body = bytes_of(rows, profile, style, logo)
        if len(body) <= most:
            break
    return body
