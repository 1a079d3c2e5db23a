"""Pad dialects: one file for each kind of pad, and the registry that names them all.

A dialect is listed here only when its bytes are documented or were read in working code; a guessed vendor frame is not
a supported device, and stands among the templates. Adding one: docs/developer.md.
"""

from __future__ import annotations

from evaluator.dialects.base import Dialect, KeyPressed, PadEvent, Say
from evaluator.dialects.hallqueue import HallQueueDialect
from evaluator.dialects.hid_keys import HidKeysDialect
from evaluator.dialects.text import TextDialect
from server.device.frames.garbage import Garbage
from server.device.hearing import Decoder, NothingPressed, OtherFrame

__all__ = [
    "BESIDE_KEYPAD",
    "HID_KEYS",
    "Decoder",
    "Dialect",
    "Garbage",
    "KeyPressed",
    "NothingPressed",
    "OtherFrame",
    "PadEvent",
    "Say",
    "dialects",
]

dialects: dict[str, Dialect] = {
    dialect.name: dialect
    for dialect in (
        HallQueueDialect(name="hallqueue", ack="queuesystem"),
        HallQueueDialect(name="hallqueuefront", ack="hallqueuefront"),
        TextDialect(),
    )
}
"""Every dialect of serial lines by the name config.yaml uses for it."""

HID_KEYS: Dialect = HidKeysDialect()
"""For what the kernel takes for a keyboard."""

BESIDE_KEYPAD: Dialect = HallQueueDialect(name="hallqueue", ack="queuesystem", digits=False)
"""For a `hallqueue` pad that shares its address with a keypad."""
