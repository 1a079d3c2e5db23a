"""A printer that answers every question, takes every ticket and never says that it is done."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

_STATUS = b"\x10\x04"
_ALL_WELL = b"\x12"


class ScriptedPrinter:
    """`on_question` is called before each status question is answered, `on_first_byte` when a ticket arrives."""

    def __init__(
        self, *, on_question: Callable[[], None] = lambda: None, on_first_byte: Callable[[], None] = lambda: None
    ) -> None:
        self._on_question = on_question
        self._on_first_byte = on_first_byte
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.jobs = 0
        self.got_a_job = threading.Event()
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Free the port: for that the thread must have left `accept`."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                with connection, suppress(OSError):
                    self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        while head := connection.recv(3, socket.MSG_WAITALL):
            if head[:2] == _STATUS:
                self._on_question()
                connection.sendall(_ALL_WELL)
                continue
            self._on_first_byte()
            self.jobs += 1
            self.got_a_job.set()
            while connection.recv(4096):
                pass
            return
