"""What is expected of a hall from one moment on, as plain numbers: what a rollout draws from.

Instants and spans are whole microseconds, as in `server.hall.instant`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

Stretches = Sequence[tuple[int, int]]
"""(from, to) in which a window calls, in order; nothing before the present moment."""

Paces = Sequence[tuple[int, float]]
"""(until, how many times as long as usual everything takes at the window until then), in order."""

NEVER = 1 << 62
"""Later than anything."""


@dataclass(frozen=True, slots=True)
class Work:
    """How long a window is taken by one ticket of a service, from its call on.

    `usual`: a window's usual time, `shape`: what that is multiplied by, as equally likely values in rising order.
    """

    usual: Mapping[int, float]
    shape: Sequence[float]


@dataclass(frozen=True, slots=True)
class Stream:
    """Tickets that will still come, of one queue and class. `rates`: (until, so many a microsecond until then)."""

    queue: str
    service: str
    priority: str
    rates: Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Coming:
    """A ticket that will come by itself, with chance `chance`: who booked, or somebody on hold that wakes.

    `when`: equally likely instants, `turn` what its turn counts from; after `late` it queues as everybody does.
    """

    ticket: str
    queue: str
    service: str
    priority: str
    when: Sequence[int]
    turn: int
    chance: float = 1.0
    late: int = NEVER


@dataclass(frozen=True, slots=True)
class Outlook:
    """`missing`: the share of calls that nobody comes to, and `lost` the times such a call takes; `gap`: the times
    between an end and the next call, somebody waiting; `break_share`: the share of those in which the clerk is away
    first, for one of `breaks`. All of these lists hold equally likely values.
    """

    work: Mapping[str, Work]
    missing: Mapping[str, float]
    lost: Sequence[float]
    gap: Sequence[float]
    stretches: Mapping[int, Callable[[Random], Stretches]]
    paces: Mapping[int, Callable[[Random], Paces]]
    streams: Sequence[Stream] = ()
    coming: Sequence[Coming] = ()
    break_share: float = 0.0
    breaks: Sequence[float] = field(default=(0.0,))
