"""A pad without hardware: a program that speaks a pad's bytes on a pseudo-terminal and can be pressed in a browser."""

from __future__ import annotations

from evaluator.virtual_pad.pad import VirtualPad

__all__ = ["VirtualPad"]
