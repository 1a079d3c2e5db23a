"""A network that loses answers: the press gets through, and whoever pressed hears nothing."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from itertools import count


class LossyProxy:
    """Stands before a server on loopback, running or not. Every `lost`-th answer to a POST is lost, and its connection.

    The clients have one request at a time on a connection.
    """

    def __init__(self, port: int, lost: int) -> None:
        self._server_port = port
        self._lost = lost
        self._answers = count(1)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.losses = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._pass_on, args=(client,), daemon=True).start()

    def _pass_on(self, client: socket.socket) -> None:
        """One connection, to its end."""
        with suppress(OSError), client, socket.create_connection(("127.0.0.1", self._server_port)) as server:
            while True:
                request = _message(client)
                server.sendall(request)
                answer = _message(server)
                if request.startswith(b"POST") and next(self._answers) % self._lost == 0:
                    self.losses += 1
                    return
                client.sendall(answer)


def _message(wire: socket.socket) -> bytes:
    """One request or answer, whole. Raises OSError at the connection's end."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _some(wire)
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.lower().split(b"\r\n")
    missing = sum(int(line[15:]) for line in lines if line.startswith(b"content-length:")) - len(body)
    while missing > 0:
        more = _some(wire)
        data, missing = data + more, missing - len(more)
    return data


def _some(wire: socket.socket) -> bytes:
    data = wire.recv(65536)
    if not data:
        raise ConnectionResetError
    return data
