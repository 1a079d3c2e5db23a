"""Connecting to a host within a time that includes the look-up of its name."""

from __future__ import annotations

import ipaddress
import socket
import time
from typing import Any, Final

from gevent import monkey

from server.device.off_hub import thread_of
from server.told import told, told_of

Place = tuple[socket.AddressFamily, tuple[Any, ...]]
_look_up: Final = monkey.get_original("socket", "getaddrinfo")


def connect(host: str, port: int, timeout: float) -> socket.socket:
    """A connection to `host:port`, tried at each of its addresses, `timeout` seconds in all. Raises OSError."""
    deadline = time.monotonic() + timeout
    places = _places(host, port, timeout)
    refusal = OSError(told("%(host)s has no address", host=host))
    for number, (family, place) in enumerate(places):
        left = max(0.001, deadline - time.monotonic()) / (len(places) - number)
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(left)
            connection.connect(place)
        except OSError as error:
            connection.close()
            refusal = error
        except BaseException:  # killed
            connection.close()
            raise
        else:
            return connection
    raise refusal


def _places(host: str, port: int, timeout: float) -> list[Place]:
    """The addresses of a host. Gevent's own look-up has no limit of time, and fetches numbers from its pool as well."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return _looked_up(host, port, timeout)
    if isinstance(address, ipaddress.IPv6Address):
        scope = socket.if_nametoindex(address.scope_id) if address.scope_id else 0
        return [(socket.AF_INET6, (str(address).partition("%")[0], port, 0, scope))]
    return [(socket.AF_INET, (host, port))]


def _looked_up(name: str, port: int, timeout: float) -> list[Place]:
    try:
        found = thread_of(f"name {name}").run(lambda: _look_up(name, port, 0, socket.SOCK_STREAM), patience=timeout)
    except UnicodeError as error:
        raise OSError(told("%(name)r is no name of a host: %(error)s", name=name, error=told_of(error))) from error
    return [(family, place) for family, _, _, _, place in found]
