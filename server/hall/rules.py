"""A hall's own rules about numbers, as its configuration says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class NoShowRule:
    """过号. `calls`: so often a number must have been called before it may be passed.

    Whoever comes back within `rejoin_within` stands behind the next `rejoin_after` of the line, at its end when that is
    None; later the number is void. `at_kiosk`: by themselves at a kiosk, else through a clerk.
    """

    calls: int = 1
    rejoin_after: int | None = 3
    rejoin_within: timedelta | None = timedelta(minutes=60)
    at_kiosk: bool = True


@dataclass(frozen=True, slots=True)
class PersonRule:
    """一人一号, where identities are asked for. None: no limit. `required`: no number without an identity."""

    required: bool = False
    open_per_service: int | None = 1
    per_day: int | None = None


@dataclass(frozen=True, slots=True)
class PaperRange:
    """The numbers of every prefix that only paper bears, both ends included: no machine gives them."""

    first: int
    last: int

    def __contains__(self, serial: int) -> bool:
        return self.first <= serial <= self.last


@dataclass(frozen=True, slots=True)
class RedressRule:
    """差评, in working days: until a low rating is verified (核实), and until it is closed (复核); how long after the
    answer the citizen may vote once more; and how long before a deadline it is due soon.
    """

    verify_days: int = 1
    close_days: int = 5
    revote_days: int = 5
    soon_days: int = 1


@dataclass(frozen=True, slots=True)
class Rules:
    """`undo_within`: how long a finish or a no-show by mistake can be taken back. `promise`: the longest wait. `paper`
    None: no such numbers.
    """

    no_show: NoShowRule = NoShowRule()
    person: PersonRule = PersonRule()
    undo_within: timedelta = timedelta(seconds=30)
    promise: timedelta = timedelta(minutes=20)
    paper: PaperRange | None = None
    redress: RedressRule = RedressRule()
