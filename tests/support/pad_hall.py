"""A real hall on SQLite in this process, with a virtual pad on a pseudo-terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import gevent
from gevent.threadpool import ThreadPool
from hall_server import sample_config

from evaluator.pad_agent import PadAgent
from evaluator.virtual_pad import VirtualPad
from server.config import Settings
from server.config.devices import PadSettings
from server.config.loading import parse_settings
from server.engine import HallEngine
from server.hall.commands import CallNext, CloseWindow, FinishTicket, IssueTicket, PauseWindow, ReopenWindow
from server.hall.log import Row, from_row
from server.hall.window import Clerk
from server.store import tables
from server.store.database import Database

CHEN = Clerk("chen", "陈晓兰", "0307", "社保医保经办岗")
WINDOW, ADDRESS = 3, 0x83
KEYS = {3: 5, 2: 4, 1: 3}
"""Key 0 is left out: a pad may have a key that the hall has no meaning for."""
SECONDS = 20


@dataclass
class PadHall:
    """A hall whose window 3 has a pad. `told` collects what was committed, in order."""

    engine: HallEngine
    agent: PadAgent
    pad: VirtualPad
    database: Database
    threads: ThreadPool = field(default_factory=lambda: ThreadPool(2))

    def serve(self, window: int = WINDOW) -> Any:
        """A citizen takes a number, is called and served: the evaluation is open now."""
        self.call(window)
        return self.engine.do(FinishTicket(window, CHEN.username))

    def call(self, window: int = WINDOW) -> Any:
        self.engine.do(IssueTicket("social-insurance"))
        return self.engine.do(CallNext(window, CHEN.username))

    def pause(self) -> None:
        self.engine.do(PauseWindow(WINDOW, CHEN.username, "设备检修"))

    def reopen(self) -> None:
        self.engine.do(ReopenWindow(WINDOW, CHEN.username))

    def close(self) -> None:
        self.engine.do(CloseWindow(WINDOW, CHEN.username))

    def shows(self, **wanted: object) -> bool:
        """Wait until the pad's state is so; in a thread, for the hall lives on this one."""
        return bool(self.threads.apply(self.pad.wait_for, (), {"timeout": SECONDS, **wanted}))

    def press(self, key: int, pad: VirtualPad | None = None) -> None:
        assert self.threads.apply((pad or self.pad).press, (key,))

    def acknowledged(self, key: int) -> bool:
        return self.shows(pressed=key, acked=True)

    def settled(self) -> None:
        """Wait until a press would be of known age."""
        self.until(lambda: [state["state"] for state in self.agent.states()] == ["ready"])

    def until(self, reached: Callable[[], bool]) -> None:
        with gevent.Timeout(SECONDS):
            while not reached():
                gevent.sleep(0.01)

    def stored(self, kind: str) -> list[Any]:
        """The events of this kind in the database, oldest first."""
        rows = self.engine.query(lambda c: c.execute(tables.event.select().order_by(tables.event.c.seq)).all())
        events = [from_row(Row(**{name: row._mapping[name] for name in Row._fields})).event for row in rows]
        return [event for event in events if event.kind == kind]


def settings_with(*pads: PadSettings, **evaluation: float) -> Settings:
    """The sample hall with these pads, its hours ignored."""
    settings = parse_settings(sample_config()).without_hours()
    return settings.model_copy(
        update={
            "pads": pads,
            "evaluation": settings.evaluation.model_copy(update=evaluation),
        }
    )


StartPadHall = Callable[..., PadHall]
