"""Lines of text, for pads that anybody builds, such as an Arduino with five buttons: see docs/build-a-pad.md.

    up    ADDRESS press KEY SERIAL SUM      SUM = ADDRESS + KEY + SERIAL; sent again until acknowledged
    down  ADDRESS WORD [TEXT]               ack SERIAL, ask, welcome, pause, number A012, …

A line ends with a newline; a carriage return before it is nothing. Numbers are decimal, 0 to 255, without zeros in
front. KEY is the level itself, 5 (best) to 1. SERIAL goes up by one with each press and begins anew after 255, so that
a press sent again is told from a second one. The sum is what tells a press from a bad cable: no single wrong character
leaves it right, and of a line whose beginning is lost no rest has it right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from evaluator.dialects.base import Dialect, KeyPressed, PadEvent, Say
from server.device.frames.garbage import Garbage
from server.device.hearing import Decoder, OtherFrame

NEWLINE: Final = b"\n"
LONGEST: Final = 64
"""Bytes of a line, the newline included. One that is longer is nobody's."""
KEYS: Final[Mapping[int, str]] = MappingProxyType(
    {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}
)
LEVELS: Final[Mapping[int, int]] = MappingProxyType({key: key for key in KEYS})
WORDS: Final[Mapping[Say, str]] = MappingProxyType(
    {
        Say.WELCOME: "welcome",
        Say.ASK: "ask",
        Say.THANK_YOU: "thanks",
        Say.PAUSE: "pause",
        Say.RESUME: "resume",
        Say.BEEP: "beep",
        Say.NUMBER: "number",
        Say.STAFF: "staff",
    }
)
"""What is not here a pad of this kind has not: an invitation is withdrawn by `welcome`, and `ask` may as well sound."""
_MOST: Final = 255
_NUMBER: Final = rb"(0|[1-9][0-9]{0,2})"
_PRESS: Final = re.compile(rb"%b press %b %b %b\r?\n" % (_NUMBER, _NUMBER, _NUMBER, _NUMBER))
_LINE: Final = re.compile(rb"%b (?!press)[a-z]+( [^\r\n]*)?\r?\n" % _NUMBER)


class TextDecoder:
    """What text pads say, line by line. A line counts whole or not at all: no part of one is looked at."""

    def __init__(self) -> None:
        self._line = bytearray()
        self._overlong = False
        self.claimed = 0

    @property
    def is_unfinished(self) -> bool:
        """Whether a line is under way."""
        return bool(self._line)

    def receive(self, data: bytes) -> list[PadEvent]:
        """The events that `data` completes."""
        events: list[PadEvent] = []
        self.claimed = 0
        for byte in data:
            self._line.append(byte)
            self.claimed = 0
            if byte == NEWLINE[0]:
                event = self._end()
                if not isinstance(event, Garbage):
                    self.claimed = len(self._line)
                events.append(event)
                self._forget()
            elif len(self._line) == LONGEST:
                events.append(Garbage(bytes(self._line), "no line is so long"))
                self._forget()
                self._overlong = True
        return events

    def quiet(self) -> list[Garbage]:
        """Report and forget an unfinished line."""
        left = bytes(self._line)
        self._forget()
        return [Garbage(left, "unfinished line")] if left else []

    def disown(self, count: int) -> None:
        """Forget another kind of device's frame."""
        del self._line[max(0, len(self._line) - count) :]

    def _end(self) -> PadEvent:
        """What the line says that has just ended."""
        line = bytes(self._line)
        if self._overlong:
            return Garbage(line, "the end of a line too long")
        if press := _PRESS.fullmatch(line):
            address, key, serial, total = (int(number) for number in press.groups())
            if address + key + serial != total:
                return Garbage(line, f"wrong sum {total}, expected {address + key + serial}")
            if max(address, key, serial) > _MOST:
                return Garbage(line, f"no number is over {_MOST}")
            return KeyPressed(address, key, serial)
        if (other := _LINE.fullmatch(line)) and int(other[1]) <= _MOST:
            return OtherFrame(int(other[1]), 0, line)
        return Garbage(line, "no line of a pad")

    def _forget(self) -> None:
        self._line.clear()
        self._overlong = False


@dataclass(frozen=True)
class TextDialect(Dialect):
    """Lines for text pads. They thank by themselves when a press is acknowledged."""

    name: str = "text"

    @property
    def keys(self) -> Mapping[int, str]:
        """The five levels' words."""
        return KEYS

    @property
    def levels(self) -> Mapping[int, int]:
        """A key is its level."""
        return LEVELS

    def decoder(self) -> Decoder[int]:
        """A fresh decoder for one line."""
        return TextDecoder()

    def acknowledge(self, address: int, key: int, serial: int | None = None) -> bytes:
        """`ack` with the press's serial."""
        return _line(address, f"ack {0 if serial is None else serial}")

    def tell(self, address: int, say: Say, text: str = "") -> bytes | None:
        """See Dialect.tell. What does not fit into a line is cut at a whole character."""
        word = WORDS.get(say)
        if word is None:
            return None
        return _line(address, f"{word} {' '.join(text.split())}".rstrip())


def _line(address: int, words: str) -> bytes:
    if not 0 <= address <= _MOST:
        raise ValueError(f"{address} is not in range(256)")
    return f"{address} {words}".encode()[: LONGEST - 1].decode(errors="ignore").encode() + NEWLINE
