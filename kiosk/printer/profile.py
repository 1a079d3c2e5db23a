"""What one receipt printer can do. Found by the self-test at set-up, saved, never guessed while printing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from server.config.printers import PrinterSettings

DOTS: Final = {80: 576, 58: 384}
"""Printable dots at 8 dots/mm by the paper's width in mm."""
CELL_DOTS: Final = 12
"""A column: the width of one character of Font A."""


class Ack(StrEnum):
    """How the printer says that a ticket is done."""

    GS_H = "gs_h"  # process id, sent back when printing has completed (Epson `GS ( H` fn 48)
    GS_R = "gs_r"  # sensor status asked for after the cut, answered in buffer order (many clones)
    NONE = "none"  # no answer: a job ends as "sent", never as "printed"


class Cut(StrEnum):
    """What the printer's knife does."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"  # no knife: the paper is fed to the tear bar


@dataclass(frozen=True)
class PrinterProfile:
    """One printer model.

    `width_dots` is the printable width at 8 dots/mm; `columns` counts Font A characters of 12 dots in it. `has_chinese`
    is False for a printer without a Chinese font, on which everything is drawn. `chinese_needs_fs` is for clones on
    which `GS !` leaves Chinese characters small. `draws_…`: what is sent as a picture rather than as a command.
    `answers_status` is False for a one-way printer (a plain `/dev/usb/lp0`): it is not asked whether it is ready.
    Raises ValueError when the parts contradict each other.
    """

    width_dots: int = 576
    columns: int = 48
    has_chinese: bool = True
    chinese_needs_fs: bool = False
    draws_number: bool = False
    draws_qr: bool = False
    draws_barcode: bool = False
    cut: Cut = Cut.PARTIAL
    ack: Ack = Ack.GS_H
    answers_status: bool = True

    def __post_init__(self) -> None:
        """Refuse a profile that could not work."""
        if self.columns < 24 or self.columns * CELL_DOTS > self.width_dots:
            raise ValueError(
                f"{self.columns} columns of 12 dots on {self.width_dots} dots: at least 24, and they must fit"
            )
        if self.ack is not Ack.NONE and not self.answers_status:
            raise ValueError("a printer that answers no status cannot acknowledge a ticket")


def profile_of(printer: PrinterSettings) -> PrinterProfile:
    dots = printer.dots or DOTS[printer.width]
    return PrinterProfile(
        width_dots=dots,
        columns=dots // CELL_DOTS,
        has_chinese=printer.chinese == "gbk",
        chinese_needs_fs=printer.chinese_size == "fs",
        draws_number=printer.number == "drawn",
        draws_qr=printer.qr == "drawn",
        draws_barcode=printer.barcode == "drawn",
        cut=Cut(printer.cut),
        ack=Ack(printer.ack),
        answers_status=printer.ack != "none" if printer.status is None else printer.status,
    )
