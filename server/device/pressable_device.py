"""A virtual device with keys: its record, what it sends until it is heard, and the page on which it is pressed."""

from __future__ import annotations

from abc import abstractmethod
from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, Protocol, TypedDict

from server.device.control_page import Content, ControlPage, as_json
from server.device.virtual_device import LOG_LENGTH, VirtualDevice

_SHARED = {"/device_page.js": ("device_page.js", "text/javascript; charset=utf-8")}


class LogEntry(TypedDict):
    """One line of the device's record; `hex` is the bytes, `what` the device's own reading of them."""

    at: str
    way: Literal["in", "out", "note"]
    hex: str
    what: str


class Mechanism(Protocol):
    """The device's side of its protocol, sans-IO: bytes and the time come in, bytes go out."""

    tries: int

    @property
    def due(self) -> float | None:
        """When `wake` has something to do, on the caller's clock; None when nothing is outstanding."""

    @property
    def sending(self) -> str:
        """What is being sent, for the record."""

    def wake(self, now: float) -> bytes:
        """Bytes to send again, when the time for it has come; else nothing."""

    def receive(self, data: bytes) -> bytes | None:
        """Do what the bytes say; answers what the device sends for it at once."""


class PressableDevice(VirtualDevice):
    """`name`, `link` and `pacing` as for VirtualDevice."""

    def __init__(self, name: str, link: Path | None, pacing: int | None) -> None:
        super().__init__(name, link, pacing)
        self._log: deque[LogEntry] = deque(maxlen=LOG_LENGTH)

    @property
    @abstractmethod
    def mechanism(self) -> Mechanism:
        """The device itself."""

    @abstractmethod
    def press(self, key: int | str) -> bool:
        """Press a key; False when the bytes had nowhere to go. Raises ValueError for no such key."""

    def garbage(self, data: bytes) -> bool:
        """Put raw bytes on the line."""
        with self._changed:
            return self._send(data, "garbage")

    def _page(
        self, port: int, package: str, static: Mapping[str, tuple[str, str]], face: Callable[[], Mapping[str, Any]]
    ) -> ControlPage:
        """The page of this device. `static`: path to file in the package's folder of that name, and media type.

        GET  / and the other paths of `static`     GET /state, GET /face (what is printed on the device and around it)
        POST /press       {"key": n}          200 {"sent": bool}, 400 for a key the device does not have
        POST /garbage     {"hex": "FF 68"}    200 {"sent": bool}
        POST /unplug      POST /plug          200 {"plugged": bool}
        """
        gets: dict[str, Callable[[], Content]] = {
            "/state": lambda: as_json(self.state()),
            "/face": lambda: as_json(face()),
        }
        gets |= {path: partial(_file, "server.device", name, kind) for path, (name, kind) in _SHARED.items()}
        gets |= {path: partial(_file, package, name, kind) for path, (name, kind) in static.items()}
        posts: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "/press": lambda body: {"sent": self.press(body["key"])},
            "/garbage": lambda body: {"sent": self.garbage(bytes.fromhex(body["hex"]))},
            "/plug": lambda _: self._cable(plugged=True),
            "/unplug": lambda _: self._cable(plugged=False),
        }
        return ControlPage(self._thread.name, port, gets, posts)

    def _cable(self, *, plugged: bool) -> dict[str, Any]:
        (self.plug if plugged else self.unplug)()
        return {"plugged": plugged}

    def _hear(self, data: bytes) -> None:
        self._record("in", data, "")
        if answer := self.mechanism.receive(data):
            self._send(answer, self.mechanism.sending)

    def _due(self) -> float | None:
        return self.mechanism.due

    def _wake(self, now: float) -> None:
        if again := self.mechanism.wake(now):
            self._send(again, f"{self.mechanism.sending}, try {self.mechanism.tries}")

    def _cable_moved(self, how: str) -> None:
        self._note(how)

    def _send(self, data: bytes, what: str) -> bool:
        sent = self._port.write(data)
        self._record("out", data, what if sent else f"{what} (lost)")
        self._ring()
        self._changed.notify_all()
        return sent

    def _note(self, what: str) -> None:
        self._record("note", b"", what)

    def _record(self, way: Literal["in", "out", "note"], data: bytes, what: str) -> None:
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._log.append(LogEntry(at=at, way=way, hex=data.hex(" ").upper(), what=what))


def _file(package: str, name: str, kind: str) -> Content:
    return Content(files(package).joinpath("static", name).read_bytes(), kind)
