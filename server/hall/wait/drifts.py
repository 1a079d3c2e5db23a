"""Whether a window is slower or faster today than usual, from its latest times: nobody announces that.

The surprise of each time (`paces`) is chance plus a drift of the window, which wanders about 0 and forgets where it was
in the course of `_MEMORY`: a Kalman filter for each window. How strong drifts are in this hall is learned from how
alike the surprises of one window are that follow each other: in a hall without them the filter does not move.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import timedelta
from math import exp, sqrt
from random import Random
from statistics import NormalDist

from server.hall.instant import to_span
from server.hall.wait.outlook import NEVER, Paces
from server.hall.wait.shrinking import Tally

_MEMORY = to_span(timedelta(minutes=80))
_NEAR = to_span(timedelta(minutes=45))
_BACK = 4
_FADE = 0.96
_FIRST = 30
"""As many pairs without any likeness are taken for granted at first."""
_STEPS = tuple(to_span(timedelta(minutes=minutes)) for minutes in (20, 60, 120, 240))
_AT_MOST = 1.5
_STANDARD = NormalDist()
_LEAST = 1e-9
_SETTLING = 4
"""Until so many days have passed, surprises say more of what is usual than of drifts."""


@dataclass(slots=True)
class _Drift:
    """The drift at `at`: about `mean`, with `variance`."""

    at: int
    mean: float = 0.0
    variance: float = 0.0


class Drifts:
    def __init__(self) -> None:
        self._drifts: dict[int, _Drift] = {}
        self._latest: defaultdict[int, deque[tuple[int, float]]] = defaultdict(lambda: deque(maxlen=_BACK))
        self._alike = Tally()
        self._days = 0

    @property
    def spread(self) -> float:
        """The variance of drifts, as far as history shows any."""
        return max(0.0, self._alike.total / (self._alike.count + _FIRST))

    def add(self, window: int, at: int, surprise: float, scatter: float) -> None:
        """`scatter` is the variance of surprises."""
        bounded = max(-_AT_MOST, min(_AT_MOST, surprise))
        for before, other in self._latest[window]:
            if self._days > _SETTLING and at - before < _NEAR:
                self._alike.add(bounded * other)
        self._latest[window].append((at, bounded))
        self._drifts[window] = self._seen(window, at, bounded, scatter)

    def new_day(self) -> None:
        """Whoever was slow yesterday may not be today."""
        self._drifts.clear()
        self._latest.clear()
        self._alike.fade(_FADE)
        self._days += 1

    def path(self, window: int, now: int, longer: float | None, scatter: float, random: Random) -> Paces:
        """How many times as long as usual everything takes from `now` on. `longer`: the surprise that whatever is
        under way there brings at least.
        """
        drift = self._at(window, now)
        if longer is not None:
            drift = self._at_least(drift, min(longer, _AT_MOST), scatter)
        spread = self.spread
        if not spread:
            return ((NEVER, 1.0),)
        value = random.gauss(drift.mean, sqrt(drift.variance))
        path, at = [], 0
        for step in _STEPS:
            path.append((now + step, exp(value)))
            kept = exp(-(step - at) / _MEMORY)
            value = random.gauss(value * kept, sqrt(spread * (1 - kept * kept)))
            at = step
        return path

    def _at(self, window: int, now: int) -> _Drift:
        known, spread = self._drifts.get(window), self.spread
        if known is None:
            return _Drift(now, 0.0, spread)
        kept = exp(-max(0, now - known.at) / _MEMORY)
        return _Drift(now, known.mean * kept, known.variance * kept * kept + spread * (1 - kept * kept))

    def _seen(self, window: int, at: int, surprise: float, scatter: float) -> _Drift:
        drift = self._at(window, at)
        gain = drift.variance / (drift.variance + self._noise(scatter))
        return _Drift(at, drift.mean + gain * (surprise - drift.mean), drift.variance * (1 - gain))

    def _at_least(self, drift: _Drift, surprise: float, scatter: float) -> _Drift:
        """What is under way will bring a surprise of that or more: by the moments of a normal one cut off there."""
        whole = drift.variance + self._noise(scatter)
        gain, spread = drift.variance / whole, sqrt(whole)
        floor = (surprise - drift.mean) / spread
        more = _STANDARD.pdf(floor) / max(_STANDARD.cdf(-floor), _LEAST)
        return _Drift(drift.at, drift.mean + gain * spread * more, drift.variance * (1 - gain * more * (more - floor)))

    def _noise(self, scatter: float) -> float:
        return max(scatter - self.spread, scatter / 4)
