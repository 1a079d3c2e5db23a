"""Pad dialects: one file for each kind of pad, and the registry that names them all.

A dialect is listed here only when its bytes are documented or were read in working code; a guessed vendor frame is not
a supported device. Adding one: write the file, test it against golden bytes, add a line below.
"""

from __future__ import annotations

from evaluator.dialects.base import Dialect, KeyPressed, PadEvent, question_of
from evaluator.dialects.hallqueue import HallQueueDialect
from evaluator.dialects.hid_keys import HidKeysDialect
from server.device.frames.garbage import Garbage
from server.device.hearing import Decoder, OtherFrame

__all__ = [
    "BESIDE_KEYPAD",
    "HID_KEYS",
    "Decoder",
    "Dialect",
    "Garbage",
    "KeyPressed",
    "OtherFrame",
    "PadEvent",
    "dialects",
    "question_of",
]

dialects: dict[str, Dialect] = {
    dialect.name: dialect
    for dialect in (
        HallQueueDialect(name="hallqueue", ack="queuesystem"),
        HallQueueDialect(name="hallqueuefront", ack="hallqueuefront"),
    )
}
"""Every dialect of serial lines by the name config.yaml uses for it."""

HID_KEYS: Dialect = HidKeysDialect()
"""For what the kernel takes for a keyboard."""

BESIDE_KEYPAD: Dialect = HallQueueDialect(name="hallqueue", ack="queuesystem", digits=False)
"""For a `hallqueue` pad that shares its address with a keypad."""
