"""What came of the day, for people and for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from math import ceil
from statistics import fmean
from typing import Any

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Wait:
    """From the number to the first call, in simulated minutes, of everybody who was called."""

    service: str
    count: int
    p50: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class Promised:
    """What the hall told of waits when it gave numbers, beside what came, in the hall's own minutes whatever the speed.

    `told`: how many numbers it told a wait, of which `called` were called; `kept`: of those, within the p90 they were
    told; `bias`: how much longer the p50 was than the wait, on average; `error`: the same without its sign.
    """

    told: int
    called: int
    kept: int
    bias: float | None
    error: float | None

    def as_text(self) -> str:
        if not self.told:
            return "none: a hall tells them once it has been at work for two weeks"
        if self.bias is None or self.error is None:
            return f"{self.told}, nobody called"
        share = f"{self.kept} of {self.called} within p90 ({100 * self.kept / self.called:.0f} %)"
        return f"{self.told}, {share}, p50 off by {self.error:.1f} min, on average {self.bias:+.1f}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`problems`: what does not add up. `turned_away`: citizens whom the hall gave no number. `scale`: what all work at
    the windows was multiplied by so that they could serve so many.
    """

    visits: int
    issued: int
    turned_away: int
    states: Mapping[str, int]
    legs: int
    votes: int
    waits: tuple[Wait, ...]
    promised: Promised
    scale: float
    seconds: float
    requests: int
    repeats: int
    refusals: Mapping[str, int]
    problems: tuple[str, ...]

    @property
    def adds_up(self) -> bool:
        return not self.problems

    @property
    def requests_per_second(self) -> float:
        return round(self.requests / self.seconds, 1) if self.seconds else 0.0

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "adds_up": self.adds_up, "requests_per_second": self.requests_per_second}

    def as_text(self) -> str:
        rows = [
            ("visits", f"{self.visits}, {self.turned_away} turned away"),
            ("numbers", f"{self.issued}: " + _listed(self.states)),
            ("legs, votes", f"{self.legs}, {self.votes}"),
            ("work at windows", f"x {self.scale:.2f}"),
            ("time", f"{self.seconds:.1f} s"),
            ("requests", f"{self.requests}, {self.requests_per_second}/s, {self.repeats} repeated"),
            ("refusals", _listed(self.refusals) or "none"),
            ("waits told", self.promised.as_text()),
        ]
        lines = [f"{name:<18}{value}" for name, value in rows]
        lines += ["", f"{'wait, minutes':<24}{'called':>8}{'p50':>8}{'p90':>8}"]
        lines += [f"{w.service:<24}{w.count:>8}{_minutes(w.p50):>8}{_minutes(w.p90):>8}" for w in self.waits]
        return "\n".join([*lines, "", *self._verdict()])

    def _verdict(self) -> list[str]:
        if self.adds_up:
            return ["Every number is accounted for."]
        more = len(self.problems) - _SHOWN
        return [
            f"{len(self.problems)} things do not add up:",
            *(f"  {problem}" for problem in self.problems[:_SHOWN]),
            *([f"  and {more} more"] if more > 0 else []),
        ]


def wait_of(service: str, minutes: Iterable[float]) -> Wait:
    """Nearest-rank percentiles."""
    known = sorted(minutes)
    return Wait(service, len(known), _rank(known, 0.5), _rank(known, 0.9))


def promised_of(waits: Iterable[tuple[int, int, float | None]]) -> Promised:
    """From (p50, p90, minutes until the first call or None) of every number that was told a wait."""
    told = list(waits)
    called = [(p50, p90, minutes) for p50, p90, minutes in told if minutes is not None]
    off = [p50 - minutes for p50, _, minutes in called]
    return Promised(
        told=len(told),
        called=len(called),
        kept=sum(minutes <= p90 + 0.5 for _, p90, minutes in called),
        bias=round(fmean(off), 2) if off else None,
        error=round(fmean(map(abs, off)), 2) if off else None,
    )


def _rank(known: list[float], part: float) -> float | None:
    return round(known[ceil(part * len(known)) - 1], 1) if known else None


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items(), key=lambda item: -item[1]))


def _minutes(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"
