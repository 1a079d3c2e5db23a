"""The virtual printer on TCP: one connection at a time, status questions answered as they arrive."""

from __future__ import annotations

import logging
import socket
import struct
import threading
from functools import partial
from pathlib import Path
from typing import Final

from kiosk.slip.fonts import chinese_font
from kiosk.virtual_printer import answers
from kiosk.virtual_printer.archive import Archive
from kiosk.virtual_printer.faults import HEALTHY, Faults, PowerOff
from kiosk.virtual_printer.mechanism import Mechanism
from kiosk.virtual_printer.typesetter import Typesetter

_log = logging.getLogger(__name__)

_LOOK_SECONDS: Final = 0.1  # between two looks at whether the printer is being stopped
_CHUNK: Final = 256  # small, so that a full buffer holds the sender back soon
_HARD_CLOSE: Final = struct.pack("ii", 1, 0)  # SO_LINGER of 0 s: close sends RST


class VirtualPrinter:
    """A receipt printer that leaves each cut paper in `papers` as NNNN.png, .txt and (last) .bin.

    `speed` is in mm/s, `buffer_size` in bytes. Raises FontMissing when papers could not be drawn, OSError from `start`
    when the port is taken. `errors` lists what a real printer would have printed as garbage or ignored.
    """

    def __init__(
        self,
        papers: Path,
        host: str = "127.0.0.1",
        port: int = 0,
        faults: Faults = HEALTHY,
        *,
        width_dots: int = 576,
        speed: float = 150.0,
        buffer_size: int = 4096,
        gs_scales_hanzi: bool = True,
    ) -> None:
        chinese_font(24, bold=False)
        self.host = host
        self.port = port
        self.archive = Archive(papers, width_dots)
        self._mechanism = Mechanism(
            self.archive,
            partial(Typesetter, width_dots, gs_scales_hanzi=gs_scales_hanzi),
            faults,
            speed=speed,
            buffer_size=buffer_size,
            reply=self._reply,
        )
        self._stopping = threading.Event()
        self._replying = threading.Lock()
        self._connection: socket.socket | None = None
        self._threads: list[threading.Thread] = []

    @property
    def faults(self) -> Faults:
        """The faults in force; assign to change them while it runs."""
        return self._mechanism.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self._mechanism.set_faults(faults)

    @property
    def errors(self) -> list[str]:
        """Commands that are unknown or make no sense."""
        return self._mechanism.errors

    def reload_paper(self) -> None:
        """Put a new roll in: printing goes on where it stopped."""
        self.faults = self.faults.merged({"paper_out": False, "paper_out_after_mm": None, "paper_near": False})

    def uncut_text(self) -> str:
        """What hangs out of the printer, printed and not cut."""
        return self._mechanism.uncut_text()

    def wait_for_papers(self, count: int, timeout: float) -> list[Path]:
        """The .bin files cut since start, as soon as there are `count`. Raises TimeoutError."""
        mechanism = self._mechanism
        with mechanism.changed:
            if not mechanism.changed.wait_for(lambda: len(mechanism.papers) >= count, timeout):
                raise TimeoutError(f"{len(mechanism.papers)} of {count} papers after {timeout} s")
            return list(mechanism.papers)

    def start(self) -> None:
        """Listen and print in threads of its own; `port` is then the real one."""
        listener = socket.create_server((self.host, self.port))
        listener.settimeout(_LOOK_SECONDS)
        self.port = int(listener.getsockname()[1])
        self._threads = [
            threading.Thread(target=self._serve, args=(listener,), name="virtual-printer-wire", daemon=True),
            threading.Thread(target=self._mechanism.run, name="virtual-printer-head", daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Switch off for good; stopping twice is harmless."""
        self._stopping.set()
        self._mechanism.stop()
        for thread in self._threads:
            thread.join()

    def _serve(self, listener: socket.socket) -> None:
        with listener:
            while not self._stopping.is_set():
                try:
                    connection, _ = listener.accept()
                except TimeoutError:
                    continue
                with connection:
                    self._connection = connection
                    try:
                        self._talk(connection)
                    except OSError as error:
                        _log.info("virtual printer: connection ended: %s", error)
                    finally:
                        with self._replying:
                            self._connection = None

    def _talk(self, connection: socket.socket) -> None:
        connection.settimeout(_LOOK_SECONDS)
        scan = _RealTimeScan()
        while not self._stopping.is_set():
            if not self._mechanism.powered:
                self._die(connection)
                return
            try:
                data = connection.recv(_CHUNK)
            except TimeoutError:
                continue
            if not data:
                return
            for n in scan.feed(data):
                if not self.faults.mute:
                    self._reply(answers.real_time(n, self.faults))
            self._mechanism.take_in(data)

    def _die(self, connection: socket.socket) -> None:
        """How the other end notices that the power went: by RST at once, or not at all while it stays off."""
        if self.faults.power_off is PowerOff.SILENT:
            mechanism = self._mechanism
            with mechanism.changed:
                mechanism.changed.wait_for(lambda: mechanism.powered or self._stopping.is_set())
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _HARD_CLOSE)

    def _reply(self, data: bytes) -> None:
        with self._replying:
            if self._connection is None or not data:
                return
            try:
                self._connection.sendall(data)
            except OSError as error:
                _log.info("virtual printer: answer not taken: %s", error)


class _RealTimeScan:
    """Finds `DLE EOT n` wherever it stands in the stream, even inside image data, as real printers do."""

    def __init__(self) -> None:
        self._tail = b""

    def feed(self, data: bytes) -> list[int]:
        """The `n` of each request that `data` completes."""
        stream = self._tail + data
        found = [stream[i + 2] for i in range(len(stream) - 2) if stream[i : i + 2] == b"\x10\x04"]
        self._tail = stream[-2:]
        return found
