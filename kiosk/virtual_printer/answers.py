"""What the virtual printer says about itself: the other side of `kiosk.printer.status` (Epson ESC/POS reference)."""

from __future__ import annotations

from typing import Final

from kiosk.virtual_printer.commands import Command, CommandInvalid
from kiosk.virtual_printer.faults import Faults
from kiosk.virtual_printer.identity import Identity

ACKNOWLEDGEMENTS: Final = frozenset(("GS ( H", "GS r"))
"""Questions that belong to the paper before them: they end a job."""
QUESTIONS: Final = ACKNOWLEDGEMENTS | {"GS I"}
_KNOWN: Final = frozenset((1, 2, 3, 49, 50, 51, 65, 66, 67, 68, 69))


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


def check_question(command: Command) -> None:
    """Raises CommandInvalid for a question that does not exist."""
    args = command.args
    wrong = {
        "GS r": args not in (b"\x01", b"1"),
        "GS ( H": len(args) != 6 or args[:2] != b"00",
        "GS I": args[:1] not in {bytes((n,)) for n in _KNOWN},
    }[command.name]
    if wrong:
        raise CommandInvalid(f"{command.name} {args.hex(' ')}")


def to_question(command: Command, faults: Faults, identity: Identity, *, chinese: bool) -> bytes:
    """The answer once printing has come to the question; empty when a fault keeps it back.

    Raises CommandInvalid.
    """
    check_question(command)
    if faults.mute:
        return b""
    if command.name == "GS I":
        return identity.answer(command.args[0], chinese=chinese)
    if faults.lose_ack:
        return b""
    if command.name == "GS r":
        return sensors(faults)
    return b"" if faults.no_process_id else b"\x37\x22" + command.args[2:] + b"\x00"
