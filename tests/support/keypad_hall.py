"""A real hall on SQLite in this process with virtual keypads, each alone, or with pads and strips on one bus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import gevent
from gevent.threadpool import ThreadPool
from pad_hall import CHEN

from counter.keypad.keypad_agent import KeypadAgent
from counter.virtual_keypad import VirtualKeypad
from display.virtual_strip import VirtualStrip
from evaluator.virtual_pad import VirtualPad
from server.device.device_agent import DeviceAgent
from server.device.virtual_bus import VirtualBus
from server.engine import HallEngine
from server.hall.commands import CallNext, IssueTicket
from server.hall.log import Row, from_row
from server.hall.window import Clerk, Window
from server.store import tables
from server.store.database import Database
from server.web.keypad_codes import KeypadCodes

SECONDS = 20
LIU = Clerk("liu", "刘伟", "0301", "综合经办岗")
WANG = Clerk("wang", "王芳", "0302", "综合经办岗")
ZHAO = Clerk("zhao", "赵敏", "0303", "户籍岗")
LEADER = Clerk("sun", "孙丽", "0100", "大厅值班长")
CODES = {"chen": "4711", "liu": "30105", "wang": "20406", "zhao": "40608", "sun": "9001"}
SERVICES = {1: "general", 2: "social-insurance", 3: "civil-affairs", 4: "residence"}
"""What the tests queue for at each window: nobody else of these serves it but window 1."""


@dataclass
class KeypadHall:
    """A hall whose windows have keypads. The tests live on the hub, so devices are asked in threads."""

    engine: HallEngine
    agent: KeypadAgent
    agents: list[DeviceAgent]
    database: Database
    codes: KeypadCodes
    keypads: dict[int, VirtualKeypad]
    pads: dict[int, VirtualPad]
    strips: dict[int, VirtualStrip]
    bus: VirtualBus | None
    threads: ThreadPool = field(default_factory=lambda: ThreadPool(8))

    def issue(self, service: str = "social-insurance") -> str:
        ticket: str = self.engine.do(IssueTicket(service))["id"]
        return ticket

    def call(self, window: int, clerk: Clerk = CHEN) -> Any:
        """As on the clerk's page."""
        return self.engine.do(CallNext(window, clerk.username))

    def press(self, window: int, key: str, digits: str = "") -> None:
        assert self.threads.apply(self.keypads[window].type, (digits, key))

    def login(self, window: int, clerk: Clerk = CHEN) -> None:
        """By code, and wait until the keypad does not ask for one any more."""
        self.press(window, "function", CODES[clerk.username])
        self.until(lambda: self.window(window).clerk == clerk)
        self.answered(window)

    def answered(self, window: int) -> None:
        """Wait until the latest key is acknowledged: what it asked for is done."""
        self.until(lambda: bool(self.keypads[window].state()["acked"]))

    def shows(self, window: int, timeout: float = SECONDS, **wanted: object) -> bool:
        """Wait until the keypad's state is so."""
        return bool(self.threads.apply(self.keypads[window].wait_for, (), {"timeout": timeout, **wanted}))

    def window(self, number: int) -> Window:
        return self.engine.read(lambda state: state.windows[number])

    def state(self, window: int) -> tuple[str, str | None]:
        """What the agent says of a keypad: (state, reason)."""
        found = next(state for state in self.agent.states() if state["window"] == window)
        return found["state"], found["reason"]

    def ready(self) -> None:
        """Wait until every device is known to be well, and presses are of known age."""
        self.until(lambda: {state["state"] for agent in self.agents for state in agent.states()} == {"ready"})

    def until(self, reached: Callable[[], bool]) -> None:
        with gevent.Timeout(SECONDS):
            while not reached():
                gevent.sleep(0.01)

    def stored(self, *kinds: str) -> list[Any]:
        """The events of these kinds in the database, oldest first."""
        rows = self.engine.query(lambda c: c.execute(tables.event.select().order_by(tables.event.c.seq)).all())
        events = [from_row(Row(**{name: row._mapping[name] for name in Row._fields})).event for row in rows]
        return [event for event in events if event.kind in kinds]


StartKeypadHall = Callable[..., KeypadHall]
