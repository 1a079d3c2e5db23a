"""A printer's worker and its desk: what is forgotten, what is too late, and what is put down twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import gevent
import pytest
from engines import MovedClock, serving
from hall_server import PATIENCE, ROOT

from kiosk.printer.agent import PrintAgent
from kiosk.printer.desk import JobLost, Prepared, PrinterCondition, TooLate, patiently
from kiosk.printer.profile import Ack, PrinterProfile
from kiosk.printer.worker import PrinterWorker
from kiosk.virtual_printer import VirtualPrinter
from server.config import Settings, load_settings
from server.config.live import LiveSettings
from server.config.printers import PrinterSettings
from server.device.tcp import open_tcp
from server.engine import HallEngine
from server.engine.errors import WriteRefused
from server.hall import commands as cmd
from server.hall.printing import ENDED, PrintState


class TardyDesk:
    """A hall that cannot write down in time that a job is being sent; `lost`: that it did all the same."""

    def __init__(self, *, written: bool = False) -> None:
        self.told: list[str] = []
        self._written = written

    def prepare(self, job: str) -> Prepared | None:
        return Prepared(b"ticket\n", "0001", timedelta())

    def begin(self, job: str, within: timedelta) -> None:
        raise TooLate(job)

    def report(self, job: str, state: PrintState, reason: str | None = None) -> None:
        if self._written and state is PrintState.DROPPED:
            raise JobLost(job)
        self.told.append(state.value)

    def note(self, condition: PrinterCondition) -> None:
        pass

    def longest_wait(self) -> timedelta:
        return timedelta(minutes=2)


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[VirtualPrinter]:
    made = VirtualPrinter(tmp_path / "papers", speed=2000.0)
    made.start()
    yield made
    made.stop()
    assert made.errors == []


def until(condition: Callable[[], Any]) -> None:
    with gevent.Timeout(PATIENCE):
        while not condition():
            gevent.sleep(0.01)


@pytest.mark.parametrize(("written", "end"), [(False, "dropped"), (True, "unknown")])
def test_what_cannot_be_written_down_in_time_is_not_sent(printer: VirtualPrinter, written: bool, end: str) -> None:
    desk = TardyDesk(written=written)
    worker = PrinterWorker("1", desk, lambda: open_tcp("127.0.0.1", printer.port), PrinterProfile())
    worker.start()
    worker.put("P0001")
    until(lambda: not worker.holds("P0001"))
    worker.stop()
    assert desk.told == ["checking", end]
    assert printer.uncut_text() == ""


class FickleDesk(TardyDesk):
    """A hall that takes a job back as it is about to begin, and gives it again before the worker has let go of it."""

    def __init__(self) -> None:
        super().__init__()
        self.worker: PrinterWorker | None = None

    def begin(self, job: str, within: timedelta) -> None:
        if self.worker is None:
            return
        again, self.worker = self.worker, None
        again.put(job)
        raise JobLost(job)


def test_a_job_that_is_given_again_while_it_is_being_left_is_printed(printer: VirtualPrinter) -> None:
    desk = FickleDesk()
    profile = PrinterProfile(ack=Ack.GS_R)
    worker = desk.worker = PrinterWorker("1", desk, lambda: open_tcp("127.0.0.1", printer.port), profile)
    worker.start()
    worker.put("P0001")
    until(lambda: desk.told[-1:] == ["printed"])
    worker.stop()
    assert desk.told == ["checking", "checking", "await_ack", "printed"]


def test_the_hall_is_asked_again_while_it_cannot_write_and_no_longer_than_that_makes_sense() -> None:
    refusals = iter([WriteRefused(), WriteRefused()])

    def ask() -> str:
        for refusal in refusals:
            raise refusal
        return "answer"

    assert patiently(ask, timedelta(minutes=1)) == "answer"

    def refuse() -> str:
        raise WriteRefused

    with pytest.raises(TooLate):
        patiently(refuse, timedelta())


def test_a_job_that_nobody_was_told_of_is_printed_all_the_same(printer: VirtualPrinter, tmp_path: Path) -> None:
    settings = settings_with(printer.port)
    with serving(f"sqlite:///{tmp_path}/hall.db", settings.plan(), MovedClock()) as engine:
        agent = PrintAgent(engine, LiveSettings(settings))  # and no subscription
        agent.start()
        engine.do(cmd.IssueTicket("general", kiosk="1"))
        until(lambda: states(engine) == [PrintState.PRINTED])
        agent.stop()


def test_a_number_that_is_over_is_not_printed_any_more(printer: VirtualPrinter, tmp_path: Path) -> None:
    settings = settings_with(printer.port)
    with serving(f"sqlite:///{tmp_path}/hall.db", settings.plan(), MovedClock()) as engine:
        given_back = engine.do(cmd.IssueTicket("general", kiosk="1"))
        engine.do(cmd.CancelTicket(given_back["id"]))
        engine.do(cmd.IssueTicket("general", kiosk="1"))
        agent = PrintAgent(engine, LiveSettings(settings))
        agent.start()
        until(lambda: all(state in ENDED for state in states(engine)))
        agent.stop()
        assert states(engine) == [PrintState.DROPPED, PrintState.PRINTED]
    assert len(printer.wait_for_papers(1, PATIENCE)) == 1


def states(engine: HallEngine) -> list[PrintState]:
    return engine.read(lambda state: [job.state for job in state.prints.values()])


def settings_with(port: int) -> Settings:
    """The sample hall, its kiosk's printer at this port."""
    settings = load_settings(ROOT / "config.yaml").without_hours()
    kiosk = settings.kiosks[0].model_copy(update={"printer": PrinterSettings(link=f"tcp://127.0.0.1:{port}")})
    return settings.model_copy(update={"kiosks": (kiosk,)})
