"""The slip that shows what a printer does not say: each line with a letter, for whoever stands before it to judge."""

from __future__ import annotations

from typing import Final

QR_SAYS: Final = "JIAOHAO 2026"
BARCODE_SAYS: Final = "JH-0427"
RULER: Final = 68  # columns: more than the widest paper's 832 dots have
_STEP: Final = 4
_BOX: Final = 12  # bytes, and so 96 dots

_PLAIN: Final = b"\x1d!\x00\x1c!\x00\x1cW\x00"


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


def _text(text: str) -> bytes:
    return text.encode("gbk")


def _line(text: str, larger: bytes = b"") -> bytes:
    """A line of its own at plain size; where `larger` is given, it goes on at that size."""
    return _PLAIN + _text(text) + (larger or b"\n")


def _ruler() -> str:
    """Every number ends in its own column: ..04..08..12"""
    return "".join(f"{column:.>{_STEP}}" for column in _numbers())


def _numbers() -> list[str]:
    return [f"{column:02}" for column in range(_STEP, RULER + 1, _STEP)]


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
