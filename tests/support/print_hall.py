"""A hall's server whose kiosks print on virtual printers of this process, and what its log says of each paper."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import requests
from hall_server import PATIENCE, HallServer
from waiting import wait_until

from kiosk.virtual_printer import VirtualPrinter
from server.store.database import Database
from server.web.devices import Devices, Kind

PIN = "2580"
"""Of kiosks that have a staff's panel."""
ENDS = ("printed", "sent", "blocked", "unknown", "dropped")

Paper = tuple[str, str | None]
"""What is known of a ticket's newest paper: its state and why."""


class PrintHall:
    """A hall with one kiosk for each entry of `printers` (kiosk id -> its printer's port or link, None for no printer).

    `changes` replace sections of config.yaml, as in HallServer.
    """

    def __init__(self, folder: Path, printers: Mapping[str, int | str | None], **changes: Any) -> None:
        self.server = HallServer(folder, kiosks=[_kiosk(number, port) for number, port in printers.items()], **changes)
        database = Database(f"sqlite:///{folder / 'hall.db'}")
        devices = Devices(database, self.server.hall_id)
        self._tokens = {number: devices.add(Kind.KIOSK, number) for number in printers if number != "1"}
        self._tokens["1"] = self.server.tokens["kiosk"]
        database.close()

    def clear(self, window: int) -> HallServer:
        """The window open and free, with nobody in line for it."""
        self.server.open(window)
        while self.server.call_api("POST", f"windows/{window}/call-next").status_code == 200:
            self.server.post(f"windows/{window}/finish")
        return self.server

    def page(self, kiosk: str = "1") -> str:
        """The address of a kiosk's page, with its token."""
        return f"{self.server.base}/kiosk/{kiosk}?token={self._tokens[kiosk]}"

    def take(self, kiosk: str = "1", service: str = "general") -> str:
        """Somebody takes a number at a kiosk: its id."""
        ticket: str = self._as_kiosk(kiosk, "tickets", {"service": service})["id"]
        return ticket

    def waiting(self, code: str | None = None) -> int:
        """How many people wait in the hall, or for one service."""
        services = self.server.call_api("GET", "hall").json()["services"]
        return sum(int(service["waiting"]) for service in services if code in (None, service["code"]))

    def reprint(self, ticket: str, kiosk: str = "1") -> None:
        self._as_kiosk(kiosk, f"tickets/{ticket}/reprint", {})

    def token(self, ticket: str) -> str:
        """What stands in the QR code of a ticket of kiosk 1."""
        answer = self.server.call_api(
            "GET", f"tickets/{ticket}", headers={"Authorization": f"Bearer {self._tokens['1']}"}
        )
        url: str = answer.json()["url"]
        return url.rpartition("/")[2]

    def paper(self, ticket: str) -> Paper:
        found = self.server.call_api("GET", f"tickets/{ticket}").json()["print"]
        return found["state"], found["reason"]

    def until(self, ticket: str, *states: str) -> Paper:
        """Wait until the ticket's newest paper is in one of these states, by default in any that is an end."""
        wait_until(lambda: self.paper(ticket)[0] in (states or ENDS), f"the paper of {ticket} is {states or 'ended'}")
        return self.paper(ticket)

    def told(self, ticket: str) -> list[str]:
        """Every state that was written down about the ticket's papers, oldest first."""
        return told_in(self.server.folder / "hall.db")[ticket]

    def printer_becomes(self, state: str, reason: str | None, kiosk: str = "1") -> None:
        wait_until(
            lambda: self._printer(kiosk) == (state, reason), f"the printer of kiosk {kiosk} is {state}, {reason}"
        )

    def jobs(self, ticket: str) -> list[str]:
        """The ids of a ticket's print jobs, oldest first."""
        connection = sqlite3.connect(self.server.folder / "hall.db")
        wanted = "SELECT data FROM event WHERE kind = 'print_queued' AND ticket = ? ORDER BY seq"
        found = [json.loads(data)["job"] for (data,) in connection.execute(wanted, (ticket,))]
        connection.close()
        return found

    def device(self, kind: str, name: str) -> dict[str, Any]:
        """How the hall says that a device is."""
        devices: list[dict[str, Any]] = self.server.call_api("GET", "hall").json()["devices"]
        (found,) = [device for device in devices if (device["kind"], device["id"]) == (kind, name)]
        return found

    def _printer(self, kiosk: str) -> Paper:
        found = self.device("printer", kiosk)
        return found["state"], found["reason"]

    def _as_kiosk(self, kiosk: str, path: str, body: dict[str, Any]) -> Any:
        headers = {"Authorization": f"Bearer {self._tokens[kiosk]}"}
        answer = requests.post(f"{self.server.base}/api/v1/{path}", json=body, headers=headers, timeout=PATIENCE)
        assert answer.ok, answer.text
        return answer.json()


def told_in(database: Path) -> dict[str, list[str]]:
    """By ticket, the states of its papers in the committed log, seen by a stranger to the server's process."""
    connection = sqlite3.connect(database)
    wanted = "SELECT ticket, kind, data FROM event WHERE kind IN ('print_queued', 'print_reported') ORDER BY seq"
    told: dict[str, list[str]] = {}
    for ticket, kind, data in connection.execute(wanted):
        told.setdefault(ticket, []).append("queued" if kind == "print_queued" else json.loads(data)["state"])
    connection.close()
    return told


def texts(printer: VirtualPrinter, count: int = 0) -> list[str]:
    """What stands on each paper, once there are `count`."""
    return [paper.with_suffix(".txt").read_text("utf-8") for paper in printer.wait_for_papers(count, PATIENCE)]


def with_number(printer: VirtualPrinter, ticket: str) -> list[str]:
    """The papers that carry this ticket's number (the end of its id)."""
    return [text for text in texts(printer) if ticket[-4:] in text.split()]


def _kiosk(number: str, at: int | str | None) -> dict[str, Any]:
    kiosk: dict[str, Any] = {"id": number, "name": f"{number} 号取号机", "name_en": f"Kiosk {number}"}
    if at is None:
        return kiosk
    return {**kiosk, "printer": {"link": at if isinstance(at, str) else f"tcp://127.0.0.1:{at}"}}
