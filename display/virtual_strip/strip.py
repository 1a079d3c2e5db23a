"""The virtual strip as one object: the panel on its cable, its record, and the control page."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal, TypedDict, get_args

from display.strip.picture import EXTENTS
from display.virtual_strip.leds import png_of
from display.virtual_strip.page_words import PAGE_WORDS
from display.virtual_strip.panel import Dialect, DigitFirmware, Faults, Panel, TextFirmware
from server.config.strips import StripSize
from server.device.control_page import Content, ControlPage, as_json
from server.device.virtual_device import LOG_LENGTH, VirtualDevice

DIALECTS: Final = get_args(Dialect)
_FAULTS: Final = ("mute", "corrupt", "off")
_STATIC: Final = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/strip.css": ("strip.css", "text/css; charset=utf-8"),
    "/strip.js": ("strip.js", "text/javascript; charset=utf-8"),
}


class LogEntry(TypedDict):
    """One line of the strip's record; `text` is what it showed afterwards, or for a note what was done to it."""

    at: str
    way: Literal["in", "out", "note"]
    hex: str
    text: str


class StripState(TypedDict):
    """What `GET /state` answers. `colours` are those of the rows' first characters."""

    window: int
    address: int
    dialect: str
    size: str
    text: str
    rows: list[str]
    colours: list[str]
    frames: int
    mute: bool
    corrupt: bool
    off: bool
    plugged: bool
    link: str
    log: list[LogEntry]


class VirtualStrip(VirtualDevice):
    """A strip on a pseudo-terminal, with a control page on 127.0.0.1.

    `link` is a path to keep as a symlink to the terminal; `control` is the page's port, 0 for a free one, None for no
    page.
    """

    def __init__(
        self,
        window: int,
        address: int,
        *,
        dialect: Dialect = "hallqueuefront",
        size: StripSize = "64x16",
        link: Path | None = None,
        control: int | None = 0,
    ) -> None:
        super().__init__(f"strip-{window}", link)
        self.window = window
        self._dialect = dialect
        self._size: StripSize = "digits" if dialect == "digits" else size
        firmware = DigitFirmware() if dialect == "digits" else TextFirmware()
        self._panel = Panel(address, EXTENTS[self._size], firmware)
        self._log: deque[LogEntry] = deque(maxlen=LOG_LENGTH)
        self._control = None if control is None else self._page(control)

    def fault(self, **faults: bool) -> None:
        """Switch `mute`, `corrupt` and `off` on or off; the others stay. Raises ValueError for another."""
        with self._changed:
            now = {name: getattr(self._panel.faults, name) for name in _FAULTS}
            if unknown := faults.keys() - now.keys():
                raise ValueError(f"faults are {', '.join(_FAULTS)}, not {', '.join(sorted(unknown))}")
            self._panel.set_faults(Faults(**(now | {name: bool(on) for name, on in faults.items()})))
            self._record("note", b"", ", ".join(f"{name} {'on' if on else 'off'}" for name, on in faults.items()))
            self._changed.notify_all()

    def state(self) -> StripState:
        """What the strip shows, and its record."""
        with self._changed:
            panel = self._panel
            return StripState(
                window=self.window,
                address=panel.address,
                dialect=self._dialect,
                size=self._size,
                text=panel.text,
                rows=["".join(glyph.sign for glyph in row) for row in panel.rows],
                colours=[row[0].colour for row in panel.rows if row],
                frames=panel.frames,
                mute=panel.faults.mute,
                corrupt=panel.faults.corrupt,
                off=panel.faults.off,
                plugged=self._port.plugged,
                link=self.link,
                log=list(self._log),
            )

    def picture(self) -> bytes:
        """The strip's LEDs as PNG."""
        with self._changed:
            rows = self._panel.rows
        return png_of(rows, EXTENTS[self._size])

    def _page(self, port: int) -> ControlPage:
        gets: dict[str, Callable[[], Content]] = {
            "/state": lambda: as_json(self.state()),
            "/picture.png": lambda: Content(self.picture(), "image/png"),
            "/face": lambda: as_json({name: words._asdict() for name, words in PAGE_WORDS.items()}),
        }
        gets |= {path: partial(_file, name, kind) for path, (name, kind) in _STATIC.items()}
        return ControlPage(f"strip-{self.window}", port, gets, {"/fault": self._switch, "/cable": self._cable})

    def _switch(self, body: dict[str, Any]) -> dict[str, Any]:
        self.fault(**body)
        return {name: getattr(self._panel.faults, name) for name in _FAULTS}

    def _cable(self, body: dict[str, Any]) -> dict[str, Any]:
        (self.plug if body["plugged"] else self.unplug)()
        return {"plugged": self._port.plugged}

    def _hear(self, data: bytes) -> None:
        """Confirm what was for this strip."""
        heard = b""
        for value in data:
            heard += bytes([value])
            frames = self._panel.frames
            answer = self._panel.hear(heard[-1:])
            if self._panel.frames > frames:
                self._record("in", heard)
                heard = b""
            if answer:
                self._port.write(answer)
                self._record("out", answer)

    def _record(self, way: Literal["in", "out", "note"], data: bytes, note: str | None = None) -> None:
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        text = self._panel.text if note is None else note
        self._log.append(LogEntry(at=at, way=way, hex=data.hex(" ").upper(), text=text))


def _file(name: str, kind: str) -> Content:
    return Content(files("display.virtual_strip").joinpath("static", name).read_bytes(), kind)
