"""A virtual printer on a free port, fast enough for tests, that must have understood every byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.slip import fonts
from kiosk.slip.samples import Sample, sample
from kiosk.virtual_printer import Faults, VirtualPrinter
from server.hall.printing import Slip
from server.messages.slips import TicketSlip

StartPrinter = Callable[..., VirtualPrinter]


@pytest.fixture
def start_printer(tmp_path: Path) -> Iterator[StartPrinter]:
    """Starts printers; afterwards none of them may have met a command that it does not know."""
    printers: list[VirtualPrinter] = []

    def start(
        faults: Faults = Faults(),  # noqa: B008
        *,
        speed: float = 2000.0,
        **kind: Any,
    ) -> VirtualPrinter:
        printer = VirtualPrinter(tmp_path / "papers", faults=faults, speed=speed, **kind)
        printer.start()
        printers.append(printer)
        return printer

    yield start
    for printer in printers:
        printer.stop()
    assert [printer.errors for printer in printers] == [[] for _ in printers]


@pytest.fixture
def slip() -> TicketSlip:
    """The ticket of the picture."""
    content = sample(Slip.TICKET, Sample.USUAL)
    assert isinstance(content, TicketSlip)
    return content


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A machine on which no Chinese font is installed."""
    monkeypatch.setattr(fonts, "_FOLDERS", (tmp_path,))
    fonts._face.cache_clear()
    fonts.chinese_font.cache_clear()
    yield
    fonts._face.cache_clear()
    fonts.chinese_font.cache_clear()
