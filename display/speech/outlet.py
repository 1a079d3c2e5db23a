"""The contract between a speaker's line of announcements and what makes the sound: a page, a sound card, an agent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Order:
    """One pass of one announcement, which is what `id` names, also over a restart of the server.

    It is given again only after it failed without having begun, as `not_connected`, `sound_blocked`, `sound_card` or
    `cancelled`, or after a restart: an outlet that did begin it then answers `ended` and sounds nothing.

    `clips` sound one after the other (names of `server.voice`), after `pause` seconds of silence since the last order
    ended; `chime`: two bells first. `volume` is 0 to 1, `text` what is said, for people to read.
    """

    id: str
    clips: tuple[str, ...]
    chime: bool
    pause: float
    volume: float
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an outlet tells of an order. `ended` and `failed` are last; `reason` is set for `failed` alone."""

    order: str
    phase: Literal["began", "ended", "failed"]
    reason: Literal["clips_missing", "sound_blocked", "not_connected", "sound_card", "cancelled"] | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether an outlet can sound now, and if not, why: as `Agent.states` tells it."""

    state: Literal["ready", "offline", "blocked"]
    reason: str | None = None


class Outlet(Protocol):
    """Plays one order at a time and answers each with reports, to the `tell` it was made with."""

    @property
    def condition(self) -> Condition: ...

    def start(self) -> None:
        """Begin; must return at once."""

    def stop(self) -> None:
        """End promptly; what is sounding is cut off."""

    def play(self, order: Order) -> None:
        """Take an order up; returns at once. Never called before the last one has ended or failed."""

    def drop(self) -> None:
        """The order in hand is no longer wanted: one that has not begun to sound fails as `cancelled`, one that has is
        heard to its end.
        """


Tell = Callable[[Report], None]
"""May be called from any greenlet, also from within `play`."""
