"""What one citizen comes for and does, decided before the day begins. All times are simulated minutes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """How a citizen gets a number: at a kiosk, by a booking, or straight at a window (直接办理)."""

    KIOSK = "kiosk"
    BOOKED = "booked"
    DIRECT = "direct"


class Punctual(StrEnum):
    """When somebody who booked checks in."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Booking:
    """`slot`: the minute that was booked; `pick`: which of the offered slots, from 0 to 1, where there are some."""

    slot: float
    punctual: Punctual
    pick: float


class Missing(StrEnum):
    """Why nobody comes when called: gone, back later, back before the clerk has turned away, or asking to wait on."""

    GONE = "gone"
    LATER = "later"
    AT_ONCE = "at_once"
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True)
class Absence:
    """At the first call. `minutes`: after which they are back at the kiosk, for LATER."""

    why: Missing
    minutes: float = 0.0


@dataclass(frozen=True, slots=True)
class Hold:
    """挂起 in the middle of the service. `wakes`: a 等待 that is left to end by itself; `pick`: who goes on."""

    kind: str
    minutes: float
    wakes: bool = False
    pick: float = 0.0


class Goal(StrEnum):
    """Where a transfer goes."""

    SERVICE = "service"
    WINDOW = "window"
    CLERK = "clerk"


@dataclass(frozen=True, slots=True)
class Detour:
    """转移. `pick`: which of the possible targets, from 0 to 1."""

    goal: Goal
    pick: float
    order: str
    returns: bool


@dataclass(frozen=True, slots=True)
class Vote:
    """`level` None: declines (不评价)."""

    level: int | None
    after: float


@dataclass(frozen=True, slots=True)
class Visit:
    """`minutes` and `votes`: how long each leg takes a clerk of ordinary pace, and what is pressed after it (None:
    nothing). `hurries`: sits down while the one before is still at the evaluator. `by_call`: the clerk finishes it by
    calling the next citizen. `regret`: finishes too early and undoes it.
    """

    index: int
    minute: float
    service: str
    way: Way
    minutes: tuple[float, ...]
    votes: tuple[Vote | None, ...]
    then: tuple[str, ...] = ()
    priority: str | None = None
    booking: Booking | None = None
    absence: Absence | None = None
    hold: Hold | None = None
    detour: Detour | None = None
    cancels_after: float | None = None
    recalls: int = 0
    hurries: bool = False
    by_call: bool = True
    regret: bool = False

    def minutes_of(self, leg: int) -> float:
        return self.minutes[(leg - 1) % len(self.minutes)]

    def vote_of(self, leg: int) -> Vote | None:
        return self.votes[(leg - 1) % len(self.votes)]
