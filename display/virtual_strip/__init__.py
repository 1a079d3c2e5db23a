"""A strip without hardware: a program that speaks a strip's bytes on a pseudo-terminal and draws its LEDs."""

from __future__ import annotations

from display.virtual_strip.strip import VirtualStrip

__all__ = ["VirtualStrip"]
