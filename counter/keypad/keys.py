"""The 21 keys of a keypad, and what comes over the wire when one is pressed (row 1 of the protocol survey), 9600 8N1.

    FF 68 L L 68 ADDR CMD digits… KEY CS 16

Documented (HallQueFront and QueueSystem, by reading; no keypad was at hand): digits are collected by the keypad itself,
which shows them, clears them with 取消 and by itself after a while, and sends them in front of the key that ends them.
Both programs look at the last data byte alone. What CMD is in such a frame is documented nowhere we could read: so any
counts but 02 and 03, which are commands to a display, and 11, which is a pad's press.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import Final

from server.device.frames.garbage import Garbage
from server.device.frames.hallqueue import Frame, FrameReader
from server.device.frames.hallqueue_digits import CELLS, SHOW
from server.device.hearing import OtherFrame

BEEP: Final = 0x03
PAD_PRESSED: Final = 0x11
_NO_KEYS: Final = frozenset({SHOW, BEEP, PAD_PRESSED})
"""Commands whose frames are no keys, whatever their last byte: six blank cells end with the code of 开始."""

MOST_DIGITS: Final = 8
"""The longest code; more are noise."""


class Key(IntEnum):
    """A key that ends what was typed. PAUSE and TRANSFER are on some firmware only."""

    START = 0x0A
    WAIT = 0x0B
    CALL = 0x0C
    RECALL = 0x0D
    CANCEL = 0x0E
    FUNCTION = 0x0F
    PAUSE = 0x12
    TRANSFER = 0x13


KEY_WORDS: Mapping[Key, str] = MappingProxyType(
    {
        Key.START: "开始",
        Key.WAIT: "等候",
        Key.CALL: "呼叫",
        Key.RECALL: "重呼",
        Key.CANCEL: "取消",
        Key.FUNCTION: "功能",
        Key.PAUSE: "暂停",
        Key.TRANSFER: "转移",
    }
)
"""What is printed on them."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A key with the digits typed before it, as one press. `command` is what the frame had, to be answered with."""

    key: Key
    digits: str = ""
    command: int = 0x01

    def __bytes__(self) -> bytes:
        """The frame's data."""
        return bytes([*(int(digit) for digit in self.digits), self.key])


@dataclass(frozen=True, slots=True)
class KeyTyped:
    """A clerk typed at the keypad with this address."""

    address: int
    key: Typed

    @property
    def serial(self) -> None:
        """A keypad does not number what it sends."""
        return


class KeypadDecoder:
    """What keypads say on the shared line, as events. Checksum and tail are always verified; see FrameReader."""

    def __init__(self) -> None:
        self._frames = FrameReader()
        self.claimed = 0

    @property
    def is_unfinished(self) -> bool:
        """Whether a frame may be under way."""
        return self._frames.is_unfinished

    def receive(self, data: bytes) -> list[KeyTyped | OtherFrame | Garbage]:
        """The events that `data` completes."""
        found = self._frames.receive(data)
        last = found[-1] if found and not self._frames.is_unfinished else None
        self.claimed = len(bytes(last)) if isinstance(last, Frame) else 0
        return [_event(one) for one in found]

    def quiet(self) -> list[Garbage]:
        """Report and forget an unfinished frame."""
        return self._frames.quiet()

    def disown(self, count: int) -> None:
        """Forget another kind of device's frame."""
        self._frames.disown(count)


def typed_in(frame: Frame) -> Typed | None:
    """What a clerk typed, if the frame says that; nothing is read into one that is not exactly so."""
    if frame.command in _NO_KEYS or not 0 < len(frame.data) <= MOST_DIGITS + 1:
        return None
    *digits, last = frame.data
    if any(digit > 9 for digit in digits) or last not in KEY_WORDS:
        return None
    return Typed(Key(last), "".join(map(str, digits)), frame.command)


def _event(found: Frame | Garbage) -> KeyTyped | OtherFrame | Garbage:
    if isinstance(found, Garbage):
        return found
    typed = typed_in(found)
    return OtherFrame(found.address, found.command, found.data) if typed is None else KeyTyped(found.address, typed)


def cells_of(text: str) -> bytes:
    """Digits and blanks (`_`) as the data of a digit display. Raises ValueError for anything else."""
    if not text or not set(text) <= set("0123456789_"):
        raise ValueError(f"a keypad shows digits and blanks, not {text!r}")
    return bytes(0x0A if sign == "_" else int(sign) for sign in text)


BLANK_TEXT: Final = "_" * CELLS
