"""The slip that shows what a printer does not say: each line with a letter, for whoever stands before it to judge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from kiosk.printer.probe import Probed
from kiosk.printer.profile import CELL_DOTS, Ack
from server.config.printers import PrinterSettings

QR_SAYS: Final = "JIAOHAO 2026"
BARCODE_SAYS: Final = "JH-0427"
_RULER: Final = 68  # columns: more than the widest paper's 832 dots have
_STEP: Final = 4
_WIDE_COLUMNS: Final = 36  # what fits on 58 mm paper at 8 dots/mm, margins and all
_BOX: Final = 12  # bytes, and so 96 dots

_PLAIN: Final = b"\x1d!\x00\x1c!\x00\x1cW\x00"


class Seen(BaseModel):
    """What the installer saw on the slip. `columns`: where the ruler's first line ends."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    chinese: bool
    large_line: Literal["A", "B", "none"]
    number: bool
    columns: int = Field(ge=24, le=_RULER + 1)
    qr: bool
    barcode: bool
    picture: bool
    cut: Literal["full", "partial", "none"]


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


def slip() -> bytes:
    """From initialise to cut. A line that a printer does not understand spoils no other: each starts plain."""
    rows = [
        b"\x1b@\x1c&",
        _line("JIAOHAO 叫号 打印机自检"),
        _line("A ", b"\x1d!\x11") + _text("大字") + b"\n",
        _line("B ", b"\x1c!\x0c\x1cW\x01") + _text("大字") + b"\n",
        _line("C 中文：业务、窗口（1）￥"),
        _line("D ") + b"\x1d!\x33" + b"A012\n",
        _line("E"),
        _line(_ruler()),
        _line("F"),
        _qr(QR_SAYS),
        _line("G"),
        _barcode(BARCODE_SAYS),
        _line("H"),
        _picture(),
        _line("I"),
        b"\n\x1dVB\x00",
    ]
    return b"".join(rows)


def settings_for(found: Found) -> PrinterSettings:
    """The `printer:` section of config.yaml. Raises Unusable."""
    seen = found.seen
    has_chinese = seen.chinese and seen.large_line != "none"
    is_drawn = not (has_chinese and seen.number and seen.qr)
    if is_drawn and not seen.picture:
        raise Unusable("what it cannot print by itself would have to be drawn, and it prints no pictures (line H)")
    columns = seen.columns - seen.columns % 2  # so that the dots are whole bytes
    width = 58 if columns <= _WIDE_COLUMNS else 80
    dots = columns * CELL_DOTS
    section: dict[str, object] = {"link": found.link, "width": width}
    if found.baudrate is not None:
        section["baudrate"] = found.baudrate
    if dots != {58: 384, 80: 576}[width]:
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


def _text(text: str) -> bytes:
    return text.encode("gbk")


def _line(text: str, larger: bytes = b"") -> bytes:
    """A line of its own at plain size; where `larger` is given, it goes on at that size."""
    return _PLAIN + _text(text) + (larger or b"\n")


def _ruler() -> str:
    """Every number ends in its own column: ..04..08..12"""
    return "".join(f"{column:.>{_STEP}}" for column in _numbers())


def _numbers() -> list[str]:
    return [f"{column:02}" for column in range(_STEP, _RULER + 1, _STEP)]


def _qr(content: str) -> bytes:
    """Model 2, 6 dots a module, level M, store, print (`GS ( k`)."""
    data = content.encode("ascii")
    parts = (b"1A2\x00", b"1C\x06", b"1E1", b"1P0" + data, b"1Q0")
    return b"".join(b"\x1d(k" + len(part).to_bytes(2, "little") + part for part in parts)


def _barcode(content: str) -> bytes:
    """CODE128 in code set B, its text below it (`GS h`, `GS w`, `GS H`, `GS k` 73)."""
    data = b"{B" + content.encode("ascii")
    return b"\x1dh\x50\x1dw\x02\x1dH\x02\x1dkI" + bytes((len(data),)) + data


def _picture() -> bytes:
    """A box with its two diagonals, 96 dots square (`GS v 0`)."""
    size = _BOX * 8
    rows = []
    for y in range(size):
        black = [x in (0, size - 1, y, size - 1 - y) or y in (0, size - 1) for x in range(size)]
        bits = int("".join("01"[dot] for dot in black), 2)
        rows.append(bits.to_bytes(_BOX, "big"))
    return b"\x1dv0\x00" + _BOX.to_bytes(2, "little") + size.to_bytes(2, "little") + b"".join(rows)
