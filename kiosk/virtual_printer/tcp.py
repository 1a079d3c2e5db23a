"""The printer on the network, port 9100: one connection at a time."""

from __future__ import annotations

import logging
import socket
import struct
import threading
from typing import Final

from kiosk.virtual_printer.faults import PowerOff
from kiosk.virtual_printer.mechanism import Mechanism
from kiosk.virtual_printer.session import LOOK_SECONDS, Session

_log = logging.getLogger(__name__)

_ESTABLISHED: Final = 1  # the first byte of TCP_INFO
_HARD_CLOSE: Final = struct.pack("ii", 1, 0)  # SO_LINGER of 0 s: close sends RST


class TcpTransport:
    """`port` 0 takes a free one."""

    def __init__(self, host: str, port: int) -> None:
        self._door = _Door(host, port)
        self._replying = threading.Lock()
        self._connection: socket.socket | None = None
        self._thread: threading.Thread | None = None

    @property
    def place(self) -> dict[str, int | str]:
        """The port."""
        return {"port": self._door.port}

    def start(self, mechanism: Mechanism) -> None:
        """Listen. Raises OSError when the port is taken."""
        self._door.open()
        self._thread = threading.Thread(target=self._serve, args=(mechanism,), name="virtual-printer-wire", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Wait for the end of the thread; the port is free then."""
        if self._thread is not None:
            self._thread.join()

    def send(self, data: bytes) -> None:
        """Send to the open connection."""
        with self._replying:
            if self._connection is None or not data:
                return
            try:
                self._connection.sendall(data)
            except OSError as error:
                _log.info("virtual printer: answer not taken: %s", error)

    def _serve(self, mechanism: Mechanism) -> None:
        with self._door:
            while not mechanism.stopping:
                self._door.open()
                connection = self._door.accept()
                if connection is None:
                    continue
                with connection:
                    self._connection = connection
                    try:
                        self._talk(connection, mechanism)
                    except OSError as error:
                        _log.info("virtual printer: connection ended: %s", error)
                    finally:
                        with self._replying:
                            self._connection = None

    def _talk(self, connection: socket.socket, mechanism: Mechanism) -> None:
        connection.settimeout(LOOK_SECONDS)
        session = Session(mechanism, self.send)
        while not mechanism.stopping:
            if not mechanism.powered:
                self._die(connection, mechanism)
                return
            if mechanism.faults.one_client:
                self._door.close()
            else:
                self._door.open()
            room = session.room()
            if session.dead and _hung_up(connection):
                return
            if not room:
                continue
            try:
                data = connection.recv(room)
            except TimeoutError:
                continue
            if not data:
                return
            session.hear(data)

    def _die(self, connection: socket.socket, mechanism: Mechanism) -> None:
        """How the other end notices that the power went: by RST at once, or not at all while it stays off."""
        if mechanism.faults.power_off is PowerOff.SILENT:
            with mechanism.changed:
                mechanism.changed.wait_for(lambda: mechanism.powered or mechanism.stopping)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _HARD_CLOSE)


class _Door:
    """The listening socket, which can be closed for a while without the port being lost to somebody else.

    A second socket stays bound to the port without listening; so nobody else gets it, and connecting is refused.
    """

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self.port = port
        self._keeper: socket.socket | None = None
        self._listener: socket.socket | None = None

    def __enter__(self) -> None:
        """Holds the port until the end of the block."""

    def __exit__(self, *_: object) -> None:
        self.close()
        if self._keeper is not None:
            self._keeper.close()

    def open(self) -> None:
        """Listen; harmless when it does. Raises OSError."""
        if self._keeper is None:
            keeper = socket.socket()
            keeper.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                keeper.bind((self._host, self.port))
            except OSError:
                keeper.close()
                raise
            self._keeper, self.port = keeper, int(keeper.getsockname()[1])
        if self._listener is None:
            self._listener = socket.create_server((self._host, self.port))
            self._listener.settimeout(LOOK_SECONDS)

    def close(self) -> None:
        """Whoever connects now is refused; harmless when it is closed."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def accept(self) -> socket.socket | None:
        """The next connection; None when nobody came within LOOK_SECONDS."""
        if self._listener is None:
            return None
        try:
            return self._listener.accept()[0]
        except TimeoutError:
            return None


def _hung_up(connection: socket.socket) -> bool:
    """Whether the other end has closed, with bytes of it still unread: the state that Linux keeps says so."""
    return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0] != _ESTABLISHED
