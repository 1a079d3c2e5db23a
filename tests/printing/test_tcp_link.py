"""A TCP link: what arrives, what is noticed when the other end goes."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Iterator

import pytest

from server.device import connecting
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


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as made:
        yield made


def place_of(port: int) -> tuple[object, ...]:
    """As a look-up of names answers."""
    return (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))


def test_an_address_in_numbers_is_not_looked_up(listener: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "_look_up", None)
    monkeypatch.setattr(socket, "getaddrinfo", None)
    open_tcp("127.0.0.1", listener.getsockname()[1]).close()
    for address in ("::1", "fe80::1%lo"):
        with pytest.raises(LinkUnavailable, match="cannot connect"):
            open_tcp(address, 1, connect_timeout=0.2)


def test_a_name_is_looked_up_and_each_of_its_addresses_tried(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = closed.getsockname()[1]
    places = [place_of(nobody), place_of(listener.getsockname()[1])]
    monkeypatch.setattr(connecting, "_look_up", lambda *_: places)
    open_tcp("printer.example", 9100).close()


def test_a_name_that_nobody_knows_in_time_is_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()
    monkeypatch.setattr(connecting, "_look_up", lambda *_: answered.wait(30) and [])
    for _ in range(2):
        with pytest.raises(LinkUnavailable, match=r"slow\.example:9100.* does not answer within"):
            open_tcp("slow.example", 9100, connect_timeout=0.1)
    answered.set()
    with pytest.raises(LinkUnavailable, match="has no address"):
        open_tcp("slow.example", 9100)


def test_a_name_that_is_no_name_is_unavailable(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("no-such-printer.invalid", "a" * 70, ""):
        with pytest.raises(LinkUnavailable, match="cannot connect"):
            open_tcp(name, 9100)
    assert capsys.readouterr().err == ""


def test_a_connection_that_is_gone_when_it_is_set_up_is_unavailable(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(socket.socket, "setsockopt", refuse)
    with pytest.raises(LinkUnavailable, match="Invalid argument"):
        open_tcp("127.0.0.1", listener.getsockname()[1])
