"""The wires of a virtual bus: everybody hears everybody, and a device may come and go."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from hall_server import ROOT
from waiting import wait_until

from server.device.pty_port import PtyPort
from server.device.serial_port import SerialLink, open_serial
from server.device.virtual_bus import VirtualBus

SECONDS = 10.0


@pytest.fixture
def devices(tmp_path: Path) -> Iterator[list[PtyPort]]:
    """Two devices' ends of their own cables."""
    made = [PtyPort(tmp_path / name, None) for name in ("one", "two")]
    for port in made:
        port.plug()
    yield made
    for port in made:
        if port.plugged:
            port.unplug()


@pytest.fixture
def bus(tmp_path: Path, devices: list[PtyPort]) -> Iterator[VirtualBus]:
    made = VirtualBus(tmp_path / "bus", [Path(port.path) for port in devices])
    made.start()
    wait_until(lambda: set(_on_bus(made).values()) == {True}, "both devices are on the bus")
    yield made
    made.stop()


def _on_bus(bus: VirtualBus) -> dict[str, bool]:
    found: dict[str, bool] = requests.get(f"{bus.control_url}/state", timeout=SECONDS).json()["devices"]
    return found


def _heard(port: PtyPort) -> bytes:
    select.select([port.fileno()], [], [], SECONDS)
    return port.read()


def _server(bus: VirtualBus) -> SerialLink:
    link = open_serial(bus.link)
    assert isinstance(link, SerialLink)
    return link


def test_what_one_says_all_others_hear(bus: VirtualBus, devices: list[PtyPort]) -> None:
    server, (one, two) = _server(bus), devices
    server.write(b"all")
    assert [_heard(one), _heard(two)] == [b"all", b"all"]
    one.write(b"mine")
    assert (server.read(SECONDS), _heard(two), one.read()) == (b"mine", b"mine", b"")
    server.close()


def test_a_device_that_was_unplugged_is_taken_up_again(bus: VirtualBus, devices: list[PtyPort]) -> None:
    server, (one, two) = _server(bus), devices
    one.unplug()
    wait_until(lambda: list(_on_bus(bus).values()) == [False, True], "the first has left the bus")
    server.write(b"two alone")
    assert _heard(two) == b"two alone"
    one.plug()
    wait_until(lambda: list(_on_bus(bus).values()) == [True, True], "the first is back")
    server.write(b"both")
    assert [_heard(one), _heard(two)] == [b"both", b"both"]
    server.close()


def test_as_a_program_it_says_where_it_is_and_ends_when_told(tmp_path: Path, devices: list[PtyPort]) -> None:
    ends = [option for port in devices for option in ("--device", port.path)]
    command = [sys.executable, "-m", "server.device.virtual_bus", "--link", str(tmp_path / "bus"), *ends]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        about = json.loads(process.stdout.readline())
        assert about["link"] == str(tmp_path / "bus")
        assert requests.post(f"{about['control']}/unplug", timeout=SECONDS).json() == {"plugged": False}
        assert not (tmp_path / "bus").exists()
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(SECONDS) == 0
