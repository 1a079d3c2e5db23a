"""The virtual printer: a mechanism, who it says it is, and the way it is connected."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path

from kiosk.slip.fonts import chinese_font
from kiosk.virtual_printer import answers
from kiosk.virtual_printer.archive import Archive
from kiosk.virtual_printer.faults import HEALTHY, Faults
from kiosk.virtual_printer.identity import EPSON, Identity
from kiosk.virtual_printer.mechanism import Mechanism
from kiosk.virtual_printer.tcp import TcpTransport
from kiosk.virtual_printer.transport import Transport
from kiosk.virtual_printer.typesetter import Typesetter


class VirtualPrinter:
    """A receipt printer that leaves each cut paper in `papers` as NNNN.png, .txt and (last) .bin.

    It is on TCP at `host` and `port` unless another `transport` is given. `speed` is in mm/s, `buffer_size` in bytes;
    `chinese`, `gb18030` and `gs_scales_hanzi` are its `characters.Abilities`. Raises FontMissing when papers could not
    be drawn, OSError from `start` when its place is taken. `errors` lists what a real printer would have printed as
    garbage or ignored.
    """

    def __init__(
        self,
        papers: Path,
        host: str = "127.0.0.1",
        port: int = 0,
        faults: Faults = HEALTHY,
        *,
        transport: Transport | None = None,
        width_dots: int = 576,
        speed: float = 150.0,
        buffer_size: int = 4096,
        chinese: bool = True,
        gb18030: bool = False,
        gs_scales_hanzi: bool = True,
        identity: Identity = EPSON,
    ) -> None:
        chinese_font(24, bold=False)
        self.archive = Archive(papers, width_dots)
        self._transport = TcpTransport(host, port) if transport is None else transport
        self._mechanism = Mechanism(
            self.archive,
            partial(Typesetter, width_dots, chinese=chinese, gb18030=gb18030, gs_scales_hanzi=gs_scales_hanzi),
            faults,
            speed=speed,
            buffer_size=buffer_size,
            answer=partial(answers.to_question, identity=identity, chinese=chinese),
            reply=self._transport.send,
        )
        self._head = threading.Thread(target=self._mechanism.run, name="virtual-printer-head", daemon=True)

    @property
    def place(self) -> dict[str, int | str]:
        """Where it is found: `port` or `link`. Known after `start`."""
        return self._transport.place

    @property
    def port(self) -> int:
        """The TCP port. Raises KeyError for a printer at a cable."""
        return int(self.place["port"])

    @property
    def link(self) -> str:
        """The path to open. Raises KeyError for a printer on TCP."""
        return str(self.place["link"])

    @property
    def faults(self) -> Faults:
        """The faults in force; assign to change them while it runs."""
        return self._mechanism.faults

    @faults.setter
    def faults(self, faults: Faults) -> None:
        self._mechanism.set_faults(faults)

    @property
    def errors(self) -> list[str]:
        """Commands that are unknown or make no sense."""
        return self._mechanism.errors

    @property
    def pulses(self) -> int:
        """How often the drawer was told to open."""
        return self._mechanism.pulses

    def reload_paper(self) -> None:
        """Put a new roll in: printing goes on where it stopped."""
        self.faults = self.faults.merged({"paper_out": False, "paper_out_after_mm": None, "paper_near": False})

    def uncut_text(self) -> str:
        """What hangs out of the printer, printed and not cut."""
        return self._mechanism.uncut_text()

    def wait_for_papers(self, count: int, timeout: float) -> list[Path]:
        """The .bin files cut since start, as soon as there are `count`. Raises TimeoutError."""
        mechanism = self._mechanism
        with mechanism.changed:
            if not mechanism.changed.wait_for(lambda: len(mechanism.papers) >= count, timeout):
                raise TimeoutError(f"{len(mechanism.papers)} of {count} papers after {timeout} s")
            return list(mechanism.papers)

    def start(self) -> None:
        """Serve and print in threads of its own; `place` is then the real one."""
        self._transport.start(self._mechanism)
        self._head.start()

    def stop(self) -> None:
        """Switch off for good; stopping twice is harmless."""
        self._mechanism.stop()
        self._transport.stop()
        if self._head.ident is not None:
            self._head.join()
