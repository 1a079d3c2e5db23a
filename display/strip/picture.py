"""What a strip shows at one moment, before any codec makes bytes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from server.config.strips import StripColour, StripSize


class Extent(NamedTuple):
    """Room for text: `columns` of 8 dots in each of `rows` of 16 dots. A Chinese character takes two columns."""

    columns: int
    rows: int


EXTENTS: Mapping[StripSize, Extent] = MappingProxyType(
    {"64x16": Extent(8, 1), "192x32": Extent(24, 2), "digits": Extent(6, 1)}
)


@dataclass(frozen=True, slots=True)
class Picture:
    """`lines`: one for each row, each as wide as the strip, GBK alone. `number`: for strips that have digits only."""

    lines: tuple[str, ...]
    number: str = ""
    colour: StripColour = "red"

    @property
    def text(self) -> str:
        """The words alone, for people and tests."""
        return " ".join(words for line in self.lines if (words := line.strip()))
