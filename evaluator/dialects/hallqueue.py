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

from evaluator.dialects.base import Dialect, KeyPressed, PadEvent, Say
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
LEVELS: Mapping[int, int] = MappingProxyType({3: 5, 2: 4, 1: 3, 0: 2})


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


@dataclass(frozen=True)
class HallQueueDialect(Dialect):
    """Frames for the 4-key pad. `ack` picks the firmware's way of hearing an acknowledgement.

    It thanks by itself when a press is acknowledged. Without `digits` the address is also that of a keypad, whose
    digits and sounds are not the pad's: it has no frame then for a pause, a number or a beep, nor for idle, and an
    invitation that ran out is only forgotten.
    """

    name: str = "hallqueue"
    ack: Ack = "queuesystem"
    digits: bool = True

    @property
    def keys(self) -> Mapping[int, str]:
        """The words printed on the four keys."""
        return KEYS

    @property
    def levels(self) -> Mapping[int, int]:
        """The best three and 不满意: there is no fifth key."""
        return LEVELS

    def decoder(self) -> Decoder[int]:
        """A fresh decoder for one line; pads of both `ack` kinds talk alike."""
        return HallQueueDecoder()

    def acknowledge(self, address: int, key: int, serial: int | None = None) -> bytes:
        """Command 01 in the firmware's own way: with the value, or bare and without the preamble."""
        if self.ack == "hallqueuefront":
            return bytes(Frame(address, EVALUATE, preamble=False))
        return bytes(Frame(address, EVALUATE, bytes([key])))

    def tell(self, address: int, say: Say, text: str = "") -> bytes | None:
        """See Dialect.tell; what is our own convention stands at the head of this module."""
        if say is Say.ASK:
            return bytes(Frame(address, EVALUATE))
        if say is Say.STARS:
            return bytes(Frame(address, SHOW, _stars(text)))
        if not self.digits:
            return None
        match say:
            case Say.WELCOME | Say.RESUME:
                return bytes(Frame(address, SHOW, IDLE_CELLS))
            case Say.PAUSE:
                return bytes(Frame(address, SHOW, PAUSED_CELLS))
            case Say.NUMBER:
                return bytes(Frame(address, SHOW, digit_cells(text)))
            case Say.BEEP:
                return bytes(Frame(address, BEEP))
        return None


def _stars(text: str) -> bytes:
    """One byte, which a pad does not take for cells. Raises ValueError outside 0 to 5."""
    if text not in [str(count) for count in range(MOST_STARS + 1)]:
        raise ValueError(f"a clerk has 0 to {MOST_STARS} stars, not {text}")
    return bytes([int(text)])
