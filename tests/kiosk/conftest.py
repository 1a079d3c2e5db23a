"""Kiosks whose printers are virtual, and their pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from chromium import OpenPage
from hall_server import free_port
from playwright.sync_api import Page, expect
from print_hall import PIN, PrintHall

from kiosk.virtual_printer import Faults, VirtualPrinter

OpenKiosk = Callable[..., Page]
STANDING = (1080, 1920)
SPEED = 2000.0  # mm/s, so that a paper takes a sixteenth of a second


@pytest.fixture(scope="session")
def printers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, VirtualPrinter]]:
    """The printers of kiosks 1 and 2; none may ever meet a command that it does not know."""
    made = {kiosk: VirtualPrinter(tmp_path_factory.mktemp(f"papers{kiosk}"), speed=SPEED) for kiosk in ("1", "2")}
    for printer in made.values():
        printer.start()
    yield made
    for printer in made.values():
        printer.stop()
    assert [printer.errors for printer in made.values()] == [[], []]


@pytest.fixture(scope="session")
def shared_hall(tmp_path_factory: pytest.TempPathFactory, printers: dict[str, VirtualPrinter]) -> Iterator[PrintHall]:
    """Kiosk 3 has no printer, and at kiosk 4's address nobody listens."""
    ports = {kiosk: printer.port for kiosk, printer in printers.items()}
    hall = PrintHall(tmp_path_factory.mktemp("hall"), {**ports, "3": None, "4": free_port()})
    hall.server.start()
    hall.server.login()
    yield hall
    hall.server.kill()


@pytest.fixture
def hall(shared_hall: PrintHall, printers: dict[str, VirtualPrinter]) -> PrintHall:
    """The hall that tests share, its printers healthy."""
    for printer in printers.values():
        printer.faults = Faults()
    return shared_hall


@pytest.fixture(scope="module")
def guarded_printer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualPrinter]:
    """The guarded hall's own: its numbers are called as those of the other halls are."""
    made = VirtualPrinter(tmp_path_factory.mktemp("guarded-papers"), speed=SPEED)
    made.start()
    yield made
    made.stop()
    assert made.errors == []


@pytest.fixture(scope="module")
def shared_guarded(tmp_path_factory: pytest.TempPathFactory, guarded_printer: VirtualPrinter) -> Iterator[PrintHall]:
    hall = PrintHall(tmp_path_factory.mktemp("guarded"), {"1": guarded_printer.port, "2": None})
    hall.server.edit_config(lambda content: content["kiosks"][0].update(staff_pin=PIN))
    hall.server.start()
    hall.server.login()
    yield hall
    hall.server.kill()


@pytest.fixture
def guarded(shared_guarded: PrintHall, guarded_printer: VirtualPrinter) -> PrintHall:
    """A hall whose kiosk 1 has a staff's panel; kiosk 2 has neither that nor a printer."""
    guarded_printer.faults = Faults()
    return shared_guarded


@pytest.fixture
def open_kiosk(open_page: OpenPage) -> OpenKiosk:
    """Opens a kiosk's page and waits until it is live."""

    def open_one(hall: PrintHall, kiosk: str = "1", size: tuple[int, int] = STANDING, **options: Any) -> Page:
        page = open_page(hall.page(kiosk), size, **options)
        expect(page.locator("#kiosk")).to_have_attribute("data-link", "online")
        return page

    return open_one
