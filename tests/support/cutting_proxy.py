"""A wire to PostgreSQL that can break at the worst moment: after the commit was sent, before its answer came."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

_EVENT, _COMMIT = b"INSERT INTO event", b"COMMIT"


class CuttingProxy:
    """Passes bytes on both ways. After `cut_next_commit()` the next COMMIT still gets through, its answer does not.

    Only a hall's writing connection is cut, and only while it is young: it is known by the text of its statements,
    which the driver sends no more once it has prepared them.
    """

    def __init__(self, port: int) -> None:
        self._server_port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._armed = threading.Event()
        self.cut = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_next_commit(self) -> None:
        self._armed.set()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._server_port))
                deaf = threading.Event()
                threading.Thread(target=self._to_server, args=(client, server, deaf), daemon=True).start()
                threading.Thread(target=self._to_client, args=(server, client, deaf), daemon=True).start()

    def _to_server(self, client: socket.socket, server: socket.socket, deaf: threading.Event) -> None:
        writing = False
        with suppress(OSError):
            while data := client.recv(65536):
                writing = writing or _EVENT in data
                if writing and _COMMIT in data and self._armed.is_set():
                    self._armed.clear()
                    deaf.set()
                server.sendall(data)
        with suppress(OSError):
            server.shutdown(socket.SHUT_WR)

    def _to_client(self, server: socket.socket, client: socket.socket, deaf: threading.Event) -> None:
        """The server's first word after the cut is its answer to the commit: by then the commit is done."""
        with suppress(OSError):
            while (data := server.recv(65536)) and not deaf.is_set():
                client.sendall(data)
        with suppress(OSError):
            client.shutdown(socket.SHUT_RDWR)
        if deaf.is_set():
            self.cut.set()
