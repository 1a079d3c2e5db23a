"""What a printer tells of itself when it is set up: is it there, does it answer, how does it say that it is done.

Nothing is taken for known that the printer did not say in this very talk. What only paper can show is on the test slip
(`kiosk.printer.trial_slip`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from kiosk.printer.outcome import PrintReason
from kiosk.printer.profile import Ack
from kiosk.printer.protocol import STOPS
from kiosk.printer.status import (
    Answer,
    AutoStatus,
    Completed,
    Condition,
    Query,
    SensorStatus,
    Status,
    StatusReader,
    ack_request,
    status_request,
)
from server.device.link import Link
from server.told import tellable

A = TypeVar("A", Status, Completed, SensorStatus)

_SETTLE: Final = 0.3  # seconds for what was on its way before anything was asked
_ANSWER: Final = 0.5  # for one DLE EOT; on a LAN it takes 1 to 3 ms
_DONE: Final = 3.0  # for an acknowledgement of nothing printed: some printers wake up first
_NAMES: Final = {66: tellable("maker"), 67: tellable("model"), 65: tellable("firmware")}
"""`GS I n` of the Epson ESC/POS reference; answered with `_`, the text, and NUL."""
_ID: Final = "PRB1"
_INITIALISE: Final = b"\x1b@"


@dataclass(frozen=True)
class Answered:
    """How long the answer to one `DLE EOT` took, in seconds, and what it said."""

    seconds: float
    conditions: frozenset[Condition]


@dataclass(frozen=True)
class Probed:
    """What a printer said. `opened` in seconds; `left_over` is what came before anything was asked.

    `statuses` has None for a question that was not answered. `names`: maker, model and firmware, where it says so.
    """

    opened: float
    left_over: bytes
    left_over_is_status: bool
    statuses: dict[Query, Answered | None]
    ack: Ack
    names: dict[str, str] = field(default_factory=dict)

    @property
    def answers_status(self) -> bool:
        """A printer that leaves one of the questions open would be taken for mute before every job."""
        return all(answered is not None for answered in self.statuses.values())

    @property
    def obstacle(self) -> PrintReason | None:
        """What keeps it from printing now."""
        said = frozenset().union(*(answered.conditions for answered in self.statuses.values() if answered))
        return next((reason for condition, reason in STOPS if condition in said), None)


def probe_printer(open_link: Callable[[], Link], clock: Callable[[], float] = time.monotonic) -> Probed:
    """Ask a printer everything it can be asked; prints nothing. Raises LinkError."""
    begun = clock()
    link = open_link()
    opened = clock() - begun
    try:
        talk = _Talk(link, clock)
        left_over, is_status = talk.left_over()
        statuses = {query: talk.ask(query) for query in Query}
        obstacle = Probed(opened, left_over, is_status, statuses, Ack.NONE).obstacle
        if not any(statuses.values()) or obstacle is not None:
            # Held up by its paper or cover it executes nothing: what it does not answer then says nothing of it.
            return Probed(opened, left_over, is_status, statuses, Ack.NONE)
        names = talk.names()
        return Probed(opened, left_over, is_status, statuses, talk.acknowledgement(), names)
    finally:
        link.close()


class _Talk:
    def __init__(self, link: Link, clock: Callable[[], float]) -> None:
        self._link = link
        self._clock = clock
        self._reader = StatusReader()

    def left_over(self) -> tuple[bytes, bool]:
        """What comes unasked, and whether it is a status that the printer sends by itself."""
        data = self._read_for(_SETTLE)
        return data, any(isinstance(answer, AutoStatus) for answer in StatusReader().feed(data))

    def ask(self, query: Query) -> Answered | None:
        begun = self._clock()
        self._reader.asked(query)
        self._link.write(status_request(query))
        answer = self._await(Status, _ANSWER, lambda said: said.query is query)
        self._reader.forget()
        return Answered(self._clock() - begun, answer.conditions) if answer else None

    def names(self) -> dict[str, str]:
        found = {}
        for n, name in _NAMES.items():
            self._link.write(bytes((0x1D, 0x49, n)))
            said = self._read_for(_ANSWER, lambda data: b"_" in data and data.endswith(b"\0"))
            _, mark, text = said.partition(b"_")
            if mark and text.endswith(b"\0"):
                found[name] = text[:-1].decode("ascii", errors="replace").strip()
        return found

    def acknowledgement(self) -> Ack:
        """`GS ( H` fn 48 where it is answered, else `GS r 1`, else none."""
        self._link.write(_INITIALISE + ack_request(_ID, Ack.GS_H))
        if self._await(Completed, _DONE, lambda said: said.id4 == _ID):
            return Ack.GS_H
        # A printer that does not know the command may have taken its end for text: that is cleared first.
        self._link.write(_INITIALISE + ack_request(_ID, Ack.GS_R))
        self._reader.asked_sensor()
        return Ack.GS_R if self._await(SensorStatus, _DONE, lambda said: True) else Ack.NONE

    def _await(self, kind: type[A], seconds: float, is_it: Callable[[A], bool]) -> A | None:
        end = self._clock() + seconds
        while (left := end - self._clock()) > 0:
            answers: list[Answer] = self._reader.feed(self._link.read(left))
            for answer in answers:
                if isinstance(answer, kind) and is_it(answer):
                    return answer
        return None

    def _read_for(self, seconds: float, is_enough: Callable[[bytes], bool] = lambda data: False) -> bytes:
        end = self._clock() + seconds
        data = b""
        while (left := end - self._clock()) > 0 and not is_enough(data):
            data += self._link.read(left)
        return data
