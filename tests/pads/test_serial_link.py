"""Serial links over real pseudo-terminals and loopback TCP."""

from __future__ import annotations

import fcntl
import os
import pty
import socket
import sys
import termios
import threading
import tty
from collections.abc import Iterator
from dataclasses import dataclass

import gevent
import pytest
import serial
import serial.rfc2217

from server.device.link import Link, LinkLost, LinkUnavailable
from server.device.serial_port import PolledSerial, SerialLink, open_serial


@dataclass
class Cable:
    """A pseudo-terminal: `path` is what the hall opens, `device` the descriptor of what is plugged in."""

    path: str
    device: int
    held: int

    def pull(self) -> None:
        for fd in (self.held, self.device):
            if fd >= 0:
                os.close(fd)
        self.held = self.device = -1


@pytest.fixture
def cable() -> Iterator[Cable]:
    device, held = pty.openpty()
    tty.setraw(held)
    made = Cable(os.ttyname(held), device, held)
    yield made
    made.pull()


@pytest.fixture
def link(cable: Cable) -> Iterator[Link]:
    opened = open_serial(cable.path)
    yield opened
    opened.close()


def test_bytes_go_both_ways(cable: Cable, link: Link) -> None:
    os.write(cable.device, b"\x00\x11\x13\xff\r\n")
    assert link.read(5) == b"\x00\x11\x13\xff\r\n"
    link.write(b"\x03\x04\n\x16")
    assert os.read(cable.device, 100) == b"\x03\x04\n\x16"


def test_a_quiet_line_gives_nothing_in_the_time_allowed(link: Link) -> None:
    assert link.read(0) == b""
    assert link.read(0.01) == b""


def test_waiting_for_one_line_does_not_hold_up_the_others(cable: Cable, link: Link) -> None:
    reading = gevent.spawn(link.read, 30)
    gevent.sleep(0)
    os.write(cable.device, b"late")
    assert reading.get(timeout=20) == b"late"


def test_what_lay_in_the_line_before_opening_is_not_taken_for_new(cable: Cable) -> None:
    os.write(cable.device, b"old press")
    opened = open_serial(cable.path)
    os.write(cable.device, b"new")
    assert opened.read(5) == b"new"
    opened.close()


def test_a_pulled_cable_is_noticed_by_a_waiting_reader(cable: Cable, link: Link) -> None:
    reading = gevent.spawn(_outcome, link.read, 30)
    gevent.sleep(0)
    cable.pull()
    assert isinstance(reading.get(timeout=20), LinkLost)


def test_a_pulled_cable_is_noticed_when_writing_and_closing_is_harmless(cable: Cable, link: Link) -> None:
    cable.pull()
    with pytest.raises(LinkLost):
        link.write(b"x")
    link.close()
    link.close()


def test_a_line_that_takes_nothing_is_given_up(cable: Cable) -> None:
    stuck = open_serial(cable.path, write_timeout=0.05)
    with pytest.raises(LinkLost, match="not written"):
        stuck.write(b"x" * 1_000_000)
    stuck.close()


def test_more_than_the_line_holds_is_written_as_it_drains(cable: Cable, link: Link) -> None:
    sent = os.urandom(100_000)
    taken = bytearray()

    def drain() -> None:
        while len(taken) < len(sent):
            taken.extend(os.read(cable.device, 4096))

    draining = threading.Thread(target=drain)
    draining.start()
    link.write(sent)
    draining.join(10)
    assert taken == sent


def test_a_port_is_ours_alone_until_closed(cable: Cable, link: Link) -> None:
    with pytest.raises(LinkUnavailable, match="lock"):
        open_serial(cable.path)
    link.close()
    open_serial(cable.path).close()


def test_closing_wakes_the_reader(link: Link) -> None:
    reading = gevent.spawn(_outcome, link.read, 30)
    gevent.sleep(0)
    link.close()
    assert isinstance(reading.get(timeout=20), LinkLost)
    with pytest.raises(LinkLost, match="closed"):
        link.read(1)


@pytest.mark.parametrize("url", ["/dev/no-such-port", "nonsense://port", "socket://127.0.0.1:1"])
def test_a_port_that_is_not_there_is_unavailable_and_leaves_no_traceback(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(LinkUnavailable, match=url):
        open_serial(url)
    assert capsys.readouterr().err == ""


def test_asking_the_wires_of_a_slow_adapter_holds_up_nobody(link: Link, monkeypatch: pytest.MonkeyPatch) -> None:
    """A USB adapter asks its device in turn, and waits for the answer."""
    went_on = threading.Event()

    def ask(fd: int, what: int, _: bytes) -> bytes:
        up = termios.TIOCM_DSR if went_on.wait(20) else 0
        return up.to_bytes(4, sys.byteorder)

    assert isinstance(link, SerialLink)
    monkeypatch.setattr(fcntl, "ioctl", ask)
    asking = gevent.spawn(link.may_send)
    gevent.sleep(0)
    went_on.set()
    assert asking.get(timeout=10)


def test_a_serial_server_on_the_network_is_a_line_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        opened = open_serial(f"socket://127.0.0.1:{server.getsockname()[1]}")
        assert isinstance(opened, SerialLink)
        device, _ = server.accept()
        device.sendall(b"press")
        assert opened.read(5) == b"press"
        opened.write(b"ack")
        assert device.recv(100) == b"ack"
        device.close()
        with pytest.raises(LinkLost):
            opened.read(5)
        opened.close()


def test_a_line_without_a_descriptor_is_polled() -> None:
    opened = open_serial("loop://")
    assert isinstance(opened, PolledSerial)
    assert opened.read(0.02) == b""
    reading = gevent.spawn(opened.read, 30)
    gevent.sleep(0)
    opened.write(b"echo")
    assert reading.get(timeout=20) == b"echo"
    opened.close()
    opened.close()
    with pytest.raises(LinkLost):
        opened.read(0)
    with pytest.raises(LinkLost):
        opened.write(b"x")


@pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")  # pyserial's own thread
def test_an_rfc2217_server_is_a_line_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        serving = threading.Thread(target=_echo_over_rfc2217, args=(server,), daemon=True)
        serving.start()
        opened = open_serial(f"rfc2217://127.0.0.1:{server.getsockname()[1]}")
        assert isinstance(opened, PolledSerial)
        opened.write(b"\x68\xff\x16")
        heard = b""
        while len(heard) < 3:
            heard += opened.read(5)
        assert heard == b"\x68\xff\x16"
        opened.close()
        serving.join(20)


def _echo_over_rfc2217(server: socket.socket) -> None:
    """A one-client RFC 2217 server in front of pyserial's loop://, as its documentation shows one."""
    connection, _ = server.accept()
    with connection, serial.serial_for_url("loop://", timeout=0.01) as port:

        class Client:
            def write(self, data: bytes) -> None:
                connection.sendall(data)

        manager = serial.rfc2217.PortManager(port, Client())
        while data := connection.recv(1024):
            port.write(b"".join(manager.filter(data)))
            if port.in_waiting:
                connection.sendall(b"".join(manager.escape(port.read(port.in_waiting))))


def _outcome(call: object, *arguments: object) -> object:
    """What a call answers or raises, so that a greenlet's failure is not printed."""
    assert callable(call)
    try:
        return call(*arguments)
    except LinkLost as error:
        return error
