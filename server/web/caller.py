"""Whether whoever sent a request still waits for its answer."""

from __future__ import annotations

import select
import socket
from contextlib import suppress
from typing import Any


class Caller:
    """The other end of the connection that the request of `environ` came on, where the HTTP server shows it."""

    def __init__(self, environ: dict[str, Any]) -> None:
        # As gevent's pywsgi has it; simple-websocket finds its socket in the same place.
        raw = getattr(getattr(environ.get("wsgi.input"), "rfile", None), "raw", None)
        self._socket: Any = getattr(raw, "_sock", None)

    def has_left(self) -> bool:
        """Whether it has hung up. One whose cable was cut has not: that only silence tells."""
        if self._socket is None:
            return False
        with suppress(OSError, ValueError):
            # Not select(), which knows no descriptor beyond 1023.
            asked = select.poll()
            asked.register(self._socket.fileno(), select.POLLIN)
            return bool(asked.poll(0)) and self._socket.recv(1, socket.MSG_PEEK) == b""
        return True
