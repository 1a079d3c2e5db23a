"""The virtual pad as one object: the device on its cable, its record, and the control page."""

from __future__ import annotations

import time
from collections import deque
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypedDict

from evaluator.dialects import dialects
from evaluator.dialects.hallqueue import HallQueueDialect
from evaluator.virtual_pad.control import pad_page
from evaluator.virtual_pad.device import HallQueuePad
from server.device.virtual_device import LOG_LENGTH, VirtualDevice


class LogEntry(TypedDict):
    """One line of the pad's record; `hex` is the bytes, `what` the pad's own reading of them."""

    at: str
    way: Literal["in", "out", "note"]
    hex: str
    what: str


class PadState(TypedDict):
    """What `GET /state` answers. `showing` is the text on the display, `face` its kind."""

    window: int
    address: int
    dialect: str
    showing: str
    face: str
    prompted: bool
    pressed: int | None
    tries: int
    acked: bool
    waiting: bool
    stars: int | None
    beeps: int
    plugged: bool
    link: str
    log: list[LogEntry]


class VirtualPad(VirtualDevice):
    """A 4-key pad on a pseudo-terminal, with a control page on 127.0.0.1.

    `dialect` names an entry of `evaluator.dialects.dialects`; `link` is a path to keep as a symlink to the terminal;
    `control` is the page's port, 0 for a free one, None for no page; `pacing` is a baud rate to send at;
    without `digits` it has no digit display.
    Raises ValueError for a dialect it cannot play.
    """

    def __init__(
        self,
        window: int,
        address: int,
        *,
        dialect: str = "hallqueue",
        link: Path | None = None,
        control: int | None = 0,
        pacing: int | None = None,
        digits: bool = True,
    ) -> None:
        spoken = dialects.get(dialect)
        if not isinstance(spoken, HallQueueDialect):
            raise ValueError(f"no virtual pad speaks {dialect!r}")  # noqa: TRY004  it is the name that is wrong
        super().__init__(f"pad-{window}", link, pacing)
        self.window = window
        self.dialect = spoken
        self._device = HallQueuePad(address, spoken.ack, self._note, digits=digits)
        self._log: deque[LogEntry] = deque(maxlen=LOG_LENGTH)
        self._control = None if control is None else pad_page(self, control)

    def press(self, key: int) -> bool:
        """Press the key with this raw byte; False when the bytes had nowhere to go. ValueError for no such key."""
        if key not in self.dialect.keys:
            raise ValueError(f"this pad has the keys {sorted(self.dialect.keys)}, not {key}")
        with self._changed:
            return self._send(self._device.press(key, time.monotonic()), f"key {key}")

    def garbage(self, data: bytes) -> bool:
        """Put raw bytes on the line."""
        with self._changed:
            return self._send(data, "garbage")

    def state(self) -> PadState:
        """What the pad shows, what became of the last press, and its record."""
        with self._changed:
            device = self._device
            return PadState(
                window=self.window,
                address=device.address,
                dialect=self.dialect.name,
                showing=device.showing,
                face=device.face,
                prompted=device.prompted,
                pressed=device.pressed,
                tries=device.tries,
                acked=device.acked,
                waiting=device.due is not None,
                stars=device.stars,
                beeps=device.beeps,
                plugged=self._port.plugged,
                link=self.link,
                log=list(self._log),
            )

    def _hear(self, data: bytes) -> None:
        self._record("in", data, "")
        self._device.receive(data)

    def _due(self) -> float | None:
        return self._device.due

    def _wake(self, now: float) -> None:
        if again := self._device.wake(now):
            self._send(again, f"key {self._device.pressed}, try {self._device.tries}")

    def _cable_moved(self, how: str) -> None:
        self._note(how)

    def _send(self, data: bytes, what: str) -> bool:
        sent = self._port.write(data)
        self._record("out", data, what if sent else f"{what} (lost)")
        self._ring()
        self._changed.notify_all()
        return sent

    def _note(self, what: str) -> None:
        self._record("note", b"", what)

    def _record(self, way: Literal["in", "out", "note"], data: bytes, what: str) -> None:
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._log.append(LogEntry(at=at, way=way, hex=data.hex(" ").upper(), what=what))
