"""Receipt printers, and what the hall prints on them."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field, model_validator

from server.config.addresses import PrinterLink
from server.config.printer_address import can_answer
from server.config.section import Section
from server.told import told

Seconds = Annotated[int, Field(ge=10, le=3600)]


class PrinterSettings(Section):
    """One printer: how it is reached and what it can do, as `jiaohao device probe printer` found.

    `ack`: how it says that a job is done: `gs_h` (`GS ( H` fn 48), `gs_r` (`GS r 1`), or `none` for one-way printers.
    `status`: whether it answers `DLE EOT`; null: unless `ack` is none. `chinese`: `gbk` for a font of its own, `none`
    for a printer without one, on which everything is drawn. `chinese_size`: `gs` where `GS !` enlarges hanzi too, `fs`
    for a clone that needs `FS !` and `FS W` beside it. `number`: `drawn` for the smooth number that costs 4.5 kB. `qr`
    and `barcode`: `native`, or `drawn` for a printer that does not know the command. `dots`: the printable ones, where
    they are not the width's usual 576 or 384.
    """

    link: PrinterLink
    baudrate: Annotated[int, Field(ge=1200, le=921_600)] = 9600
    width: Literal[58, 80] = 80
    dots: Annotated[int, Field(ge=288, le=832, multiple_of=8)] | None = None
    ack: Literal["gs_h", "gs_r", "none"] = "gs_h"
    status: bool | None = None
    chinese: Literal["gbk", "none"] = "gbk"
    chinese_size: Literal["gs", "fs"] = "gs"
    number: Literal["native", "drawn"] = "native"
    qr: Literal["native", "drawn"] = "native"
    barcode: Literal["native", "drawn"] = "native"
    cut: Literal["full", "partial", "none"] = "partial"

    @model_validator(mode="after")
    def _possible(self) -> PrinterSettings:
        if self.ack != "none" and self.status is False:
            raise ValueError(told("a printer that answers no status cannot acknowledge: ack must be none"))
        if (self.ack != "none" or self.status) and not can_answer(self.link):
            raise ValueError(
                told("%(link)s carries no answers back: ack must be none, and status false or left out", link=self.link)
            )
        return self


class PrintingSettings(Section):
    """`too_old`: seconds after which a job that was not printed is dropped: it would lie there for somebody who left.

    `templates`: a folder whose `<slip>.xml` replace those that come along. `logo`: a picture for the head of the slips.
    `barcode`: the number also as CODE128 on tickets, for counters that call with a scanner. `language`: of the slips.
    """

    too_old: Seconds = 120
    templates: str | None = None
    logo: str | None = None
    barcode: bool = False
    language: Literal["zh", "en"] = "zh"

    @property
    def longest_wait(self) -> timedelta:
        return timedelta(seconds=self.too_old)
