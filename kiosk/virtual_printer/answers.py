"""What the virtual printer says about itself: the other side of `kiosk.printer.status` (Epson ESC/POS reference)."""

from __future__ import annotations

from kiosk.virtual_printer.commands import Command, CommandInvalid
from kiosk.virtual_printer.faults import Faults


def real_time(n: int, faults: Faults) -> bytes:
    """The answer to `DLE EOT n`, one byte; empty for an `n` that does not exist."""
    bits = {
        1: 0x08 if faults.stopped else 0,
        2: (0x04 if faults.cover_open else 0) | (0x20 if faults.paper_out else 0) | (0x40 if faults.error else 0),
        3: 0x08 if faults.error else 0,
        4: (0x0C if faults.paper_near or faults.paper_out else 0) | (0x60 if faults.paper_out else 0),
    }.get(n)
    return b"" if bits is None else bytes((0x12 | bits,))


def automatic(faults: Faults) -> bytes:
    """The four bytes of an automatic status."""
    first = 0x10 | (0x08 if faults.stopped else 0) | (0x20 if faults.cover_open else 0)
    return bytes((first, 0x08 if faults.error else 0, sensors(faults)[0], 0))


def sensors(faults: Faults) -> bytes:
    """The answer to `GS r 1`."""
    return bytes(((0x03 if faults.paper_near or faults.paper_out else 0) | (0x0C if faults.paper_out else 0),))


def to_question(command: Command, faults: Faults) -> bytes:
    """The answer to `GS r 1` or `GS ( H` fn 48 once printing has come to it; empty when a fault keeps it back.

    Raises CommandInvalid.
    """
    if command.name == "GS r":
        if command.args not in (b"\x01", b"1"):
            raise CommandInvalid(f"GS r {command.args[0]}")
        answer = sensors(faults)
    else:
        if len(command.args) != 6 or command.args[:2] != b"00":
            raise CommandInvalid(f"GS ( H {command.args.hex(' ')}")
        answer = b"" if faults.no_process_id else b"\x37\x22" + command.args[2:] + b"\x00"
    return b"" if faults.mute or faults.lose_ack else answer
