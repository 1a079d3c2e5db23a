"""The board's facts over HTTP and its live feed, and the same for a city's monitoring."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests
import socketio
from hall_server import PASSWORD, PATIENCE
from print_hall import PrintHall

from kiosk.virtual_printer import Faults, VirtualPrinter

Ask = Callable[[str | None], requests.Response]


@pytest.fixture
def watch(hall: PrintHall) -> Any:
    """`watch("liu")`: the feed's connection of somebody of the staff; None for a stranger."""
    clients: list[socketio.SimpleClient] = []

    def watched(username: str | None) -> socketio.SimpleClient:
        session = requests.Session()
        if username is not None:
            session.post(
                f"{hall.server.base}/api/v1/login", json={"username": username, "password": PASSWORD}, timeout=PATIENCE
            )
        client = socketio.SimpleClient(http_session=session)
        clients.append(client)
        client.connect(hall.server.base, namespace="/devices", transports=["websocket"], wait_timeout=PATIENCE)
        return client

    yield watched
    for client in clients:
        client.disconnect()


def test_staff_are_told_and_strangers_are_not(ask: Ask, watch: Any) -> None:
    answer = ask("liu")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    facts = answer.json()
    assert [printer["id"] for printer in facts["printers"]] == ["1", "window:5"]
    assert [device["kind"] for device in facts["devices"]] == ["display", "speaker", "pad"]
    assert ask(None).json()["error"]["code"] == "login_required"
    with pytest.raises(socketio.exceptions.ConnectionError):
        watch(None)


def test_addresses_are_for_leaders(ask: Ask, printer: VirtualPrinter, watch: Any) -> None:
    for_clerk, for_leader = ask("liu"), ask("chen")
    assert str(printer.port) not in for_clerk.text
    assert "not-there" not in for_clerk.text
    assert for_leader.json()["printers"][0]["link"] == {"kind": "tcp", "address": f"tcp://127.0.0.1:{printer.port}"}
    assert "not-there" in for_leader.json()["devices"][2]["detail"]
    assert str(printer.port) not in str(watch("liu").receive(timeout=PATIENCE))
    assert str(printer.port) in str(watch("chen").receive(timeout=PATIENCE))


def test_only_a_leader_takes_a_pad_back_and_only_one_that_is_there(hall: PrintHall) -> None:
    def take_back(username: str, window: str) -> requests.Response:
        session = requests.Session()
        credentials = {"username": username, "password": PASSWORD}
        assert session.post(f"{hall.server.base}/api/v1/login", json=credentials, timeout=PATIENCE).ok
        device = {"kind": "pad", "id": window}
        return session.post(f"{hall.server.base}/api/v1/devices/take-back", json=device, timeout=PATIENCE)

    assert take_back("liu", "3").status_code == 403
    assert take_back("chen", "3").status_code == 204
    assert take_back("chen", "4").json()["error"]["code"] == "not_found"


def test_the_feed_tells_of_paper_that_ran_out_and_of_the_new_roll(
    hall: PrintHall, printer: VirtualPrinter, watch: Any
) -> None:
    client = watch("liu")
    name, snapshot = client.receive(timeout=PATIENCE)
    assert (name, snapshot["view"]["printers"][0]["state"]) == ("snapshot", "ready")
    printer.faults = Faults(paper_out=True)
    assert _next_state(client) == ("blocked", "paper_out", "out")
    printer.reload_paper()
    assert _next_state(client) == ("ready", None, "ok")


def _next_state(client: socketio.SimpleClient) -> tuple[str, str | None, str | None]:
    """How kiosk 1's printer is with the next change of the printers."""
    while True:
        _, patch = client.receive(timeout=PATIENCE)
        if "printers" in patch["set"]:
            printer = patch["set"]["printers"][0]
            return printer["state"], printer["reason"], printer["paper"]


def test_since_stays_while_nothing_changes(ask: Ask) -> None:
    first, second = ask("chen").json(), ask("chen").json()
    assert [printer["since"] for printer in first["printers"]] == [printer["since"] for printer in second["printers"]]
    assert first["at"] < second["at"]


def test_the_metrics_tell_devices_papers_and_jobs(hall: PrintHall) -> None:
    before = _metrics(hall).get('jiaohao_print_jobs{printer="1",state="printed"}', 0.0)
    assert hall.until(hall.take()) == ("printed", None)
    told = _metrics(hall)
    assert told['jiaohao_print_jobs{printer="1",state="printed"}'] == before + 1
    assert told['jiaohao_device_state{id="1",kind="printer",state="ready"}'] == 1
    assert told['jiaohao_printer_paper{id="1",paper="ok"}'] == 1
    assert told['jiaohao_device_state{id="3",kind="pad",state="offline"}'] == 1
    # A printer that cannot be reached tells nothing of its paper.
    assert [name for name in told if name.startswith('jiaohao_printer_paper{id="window:5"')] == []


def _metrics(hall: PrintHall) -> dict[str, float]:
    lines = requests.get(f"{hall.server.base}/metrics", timeout=PATIENCE).text.splitlines()
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if not line.startswith("#")}


def test_a_paper_that_was_not_printed_is_pending_until_it_is_printed_again(
    hall: PrintHall, printer: VirtualPrinter, ask: Ask
) -> None:
    printer.faults = Faults(cover_open=True)
    ticket = hall.take()
    assert hall.until(ticket) == ("blocked", "cover_open")
    (paper,) = [one for one in ask("liu").json()["pending"]["newest"] if one["ticket"] == ticket]
    assert (paper["state"], paper["reason"], paper["ready"]) == ("blocked", "cover_open", False)
    printer.faults = Faults()
    hall.printer_becomes("ready", None)
    hall.server.post(paper["again"].removeprefix("/api/v1/"))
    assert hall.until(ticket, "printed") == ("printed", None)
    pending = ask("liu").json()["pending"]["newest"]
    assert ticket not in [one["ticket"] for one in pending]


def test_the_document_of_the_api_names_the_devices(hall: PrintHall) -> None:
    document = hall.server.call_api("GET", "openapi.json").json()
    schema = document["paths"]["/api/v1/devices"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert schema["$ref"].endswith("/DevicesNowOut")
