"""The demo's devices: programs of their own, found again by the next server when this one is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self
from urllib.error import URLError
from urllib.request import urlopen

from server.told import told

_PATIENCE = 1.0


class DeviceFailed(Exception):
    """A virtual device did not start; what it said stands before this on standard error."""


@dataclass(frozen=True, slots=True)
class RunningDevice:
    """A device's process: what it said when it was ready, and its process id."""

    pid: int
    ready: dict[str, Any]

    @property
    def control(self) -> str:
        """The address of the page where one can press its keys or pull its paper."""
        return str(self.ready["control"]).rstrip("/")

    def answers(self) -> bool:
        try:
            with urlopen(f"{self.control}/state", timeout=_PATIENCE) as answer:  # noqa: S310 — our own loopback address
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


class VirtualDevices:
    """Starts devices, or takes over those that an earlier demo in the same folder left running.

    Whoever makes one holds the folder: the devices that it lists are then nobody else's. Leaving the context ends them.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._list = folder / "devices.json"
        self._owner = folder / "owner.pid"
        self._owner.write_text(str(os.getpid()), encoding="ascii")
        self._left = self._read()
        self._running: dict[str, RunningDevice] = {}

    def run(self, name: str, *command: str) -> RunningDevice:
        """The device `name`: the one still running, else `python -m command…` started now."""
        device = self._left.get(name)
        if device is None or not device.answers():
            device = _start([*command, "--owner", str(self._owner)])
        self._running[name] = device
        self._list.write_text(json.dumps({n: asdict(d) for n, d in self._running.items()}), encoding="utf-8")
        return device

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for device in self._running.values():
            try:
                os.kill(device.pid, signal.SIGTERM)
            except ProcessLookupError:
                continue
        self._list.unlink(missing_ok=True)

    def _read(self) -> dict[str, RunningDevice]:
        try:
            listed = json.loads(self._list.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {name: RunningDevice(**device) for name, device in listed.items()}


def _start(command: list[str]) -> RunningDevice:
    # A session of its own: the Ctrl-C that ends the demo must not end its devices before it has said goodbye to them.
    process = subprocess.Popen(  # noqa: S603 — our own programs
        [sys.executable, "-m", *command], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise DeviceFailed(told("python -m %(command)s did not start", command=command[0]))
    return RunningDevice(process.pid, json.loads(line))
