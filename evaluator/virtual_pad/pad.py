"""The virtual pad as one object: the device, its cable, the thread that keeps them going, and the control page."""

from __future__ import annotations

import contextlib
import os
import selectors
import threading
import time
from collections import deque
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypedDict

from evaluator.dialects import dialects
from evaluator.dialects.hallqueue import HallQueueDialect
from evaluator.virtual_pad.control import pad_page
from evaluator.virtual_pad.device import HallQueuePad
from server.device.pty_port import PtyPort

LOG_LENGTH = 500


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


class VirtualPad:
    """A 4-key pad on a pseudo-terminal, with a control page on 127.0.0.1.

    `dialect` names an entry of `evaluator.dialects.dialects`; `link` is a path to keep as a symlink to the terminal;
    `control` is the page's port, 0 for a free one, None for no page; `pacing` is a baud rate to send at.
    Raises ValueError for a dialect it cannot play. Methods may be called from any thread.
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
    ) -> None:
        spoken = dialects.get(dialect)
        if not isinstance(spoken, HallQueueDialect):
            raise ValueError(f"no virtual pad speaks {dialect!r}")  # noqa: TRY004  it is the name that is wrong
        self.window = window
        self.dialect = spoken
        self._device = HallQueuePad(address, spoken.ack, self._note)
        self._port = PtyPort(link, pacing)
        self._log: deque[LogEntry] = deque(maxlen=LOG_LENGTH)
        self._changed = threading.Condition(threading.RLock())
        self._control = None if control is None else pad_page(self, control)
        self._bell_out, self._bell = os.pipe()
        os.set_blocking(self._bell_out, False)
        self._running = False
        self._thread = threading.Thread(target=self._run, name=f"pad-{window}", daemon=True)

    @property
    def link(self) -> str:
        """The path the server opens."""
        return self._port.path

    @property
    def control_url(self) -> str:
        """The control page's address; empty without one."""
        return "" if self._control is None else self._control.url

    def start(self) -> None:
        """Plug in and go; returns when `link` can be opened and the page answers."""
        self._port.plug()
        self._running = True
        self._thread.start()
        if self._control is not None:
            self._control.start()

    def stop(self) -> None:
        """Pull the cable and end the page. A pad is started and stopped once."""
        if self._control is not None:
            self._control.stop()
        with self._changed:
            self._running = False
            self._ring()
        self._thread.join()
        self._port.unplug()
        os.close(self._bell)
        os.close(self._bell_out)

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

    def plug(self) -> None:
        """Put the cable in; harmless when it is."""
        with self._changed:
            if not self._port.plugged:
                self._port.plug()
                self._note("plugged in")
                self._ring()

    def unplug(self) -> None:
        """Pull the cable; harmless when it is out."""
        with self._changed:
            if self._port.plugged:
                self._port.unplug()
                self._note("unplugged")
                self._ring()

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

    def wait_for(self, *, timeout: float = 10.0, **wanted: object) -> bool:
        """Wait until `state()` has these values, e.g. `wait_for(face="thank_you")`; False when it took too long."""

        def reached() -> bool:
            state = self.state()
            return all(state.get(name) == value for name, value in wanted.items())

        with self._changed:
            return self._changed.wait_for(reached, timeout)

    def _run(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._bell_out, selectors.EVENT_READ)
            watched, plugs = -1, 0
            while True:
                with self._changed:
                    if not self._running:
                        return
                    if plugs != self._port.plugs or not self._port.plugged:
                        watched, plugs = self._rewatch(selector, watched), self._port.plugs
                    due = self._device.due
                selector.select(None if due is None else max(0.0, due - time.monotonic()))
                with self._changed:
                    self._turn()

    def _rewatch(self, selector: selectors.BaseSelector, watched: int) -> int:
        """Watch the port's present descriptor instead of `watched`; -1 is none. Answers the present one."""
        if watched >= 0:
            selector.unregister(watched)
        if self._port.plugged:
            selector.register(self._port.fileno(), selectors.EVENT_READ)
        return self._port.fileno()

    def _turn(self) -> None:
        """Hear what arrived, send what is due."""
        with contextlib.suppress(BlockingIOError):
            os.read(self._bell_out, 4096)
        if heard := self._port.read():
            self._record("in", heard, "")
            self._device.receive(heard)
        if again := self._device.wake(time.monotonic()):
            self._send(again, f"key {self._device.pressed}, try {self._device.tries}")
        self._changed.notify_all()

    def _send(self, data: bytes, what: str) -> bool:
        sent = self._port.write(data)
        self._record("out", data, what if sent else f"{what} (lost)")
        self._ring()
        self._changed.notify_all()
        return sent

    def _ring(self) -> None:
        """Wake the thread: what it waits for has changed."""
        os.write(self._bell, b"!")

    def _note(self, what: str) -> None:
        self._record("note", b"", what)

    def _record(self, way: Literal["in", "out", "note"], data: bytes, what: str) -> None:
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._log.append(LogEntry(at=at, way=way, hex=data.hex(" ").upper(), what=what))
