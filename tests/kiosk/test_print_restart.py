"""Papers under way when the server dies, and writes that fail: never two papers, never a lie in the log."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import gevent
import pytest
from engines import MovedClock, serving
from hall_server import PATIENCE, ROOT
from print_hall import PrintHall, told_in, with_number
from scripted_printer import ScriptedPrinter
from sqlalchemy import text
from waiting import wait_until

from kiosk.printer.agent import PrintAgent
from kiosk.virtual_printer import VirtualPrinter
from server.config import Settings, load_settings
from server.config.live import LiveSettings
from server.config.printers import PrinterSettings
from server.hall import commands as cmd
from server.hall.printing import ENDED, PrintState
from server.store.database import Database

StartOn = Callable[[int], PrintHall]
SPEED = 2000.0
FULL_DISK = "CREATE TRIGGER full_disk BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'disk full'); END"


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[VirtualPrinter]:
    made = VirtualPrinter(tmp_path / "papers", speed=SPEED)
    yield made
    made.stop()
    assert made.errors == []


@pytest.fixture
def database(tmp_path: Path) -> Path:
    (tmp_path / "hall").mkdir()
    return tmp_path / "hall" / "hall.db"


@pytest.fixture
def start_on(database: Path) -> Iterator[StartOn]:
    """Starts a hall whose kiosk 1 prints at a port."""
    halls: list[PrintHall] = []

    def start(port: int) -> PrintHall:
        hall = PrintHall(database.parent, {"1": port})
        halls.append(hall)
        hall.server.start()
        hall.server.login()
        return hall

    yield start
    for hall in halls:
        hall.server.kill()


def test_a_ticket_being_sent_when_the_server_dies_is_unknown_and_the_one_behind_it_is_printed(
    start_on: StartOn, tmp_path: Path
) -> None:
    silent = ScriptedPrinter()
    hall = start_on(silent.port)
    sent = hall.take()
    assert silent.got_a_job.wait(PATIENCE)
    waiting = hall.take()
    hall.server.kill()
    silent.close()
    printer = VirtualPrinter(tmp_path / "papers", port=silent.port, speed=SPEED)
    printer.start()
    hall.server.start()
    hall.server.login()
    assert hall.until(sent) == ("unknown", "restarted")
    assert hall.until(waiting) == ("printed", None)
    printer.stop()
    assert (with_number(printer, sent), len(with_number(printer, waiting))) == ([], 1)
    assert silent.jobs == 1


def test_a_planned_restart_waits_for_the_ticket_that_is_coming_out(start_on: StartOn, tmp_path: Path) -> None:
    slow = VirtualPrinter(tmp_path / "papers", speed=150.0)
    slow.start()
    hall = start_on(slow.port)
    ticket = hall.take()
    hall.until(ticket, "sending", "await_ack")
    hall.server.session.close()  # else the server waits for this client, and the paper is out meanwhile
    hall.server.stop()
    hall.server.start()
    hall.server.login()
    assert (hall.paper(ticket), len(with_number(slow, ticket))) == (("printed", None), 1)
    slow.stop()


def test_sending_is_written_down_before_the_first_byte_reaches_the_printer(start_on: StartOn, database: Path) -> None:
    seen: list[dict[str, list[str]]] = []
    silent = ScriptedPrinter(on_first_byte=lambda: seen.append(told_in(database)))
    hall = start_on(silent.port)
    ticket = hall.take()
    assert silent.got_a_job.wait(PATIENCE)
    hall.server.kill()
    silent.close()
    # On a busy machine all bytes are handed over before the printer has looked at the first.
    assert [told[ticket][:3] for told in seen] == [["queued", "checking", "sending"]]


def test_while_the_disk_is_full_nothing_is_sent_and_afterwards_the_ticket_is_sent_once(
    start_on: StartOn, database: Path
) -> None:
    outside, full = Database(f"sqlite:///{database}"), threading.Event()

    def fill_disk() -> None:
        """Between the number and its paper."""
        if told_in(database) and not full.is_set():
            outside.write(lambda connection: connection.execute(text(FULL_DISK)))
            full.set()

    silent = ScriptedPrinter(on_question=fill_disk)
    hall = start_on(silent.port)
    ticket = hall.take()
    assert full.wait(PATIENCE)
    wait_until(lambda: hall.server.call_api("POST", "windows/1/login").status_code == 503, "a write is refused")
    assert (silent.jobs, told_in(database)) == (0, {ticket: ["queued", "checking"]})
    outside.write(lambda connection: connection.execute(text("DROP TRIGGER full_disk")))
    assert silent.got_a_job.wait(PATIENCE)
    assert told_in(database)[ticket][:3] == ["queued", "checking", "sending"]
    hall.server.kill()
    silent.close()
    assert silent.jobs == 1


def test_after_a_restart_a_fresh_ticket_is_printed_and_one_of_three_minutes_ago_is_not(
    printer: VirtualPrinter, database: Path
) -> None:
    printer.start()
    settings, url, clock = settings_with(printer.port), f"sqlite:///{database}", MovedClock()
    with serving(url, settings.plan(), clock) as engine:
        old = engine.do(cmd.IssueTicket("general", kiosk="1"))["id"]
        clock.move(120)
        fresh = engine.do(cmd.IssueTicket("general", kiosk="1"))["id"]
        clock.move(60)
    with serving(url, settings.plan(), clock) as engine:
        agent = PrintAgent(engine, LiveSettings(settings))
        agent.start()
        with gevent.Timeout(PATIENCE):
            while any(job.state not in ENDED for job in engine.read(lambda state: state.prints).values()):
                gevent.sleep(0.01)
        agent.stop()
        papers = engine.read(lambda state: {job.ticket: (job.state, job.reason) for job in state.prints.values()})
    assert papers == {old: (PrintState.DROPPED, "too_old"), fresh: (PrintState.PRINTED, None)}
    assert (with_number(printer, old), len(with_number(printer, fresh))) == ([], 1)


def settings_with(port: int) -> Settings:
    """The sample hall, its kiosk's printer at this port."""
    settings = load_settings(ROOT / "config.yaml").without_hours()
    kiosk = settings.kiosks[0].model_copy(update={"printer": PrinterSettings(link=f"tcp://127.0.0.1:{port}")})
    return settings.model_copy(update={"kiosks": (kiosk,)})
