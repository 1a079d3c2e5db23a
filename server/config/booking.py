"""预约: when a service can be booked."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field, field_validator

from server.config.section import Section
from server.config.spans import to_spans
from server.hall.booking import BookingPlan, Slot
from server.hall.calendar import Span
from server.told import told


class BookingSettings(Section):
    """Slots such as `09:00-09:30`, each with as many `places`. `days_ahead` counts from today, which is 0.

    A booking has its priority from `early` minutes before its slot until `late` minutes after the slot's start.
    """

    slots: Annotated[tuple[str, ...], Field(min_length=1)]
    places: Annotated[int, Field(ge=1, le=1000)] = 4
    days_ahead: Annotated[int, Field(ge=0, le=60)] = 7
    early: Annotated[int, Field(ge=0, le=240)] = 10
    late: Annotated[int, Field(ge=0, le=240)] = 15

    @field_validator("slots")
    @classmethod
    def _each_ends(cls, slots: tuple[str, ...]) -> tuple[str, ...]:
        starts = [_slot(slot).start for slot in slots]
        if len(set(starts)) < len(starts):
            raise ValueError(told("two slots start at the same time"))
        return slots

    def plan(self) -> BookingPlan:
        return BookingPlan(
            slots=tuple(Slot(span.start, span.end, self.places) for span in map(_slot, self.slots)),
            days_ahead=self.days_ahead,
            early=timedelta(minutes=self.early),
            late=timedelta(minutes=self.late),
        )


def _slot(text: str) -> Span:
    (span,) = to_spans((text,))
    if span.end <= span.start:
        raise ValueError(told("%(text)r ends before it starts", text=text))
    return span
