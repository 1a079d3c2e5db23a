"""What one receipt printer can do. Found by the self-test at set-up, saved, never guessed while printing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Ack(StrEnum):
    """How the printer says that a ticket is done."""

    GS_H = "gs_h"  # process id, sent back when printing has completed (Epson `GS ( H` fn 48)
    GS_R = "gs_r"  # sensor status asked for after the cut, answered in buffer order (many clones)
    NONE = "none"  # no answer: a job ends as "sent", never as "printed"


@dataclass(frozen=True)
class PrinterProfile:
    """One printer model.

    `width_dots` is the printable width at 8 dots/mm: 576 on 80 mm paper, 384 on 58 mm. `columns` counts Font A
    characters of 12 dots in it. `chinese_needs_fs` is for clones on which `GS !` leaves Chinese characters small.
    `answers_status` is False for a one-way printer (a plain `/dev/usb/lp0`): it is not asked whether it is ready.
    Raises ValueError when the parts contradict each other.
    """

    width_dots: int = 576
    columns: int = 48
    chinese_needs_fs: bool = False
    ack: Ack = Ack.GS_H
    answers_status: bool = True

    def __post_init__(self) -> None:
        """Refuse a profile that could not work."""
        if self.columns < 24 or self.columns * 12 > self.width_dots:
            raise ValueError(
                f"{self.columns} columns of 12 dots on {self.width_dots} dots: at least 24, and they must fit"
            )
        if self.ack is not Ack.NONE and not self.answers_status:
            raise ValueError("a printer that answers no status cannot acknowledge a ticket")
