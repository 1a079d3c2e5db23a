"""A TCP link: what arrives, what is noticed when the other end goes."""

from __future__ import annotations

import socket
import struct
import time
from collections.abc import Iterator

import pytest

from server.device.link import Link, LinkLost, LinkUnavailable
from server.device.tcp import open_tcp


@pytest.fixture
def ends() -> Iterator[tuple[Link, socket.socket]]:
    """A link and the socket at its other end."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        link = open_tcp("127.0.0.1", listener.getsockname()[1])
        peer, _ = listener.accept()
        with peer:
            yield link, peer
        link.close()


def test_bytes_go_both_ways(ends: tuple[Link, socket.socket]) -> None:
    link, peer = ends
    link.write(b"ticket")
    assert peer.recv(100) == b"ticket"
    peer.sendall(b"\x12")
    assert link.read(1.0) == b"\x12"


def test_silence_is_no_error(ends: tuple[Link, socket.socket]) -> None:
    link, _ = ends
    assert link.read(0) == b""
    started = time.monotonic()
    assert link.read(0.05) == b""
    assert 0.04 < time.monotonic() - started < 1.0


def test_an_orderly_end_is_a_lost_link(ends: tuple[Link, socket.socket]) -> None:
    link, peer = ends
    peer.close()
    with pytest.raises(LinkLost, match="hung up"):
        link.read(1.0)


def test_a_reset_is_a_lost_link(ends: tuple[Link, socket.socket]) -> None:
    link, peer = ends
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.close()
    with pytest.raises(LinkLost):
        link.read(1.0)
    with pytest.raises(LinkLost):
        link.write(b"x")


def test_a_peer_that_does_not_read_is_a_lost_link() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        link = open_tcp("127.0.0.1", listener.getsockname()[1], write_timeout=0.2)
        with pytest.raises(LinkLost):
            link.write(bytes(50_000_000))
        link.close()
        link.close()


def test_a_closed_port_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(LinkUnavailable, match=str(port)):
        open_tcp("127.0.0.1", port)
