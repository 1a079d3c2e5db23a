"""A TCP connection as a Link: network printers (port 9100), serial servers."""

from __future__ import annotations

import socket
from typing import Final

from server.device.connecting import connect
from server.device.link import Link, LinkLost, LinkUnavailable
from server.told import at, told, told_of

_USER_TIMEOUT_MS: Final = 3000  # a cut cable is noticed in 3 s; without it the kernel accepts bytes for minutes


def open_tcp(host: str, port: int, connect_timeout: float = 1.5, write_timeout: float = 5.0) -> Link:
    """Connect to `host:port` within `connect_timeout` seconds. Raises LinkUnavailable."""
    try:
        connection = connect(host, port, connect_timeout)
    except OSError as error:
        raise LinkUnavailable(
            told("cannot connect to %(host)s:%(port)s: %(error)s", host=host, port=port, error=told_of(error))
        ) from error
    try:
        _notice_quickly(connection)
    except OSError as error:  # gone again already
        connection.close()
        raise LinkUnavailable(
            told("cannot connect to %(host)s:%(port)s: %(error)s", host=host, port=port, error=told_of(error))
        ) from error
    return _TcpLink(connection, f"{host}:{port}", write_timeout)


def _notice_quickly(connection: socket.socket) -> None:
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux only
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _USER_TIMEOUT_MS)


class _TcpLink:
    """One connection, used by one thread or greenlet at a time (reading and writing share the socket's timeout)."""

    def __init__(self, connection: socket.socket, peer: str, write_timeout: float) -> None:
        self._connection = connection
        self._peer = peer
        self._write_timeout = write_timeout

    def read(self, timeout: float) -> bytes:
        """See `Link.read`. The other end's orderly end (FIN) is a lost link too: a printer never hangs up."""
        try:
            self._connection.settimeout(max(timeout, 0.0))
            data = self._connection.recv(4096)
        except (TimeoutError, BlockingIOError):
            return b""
        except OSError as error:
            raise LinkLost(at(self._peer, told_of(error))) from error
        if not data:
            raise LinkLost(told("%(peer)s hung up", peer=self._peer))
        return data

    def write(self, data: bytes) -> None:
        """See `Link.write`."""
        try:
            self._connection.settimeout(self._write_timeout)
            self._connection.sendall(data)
        except OSError as error:
            raise LinkLost(at(self._peer, told_of(error))) from error

    def close(self) -> None:
        """See `Link.close`; the kernel still delivers what was written."""
        self._connection.close()
