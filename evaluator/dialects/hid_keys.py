"""USB keypads as pads: the kernel's input events, one `struct input_event` after the other.

    time (two longs: seconds, microseconds) type (u16) code (u16) value (i32)      linux/input.h

The link sets the device's clock to the steady one (EVIOCSCLOCKID), so that every press says when it was made. A key's
code is the place of the key and no letter: with or without Num Lock the 5 of the number block is 76. Such a pad is
told nothing: what is asked stands on another screen, or on a card beside it.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from evaluator.dialects.base import Dialect, PadEvent, Say
from server.device.frames.garbage import Garbage
from server.device.hearing import Decoder, OtherFrame

EVENT: Final = struct.Struct("@llHHi")
EV_SYN, EV_KEY = 0x00, 0x01
SYN_REPORT, SYN_DROPPED = 0, 3
_TYPES: Final = frozenset({EV_SYN, EV_KEY, 0x02, 0x03, 0x04, 0x05, 0x11, 0x12, 0x14, 0x15, 0x16, 0x17})
"""Those that the kernel has: relative, absolute, misc, switch, LED, sound, repeat, force feedback, power and status."""
_UP, _DOWN, _HELD = 0, 1, 2
_LAST_KEY: Final = 0xFF
"""From 0x100 on they are buttons of mice and joysticks."""
_NO_KEYS: Final = frozenset({14, 15, 29, 42, 54, 56, 58, 69, 70, 97, 100, 125, 126})
"""Backspace, Tab, Ctrl, Shift, Alt, the locks, Meta. Some keypads press Num Lock by themselves around every key."""
ADDRESS: Final = 0
"""A keypad is alone at its link, and has no address."""

KEYS: Mapping[int, str] = MappingProxyType({76: "5", 75: "4", 81: "3", 80: "2", 79: "1"})


@dataclass(frozen=True, slots=True)
class KeyDown:
    """A key went down at `tick`, in seconds of the steady clock."""

    address: int
    key: int
    tick: float
    serial: int | None = None


class HidKeysDecoder:
    """Input events to keys that went down. A key counts when its report is complete.

    After SYN_DROPPED the kernel has lost something: all is passed over until the next report. What is no input event
    is garbage, and the next one is looked for from the next byte.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._down: list[KeyDown] = []
        self._dropped = False
        self.claimed = 0

    @property
    def is_unfinished(self) -> bool:
        """Whether an event or a report is under way."""
        return bool(self._buffer or self._down)

    def receive(self, data: bytes) -> list[KeyDown | PadEvent]:
        """See Decoder.receive."""
        found: list[KeyDown | PadEvent] = []
        self.claimed = 0
        for byte in data:
            self._buffer.append(byte)
            self.claimed = 0
            if len(self._buffer) < EVENT.size:
                continue
            seconds, micros, kind, code, value = EVENT.unpack(self._buffer)
            if not _is_event(seconds, micros, kind, code, value):
                found.append(Garbage(bytes(self._buffer[:1]), "no input event"))
                del self._buffer[0]
                continue
            self._buffer.clear()
            self.claimed = EVENT.size
            found += self._heard(kind, code, value, seconds + micros / 1e6)
        return found

    def quiet(self) -> list[Garbage]:
        """See Decoder.quiet."""
        rest = bytes(self._buffer)
        self._buffer.clear()
        self._down.clear()
        return [Garbage(rest, "unfinished input event")] if rest else []

    def disown(self, count: int) -> None:
        """See Decoder.disown. Nothing else is on this line."""

    def _heard(self, kind: int, code: int, value: int, tick: float) -> list[KeyDown | PadEvent]:
        if kind == EV_SYN and code == SYN_DROPPED:
            self._dropped = True
            self._down.clear()
        elif kind == EV_SYN and code == SYN_REPORT:
            down, self._down, self._dropped = self._down, [], False
            return [*down]
        elif kind == EV_KEY and value == _DOWN and not self._dropped:
            if code > _LAST_KEY or code in _NO_KEYS:
                return [OtherFrame(ADDRESS, kind, code.to_bytes(2, "big"))]
            self._down.append(KeyDown(ADDRESS, code, tick))
        return []


def _is_event(seconds: int, micros: int, kind: int, code: int, value: int) -> bool:
    return (
        seconds >= 0
        and 0 <= micros < 1_000_000
        and kind in _TYPES
        and (kind != EV_KEY or value in (_UP, _DOWN, _HELD))
        and (kind != EV_SYN or code <= SYN_DROPPED)
    )


@dataclass(frozen=True)
class HidKeysDialect(Dialect):
    """A keypad has no frames: it is told nothing."""

    name: str = "hid_keys"

    @property
    def keys(self) -> Mapping[int, str]:
        """The number block's keys 5 to 1."""
        return KEYS

    @property
    def levels(self) -> Mapping[int, int]:
        """The number on the key."""
        return {key: int(word) for key, word in KEYS.items()}

    def decoder(self) -> Decoder[int]:
        """See Dialect.decoder."""
        return HidKeysDecoder()

    def tell(self, address: int, say: Say, text: str = "") -> None:
        """None."""

    def acknowledge(self, address: int, key: int, serial: int | None = None) -> None:
        """None."""
