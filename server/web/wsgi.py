"""The HTTP server: gevent's pywsgi, set up so that small answers leave at once and the end is graceful."""

from __future__ import annotations

import logging
import socket
from typing import Any

from gevent.pool import Pool
from gevent.pywsgi import WSGIHandler, WSGIServer

_log = logging.getLogger(__name__)
_BACKLOG = 1024
_MOST_REQUESTS = 2_000


class Handler(WSGIHandler):
    """Ends the connection after a WebSocket: what its client leaves behind is not another HTTP request."""

    def run_application(self) -> None:
        super().run_application()
        if str((self.environ or {}).get("HTTP_UPGRADE", "")).lower() == "websocket":
            self.close_connection = True

    def log_request(self) -> None:
        """One line for each request is a disk write for each ticket; failures are logged where they happen."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket with TCP_NODELAY.

    pywsgi sends headers and body in two writes; without NODELAY, Nagle's algorithm holds the second back until the
    client's delayed acknowledgement: 44 ms for every keep-alive answer.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener: Any = WSGIServer.get_listener((host, port), _BACKLOG, family)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    result: socket.socket = listener
    return result


def make_server(listener: socket.socket, application: Any) -> WSGIServer:
    """`spawn` is a pool, so that `stop()` waits for the requests under way."""
    return WSGIServer(
        listener, application, handler_class=Handler, spawn=Pool(_MOST_REQUESTS), log=None, error_log=_log
    )
