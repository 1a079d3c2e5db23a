"""A keypad without hardware: a program that speaks its bytes on a pseudo-terminal and can be pressed in a browser."""

from __future__ import annotations

from counter.virtual_keypad.keypad import VirtualKeypad

__all__ = ["VirtualKeypad"]
