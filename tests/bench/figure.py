"""One line of the benchmark: what was measured, the bare limit measured beside it, and what is promised of both."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """`ratio` is what the bound speaks of: `value` ÷ `bare`, or the value itself where nothing bare stands beside it.

    `bound`: at least this when `at_least`, else at most. None: measured for information.
    """

    name: str
    value: float
    unit: str
    bare: float | None = None
    bound: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float:
        return self.value if self.bare is None else self.value / self.bare

    @property
    def holds(self) -> bool | None:
        if self.bound is None:
            return None
        return self.ratio >= self.bound if self.at_least else self.ratio <= self.bound

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"ratio": self.ratio, "holds": self.holds}


_HEAD = ("figure", "measured", "", "bare limit", "ratio", "bound", "")
_SAID = {None: "", True: "holds", False: "MISSED"}


def table(figures: list[Figure]) -> str:
    lines = [_HEAD, *(_line(figure) for figure in figures)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(_HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) if column in (0, 2, 6) else cell.rjust(width) for column, (cell, width) in both)
        for both in (list(enumerate(zip(line, widths, strict=True))) for line in lines)
    )


def _line(figure: Figure) -> tuple[str, ...]:
    sign = ">=" if figure.at_least else "<="
    return (
        figure.name,
        f"{figure.value:,.2f}",
        figure.unit,
        "" if figure.bare is None else f"{figure.bare:,.2f}",
        "" if figure.bare is None else f"{figure.ratio:.2f}",
        "" if figure.bound is None else f"{sign} {figure.bound:g}",
        _SAID[figure.holds],
    )
