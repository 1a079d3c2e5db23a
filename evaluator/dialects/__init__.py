"""Pad dialects: one file for each kind of pad, and the registry that names them all.

A dialect is listed here only when its bytes are documented or were read in working code; a guessed vendor frame is not
a supported device, and stands among the templates. Adding one: docs/developer.md.
"""

from __future__ import annotations

from evaluator.dialects.base import Dialect, KeyPressed, PadEvent, Say
from evaluator.dialects.hallqueue import HallQueueDialect
from evaluator.dialects.text import TextDialect
from server.device.frames.garbage import Garbage
from server.device.hearing import Decoder, OtherFrame

__all__ = ["BESIDE_KEYPAD", "Decoder", "Dialect", "Garbage", "KeyPressed", "OtherFrame", "PadEvent", "Say", "dialects"]

dialects: dict[str, Dialect] = {
    dialect.name: dialect
    for dialect in (
        HallQueueDialect(name="hallqueue", ack="queuesystem"),
        HallQueueDialect(name="hallqueuefront", ack="hallqueuefront"),
        TextDialect(),
    )
}
"""Every dialect by the name config.yaml uses for it."""

BESIDE_KEYPAD: Dialect = HallQueueDialect(name="hallqueue", ack="queuesystem", digits=False)
"""For a `hallqueue` pad that shares its address with a keypad."""
