"""Command 02 of the 21-key caller family: digits on whatever has a digit display, be it a caller, a pad or a strip."""

from __future__ import annotations

SHOW = 0x02
CELLS = 6
BLANK = 0x0A
BLANK_CELLS = bytes([BLANK] * CELLS)


def digit_cells(number: str) -> bytes:
    """The digits of `number`, right-aligned in six cells; its letters cannot be shown and are left out (A012: 012).

    Raises ValueError when no digit is left or more than six are.
    """
    digits = bytes(int(sign) for sign in number if sign in "0123456789")
    if not 0 < len(digits) <= CELLS:
        raise ValueError(f"a digit display shows 1 to {CELLS} digits, not {number!r}")
    return digits.rjust(CELLS, bytes([BLANK]))
