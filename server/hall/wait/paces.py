"""How long a clerk is taken by a ticket of a service: usually, and how that scatters.

The logarithm of a time is what is usual for the service, plus what is usual for the clerk, plus what is for both
together, plus chance. Each part is drawn towards 0 as far as few observations tell little of it. Chance has the shape
that was observed, whatever that is.
"""

from __future__ import annotations

from collections import defaultdict, deque
from math import exp, log

from server.hall.wait.shrinking import Tally, between, shrunk

_FADE = 0.96
"""What a day's observations count on the next day."""
_FIRST_GUESS = log(8 * 60)
_FIRST_SPREAD = 0.36
_SERVICES_DIFFER = 0.5
_KEPT = 400
_ENOUGH = 60
_POINTS = 256
_NEW = 0.05
"""The fit is made anew when there are so many more observations, as a share of those it was made from."""


class Paces:
    """Times are in seconds."""

    def __init__(self) -> None:
        self._cells: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
        self._recent: defaultdict[str, deque[tuple[str, float]]] = defaultdict(lambda: deque(maxlen=_KEPT))
        self._hall = _FIRST_GUESS
        self._services: dict[str, float] = {}
        self._clerks: dict[str, float] = {}
        self._both: dict[tuple[str, str], float] = {}
        self._shapes: dict[str, list[float]] = {}
        self._new, self._fitted = 0, 0.0
        self.scatter = _FIRST_SPREAD
        """The variance of the logarithm that is left to chance."""

    def add(self, service: str, clerk: str, seconds: float) -> float:
        """What the logarithm of the time was more than expected before it was seen."""
        self._fit()
        value = log(max(1.0, seconds))
        surprise = value - self._expected(service, clerk)
        self._cells[service, clerk].add(value)
        self._recent[service].append((clerk, value))
        self._new += 1
        return surprise

    def fade(self) -> None:
        for tally in self._cells.values():
            tally.fade(_FADE)

    def usual(self, service: str, clerk: str) -> float:
        """The middle of the clerk's times, in seconds."""
        self._fit()
        return exp(self._expected(service, clerk))

    def shape(self, service: str, steady: float = 1.0) -> list[float]:
        """What `usual` is multiplied by: equally likely values in rising order. `steady`: the share of the scatter that
        is not told by how fast the window is today.
        """
        self._fit()
        shape = self._shapes.get(service) or self._shapes.get("") or [1.0]
        return shape if steady == 1.0 else [factor**steady for factor in shape]

    def _expected(self, service: str, clerk: str) -> float:
        usual = self._services.get(service, self._hall)
        return usual + self._clerks.get(clerk, 0.0) + self._both.get((service, clerk), 0.0)

    def _fit(self) -> None:
        if not self._shapes or self._new > max(20, _NEW * self._fitted):
            self._fit_parts()
            self._fit_shapes()
            self._new, self._fitted = 0, sum(tally.count for tally in self._cells.values())

    def _fit_parts(self) -> None:
        cells = {key: tally for key, tally in self._cells.items() if tally.count > 0}
        observed = sum(tally.count for tally in cells.values())
        if not observed:
            return
        freedom = observed - len(cells)
        known = max(1.0, freedom)
        within = (sum(tally.scatter for tally in cells.values()) + 10 * _FIRST_SPREAD) / (known + 10)
        self.scatter = within
        self._hall = (sum(tally.total for tally in cells.values()) + _FIRST_GUESS) / (observed + 1)
        self._clerks = {}
        for _ in range(3):
            self._services = self._fit_services(cells, within)
            self._clerks = self._fit_clerks(cells, within)
        rest = {
            key: (tally.count, tally.mean - self._services[key[0]] - self._clerks[key[1]])
            for key, tally in cells.items()
        }
        spread = between(rest.values(), within, 0.002)
        self._both = {key: shrunk(count, mean, within, spread) for key, (count, mean) in rest.items()}

    def _fit_services(self, cells: dict[tuple[str, str], Tally], within: float) -> dict[str, float]:
        sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for (service, clerk), tally in cells.items():
            sums[service][0] += tally.count
            sums[service][1] += tally.total - tally.count * (self._clerks.get(clerk, 0.0) + self._hall)
        return {
            service: self._hall + shrunk(count, total / count, within, _SERVICES_DIFFER)
            for service, (count, total) in sums.items()
        }

    def _fit_clerks(self, cells: dict[tuple[str, str], Tally], within: float) -> dict[str, float]:
        sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for (service, clerk), tally in cells.items():
            sums[clerk][0] += tally.count
            sums[clerk][1] += tally.total - tally.count * self._services[service]
        means = {clerk: (count, total / count) for clerk, (count, total) in sums.items()}
        spread = between(means.values(), within, 0.003)
        return {clerk: shrunk(count, mean, within, spread) for clerk, (count, mean) in means.items()}

    def _fit_shapes(self) -> None:
        rests = {
            service: [value - self._expected(service, clerk) for clerk, value in recent]
            for service, recent in self._recent.items()
        }
        everything = sorted(rest for known in rests.values() for rest in known)
        self._shapes = {"": _points(everything or [-0.6, -0.3, 0.0, 0.3, 0.6])}
        for service, known in rests.items():
            if len(known) >= _ENOUGH:
                self._shapes[service] = _points(sorted(known))


def _points(rests: list[float]) -> list[float]:
    """The quantiles of the observed, in between by straight lines."""
    last = len(rests) - 1
    points = []
    for number in range(_POINTS):
        place = (number + 0.5) / _POINTS * (last + 1) - 0.5
        low = min(max(0, int(place)), last)
        high = min(low + 1, last)
        share = min(max(0.0, place - low), 1.0)
        points.append(exp(rests[low] * (1 - share) + rests[high] * share))
    return points
