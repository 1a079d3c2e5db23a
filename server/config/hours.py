"""Business hours of the hall, of a service or of a window."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from server.config.holidays import Holidays, chinese_holidays
from server.config.section import Section
from server.config.spans import MonthDay, NoSpans, Spans, Weekday, to_month_day, to_spans
from server.hall.calendar import Hours, Season, Span
from server.told import told

_MONDAY_TO_FRIDAY = frozenset(range(1, 6))

Minutes = Annotated[int, Field(ge=0, le=240)]
Weekly = dict[Weekday, NoSpans]


class SeasonSettings(Section):
    """A part of every year with spans of its own, both days included; it may go over New Year."""

    start: Annotated[MonthDay, Field(alias="from")]
    end: Annotated[MonthDay, Field(alias="to")]
    spans: Spans
    weekly: Weekly = Field(default_factory=dict)

    def season(self) -> Season:
        start, end = to_month_day(self.start), to_month_day(self.end)
        return Season(start, end, to_spans(self.spans), _weekly(self.weekly))


class DaySettings(Section):
    """One date: `closed`, `working` as an ordinary weekday (调休), or with spans of its own."""

    spans: Spans = ()
    kind: Literal["closed", "working", "spans"] = "spans"

    @model_validator(mode="before")
    @classmethod
    def _from_a_word(cls, content: Any) -> Any:
        if isinstance(content, dict) and set(content) == {"spans"}:
            return content
        if content in ("closed", "working"):
            return {"kind": content}
        raise ValueError(told("%(content)r is none of closed, working and {spans: [...]}", content=content))


class HoursSettings(Section):
    """Weekdays count from Monday as 1. `weekly` is for weekdays that differ, `days` for single dates.

    `holidays: cn` closes on China's public holidays and works on their make-up days. Numbers are given from `early`
    minutes before each span's start until `stop` minutes before its end. `always: true` ignores all of it.
    """

    spans: Spans = ("08:00-12:00", "14:30-17:30")
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] = (1, 2, 3, 4, 5)
    weekly: Weekly = Field(default_factory=dict)
    seasons: tuple[SeasonSettings, ...] = ()
    holidays: Literal["cn", "none"] = "cn"
    days: dict[date, DaySettings] = Field(default_factory=dict)
    early: Minutes = 0
    stop: Minutes = 0
    always: bool = False

    @field_validator("days", mode="before")
    @classmethod
    def _dates_as_written(cls, days: Any) -> Any:
        # YAML makes dates of them, which pydantic would name in Python's words in a mistake's path.
        return {str(day): about for day, about in days.items()} if isinstance(days, dict) else days

    @field_validator("seasons")
    @classmethod
    def _apart(cls, seasons: tuple[SeasonSettings, ...]) -> tuple[SeasonSettings, ...]:
        for place, season in enumerate(seasons):
            for other in seasons[:place]:
                if _overlap(season.season(), other.season()):
                    raise ValueError(
                        told(
                            "%(start)s to %(end)s overlaps %(other_start)s to %(other_end)s",
                            start=season.start,
                            end=season.end,
                            other_start=other.start,
                            other_end=other.end,
                        )
                    )
        return seasons

    def within(self, hall: HoursSettings) -> HoursSettings:
        """These hours with what they do not state from the hall's.

        Spans of one's own are for all the year: the hall's seasons and weekly would bring its own spans back in.
        """
        stated = {name: getattr(self, name) for name in self.model_fields_set}
        if "spans" in stated:
            stated = {"weekly": {}, "seasons": (), **stated}
        return hall.model_copy(update={**stated, "days": hall.days | self.days})

    def hours(self, today: date) -> Hours:
        """The domain's view of them, with the public holidays that are known `today`."""
        if self.always:
            return Hours()
        holidays = chinese_holidays(today) if self.holidays == "cn" else Holidays()
        # Who is not there from Monday to Friday anyhow does not make up for one of these days.
        made_up = holidays.working if _MONDAY_TO_FRIDAY.issubset(self.weekdays) else frozenset()
        return Hours(
            spans=to_spans(self.spans),
            weekdays=frozenset(day - 1 for day in self.weekdays),
            weekly=_weekly(self.weekly),
            seasons=tuple(season.season() for season in self.seasons),
            closed=(holidays.closed - self.days.keys()) | self._days("closed"),
            working=made_up | self._days("working"),
            special={day: to_spans(about.spans) for day, about in self.days.items() if about.kind == "spans"},
            early=timedelta(minutes=self.early),
            stop=timedelta(minutes=self.stop),
        )

    def shortest(self) -> int:
        """The minutes of the shortest span."""
        weekly = [self.weekly, *(season.weekly for season in self.seasons)]
        lists = [
            self.spans,
            *(season.spans for season in self.seasons),
            *(spans for days in weekly for spans in days.values()),
            *(about.spans for about in self.days.values()),
        ]
        return min(_minutes(span.end) - _minutes(span.start) for spans in lists for span in to_spans(spans))

    def makes_up(self, year: int) -> bool:
        """Whether somebody has written the year's make-up days, and so its holidays, into `days`."""
        return any(day.year == year for day in self._days("working"))

    def _days(self, kind: str) -> frozenset[date]:
        return frozenset(day for day, about in self.days.items() if about.kind == kind)


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _weekly(weekly: dict[int, tuple[str, ...]]) -> dict[int, tuple[Span, ...]]:
    return {day - 1: to_spans(spans) for day, spans in weekly.items()}


def _overlap(one: Season, other: Season) -> bool:
    year = 2000  # a leap year, which has every day
    return any(date(year, *first) in second for first, second in ((one.start, other), (other.start, one)))
