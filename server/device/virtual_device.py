"""What plays a device on a pseudo-terminal: its cable, and the thread that hears what arrives and sends what is due."""

from __future__ import annotations

import contextlib
import os
import selectors
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from server.device.control_page import ControlPage
from server.device.pty_port import PtyPort

LOG_LENGTH: Final = 500


class VirtualDevice(ABC):
    """`name` is the thread's, `link` a path to keep as a symlink to the terminal, `pacing` a baud rate to send at.

    Methods may be called from any thread; those that subclasses bring along are called while `_changed` is held.
    """

    def __init__(self, name: str, link: Path | None, pacing: int | None = None) -> None:
        self._port = PtyPort(link, pacing)
        self._changed = threading.Condition(threading.RLock())
        self._control: ControlPage | None = None
        """The device's page, if it has one; for the subclass to set."""
        self._bell_out, self._bell = os.pipe()
        os.set_blocking(self._bell_out, False)
        self._running = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def link(self) -> str:
        """The path the server opens."""
        return self._port.path

    @property
    def control_url(self) -> str:
        """The control page's address; empty without one."""
        return "" if self._control is None else self._control.url

    def start(self) -> None:
        """Plug in and go; returns when `link` can be opened and the page answers."""
        self._port.plug()
        self._running = True
        self._thread.start()
        if self._control is not None:
            self._control.start()

    def stop(self) -> None:
        """Pull the cable and end the page. A device is started and stopped once."""
        if self._control is not None:
            self._control.stop()
        with self._changed:
            self._running = False
            self._ring()
        self._thread.join()
        self._port.unplug()
        os.close(self._bell)
        os.close(self._bell_out)

    def plug(self) -> None:
        """Put the cable in; harmless when it is."""
        with self._changed:
            if not self._port.plugged:
                self._port.plug()
                self._cable_moved("plugged in")
                self._ring()

    def unplug(self) -> None:
        """Pull the cable; harmless when it is out."""
        with self._changed:
            if self._port.plugged:
                self._port.unplug()
                self._cable_moved("unplugged")
                self._ring()

    @abstractmethod
    def state(self) -> Mapping[str, Any]:
        """What `GET /state` answers."""

    def wait_for(self, *, timeout: float = 20.0, **wanted: object) -> bool:
        """Wait until `state()` has these values, e.g. `wait_for(face="thank_you")`; False when it took too long."""

        def reached() -> bool:
            state = self.state()
            return all(state.get(name) == value for name, value in wanted.items())

        with self._changed:
            return self._changed.wait_for(reached, timeout)

    @abstractmethod
    def _hear(self, data: bytes) -> None:
        """Some bytes have arrived."""

    def _due(self) -> float | None:
        """When (steady clock) `_wake` has something to do; None: it has not."""
        return None

    def _wake(self, now: float) -> None:
        """Do what is due by now, if anything is."""
        return

    def _cable_moved(self, how: str) -> None:
        """For the record, where a device has one for that."""
        return

    def _run(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._bell_out, selectors.EVENT_READ)
            watched, plugs = -1, 0
            while True:
                with self._changed:
                    if not self._running:
                        return
                    if plugs != self._port.plugs or not self._port.plugged:
                        watched, plugs = self._rewatch(selector, watched), self._port.plugs
                    due = self._due()
                selector.select(None if due is None else max(0.0, due - time.monotonic()))
                with self._changed:
                    self._turn()

    def _rewatch(self, selector: selectors.BaseSelector, watched: int) -> int:
        """Watch the port's present descriptor instead of `watched`; -1 is none. Answers the present one."""
        if watched >= 0:
            selector.unregister(watched)
        if self._port.plugged:
            selector.register(self._port.fileno(), selectors.EVENT_READ)
        return self._port.fileno()

    def _turn(self) -> None:
        """Hear what arrived, send what is due."""
        with contextlib.suppress(BlockingIOError):
            os.read(self._bell_out, 4096)
        if heard := self._port.read():
            self._hear(heard)
        self._wake(time.monotonic())
        self._changed.notify_all()

    def _ring(self) -> None:
        """Wake the thread: what it waits for has changed."""
        with contextlib.suppress(OSError):
            os.write(self._bell, b"!")
