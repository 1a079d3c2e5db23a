"""Questions to a receipt printer and what it answers. Sans-IO: bytes out, bytes in, typed answers.

Four kinds of answers share one unframed stream (Epson ESC/POS reference): one byte per `DLE EOT n`, four bytes per
automatic status (ASB), `37 22 id4 00` when a `GS ( H` process is complete, one byte per `GS r 1`. They differ in fixed
bits, and the real-time bytes in the order in which they were asked for.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from kiosk.printer.profile import Ack


class Query(IntEnum):
    """The `n` of `DLE EOT n`: which status is asked for."""

    PRINTER = 1
    OFFLINE_CAUSE = 2
    PAPER = 4


class Condition(StrEnum):
    """What keeps a printer from printing, and the warning that comes before."""

    OFFLINE = "offline"
    COVER_OPEN = "cover_open"
    PAPER_OUT = "paper_out"
    PAPER_NEAR = "paper_near"
    ERROR = "error"


@dataclass(frozen=True)
class Status:
    """The answer to one `DLE EOT`; no conditions means that all is well as far as that question reaches."""

    query: Query
    conditions: frozenset[Condition]


@dataclass(frozen=True)
class AutoStatus:
    """A status that the printer sent unasked (ASB): everything it knows."""

    conditions: frozenset[Condition]


@dataclass(frozen=True)
class Completed:
    """The process with this id has been printed to its end."""

    id4: str


@dataclass(frozen=True)
class SensorStatus:
    """The answer to `GS r 1`: everything before it in the print buffer has been dealt with."""

    conditions: frozenset[Condition]


Answer = Status | AutoStatus | Completed | SensorStatus

_BITS: Final[dict[Query, tuple[tuple[int, Condition], ...]]] = {
    Query.PRINTER: ((0x08, Condition.OFFLINE),),
    Query.OFFLINE_CAUSE: (
        (0x04, Condition.COVER_OPEN),
        (0x20, Condition.PAPER_OUT),
        (0x40, Condition.ERROR),
    ),
    Query.PAPER: ((0x0C, Condition.PAPER_NEAR), (0x60, Condition.PAPER_OUT)),
}
_SENSOR_BITS: Final = ((0x03, Condition.PAPER_NEAR), (0x0C, Condition.PAPER_OUT))  # GS r 1 and the third ASB byte
_ASB_BITS: Final = (
    ((0x08, Condition.OFFLINE), (0x20, Condition.COVER_OPEN)),
    ((0x68, Condition.ERROR),),  # knife jammed, unrecoverable, recovers by itself
    _SENSOR_BITS,
    (),
)
_COMPLETED_HEAD: Final = b"\x37\x22"
_COMPLETED_LENGTH: Final = 7


def status_request(query: Query) -> bytes:
    """`DLE EOT n`: answered at once, even while the printer is offline or busy."""
    return bytes((0x10, 0x04, query))


def ack_request(id4: str, ack: Ack) -> bytes:
    """What a job ends with so that the printer says when it is done; `id4` is four characters from 20 to 7E hex.

    Raises ValueError for any other id.
    """
    if len(id4) != 4 or not all(" " <= char <= "~" for char in id4):
        raise ValueError(f"a process id is four printable ASCII characters, not {id4!r}")
    if ack is Ack.GS_H:
        return b"\x1d(H\x06\x00\x30\x30" + id4.encode("ascii")
    return b"\x1dr\x01" if ack is Ack.GS_R else b""


class StatusReader:
    """Turns the bytes that a printer sends back into answers. Bytes that answer nothing are dropped.

    A printer sends a completion in one piece, but may put a real-time byte between the four of an ASB.
    """

    def __init__(self) -> None:
        self._asked: deque[Query] = deque()
        self._sensor_asked = 0
        self._asb: list[int] = []
        self._frame = bytearray()

    def asked(self, query: Query) -> None:
        """A `DLE EOT` was sent: the next real-time byte may be its answer."""
        self._asked.append(query)

    def asked_sensor(self) -> None:
        """A `GS r 1` was sent."""
        self._sensor_asked += 1

    @property
    def outstanding(self) -> Query | None:
        """The oldest question without its answer."""
        return self._asked[0] if self._asked else None

    def forget(self) -> None:
        """Do not expect the outstanding real-time answers any more (the printer did not give them in time)."""
        self._asked.clear()

    def feed(self, data: bytes) -> list[Answer]:
        """The answers that `data` completes, in order."""
        answers: list[Answer] = []
        waiting = deque(data)
        while waiting:
            byte = waiting.popleft()
            in_frame = self._frame or byte == _COMPLETED_HEAD[0]
            answer: Answer | None = self._completed(byte, waiting) if in_frame else self._single(byte)
            if answer is not None:
                answers.append(answer)
        return answers

    def _completed(self, byte: int, waiting: deque[int]) -> Completed | None:
        """Take a byte of `37 22 id4 00`; when it does not belong there, give back all but the false head."""
        self._frame.append(byte)
        frame = bytes(self._frame)
        if not _may_be_completed(frame):
            self._frame.clear()
            waiting.extendleft(reversed(frame[1:]))
            return None
        if len(frame) < _COMPLETED_LENGTH:
            return None
        self._frame.clear()
        return Completed(frame[2:6].decode("ascii"))

    def _single(self, byte: int) -> Answer | None:
        if byte & 0x93 == 0x12:
            return self._real_time(byte)
        if byte & 0x93 == 0x10:
            self._asb = [byte]
        elif byte & 0x90 == 0x00 and self._asb:
            self._asb.append(byte)
            if len(self._asb) == 4:
                parts, self._asb = self._asb, []
                return AutoStatus(frozenset().union(*map(_conditions, parts, _ASB_BITS)))
        elif byte & 0x90 == 0x00 and self._sensor_asked:
            self._sensor_asked -= 1
            return SensorStatus(_conditions(byte, _SENSOR_BITS))
        else:
            self._asb = []
        return None

    def _real_time(self, byte: int) -> Status | None:
        if not self._asked:
            return None  # provoked by `10 04 n` inside image data, or by somebody before us
        query = self._asked.popleft()
        return Status(query, _conditions(byte, _BITS[query]))


def _may_be_completed(frame: bytes) -> bool:
    """Whether `frame` can be the beginning of a completion."""
    return (
        frame[:2] == _COMPLETED_HEAD[: len(frame)]
        and all(0x20 <= byte <= 0x7E for byte in frame[2:6])
        and frame[6:] in (b"", b"\x00")
    )


def _conditions(byte: int, bits: tuple[tuple[int, Condition], ...]) -> frozenset[Condition]:
    return frozenset(condition for mask, condition in bits if byte & mask)
