"""The wires of a bus: what one end says is heard by all others.

The server's end is a pseudo-terminal with a steady name. Each device has a terminal of its own, whose link is followed:
a device that is unplugged leaves the bus, and is taken up again when its link is back. What a device does not take in
time falls off, as on a real wire.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import termios
import threading
import tty
from collections.abc import Callable, Sequence
from pathlib import Path

from server.device.control_page import ControlPage, as_json
from server.device.pty_port import CHUNK, PtyPort

LOOK_AGAIN = 0.1
"""Seconds between looks for devices that are not there."""


class _Branch:
    """The wire to one device."""

    def __init__(self, link: Path) -> None:
        self.link = link
        self.fd = -1

    def open(self) -> bool:
        """Whether it is there now and was not before."""
        if self.fd >= 0:
            return False
        try:
            self.fd = os.open(self.link, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        except OSError:
            return False
        with contextlib.suppress(termios.error):
            tty.setraw(self.fd)
        return True

    def read(self) -> bytes | None:
        """What it says; None when its cable is out."""
        try:
            return os.read(self.fd, CHUNK) or None
        except BlockingIOError:
            return b""
        except OSError:
            return None

    def write(self, data: bytes) -> None:
        if self.fd >= 0:
            with contextlib.suppress(OSError):
                os.write(self.fd, data)

    def close(self) -> None:
        if self.fd >= 0:
            os.close(self.fd)
        self.fd = -1


class VirtualBus:
    """The bus at `link`, with the devices whose terminals `devices` point at.

    `control` is the port of its control page, 0 for a free one, None for none.
    """

    def __init__(self, link: Path, devices: Sequence[Path], control: int | None = 0) -> None:
        self._port = PtyPort(link, None)
        self._branches = [_Branch(device) for device in devices]
        self._lock = threading.RLock()
        self._running = False
        self._thread = threading.Thread(target=self._run, name="virtual-bus", daemon=True)
        self._control = None
        if control is not None:
            gets = {"/state": lambda: as_json(self.state())}
            posts = {"/plug": self._done(self.plug), "/unplug": self._done(self.unplug)}
            self._control = ControlPage("bus", control, gets, posts)

    @property
    def link(self) -> str:
        """The path the server opens."""
        return self._port.path

    @property
    def control_url(self) -> str:
        """The control page's address; empty without one."""
        return "" if self._control is None else self._control.url

    def start(self) -> None:
        """Plug in and go; returns when `link` can be opened."""
        self._port.plug()
        self._running = True
        self._thread.start()
        if self._control is not None:
            self._control.start()

    def stop(self) -> None:
        """Pull the cable. A bus is started and stopped once."""
        if self._control is not None:
            self._control.stop()
        self._running = False
        self._thread.join()
        self._port.unplug()
        for branch in self._branches:
            branch.close()

    def plug(self) -> None:
        """Put the server's cable in; harmless when it is."""
        with self._lock:
            if not self._port.plugged:
                self._port.plug()

    def unplug(self) -> None:
        """Pull the server's cable; harmless when it is out."""
        with self._lock:
            if self._port.plugged:
                self._port.unplug()

    def state(self) -> dict[str, object]:
        """`{link, plugged, devices {link: whether it is on the bus}}`."""
        with self._lock:
            devices = {str(branch.link): branch.fd >= 0 for branch in self._branches}
            return {"link": self.link, "plugged": self._port.plugged, "devices": devices}

    def _done(self, what: Callable[[], None]) -> Callable[[dict[str, object]], dict[str, object]]:
        def do(_: dict[str, object]) -> dict[str, object]:
            what()
            return {"plugged": self._port.plugged}

        return do

    def _run(self) -> None:
        while self._running:
            with selectors.DefaultSelector() as selector:
                with self._lock:
                    for branch in self._branches:
                        branch.open()
                        if branch.fd >= 0:
                            selector.register(branch.fd, selectors.EVENT_READ, branch)
                    if self._port.plugged:
                        selector.register(self._port.fileno(), selectors.EVENT_READ)
                ready = selector.select(LOOK_AGAIN)
            with self._lock:
                for key, _ in ready:
                    self._carry(key.data)

    def _carry(self, speaker: _Branch | None) -> None:
        """From one end, None for the server, to all others."""
        data = self._port.read() if speaker is None else speaker.read()
        if data is None and speaker is not None:
            speaker.close()
        if not data:
            return
        if speaker is not None:
            self._port.write(data)
        for branch in self._branches:
            if branch is not speaker:
                branch.write(data)
