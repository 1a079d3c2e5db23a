"""A hall's own server prints over every link that a test machine can offer, and finds a printer that appears later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
from cups_server import CupsServer
from hall_server import PATIENCE, HallServer, StartHall
from pty_printer import PtyPrinter
from waiting import wait_until

from kiosk.virtual_printer import VirtualPrinter

StartPrinter = Callable[..., VirtualPrinter]


def hall_with(start_hall: StartHall, link: str, **printer: str) -> HallServer:
    kiosk = {"id": "1", "name": "1 号取号机", "name_en": "Kiosk 1", "printer": {"link": link, **printer}}
    return start_hall(kiosks=[kiosk])


def paper_of_a_new_number(hall: HallServer) -> tuple[str, str]:
    """Somebody takes a number: how its paper ended, and the number."""
    headers = {"Authorization": f"Bearer {hall.tokens['kiosk']}"}
    answer = requests.post(
        f"{hall.base}/api/v1/tickets", json={"service": "general"}, headers=headers, timeout=PATIENCE
    )
    assert answer.ok, answer.text
    ticket = answer.json()

    def state() -> str:
        return str(hall.call_api("GET", f"tickets/{ticket['id']}").json()["print"]["state"])

    wait_until(lambda: state() in ("printed", "sent", "blocked", "unknown"), "the paper has come to its end")
    return state(), ticket["number"]


def printer_state(hall: HallServer) -> str:
    devices = hall.call_api("GET", "hall").json()["devices"]
    return next(str(device["state"]) for device in devices if device["kind"] == "printer")


@pytest.mark.parametrize("scheme", ["", "file://"])
def test_a_printer_that_is_plugged_in_later_is_used_from_then_on(
    start_hall: StartHall, start_printer: StartPrinter, tmp_path: Path, scheme: str
) -> None:
    name = tmp_path / "port"
    hall = hall_with(start_hall, f"{scheme}{name}")
    assert paper_of_a_new_number(hall)[0] == "blocked"
    printer = start_printer()
    cable = PtyPrinter(printer.port, name)
    wait_until(lambda: printer_state(hall) == "ready", "the printer is found")
    state, number = paper_of_a_new_number(hall)
    cable.pull()
    assert state == "printed"
    [paper] = printer.wait_for_papers(1, 20)
    assert number in paper.with_suffix(".txt").read_text("utf-8").split()


@pytest.fixture
def cups(monkeypatch: pytest.MonkeyPatch) -> Iterator[CupsServer]:
    server = CupsServer()
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    yield server
    server.remove()


def test_a_ticket_goes_to_a_queue_of_cups(start_hall: StartHall, start_printer: StartPrinter, cups: CupsServer) -> None:
    printer = start_printer()
    cups.add_queue("tickets", printer.port)
    state, number = paper_of_a_new_number(hall_with(start_hall, "cups://tickets", ack="none"))
    [paper] = printer.wait_for_papers(1, 20)
    assert state == "sent"
    assert number in paper.with_suffix(".txt").read_text("utf-8").split()
