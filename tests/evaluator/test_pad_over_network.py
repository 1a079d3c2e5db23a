"""A pad behind a serial server on the network, by raw TCP and by RFC 2217: the vote, and a line that is cut."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import serial
import serial.rfc2217
from pad_hall import ADDRESS, KEYS, WINDOW, PadHall, StartPadHall

from evaluator.virtual_pad import VirtualPad
from server.config.devices import PadSettings


class Port(serial.Serial):  # type: ignore[misc]
    """A pseudo-terminal has no wires to tell or to set."""

    cts = dsr = ri = cd = property(lambda self: True)

    def _update_rts_state(self) -> None:
        """See serial.Serial."""

    def _update_dtr_state(self) -> None:
        """See serial.Serial."""


class SerialServer:
    """Carries a serial port to one client on the loopback at a time. `cut` is a network cable pulled for a moment."""

    def __init__(self, port: str, *, rfc2217: bool) -> None:
        self._port = Port(port, 9600, timeout=0.05)
        self.rfc2217 = rfc2217
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.link = f"{'rfc2217' if rfc2217 else 'socket'}://127.0.0.1:{self._listener.getsockname()[1]}"
        self.speeds: list[int] = []
        self._client: socket.socket | None = None
        self._running = True
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def cut(self) -> None:
        if self._client is not None:
            with contextlib.suppress(OSError):
                self._client.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        self._running = False
        self.cut()
        # Whoever waits for a client gets one.
        with socket.create_connection(self._listener.getsockname()):
            pass
        self._thread.join(10)
        self._listener.close()
        self._port.close()

    def write(self, data: bytes) -> None:
        """Of the telnet manager."""
        if self._client is not None:
            self._client.sendall(data)

    def _serve(self) -> None:
        while True:
            self._client, _ = self._listener.accept()
            if not self._running:
                return
            manager = serial.rfc2217.PortManager(self._port, self) if self.rfc2217 else None
            up = threading.Thread(target=self._up, args=(self._client, manager), daemon=True)
            up.start()
            try:
                while data := self._client.recv(4096):
                    self._port.write(b"".join(manager.filter(data)) if manager else data)
            except OSError:
                pass
            self.speeds.append(self._port.baudrate)
            client, self._client = self._client, None
            up.join(10)
            client.close()

    def _up(self, client: socket.socket, manager: Any) -> None:
        while self._client is client:
            data = self._port.read(1)
            if not data:
                continue
            data += self._port.read(self._port.in_waiting)
            try:
                client.sendall(b"".join(manager.escape(data)) if manager else data)
            except OSError:
                return


@pytest.fixture
def far_pad(tmp_path: Path) -> Iterator[VirtualPad]:
    made = VirtualPad(WINDOW, ADDRESS, link=tmp_path / "far", control=None)
    made.start()
    yield made
    made.stop()


@pytest.fixture(params=["socket", "rfc2217"])
def server(request: pytest.FixtureRequest, far_pad: VirtualPad) -> Iterator[SerialServer]:
    made = SerialServer(os.path.realpath(far_pad.link), rfc2217=request.param == "rfc2217")
    yield made
    made.stop()


@pytest.fixture
def hall(start_pad_hall: StartPadHall, server: SerialServer, far_pad: VirtualPad) -> Iterator[PadHall]:
    pad = PadSettings(window=WINDOW, link=server.link, baudrate=19200, address=ADDRESS, keys=KEYS)
    made = start_pad_hall(device=pad)
    made.pad, near = far_pad, made.pad
    made.settled()
    yield made
    made.pad = near


@pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")  # pyserial's own thread
def test_a_vote_comes_through_and_the_line_comes_back_after_a_cut(hall: PadHall, server: SerialServer) -> None:
    hall.serve()
    assert hall.shows(showing="请评价")
    hall.press(3)
    assert hall.acknowledged(3)
    server.cut()
    hall.until(lambda: hall.agent.states()[0]["state"] == "offline")
    hall.serve()
    hall.settled()
    assert hall.shows(showing="请评价")
    hall.press(2)
    assert hall.acknowledged(2)
    assert [vote.level for vote in hall.stored("evaluation_voted")] == [KEYS[3], KEYS[2]]
    assert server.speeds[0] == (19200 if server.rfc2217 else 9600)  # by RFC 2217 the hall sets it
