"""What every refusal of the hall is."""

from __future__ import annotations

from typing import ClassVar


class HallError(Exception):
    """A refused command. The hall is unchanged.

    `code` is stable and goes over the wire; `params` fill the sentence that a person reads in their own language.
    """

    code: ClassVar[str] = "hall_error"

    def __init__(self, **params: object) -> None:
        super().__init__(f"{self.code} {params}" if params else self.code)
        self.params = params


class NotFound(HallError):
    """The command names something this hall does not have."""


class Conflict(HallError):
    """The state forbids it. A fresh look at the hall shows why."""
