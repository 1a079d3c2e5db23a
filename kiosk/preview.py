"""A slip as its paper will look, drawn from the very bytes that the printer would get."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from PIL import Image

from kiosk.printer.profile import PrinterProfile, profile_of
from kiosk.slip.compose import Paper, compose, rows_of
from kiosk.slip.template import TemplateMistake, template_file
from kiosk.virtual_printer.preview import render
from server.config import Settings
from server.config.printer_address import is_serial
from server.config.printers import PrinterSettings

_DOTS_PER_MM: Final = 8
_MM_PER_SECOND: Final = 150  # of a printer of these days
_BITS_A_BYTE: Final = 10  # 8N1
_ANY_LINK: Final = "tcp://127.0.0.1:9100"


@dataclass(frozen=True)
class PrinterChoice:
    """A printer that one can look through. `baudrate` of a serial line, None where the wire is never the slow part."""

    profile: PrinterProfile
    baudrate: int | None = None
    gs_scales_hanzi: bool = True

    @classmethod
    def of(cls, printer: PrinterSettings) -> PrinterChoice:
        serial = printer.baudrate if is_serial(printer.link) else None
        return cls(profile_of(printer), serial, printer.chinese_size == "gs")


@dataclass(frozen=True)
class Shown:
    """`pictures`: each paper as a data URL, one pixel for each dot. `seconds`: on the wire, or of the mechanism where
    that is slower. `mistake`: of the hall's own template, which is then not what is shown.
    """

    pictures: tuple[str, ...]
    size: int
    millimetres: int
    seconds: float
    mistake: str | None
    garbage: tuple[str, ...]


def choices(settings: Settings) -> Mapping[str, PrinterChoice]:
    """The hall's own printers by name, then what else there is: 80 and 58 mm, native, without a font, hybrid."""
    own = {name: PrinterChoice.of(printer) for name, printer in settings.printers().items()}
    return own | dict(_others())


def _others() -> Iterator[tuple[str, PrinterChoice]]:
    abilities = {
        "native": {},
        "drawn": {"chinese": "none", "qr": "drawn", "barcode": "drawn"},
        "hybrid": {"number": "drawn"},
    }
    for width in (80, 58):
        for name, ability in abilities.items():
            printer = PrinterSettings.model_validate({"link": _ANY_LINK, "width": width, **ability})
            yield f"{width}-{name}", PrinterChoice.of(printer)


def look_at(paper: Paper, choice: PrinterChoice) -> Shown:
    """It draws, so it blocks. Raises FontMissing."""
    profile = choice.profile
    body = compose(paper, profile)
    seen = render(body, width_dots=profile.width_dots, gs_scales_hanzi=choice.gs_scales_hanzi)
    millimetres = sum(picture.height for picture in seen.pictures) // _DOTS_PER_MM
    wire = len(body) * _BITS_A_BYTE / choice.baudrate if choice.baudrate else 0.0
    return Shown(
        pictures=tuple(_data_url(picture) for picture in seen.pictures),
        size=len(body),
        millimetres=millimetres,
        seconds=round(max(wire, millimetres / _MM_PER_SECOND), 1),
        mistake=_mistake(paper, profile),
        garbage=seen.errors,
    )


def _mistake(paper: Paper, profile: PrinterProfile) -> str | None:
    try:
        rows_of(paper, profile, template_file(paper.slip, paper.look.templates))
    except TemplateMistake as error:
        return str(error)
    return None


def _data_url(picture: Image.Image) -> str:
    file = io.BytesIO()
    picture.convert("1").save(file, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode("ascii")
