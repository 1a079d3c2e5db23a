"""优先类别 and how their lines take turns."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import Field

from server.config.section import Code, Section, Text
from server.hall.priority import APPOINTMENT, ORDINARY, Policy, Priorities, PriorityClass


class PriorityClassSettings(Section):
    """A class. `level`: higher goes first, an ordinary number has 0. `kiosk`: citizens may choose it themselves.

    `proof` says what the window looks at.
    """

    code: Code
    name: Text
    name_en: Text
    level: Annotated[int, Field(ge=0, le=9)] = 1
    kiosk: bool = True
    proof: str = ""
    proof_en: str = ""


class PrioritySettings(Section):
    """`policy`: `strict` serves higher levels first; `ratio` too, but after `ratio` younger ones whoever is at the head
    of a line; `ageing` lifts a number by one level for every `ageing` minutes that it has waited.

    Whatever the policy, nobody at the head of a line is passed over by more than `most_passed` younger numbers.
    """

    policy: Literal["strict", "ratio", "ageing"] = "ratio"
    ratio: Annotated[int, Field(ge=1, le=20)] = 2
    ageing: Annotated[int, Field(ge=1, le=240)] = 20
    most_passed: Annotated[int, Field(ge=1, le=1000)] = 10
    classes: tuple[PriorityClassSettings, ...] = ()

    def priorities(self) -> Priorities:
        """With those of nobody in particular, and of those who booked."""
        levels = {ORDINARY: 0, APPOINTMENT: 1} | {known.code: known.level for known in self.classes}
        most = self.ratio if self.policy == "ratio" else self.most_passed
        ageing = timedelta(minutes=self.ageing) if self.policy == "ageing" else None
        classes = tuple(PriorityClass(code, level) for code, level in levels.items())
        return Priorities(classes, Policy(most, ageing))
