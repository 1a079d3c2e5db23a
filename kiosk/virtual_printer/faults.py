"""What can be wrong with the virtual printer, as switches that a test or a demo visitor flips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, Final


class PowerOff(StrEnum):
    """How the connection ends when the power goes: reset by the network card, or not a word."""

    RST = "rst"
    SILENT = "silent"


class FaultInvalid(ValueError):
    """A fault of that name or with that value does not exist."""


def _switch(says: str) -> Any:
    return field(default=False, metadata={"says": says})


def _amount(says: str) -> Any:
    return field(default=None, metadata={"says": says})


@dataclass(frozen=True)
class Faults:
    """All faults; the default is a healthy printer with an endless roll.

    Amounts count from when they are set. `paper_out_after_mm` becomes `paper_out` and `jam` becomes `error` when it
    happens; the printer that lost its power stays off until the power fault is taken back.
    """

    mute: bool = _switch("prints but never answers")
    paper_out: bool = _switch("no paper")
    paper_out_after_mm: float | None = _amount("the paper ends after so many millimetres")
    paper_near: bool = _switch("little paper left: reported, and goes on printing")
    cover_open: bool = _switch("the cover is open")
    error: bool = _switch("the knife is stuck")
    jam: bool = _switch("the knife gets stuck at the next cut: printed, not cut, not acknowledged")
    offline: bool = _switch("switched off line at its buttons")
    power_off_after_bytes: int | None = _amount("the power goes after so many received bytes")
    power_off_after_mm: float | None = _amount("the power goes after so many printed millimetres")
    power_off_after_cut: bool = _switch("the power goes between the cut and the acknowledgement")
    power_off: PowerOff = field(
        default=PowerOff.RST, metadata={"says": "how the connection ends then: rst (reset, or unplugged) or silent"}
    )
    lose_ack: bool = _switch("prints and drops what it should say at the end")
    late_ack: float | None = _amount("says it so many seconds late")
    no_process_id: bool = _switch("a clone that does not know GS ( H")
    stray: bool = _switch("sends status bytes nobody asked for, before a job and in the middle of it")
    babble: bool = _switch("sends nonsense all the time")
    slow: float | None = _amount("reads so many bytes a second")
    full_buffer: bool = _switch("does not read while this is set")
    half_open: bool = _switch("never reads on a connection that was made while this was set")
    one_client: bool = _switch("refuses a second connection while one is open")

    @property
    def stopped(self) -> bool:
        """Whether the mechanism stands still."""
        return self.paper_out or self.cover_open or self.error or self.offline

    @property
    def power(self) -> tuple[object, ...]:
        """Everything about the power: when it changes, the printer is switched on anew."""
        return self.power_off_after_bytes, self.power_off_after_mm, self.power_off_after_cut, self.power_off

    def merged(self, changes: Mapping[str, object]) -> Faults:
        """These faults with `changes` by name, as they come from JSON. Raises FaultInvalid."""
        return replace(self, **{name: _checked(name, value) for name, value in changes.items()})  # type: ignore[arg-type]

    def as_json(self) -> dict[str, object]:
        """All faults by name."""
        return asdict(self)


HEALTHY: Final = Faults()
FAULTS: Final[dict[str, str]] = {fault.name: fault.metadata["says"] for fault in fields(Faults)}
"""What each of them is, by name."""
_AMOUNTS: Final = frozenset(fault.name for fault in fields(Faults) if fault.default is None)
_POSITIVE: Final = frozenset(("slow",))


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
    if name not in FAULTS:
        raise FaultInvalid(f"there is no fault {name!r}; there are {', '.join(sorted(FAULTS))}")
    if name == "power_off":
        if value not in tuple(PowerOff):
            raise FaultInvalid(f"power_off is rst or silent, not {value!r}")
        return PowerOff(str(value))
    if name in _AMOUNTS:
        return _amount_of(name, value)
    if not isinstance(value, bool):
        raise FaultInvalid(f"{name} is true or false, not {value!r}")
    return value


def _amount_of(name: str, value: object) -> float | int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise FaultInvalid(f"{name} is a number from 0 up, not {value!r}")
    if name in _POSITIVE and not value:
        raise FaultInvalid(f"{name} is a number above 0, not {value!r}")
    return int(value) if name == "power_off_after_bytes" else float(value)
