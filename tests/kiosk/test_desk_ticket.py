"""取号 at a window: the number comes out of the window's own printer, and 补打 finds it there again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hall_server import ROOT, HallServer
from waiting import wait_until

from kiosk.virtual_printer import VirtualPrinter


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[VirtualPrinter]:
    made = VirtualPrinter(tmp_path / "papers", speed=2000.0)
    made.start()
    yield made
    made.stop()
    assert made.errors == []


def test_a_number_given_at_a_window_is_printed_there(tmp_path: Path, printer: VirtualPrinter) -> None:
    windows: list[dict[str, Any]] = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))["windows"]
    link = {"link": f"tcp://127.0.0.1:{printer.port}", "width": 80, "ack": "gs_h"}
    windows = [window | ({"printer": link} if window["number"] == 3 else {}) for window in windows]
    (tmp_path / "hall").mkdir()
    hall = HallServer(tmp_path / "hall", windows=windows, kiosks=[])
    hall.start()
    try:
        hall.login()
        ticket = hall.post("tickets", {"service": "general", "printer": "window:3"})

        def print_state() -> dict[str, Any]:
            shown: dict[str, Any] = hall.call_api("GET", f"tickets/{ticket['id']}").json()["print"]
            return shown

        wait_until(lambda: print_state()["state"] == "printed", "the ticket is printed")
        (text,) = [paper.read_text(encoding="utf-8") for paper in (tmp_path / "papers").glob("*.txt")]
        assert ticket["number"] in text
        assert "综合窗口" in text or "3 号窗口" in text
        hall.post(f"tickets/{ticket['id']}/reprint")
        wait_until(lambda: print_state() == {"state": "printed", "reason": None, "papers": 2}, "it is printed again")
        assert len([*(tmp_path / "papers").glob("*.txt")]) == 2
    finally:
        hall.kill()
