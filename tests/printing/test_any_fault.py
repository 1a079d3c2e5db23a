"""Whatever happens to a printer and whenever: what the hall has written down is what lies in the slot."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import gevent
import pytest
from engines import MovedClock, serving
from hall_server import PATIENCE, ROOT

from kiosk.printer.desk import HallDesk
from kiosk.printer.profile import Ack, PrinterProfile
from kiosk.printer.protocol import PrintTimings
from kiosk.printer.worker import PrinterWorker
from kiosk.virtual_printer import Faults, PowerOff, VirtualPrinter
from server.config import load_settings
from server.config.live import LiveSettings
from server.device.link import Link, LinkLost
from server.device.tcp import open_tcp
from server.engine import HallEngine
from server.hall import commands as cmd
from server.hall.printing import ENDED, WITHOUT_PAPER, PrintJob, PrintState
from server.hall.ticket import Ticket

SETTINGS = load_settings(ROOT / "config.yaml").without_hours()
QUICK = PrintTimings(answer=0.2, acknowledge=0.4, poll=0.03, pause=5.0, drain=0.4, linger=0.1)
HEALTHY = Faults()
TICKETS = 12
FOOT = "当日有效"

Trouble = Callable[[random.Random], Faults]
TROUBLES: tuple[Trouble, ...] = (
    lambda chance: HEALTHY,
    lambda chance: Faults(mute=True),
    lambda chance: Faults(paper_out=True),
    lambda chance: Faults(cover_open=True),
    lambda chance: Faults(error=True),
    lambda chance: Faults(offline=True),
    lambda chance: Faults(lose_ack=True),
    lambda chance: Faults(no_process_id=True),
    lambda chance: Faults(paper_near=True),
    lambda chance: Faults(paper_out_after_mm=chance.uniform(0, 125)),
    lambda chance: Faults(jam=True),
    lambda chance: Faults(late_ack=chance.uniform(0, 0.6)),
    lambda chance: Faults(stray=True),
    lambda chance: Faults(babble=True),
    lambda chance: Faults(slow=chance.choice([300.0, 3000.0])),
    lambda chance: Faults(full_buffer=True),
    lambda chance: Faults(half_open=True),
    lambda chance: Faults(one_client=True),
    lambda chance: Faults(power_off_after_cut=True, power_off=chance.choice(list(PowerOff))),
    lambda chance: Faults(power_off_after_mm=chance.uniform(0, 125), power_off=chance.choice(list(PowerOff))),
    lambda chance: Faults(power_off_after_bytes=chance.randint(0, 540), power_off=chance.choice(list(PowerOff))),
)


class OffTheHub:
    """A link whose waiting is done in a thread: this process's sockets are not gevent's."""

    def __init__(self, link: Link) -> None:
        self._link = link

    def read(self, timeout: float) -> bytes:
        data = in_thread(lambda: answered(self._link.read, timeout))
        if isinstance(data, LinkLost):
            raise data
        return data

    def write(self, data: bytes) -> None:
        failure = in_thread(lambda: answered(self._link.write, data))
        if failure is not None:
            raise failure

    def close(self) -> None:
        self._link.close()


def in_thread(call: Callable[[], Any]) -> Any:
    return gevent.get_hub().threadpool.apply(call)


def answered(call: Callable[..., Any], *values: Any) -> Any:
    """What is raised in a thread is printed by gevent: answer it instead."""
    try:
        return call(*values)
    except LinkLost as error:
        return error


class PrintingHall:
    """One printer of a hall, its worker, and the clerk who asks for papers."""

    def __init__(self, engine: HallEngine, printer: VirtualPrinter, profile: PrinterProfile) -> None:
        self.engine = engine
        self.printer = printer
        desk = HallDesk(engine, LiveSettings(SETTINGS), profile, lambda: None)
        self.worker = PrinterWorker(
            "1", desk, lambda: OffTheHub(open_tcp("127.0.0.1", printer.port)), profile, timings=QUICK
        )
        self.worker.start()

    def _open(self) -> Link:
        return OffTheHub(open_tcp("127.0.0.1", self.printer.port))

    def take(self) -> str:
        facts = self.engine.do(cmd.IssueTicket("general", kiosk="1"))
        self.worker.put(facts["print"]["job"])
        ticket: str = facts["id"]
        return ticket

    def again(self, ticket: str) -> None:
        """补打, as a person who holds no paper asks for it."""
        self.worker.put(self.engine.do(cmd.ReprintTicket(ticket, "1"))["print"]["job"])

    def jobs(self) -> list[PrintJob]:
        return self.engine.read(lambda state: list(state.prints.values()))

    def tickets(self) -> list[Ticket]:
        return self.engine.read(lambda state: list(state.tickets.values()))

    def until(self, *states: PrintState) -> None:
        """Every job has ended, or is in one of these states."""
        with gevent.Timeout(PATIENCE):
            while any(job.state not in ENDED and job.state not in states for job in self.jobs()):
                gevent.sleep(0.005)


@contextmanager
def printing(folder: Path, profile: PrinterProfile) -> Iterator[PrintingHall]:
    printer = VirtualPrinter(folder / "papers", speed=2000.0)
    printer.start()
    with serving(f"sqlite:///{folder}/hall.db", SETTINGS.plan(), MovedClock()) as engine:
        hall = PrintingHall(engine, printer, profile)
        yield hall
        hall.worker.stop()
    printer.stop()
    assert printer.errors == []


def live(hall: PrintingHall, chance: random.Random) -> None:
    """Tickets under one trouble after another; each is mended by somebody, at a moment of their own."""
    for _ in range(TICKETS):
        hall.printer.faults = chance.choice(TROUBLES)(chance)
        ticket = hall.take()
        if chance.random() < 0.3:
            hall.take()
        if chance.random() < 0.5:
            hall.until(PrintState.PAUSED)
        hall.printer.reload_paper()
        hall.printer.faults = HEALTHY
        hall.until()
        if chance.random() < 0.5 and hall.jobs()[-1].state is not PrintState.PRINTED:
            hall.again(ticket)
            hall.until()
    # What is still in the printer comes out before this one.
    hall.take()
    hall.until()


def slips(printer: VirtualPrinter) -> list[list[str]]:
    """The words of every whole ticket. One cut short by a power cut hangs at the head of the next, without its foot."""
    papers = [path.with_suffix(".txt").read_text("utf-8") for path in printer.wait_for_papers(0, 0)]
    parts = [part for paper in papers for part in paper.split(SETTINGS.hall.name)[1:]]
    return [part.split() for part in parts if FOOT in part]


@pytest.fixture(scope="module")
def met() -> set[PrintState]:
    """Every end that a job came to in any of these days."""
    return set()


@pytest.mark.parametrize("ack", [Ack.GS_H, Ack.GS_R])
@pytest.mark.parametrize("seed", range(3))
def test_what_is_written_down_is_what_came_out(tmp_path: Path, met: set[PrintState], ack: Ack, seed: int) -> None:
    with printing(tmp_path, PrinterProfile(ack=ack)) as hall:
        live(hall, random.Random(f"{ack}{seed}"))
        papers, tickets = slips(hall.printer), hall.tickets()
        last = hall.jobs()[-1]
    assert last.state is PrintState.PRINTED
    for ticket in tickets:
        ends = Counter(job.state for job in ticket.prints)
        its = [paper for paper in papers if ticket.number in paper]
        told = f"{ticket.number}: {dict(ends)}, {len(its)} papers"
        assert ends[PrintState.PRINTED] <= len(its) <= ends[PrintState.PRINTED] + ends[PrintState.UNKNOWN], told
        assert sum("补打" not in paper for paper in its) <= 1, told
        if set(ends) <= WITHOUT_PAPER:
            assert its == [], told
    met |= {job.state for ticket in tickets for job in ticket.prints}


def test_and_together_they_came_to_every_end(met: set[PrintState]) -> None:
    """Otherwise the test above would prove less than it says."""
    assert met >= {PrintState.PRINTED, PrintState.BLOCKED, PrintState.UNKNOWN}
