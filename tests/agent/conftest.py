"""A hall whose kiosks' printers hang on another PC: its server, the line to it, and the agent there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from agent_process import AgentProcess, Line
from print_hall import PrintHall
from scripted_printer import ScriptedPrinter

from kiosk.virtual_printer import Faults, VirtualPrinter

SPEED = 2000.0  # mm/s, so that a paper takes a sixteenth of a second


@dataclass
class Hooks:
    """What is to happen when the silent printer is asked how it is, or gets the first byte of a slip; once each."""

    question: list[Callable[[], None]] = field(default_factory=list)
    first_byte: list[Callable[[], None]] = field(default_factory=list)


@dataclass
class Site:
    """Kiosk 1's printer prints, kiosk 2's never acknowledges; both hang on the PC of the agent `east`.

    Kiosk 3's hangs on the PC of the agent `west`, which is switched off.
    """

    hall: PrintHall
    line: Line
    agent: AgentProcess
    token: str
    printer: VirtualPrinter
    silent: ScriptedPrinter
    hooks: Hooks
    folder: Path

    def is_ready(self) -> None:
        self.hall.printer_becomes("ready", None)
        self.hall.printer_becomes("ready", None, "2")


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    (folder / "hall").mkdir()
    printer = VirtualPrinter(folder / "papers", speed=SPEED)
    printer.start()
    hooks = Hooks()
    silent = ScriptedPrinter(
        on_question=lambda: hooks.question.pop()() if hooks.question else None,
        on_first_byte=lambda: hooks.first_byte.pop()() if hooks.first_byte else None,
    )
    hall = PrintHall(folder / "hall", {"1": "agent://east", "2": "agent://east", "3": "agent://west"})
    token = hall.server.run("device", "add", "--kind", "agent", "--place", "east").strip()
    line = Line(hall.server.port)
    agent = AgentProcess(folder / "east", line.base, token, {"1": printer.port, "2": silent.port})
    hall.server.start()
    hall.server.login()
    agent.connect()
    yield Site(hall, line, agent, token, printer, silent, hooks, folder)
    agent.kill()
    line.close()
    hall.server.kill()
    silent.close()
    printer.stop()
    assert printer.errors == []


@pytest.fixture
def site(shared_site: Site) -> Site:
    """All of it healthy, whatever the test before has done."""
    shared_site.printer.faults = Faults()
    shared_site.hooks.question.clear()
    shared_site.hooks.first_byte.clear()
    shared_site.line.mend()
    if shared_site.agent.process is None:
        shared_site.agent.connect()
    shared_site.is_ready()
    return shared_site
