"""A real hall on SQLite in this process, with virtual strips and pads, each alone or all on one bus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import gevent
from gevent.threadpool import ThreadPool
from pad_hall import CHEN

from display.strip.strip_agent import StripAgent
from display.virtual_strip import VirtualStrip
from evaluator.pad_agent import PadAgent
from evaluator.virtual_pad import VirtualPad
from server.device.virtual_bus import VirtualBus
from server.engine import HallEngine
from server.hall.commands import CallNext, FinishTicket, IssueTicket, OpenWindow, PauseWindow, Recall, Start
from server.hall.log import Row, from_row
from server.store import tables
from server.store.database import Database

SECONDS = 20


@dataclass
class StripHall:
    """A hall whose windows have strips, and perhaps pads."""

    engine: HallEngine
    agent: StripAgent
    pad_agent: PadAgent
    database: Database
    strips: dict[int, VirtualStrip]
    pads: dict[int, VirtualPad]
    bus: VirtualBus | None
    threads: ThreadPool = field(default_factory=lambda: ThreadPool(4))

    def open(self, *windows: int) -> None:
        for window in windows:
            self.engine.do(OpenWindow(window, CHEN, several=True))

    def call(self, window: int, service: str = "social-insurance") -> Any:
        """A citizen takes a number and is called."""
        self.engine.do(IssueTicket(service))
        return self.engine.do(CallNext(window, CHEN.username))

    def recall(self, window: int) -> None:
        self.engine.do(Recall(window, CHEN.username))

    def start(self, window: int) -> None:
        self.engine.do(Start(window, CHEN.username))

    def finish(self, window: int) -> None:
        self.engine.do(FinishTicket(window, CHEN.username))

    def pause(self, window: int, reason: str = "设备检修") -> None:
        self.engine.do(PauseWindow(window, CHEN.username, reason))

    def shows(self, window: int, timeout: float = SECONDS, **wanted: object) -> bool:
        """Wait until the strip's state is so; in a thread, for the hall lives on this one."""
        return bool(self.threads.apply(self.strips[window].wait_for, (), {"timeout": timeout, **wanted}))

    def state(self, window: int) -> tuple[str, str | None]:
        """What the agent says of a strip: (state, reason)."""
        found = next(state for state in self.agent.states() if state["window"] == window)
        return found["state"], found["reason"]

    def until(self, reached: Callable[[], bool]) -> None:
        with gevent.Timeout(SECONDS):
            while not reached():
                gevent.sleep(0.01)

    def stored(self, kind: str) -> list[Any]:
        """The events of this kind in the database, oldest first."""
        rows = self.engine.query(lambda c: c.execute(tables.event.select().order_by(tables.event.c.seq)).all())
        events = [from_row(Row(**{name: row._mapping[name] for name in Row._fields})).event for row in rows]
        return [event for event in events if event.kind == kind]


StartStripHall = Callable[..., StripHall]
