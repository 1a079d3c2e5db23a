"""A made-up kind of pads that speak only when asked, and a row of them on one line. No maker has them.

Framing, presses and acknowledgements are those of `hallqueue`; command 05 asks, 15 answers that nothing was pressed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluator.dialects.base import PadEvent
from evaluator.dialects.hallqueue import EVALUATE, PRESSED, HallQueueDecoder, HallQueueDialect
from server.device.frames.hallqueue import Frame, FrameReader
from server.device.hearing import NothingPressed, OtherFrame
from server.device.virtual_device import VirtualDevice

ASK, NOTHING = 0x05, 0x15


class PolledDecoder(HallQueueDecoder):
    def receive(self, data: bytes) -> list[PadEvent]:
        return [_answer(event) for event in super().receive(data)]


def _answer(event: PadEvent) -> PadEvent:
    is_none = isinstance(event, OtherFrame) and (event.command, event.data) == (NOTHING, b"")
    return NothingPressed(event.address) if is_none and isinstance(event, OtherFrame) else event


@dataclass(frozen=True)
class PolledDialect(HallQueueDialect):
    def decoder(self) -> PolledDecoder:
        return PolledDecoder()

    def poll(self, address: int) -> bytes | None:
        return bytes(Frame(address, ASK))


POLLED = PolledDialect(name="polled", ack="queuesystem")


class PolledRow(VirtualDevice):
    """Pads at these addresses. Each keeps its press until it is acknowledged, and tells of it whenever it is asked."""

    def __init__(self, addresses: list[int], link: Path) -> None:
        super().__init__("polled-row", link)
        self.pressed: dict[int, int] = {}
        self.mute: set[int] = set()
        self.asked = dict.fromkeys(addresses, 0)
        self.invited = dict.fromkeys(addresses, 0)
        self.lose_answers = 0
        self.lose_acknowledgements = 0
        self._frames = FrameReader()

    def state(self) -> Mapping[str, Any]:
        return {"pressed": dict(self.pressed), "asked": dict(self.asked), "invited": dict(self.invited)}

    def press(self, address: int, key: int) -> None:
        with self._changed:
            self.pressed[address] = key

    def say(self, data: bytes) -> None:
        """As another device on the line, which speaks by itself."""
        with self._changed:
            self._port.write(data)

    def _hear(self, data: bytes) -> None:
        for frame in self._frames.receive(data):
            if isinstance(frame, Frame) and frame.address in self.asked and frame.address not in self.mute:
                self._obey(frame)

    def _obey(self, frame: Frame) -> None:
        at = frame.address
        if frame.command == ASK:
            self.asked[at] += 1
            key = self.pressed.get(at)
            answer = bytes(Frame(at, NOTHING) if key is None else Frame(at, PRESSED, bytes([key])))
            if key is not None and self.lose_answers:
                self.lose_answers -= 1
                answer = answer[:5]
            self._port.write(answer)
        elif frame.command == EVALUATE and frame.data:
            if self.lose_acknowledgements:
                self.lose_acknowledgements -= 1
            elif bytes([self.pressed.get(at, 0xFF)]) == frame.data:
                del self.pressed[at]
        elif frame.command == EVALUATE:
            self.invited[at] += 1
