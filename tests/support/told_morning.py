"""A hall's morning, told command by command under a clock that is told too: Monday 23 November 2026, Shanghai."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from server.hall import commands as cmd
from server.hall.state import HallState
from server.hall.window import Clerk

EIGHT = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
"""Monday, 08:00 in Shanghai."""

LI = Clerk("li", "李 静", "0302", "社保医保经办岗")
WANG = Clerk("wang", "王 磊", "0305", "不动产登记岗")
CLERKS = {
    1: Clerk("liu", "刘 伟", "0301", "综合岗"),
    2: LI,
    3: Clerk("chen", "陈晓兰", "0307", "社保医保经办岗"),
    4: Clerk("huang", "黄志强", "0304", "户籍岗"),
    5: WANG,
    6: Clerk("luo", "罗文杰", "0306", "税务岗"),
}
BUSY = ("social-insurance", "residence", "property", "general", "tax", "civil-affairs", "housing-fund", "company")


@dataclass
class ToldClock:
    """Stands still until it is moved on; after `run()` it goes by itself."""

    now: datetime = EIGHT
    _started: float | None = None

    def __call__(self) -> datetime:
        if self._started is None:
            return self.now
        return self.now + timedelta(seconds=time.monotonic() - self._started)

    def at(self, minute: float) -> None:
        """So many minutes after eight."""
        self.now = EIGHT + timedelta(minutes=minute)

    def run(self) -> None:
        self._started = time.monotonic()


@dataclass
class Morning:
    """Gives commands to an engine, or to anything else with `do` and `read`."""

    do: Callable[[cmd.Command[Any]], Any]
    read: Callable[[Callable[[HallState], Any]], Any]
    clock: ToldClock

    def issue(self, service: str) -> str:
        number: str = self.do(cmd.IssueTicket(service))["number"]
        return number

    def call(self, window: int) -> Any:
        return self.do(cmd.CallNext(window, CLERKS[window].username))

    def start(self, window: int) -> None:
        self.do(cmd.Start(window, CLERKS[window].username))

    def finish(self, window: int) -> None:
        self.do(cmd.FinishTicket(window, CLERKS[window].username))

    def vote(self, window: int, level: int) -> None:
        token = self.read(lambda state: state.windows[window].evaluation.token)
        self.do(cmd.CastVote(token, level))

    def quiet_morning(self) -> None:
        """Eight numbers up to 08:41. Every figure of it is reckoned by hand in test_quiet_morning.py."""
        for window in (2, 4, 5):
            self.do(cmd.OpenWindow(window, CLERKS[window]))
        for minute, service in ((0, "social-insurance"), (0, "social-insurance"), (1, "social-insurance")):
            self.clock.at(minute)
            self.issue(service)  # A001 A002 A003
        for minute, service in ((2, "property"), (3, "property"), (3, "property"), (4, "residence")):
            self.clock.at(minute)
            self.issue(service)  # C001 C002 C003 B001
        self._step(5, lambda: self.call(2))  # A001
        self._step(6, lambda: self.start(2))
        self._step(8, lambda: self.call(5))  # C001
        self._step(9, lambda: self.start(5))
        self._step(16, lambda: self.finish(2))
        self.vote(2, 5)
        self._step(17, lambda: self.call(2))  # A002
        self._step(19, lambda: self.do(cmd.MarkNoShow(2, LI.username)))
        self._step(20, lambda: self.call(2))  # A003, never announced as started
        self.do(cmd.CancelTicket("261123C003"))
        self._step(30, lambda: self.finish(5))
        self.vote(5, 2)
        self._step(31, lambda: self.call(5))  # C002
        self.start(5)
        self._step(35, lambda: self.issue("social-insurance"))  # A004
        self._step(40, lambda: self.call(2))  # ends A003, calls A004
        self._step(41, lambda: self.do(cmd.PassTime()))  # A003's 30 seconds are over

    def busy_morning(self, until: int = 144, seed: int = 8) -> None:
        """A hall in full swing up to 10:24: six windows, arrivals and services by dice that always fall the same."""
        dice = random.Random(seed)
        free_at = dict.fromkeys(CLERKS, 0.0)
        for window, clerk in CLERKS.items():
            self.do(cmd.OpenWindow(window, clerk))
        for step in range(until * 2):
            self.clock.at(step / 2)
            for _ in range(dice.choices((0, 1, 2), (62, 32, 6))[0]):
                self.issue(dice.choices(BUSY, (28, 24, 20, 10, 6, 5, 4, 3))[0])
            if dice.random() < 0.01:
                self._give_up(dice)
            for window in CLERKS:
                if free_at[window] <= step / 2:
                    free_at[window] = step / 2 + self._serve(window, dice)
        self.clock.at(until - 2)
        self.do(cmd.PauseWindow(4, CLERKS[4].username, "设备检修", self.clock.now + timedelta(minutes=12)))
        self.clock.at(until)
        self.do(cmd.PassTime())

    def _step(self, minute: float, act: Callable[[], Any]) -> None:
        self.clock.at(minute)
        act()

    def _give_up(self, dice: random.Random) -> None:
        waiting = self.read(lambda state: [t for line in state.lines() for t in line])
        if waiting:
            self.do(cmd.CancelTicket(dice.choice(waiting)))

    def _serve(self, window: int, dice: random.Random) -> float:
        """One thing that a clerk does next, and how many minutes until they do another."""
        standing = self.read(lambda state: getattr(state.windows[window].ticket, "state", None))
        if standing == "called":
            if dice.random() < 0.08:
                self.do(cmd.MarkNoShow(window, CLERKS[window].username))
                return 0.5
            self.start(window)
            return round(dice.lognormvariate(2.0, 0.5) * 2) / 2
        if standing == "serving":
            self.finish(window)
            if dice.random() < 0.88:
                self.vote(window, dice.choices((5, 4, 3, 2, 1), (74, 17, 4, 3, 2))[0])
            return 0.5
        return 0.5 if self.call(window) else 1.0
