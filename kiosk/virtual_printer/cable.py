"""The printer at the end of a cable: a serial line (pseudo-terminal), or a one-way line (FIFO)."""

from __future__ import annotations

import logging
import select
import threading
from typing import Final, Protocol

from kiosk.virtual_printer.faults import PowerOff
from kiosk.virtual_printer.mechanism import Mechanism
from kiosk.virtual_printer.session import LOOK_SECONDS, Session

_log = logging.getLogger(__name__)

BITS_PER_BYTE: Final = 10  # 8N1: start, eight, stop
_PACED_SECONDS: Final = 0.01  # of a paced line read at once


class Socket(Protocol):
    """Where the cable is plugged in; `server.device.pty_port.PtyPort` is one."""

    path: str

    @property
    def plugged(self) -> bool:
        """Whether the cable is in."""

    def fileno(self) -> int:
        """The descriptor to wait on."""

    def plug(self) -> None:
        """Put it in, so that `path` can be opened. Raises OSError."""

    def unplug(self) -> None:
        """Pull it; harmless when it is out."""

    def read(self, size: int) -> bytes:
        """At most `size` bytes of what has arrived, without waiting."""

    def write(self, data: bytes) -> bool:
        """Send; False when nobody gets it."""


class CableTransport:
    """`baud` is the speed at which bytes arrive; None is at once."""

    def __init__(self, port: Socket, baud: int | None = None) -> None:
        self._port = port
        self._baud = baud
        self._replying = threading.Lock()
        self._thread: threading.Thread | None = None

    @property
    def place(self) -> dict[str, int | str]:
        """The path to open."""
        return {"link": self._port.path}

    def start(self, mechanism: Mechanism) -> None:
        """Plug in. Raises OSError."""
        self._port.plug()
        self._thread = threading.Thread(
            target=self._serve, args=(mechanism,), name="virtual-printer-cable", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Wait for the end of the thread; the path is gone then."""
        if self._thread is not None:
            self._thread.join()

    def send(self, data: bytes) -> None:
        """Send, at the line's speed."""
        with self._replying:
            if data and not self._port.write(data):
                _log.info("virtual printer: answer not taken")

    def _serve(self, mechanism: Mechanism) -> None:
        while not mechanism.stopping:
            if not self._port.plugged:
                self._port.plug()
            session = Session(mechanism, self.send)
            while mechanism.powered and not mechanism.stopping:
                self._turn(session, mechanism)
            self._lose_power(mechanism)
        self._pull()

    def _turn(self, session: Session, mechanism: Mechanism) -> None:
        room = session.room()
        if not room or not select.select([self._port.fileno()], [], [], LOOK_SECONDS)[0]:
            return
        if self._baud is not None:
            room = max(1, min(room, int(self._baud / BITS_PER_BYTE * _PACED_SECONDS)))
        data = self._port.read(room)
        if self._baud is not None:
            with mechanism.changed:
                mechanism.changed.wait_for(lambda: mechanism.stopping, timeout=len(data) * BITS_PER_BYTE / self._baud)
        session.hear(data)

    def _lose_power(self, mechanism: Mechanism) -> None:
        """A printer without power vanishes from USB; on a plain serial line nobody notices, and bytes are lost."""
        if mechanism.faults.power_off is PowerOff.RST and not mechanism.stopping:
            self._pull()
        while not mechanism.powered and not mechanism.stopping:
            with mechanism.changed:
                mechanism.changed.wait_for(lambda: mechanism.powered or mechanism.stopping, timeout=LOOK_SECONDS)
            while self._port.plugged and not mechanism.powered and self._port.read(1024):
                pass

    def _pull(self) -> None:
        with self._replying:
            self._port.unplug()
