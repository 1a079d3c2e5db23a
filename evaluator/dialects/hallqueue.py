"""The 4-key pad of the 21-key caller family (rows 1, 1a and 1b of the protocol survey), 9600 8N1.

Documented (vendor document excerpt, QueueSystem, HallQueFront; all by reading, no pad was at hand):

- up: command 11 with one data byte, 00 差, 01 一般, 02 好, 03 很好, sent spontaneously and repeated until acknowledged;
- down 01 without data: start an evaluation;
- down 01 with the value: QueueSystem's acknowledgement, which repeats what was pressed;
- down 01 without data and without the FF preamble: HallQueFront's acknowledgement;
- down 02: digits on the caller, where 0A is a blank cell (drawn "_"); one byte 0 to 5 on the pad is the clerk's stars;
- down 03: beep. HallQueFront gives the pad the address 0x80 + the caller's; QueueSystem gives both the same address.

Our convention, NOT the vendor's: the protocol has no frame for a paused window and none for idle, so they are said
with the documented digits frame. Six blank cells mean paused; a single 0 in the last cell means idle, which is what
HallQueFront shows on a caller when nobody waits. A pad without a digit display ignores both and loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from evaluator.dialects.base import KeyPressed, PadEvent
from server.device.frames.garbage import Garbage
from server.device.frames.hallqueue import Frame, FrameReader
from server.device.frames.hallqueue_digits import BLANK, BLANK_CELLS, CELLS, SHOW, digit_cells
from server.device.hearing import Decoder, OtherFrame

Ack = Literal["queuesystem", "hallqueuefront"]

EVALUATE = 0x01
BEEP = 0x03
PRESSED = 0x11

PAUSED_CELLS = BLANK_CELLS
IDLE_CELLS = bytes([BLANK] * (CELLS - 1) + [0])
MOST_STARS = 5

KEYS: Mapping[int, str] = MappingProxyType({3: "很好", 2: "好", 1: "一般", 0: "差"})


class HallQueueDecoder:
    """What pads say on the shared line, as events. Checksum and tail are always verified; see FrameReader."""

    def __init__(self) -> None:
        self._frames = FrameReader()
        self.claimed = 0

    @property
    def is_unfinished(self) -> bool:
        """Whether a frame may be under way."""
        return self._frames.is_unfinished

    def receive(self, data: bytes) -> list[PadEvent]:
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


def _event(found: Frame | Garbage) -> PadEvent:
    if isinstance(found, Garbage):
        return found
    if found.command == PRESSED and len(found.data) == 1:
        return KeyPressed(found.address, found.data[0])
    return OtherFrame(found.address, found.command, found.data)


@dataclass(frozen=True, slots=True)
class HallQueueDialect:
    """Frames for the 4-key pad. `ack` picks the firmware's way of hearing an acknowledgement.

    Without `digits` the address is also that of a keypad, whose digits are not the pad's to write: it has no frame then
    for a pause, nor for idle, and an invitation that ran out is only forgotten.
    """

    name: str
    ack: Ack
    digits: bool = True

    @property
    def keys(self) -> Mapping[int, str]:
        """The words printed on the four keys."""
        return KEYS

    def decoder(self) -> Decoder[int]:
        """A fresh decoder for one line; pads of both `ack` kinds talk alike."""
        return HallQueueDecoder()

    def ask(self, address: int) -> bytes:
        """Command 01: start an evaluation."""
        return bytes(Frame(address, EVALUATE))

    def acknowledge(self, address: int, key: int) -> bytes:
        """Command 01 in the firmware's own way: with the value, or bare and without the preamble."""
        if self.ack == "hallqueuefront":
            return bytes(Frame(address, EVALUATE, preamble=False))
        return bytes(Frame(address, EVALUATE, bytes([key])))

    def thank_you(self, address: int) -> None:
        """None: the pad thanks by itself when a press is acknowledged."""
        return

    def idle(self, address: int) -> bytes | None:
        """A single 0 on the digits: our convention for "nobody is being served"."""
        if not self.digits:
            return None
        return bytes(Frame(address, SHOW, IDLE_CELLS))

    def pause(self, address: int) -> bytes | None:
        """Six blank cells on the digits: our convention for a paused window."""
        if not self.digits:
            return None
        return bytes(Frame(address, SHOW, PAUSED_CELLS))

    def resume(self, address: int) -> bytes | None:
        """The same as idle: digits other than six blanks end the pause."""
        return self.idle(address)

    def show_number(self, address: int, number: str) -> bytes:
        """The digits of `number`, right-aligned in six cells; its letters cannot be shown and are left out (A012: 012).

        Raises ValueError when no digit is left or more than six are.
        """
        return bytes(Frame(address, SHOW, digit_cells(number)))

    def show_stars(self, address: int, stars: int) -> bytes:
        """Command 02 with one byte: the clerk's stars, 0 to 5. Raises ValueError outside that."""
        if not 0 <= stars <= MOST_STARS:
            raise ValueError(f"a clerk has 0 to {MOST_STARS} stars, not {stars}")
        return bytes(Frame(address, SHOW, bytes([stars])))

    def beep(self, address: int) -> bytes:
        """Command 03."""
        return bytes(Frame(address, BEEP))
