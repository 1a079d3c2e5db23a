"""An open line on which nobody knows yet what is spoken: every dialect listens."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from evaluator.dialects import Dialect
from server.device.hearing import NOT_A_PRESS, Decoder
from server.device.link import Link

END: Final = 0.25
"""Seconds of silence after which what came is looked at; at 1200 baud a frame takes 0.1 s."""
LONGEST: Final = 1.0
"""Seconds of one burst: a line that babbles does not end."""
ASK_EVERY: Final = 0.3


@dataclass(frozen=True, slots=True)
class KeyCame:
    """`address` is 0 where the frame has none."""

    address: int
    key: int
    serial: int | None = None


@dataclass(slots=True)
class Burst:
    """What came at a stretch, and which presses each dialect finds in it, by its name."""

    raw: bytes = b""
    presses: dict[str, list[KeyCame]] = field(default_factory=dict)


class Ears:
    """Listens on `link` for `dialects`. Pads that only answer are asked at `address`, if that is known."""

    def __init__(self, link: Link, dialects: Mapping[str, Dialect], address: int | None) -> None:
        self._link = link
        self._decoders: dict[str, Decoder[int]] = {name: dialect.decoder() for name, dialect in dialects.items()}
        asked = () if address is None else (dialect.poll(address) for dialect in dialects.values())
        self._questions = [question for question in asked if question is not None]
        self._asked_at = 0.0

    def listen(self, seconds: float, wanted: Callable[[Burst], bool] = lambda burst: bool(burst.raw)) -> Burst:
        """The next burst that is `wanted`, or an empty one after `seconds`. Raises LinkError."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            burst = self._burst(left)
            if wanted(burst):
                return burst
        return Burst()

    def say(self, *frames: bytes | None) -> None:
        """Those that there are. Raises LinkError."""
        for frame in frames:
            if frame:
                self._link.write(frame)

    def close(self) -> None:
        self._link.close()

    def _burst(self, seconds: float) -> Burst:
        burst = Burst()
        patience = seconds
        if self._questions:
            patience = min(seconds, ASK_EVERY)
            if time.monotonic() - self._asked_at >= ASK_EVERY:
                self._asked_at = time.monotonic()
                self.say(*self._questions)
        data = self._link.read(patience)
        until = time.monotonic() + LONGEST
        while data:
            self._hear(data, burst)
            data = self._link.read(END) if time.monotonic() < until else b""
        for decoder in self._decoders.values():
            decoder.quiet()
        return burst

    def _hear(self, data: bytes, burst: Burst) -> None:
        burst.raw += data
        for name, decoder in self._decoders.items():
            for event in decoder.receive(data):
                if not isinstance(event, NOT_A_PRESS):
                    burst.presses.setdefault(name, []).append(KeyCame(event.address or 0, event.key, event.serial))
