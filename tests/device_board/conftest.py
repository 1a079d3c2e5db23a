"""A hall with a virtual printer at its kiosk and a pad that is not there, and its device board."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
import yaml
from chromium import OpenPage
from hall_server import PASSWORD, PATIENCE, ROOT, USERNAME, free_port
from playwright.sync_api import Page, expect
from print_hall import PrintHall

from kiosk.virtual_printer import Faults, VirtualPrinter

CLERK = "liu"
DESK = (1366, 768)
SPEED = 2000.0  # mm/s
OpenBoard = Callable[..., Page]


@pytest.fixture(scope="session")
def printer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualPrinter]:
    """Kiosk 1's."""
    made = VirtualPrinter(tmp_path_factory.mktemp("papers"), speed=SPEED)
    made.start()
    yield made
    made.stop()
    assert made.errors == []


@pytest.fixture(scope="session")
def shared_hall(tmp_path_factory: pytest.TempPathFactory, printer: VirtualPrinter) -> Iterator[PrintHall]:
    """Nothing answers at window 5's printer, and window 3's pad has no port."""
    sample = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    for window in sample["windows"]:
        window.pop("printer", None)
        if window["number"] == 5:
            window["printer"] = {"link": f"tcp://127.0.0.1:{free_port()}"}
    pads = [{**sample["pads"][0], "window": 3, "link": "/dev/serial/by-path/not-there", "address": 0x83}]
    folder = tmp_path_factory.mktemp("hall")
    hall = PrintHall(folder, {"1": printer.port}, windows=sample["windows"], pads=pads)
    hall.server.add_staff(CLERK, "刘伟")
    hall.server.start()
    hall.server.login()
    yield hall
    hall.server.kill()


@pytest.fixture
def hall(shared_hall: PrintHall, printer: VirtualPrinter) -> PrintHall:
    """The hall that tests share, its printer healthy."""
    printer.faults = Faults()
    shared_hall.printer_becomes("ready", None)
    return shared_hall


@pytest.fixture
def ask(hall: PrintHall) -> Callable[[str | None], requests.Response]:
    """`GET /api/v1/devices` as somebody of the staff, or as a stranger."""

    def asked(username: str | None) -> requests.Response:
        session = requests.Session()
        if username is not None:
            credentials = {"username": username, "password": PASSWORD}
            assert session.post(f"{hall.server.base}/api/v1/login", json=credentials, timeout=PATIENCE).ok
        return session.get(f"{hall.server.base}/api/v1/devices", timeout=PATIENCE)

    return asked


@pytest.fixture
def open_board(open_page: OpenPage, hall: PrintHall) -> OpenBoard:
    """Signs in at the board, and waits until it is live."""

    def opened(username: str = USERNAME, query: str = "", size: tuple[int, int] = DESK, **options: Any) -> Page:
        page = open_page(f"{hall.server.base}/devices{query}", size, **options)
        page.fill("[name=username]", username)
        page.fill("[name=password]", PASSWORD)
        page.click("#sign-in")
        expect(page.locator("#link")).to_have_attribute("data-state", "online", timeout=PATIENCE * 1000)
        return page

    return opened
