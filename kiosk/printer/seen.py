"""What whoever set a printer up saw on its test slip, and the profile that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from kiosk.printer.probe import Probed
from kiosk.printer.profile import CELL_DOTS, DOTS, Ack
from kiosk.printer.trial_slip import RULER
from server.config.field_mistakes import mistake
from server.config.printers import PrinterSettings
from server.told import told

QUESTIONS: Final = {
    "chinese": told("Line C: is it Chinese, and right (yes, no)"),
    "large_line": told("Lines A and B: on which is the Chinese twice as high and wide (A if on both, B, none)"),
    "number": told("Line D: does A012 stand four times as high as the other lines (yes, no)"),
    "columns": told("Line E: the last number before the ruler breaks, and one more for each dot behind it"),
    "qr": told("Line F: does a phone read JIAOHAO 2026 in the QR code (yes, no)"),
    "barcode": told("Line G: is there a bar code with JH-0427 below it (yes, no)"),
    "picture": told("Line H: is there a square with both diagonals (yes, no)"),
    "cut": told("Is the slip cut off (full, partial: it hangs by a corner, none)"),
}
_WORDS: Final[dict[str, object]] = {"yes": True, "no": False, "a": "A", "b": "B"}
_NARROW_COLUMNS: Final = 36  # more do not fit on paper of 58 mm


class Seen(BaseModel):
    """What the installer saw on the slip. `columns`: where the ruler's first line ends."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    chinese: bool
    large_line: Literal["A", "B", "none"]
    number: bool
    columns: int = Field(ge=24, le=RULER + 1)
    qr: bool
    barcode: bool
    picture: bool
    cut: Literal["full", "partial", "none"]


class AnswerInvalid(ValueError):
    """No answer to that question."""


class Unusable(Exception):
    """No profile could make this printer print a ticket; the message says why."""


@dataclass(frozen=True)
class Found:
    """All that is known of a printer after its slip."""

    link: str
    baudrate: int | None
    probed: Probed
    ack: Ack
    seen: Seen


def understood(key: str, said: object) -> object:
    """An answer as it was typed or stands in a file, as `Seen` has it. Raises AnswerInvalid."""
    word = str(said).strip().lower()
    as_it_is = said is None or isinstance(said, bool)
    value = said if as_it_is else int(word) if word.isdigit() else _WORDS.get(word, word)
    try:
        Seen.model_validate(_ANY.model_dump() | {key: value})
    except ValidationError as error:
        raise AnswerInvalid(mistake(error.errors()[0])[1]) from error
    return value


_ANY: Final = Seen(
    chinese=True, large_line="A", number=True, columns=48, qr=True, barcode=True, picture=True, cut="full"
)
"""Answers that make sense, to try another one with."""


def settings_for(found: Found) -> PrinterSettings:
    """The `printer:` section of config.yaml. Raises Unusable."""
    seen = found.seen
    has_chinese = seen.chinese and seen.large_line != "none"
    is_drawn = not (has_chinese and seen.number and seen.qr)
    if is_drawn and not seen.picture:
        raise Unusable(
            told("what it cannot print by itself would have to be drawn, and it prints no pictures (line H)")
        )
    columns = seen.columns - seen.columns % 2  # so that the dots are whole bytes
    width = 58 if columns <= _NARROW_COLUMNS else 80
    dots = columns * CELL_DOTS
    section: dict[str, object] = {"link": found.link, "width": width}
    if found.baudrate is not None:
        section["baudrate"] = found.baudrate
    if dots != DOTS[width]:
        section["dots"] = dots
    section |= {
        "ack": found.ack.value if found.probed.answers_status else Ack.NONE.value,
        "status": found.probed.answers_status,
        "chinese": "gbk" if has_chinese else "none",
        "chinese_size": "fs" if seen.large_line == "B" else "gs",
        "number": "native" if seen.number else "drawn",
        "qr": "native" if seen.qr else "drawn",
        "barcode": "native" if seen.barcode else "drawn",
        "cut": seen.cut,
    }
    return PrinterSettings.model_validate(section)
