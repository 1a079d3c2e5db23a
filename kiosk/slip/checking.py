"""Mistakes in a hall's own templates and logo, found before anything is printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kiosk.printer.profile import CELL_DOTS, DOTS, PrinterProfile
from kiosk.slip.compose import Look, Paper, rows_of
from kiosk.slip.fonts import FontMissing, chinese_font
from kiosk.slip.logo import LogoUnusable, logo_bitmap
from kiosk.slip.paper import look_of
from kiosk.slip.samples import Sample, sample
from kiosk.slip.template import SUFFIX, TemplateMistake
from server.config import Settings
from server.config.section import Mistake
from server.hall.printing import Slip
from server.told import Told, at, told, told_of

_WIDE = PrinterProfile()
_NARROW = PrinterProfile(width_dots=DOTS[58], columns=DOTS[58] // CELL_DOTS)


def look_mistakes(settings: Settings) -> Iterator[Mistake]:
    """Each template is tried with several slips, so that also what stands in an `if` is seen.

    A file whose name begins with `_` is a part that others include.
    """
    look = look_of(settings)
    if look.logo is not None:
        try:
            logo_bitmap(look.logo, DOTS[80])
        except LogoUnusable as error:
            yield "printing.logo", told_of(error)
    yield from _font_mistakes(settings)
    if look.templates is None:
        return
    if not look.templates.is_dir():
        yield "printing.templates", at(look.templates, told("no such folder"))
        return
    known = {slip.value + SUFFIX: slip for slip in Slip}
    for file in sorted(look.templates.glob("*" + SUFFIX)):
        if file.name.startswith("_"):
            continue
        if file.name not in known:
            yield (
                "printing.templates",
                at(file, told("there is no such slip; there are %(known)s", known=", ".join(sorted(known)))),
            )
            continue
        yield from (("printing.templates", mistake) for mistake in _template_mistakes(file, known[file.name], look))


def _font_mistakes(settings: Settings) -> Iterator[Mistake]:
    """What a printer cannot set itself is drawn here, with a font of this machine."""
    if all(printer.chinese == "gbk" and printer.number == "native" for printer in settings.printers().values()):
        return
    try:
        chinese_font(24, bold=False)
    except FontMissing as error:
        yield "printing", told("a printer needs its slips drawn: %(error)s", error=told_of(error))


def _template_mistakes(file: Path, slip: Slip, look: Look) -> list[Told]:
    """Each once, in the order of its line."""
    found: dict[Told, int] = {}
    for which in Sample:
        paper = Paper(slip, sample(slip, which), look)
        for profile, marked in ((_WIDE, False), (_NARROW, True)):
            try:
                rows_of(replace(paper, marked=marked), profile, file)
            except TemplateMistake as error:
                found[told_of(error)] = error.line
    return sorted(found, key=lambda mistake: found[mistake])
