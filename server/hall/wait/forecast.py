"""When everybody who waits will be called, and whoever would take a number now: what the rollouts say together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from server.hall.instant import from_microseconds
from server.hall.priority import ORDINARY
from server.hall.wait.outlook import NEVER
from server.hall.wait.rollout import Probe

LATE = 0.92
"""The quantile of the rollouts that nine in ten keep within: what they draw from is learned, so not quite certain."""
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Expected:
    """`middle`: as likely called before as after; `late`: nine in ten are called before; None: not today.

    `today`: how likely it is that they are called at all before the hall's windows close.
    """

    middle: datetime | None
    late: datetime | None
    today: float

    def minutes(self, at: datetime) -> tuple[int, int] | None:
        """(p50, p90) from `at` on, in whole minutes; None where either is not today."""
        if self.middle is None or self.late is None:
            return None
        return _minutes(self.middle - at), _minutes(self.late - at)


class Forecast:
    """As of `at`."""

    def __init__(self, at: datetime, calls: Mapping[str | Probe, Sequence[int]]) -> None:
        self.at = at
        self._calls = calls

    def new(self, service: str, priority: str) -> Expected | None:
        """Whoever takes a number of that class now; of a class without a forecast of its own: as everybody does."""
        return self.of((service, priority)) or self.of((service, ORDINARY))

    def of(self, who: str | Probe) -> Expected | None:
        """A waiting ticket by its id, or a (service, class) that somebody may take a number of. None: unknown."""
        calls = self._calls.get(who)
        if not calls:
            return None
        today = sum(1 for call in calls if call != NEVER) / len(calls)
        return Expected(_instant(calls, 0.5), _instant(calls, LATE), today)


def _instant(calls: Sequence[int], share: float) -> datetime | None:
    """The quantile of sorted instants, in between by straight lines."""
    place = share * len(calls) - 0.5
    low = max(0, int(place))
    first, second = calls[low], calls[min(low + 1, len(calls) - 1)]
    if second == NEVER:
        return None
    return from_microseconds(first + int((second - first) * (place - low)))


def _minutes(span: timedelta) -> int:
    return max(0, round(span / _MINUTE))
