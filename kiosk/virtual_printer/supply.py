"""What can run out while the printer works: the roll, and the power."""

from __future__ import annotations

import math

from kiosk.virtual_printer.faults import HEALTHY, Faults


class Supply:
    """How much of each is left; without a fault there is no end to it."""

    def __init__(self) -> None:
        self.roll_mm = math.inf
        self._power_mm = self._power_bytes = math.inf
        self._faults = HEALTHY

    @property
    def power(self) -> bool:
        """Whether there still is some."""
        return self._power_mm > 0 and self._power_bytes > 0

    @property
    def travel_mm(self) -> float:
        """How far the paper can move before something of it ends."""
        return min(self.roll_mm, self._power_mm)

    def become(self, faults: Faults) -> bool:
        """Count anew what `faults` changes; whether the power is among it."""
        old, self._faults = self._faults, faults
        if (old.paper_out, old.paper_out_after_mm) != (faults.paper_out, faults.paper_out_after_mm):
            self.roll_mm = 0.0 if faults.paper_out else _or_endless(faults.paper_out_after_mm)
        if old.power == faults.power:
            return False
        self._power_mm = _or_endless(faults.power_off_after_mm)
        self._power_bytes = _or_endless(faults.power_off_after_bytes)
        return True

    def printed(self, mm: float) -> None:
        """The paper moved."""
        self.roll_mm -= mm
        self._power_mm -= mm

    def received(self, count: int) -> None:
        """Bytes came in."""
        self._power_bytes -= count

    def cut_off(self) -> None:
        """The power goes now, until the faults say otherwise."""
        self._power_bytes = 0


def _or_endless(limit: float | None) -> float:
    return math.inf if limit is None else limit
