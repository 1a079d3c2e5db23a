"""What can be wrong with the virtual printer, as switches that a test or a demo visitor flips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from typing import Final


class PowerOff(StrEnum):
    """How the connection ends when the power goes: reset by the network card, or not a word."""

    RST = "rst"
    SILENT = "silent"


class FaultInvalid(ValueError):
    """A fault of that name or with that value does not exist."""


@dataclass(frozen=True)
class Faults:
    """All faults; the default is a healthy printer with an endless roll.

    `mute` prints but never answers. `paper_out_after_mm` lets the paper end on the way and then becomes `paper_out`.
    `power_off_after_bytes` counts from when it is set; the printer stays off until it is taken back. `lose_ack` prints
    and drops what it should say at the end; `no_process_id` is a clone that does not know `GS ( H`.
    """

    mute: bool = False
    paper_out: bool = False
    paper_out_after_mm: float | None = None
    paper_near: bool = False
    cover_open: bool = False
    error: bool = False
    offline: bool = False
    power_off_after_bytes: int | None = None
    power_off: PowerOff = PowerOff.RST
    lose_ack: bool = False
    no_process_id: bool = False

    @property
    def stopped(self) -> bool:
        """Whether the mechanism stands still."""
        return self.paper_out or self.cover_open or self.error or self.offline

    def merged(self, changes: Mapping[str, object]) -> Faults:
        """These faults with `changes` by name, as they come from JSON. Raises FaultInvalid."""
        return replace(self, **{name: _checked(name, value) for name, value in changes.items()})  # type: ignore[arg-type]

    def as_json(self) -> dict[str, object]:
        """All faults by name."""
        return asdict(self)


HEALTHY: Final = Faults()
_NAMES: Final = {field.name for field in fields(Faults)}


def fault_argument(argument: str) -> tuple[str, object]:
    """`name` or `name=value` from a command line. Raises FaultInvalid."""
    name, equals, text = argument.partition("=")
    if not equals:
        return name, True
    if text in ("true", "false"):
        return name, text == "true"
    if text in ("rst", "silent"):
        return name, text
    try:
        return name, float(text)
    except ValueError:
        raise FaultInvalid(f"{text!r} is no value for a fault") from None


def _checked(name: str, value: object) -> object:
    if name not in _NAMES:
        raise FaultInvalid(f"there is no fault {name!r}; there are {', '.join(sorted(_NAMES))}")
    if name == "power_off":
        if value not in tuple(PowerOff):
            raise FaultInvalid(f"power_off is rst or silent, not {value!r}")
        return PowerOff(str(value))
    if name in ("paper_out_after_mm", "power_off_after_bytes"):
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise FaultInvalid(f"{name} is a number from 0 up, not {value!r}")
        return int(value) if name == "power_off_after_bytes" else float(value)
    if not isinstance(value, bool):
        raise FaultInvalid(f"{name} is true or false, not {value!r}")
    return value
