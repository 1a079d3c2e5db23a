"""Frames of the 21-key caller and its 4-key pad: finding them in a stream, and building them.

    [FF] 68 L L 68 ADDR CMD DATA… CS 16

L counts the bytes ADDR to DATA and is sent twice; CS is the sum of the same bytes modulo 256. The leading FF is a
preamble: a vendor document and QueueSystem send it, HallQueFront's acknowledgement does not, so both are accepted.
Sources: the vendor document's excerpt, QueueSystem and HallQueFront, which agree on this framing.
"""

from __future__ import annotations

from dataclasses import dataclass

from server.device.frames.garbage import Garbage

PREAMBLE = 0xFF
HEAD = 0x68
TAIL = 0x16

SHORTEST_BODY = 2  # ADDR and CMD
LONGEST_BODY = 32  # the longest known frame (number, blank, people waiting) has 13; noise claiming more is noise
OVERHEAD = 6  # 68 L L 68 … CS 16
LONGEST_FRAME = LONGEST_BODY + OVERHEAD
FULL = 2 * LONGEST_FRAME


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame that passed every check. `preamble` says whether an FF stood before it."""

    address: int
    command: int
    data: bytes = b""
    preamble: bool = True

    def __bytes__(self) -> bytes:
        """The frame as sent. Raises ValueError when a field does not fit into its byte."""
        body = bytes([self.address, self.command]) + self.data
        if len(body) > LONGEST_BODY:
            raise ValueError(f"a frame carries at most {LONGEST_BODY - 2} data bytes, not {len(self.data)}")
        head = bytes([PREAMBLE]) if self.preamble else b""
        return head + bytes([HEAD, len(body), len(body), HEAD]) + body + bytes([sum(body) % 256, TAIL])


class FrameReader:
    """Finds frames in a byte stream.

    The guarantee: every sound frame is reported the moment its tail arrives, whatever came before it, unless it
    overlaps a sound frame that ended earlier. Nothing else is reported as a frame. This holds because a frame is
    searched for backwards from each tail byte: a false head that claims a long body cannot hide, or even delay, the
    frame that follows it, and no inter-byte timer is needed. Of two frames with the same tail the longer one counts.

    The buffer never exceeds `FULL` bytes; every byte received leaves it again, in a frame or in a Garbage.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()

    @property
    def is_unfinished(self) -> bool:
        """Whether bytes wait for what belongs to them."""
        return bool(self._buffer)

    def receive(self, data: bytes) -> list[Frame | Garbage]:
        """The frames and skipped bytes that `data` completes, in the order of the stream."""
        found: list[Frame | Garbage] = []
        for byte in data:
            self._buffer.append(byte)
            if byte == TAIL:
                found += self._take_frame()
            if len(self._buffer) == FULL:
                # The younger half stays: a frame may still be growing in it.
                found += self._skip(FULL - LONGEST_FRAME)
        return found

    def quiet(self) -> list[Garbage]:
        """Everything still unfinished, given up as garbage."""
        return self._skip(len(self._buffer))

    def disown(self, count: int) -> None:
        """The latest `count` bytes were a frame of another framing on this line: they are neither ours nor garbage."""
        del self._buffer[max(0, len(self._buffer) - count) :]

    def _take_frame(self) -> list[Frame | Garbage]:
        """The frame that ends with the last byte of the buffer, after the garbage before it; or nothing yet."""
        buffer = self._buffer
        start = buffer.find(HEAD, max(0, len(buffer) - LONGEST_FRAME))
        while start >= 0:
            if _is_frame(buffer[start:]):
                preamble = start > 0 and buffer[start - 1] == PREAMBLE
                body = bytes(buffer[start + 4 : -2])
                before: list[Frame | Garbage] = [*self._skip(start - preamble)]
                buffer.clear()
                return [*before, Frame(body[0], body[1], body[2:], preamble)]
            start = buffer.find(HEAD, start + 1)
        return []

    def _skip(self, count: int) -> list[Garbage]:
        if count == 0:
            return []
        skipped = bytes(self._buffer[:count])
        del self._buffer[:count]
        return [Garbage(skipped, _why(skipped))]


def _is_frame(candidate: bytes | bytearray) -> bool:
    """Whether these bytes, from head to tail, are exactly one sound frame."""
    if len(candidate) < SHORTEST_BODY + OVERHEAD:
        return False
    length = candidate[1]
    return (
        candidate[0] == candidate[3] == HEAD
        and candidate[2] == length
        and SHORTEST_BODY <= length <= LONGEST_BODY
        and len(candidate) == length + OVERHEAD
        and sum(candidate[4:-2]) % 256 == candidate[-2]
        and candidate[-1] == TAIL
    )


def _why(skipped: bytes) -> str:
    """What was wrong with skipped bytes: the fault of the first thing in them that looks like a head."""
    start = skipped.find(HEAD)
    while start >= 0:
        rest = skipped[start:]
        if len(rest) >= 4 and rest[3] == HEAD:
            length = rest[1]
            if rest[2] != length:
                return f"the two lengths differ: {length} and {rest[2]}"
            if not SHORTEST_BODY <= length <= LONGEST_BODY:
                return f"impossible length {length}"
            if len(rest) < length + OVERHEAD:
                return f"unfinished frame: {len(rest)} of {length + OVERHEAD} bytes"
            expected = sum(rest[4 : 4 + length]) % 256
            if rest[4 + length] != expected:
                return f"wrong checksum {rest[4 + length]:02X}, expected {expected:02X}"
            return f"wrong tail {rest[5 + length]:02X}"
        start = skipped.find(HEAD, start + 1)
    return "no frame head"
