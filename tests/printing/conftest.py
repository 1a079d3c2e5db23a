"""A virtual printer on a free port, fast enough for tests, that must have understood every byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from kiosk.slip.ticket import TicketSlip

from kiosk.virtual_printer import Faults, VirtualPrinter

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
    return TicketSlip(
        hall="青禾镇便民服务中心",
        service="社保医保",
        number="A012",
        ahead=5,
        wait="15-25 分钟",
        place="一层东侧 B 等候区",
        windows="在 2、3 号窗口办理，听到叫号再过去",
        url="https://qinghe.gov.cn/t/Jk3mZ9QwXr7Lb2Tn",
        notices=("过号不用急：3 个号以内，到服务台续号",),
        kiosk="1 号取号机",
        hotline="12345",
        issued_at=datetime(2026, 11, 23, 9, 41),  # noqa: DTZ001 -- the hall's wall clock
    )
