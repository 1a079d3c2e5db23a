"""The hall as far as somebody who plans its day must know it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Span = tuple[float, float]
DAY = ((480.0, 720.0), (870.0, 1050.0))
"""08:00–12:00 and 14:30–17:30."""


@dataclass(frozen=True, slots=True)
class Scene:
    """`windows`: what each handles. `classes`: priority classes a citizen may have. `spans`: the business hours, in
    minutes since midnight. `clerks`: the accounts that share the windows, each known by its user name.
    """

    windows: Mapping[int, tuple[str, ...]]
    classes: tuple[str, ...] = ()
    spans: tuple[Span, ...] = DAY
    clerks: tuple[str, ...] = ()

    @property
    def services(self) -> tuple[str, ...]:
        """Those that some window handles: for the others nobody would ever be called."""
        return tuple(dict.fromkeys(code for handled in self.windows.values() for code in handled))

    @property
    def opening(self) -> float:
        return self.spans[0][0]

    @property
    def closing(self) -> float:
        return self.spans[-1][1]

    @property
    def open_minutes(self) -> float:
        return sum(end - start for start, end in self.spans)
