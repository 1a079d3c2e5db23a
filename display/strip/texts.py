"""What the strip at a window says, from the hall's state alone. Pure.

A call is never divided: it is said in the longest wording that fits, since who comes in the middle would miss the half.
What may take its time, such as a reason for a pause, is shown in turns, page after page. Nothing is scrolled: each step
would be a frame on a line that pads share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from display.bulletin import announced
from display.strip.fitting import centred, first_fitting, lines_of, pages_of, shown
from display.strip.picture import EXTENTS, Extent, Picture
from server.config.strips import StripSettings
from server.hall.announcement import AnnouncementKind
from server.hall.state import HallState
from server.hall.ticket import State, Ticket
from server.hall.window import Pause, WindowState

IDLE: Final = ("热情为您服务", "为您服务")
PAUSED: Final = "暂停服务"
BACK_SOON: Final = "正在返回"
"""Instead of a return time that has passed."""
EMERGENCY: Final = "紧急"
LISTEN: Final = "请听广播"
"""Instead of a text that a short strip would need many pages for."""


@dataclass(frozen=True, slots=True)
class Showing:
    """`pages` in turns. With `call`, which tells each call and recall from the others, the first of them flashes."""

    pages: tuple[Picture, ...]
    call: str | None = None
    called_at: datetime | None = None


def wanted(state: HallState, strip: StripSettings, zones: frozenset[str], clock: ZoneInfo, at: datetime) -> Showing:
    """What `strip`, whose window lies in `zones`, should show at `at`; times of day are those of `clock`.

    An emergency goes before everything, as on the screens, until it is ended: nobody is to be called into it.
    """
    window = state.windows[strip.window]
    words = _Words(strip)
    announcement = announced(state, zones, at)
    if announcement is not None and announcement.kind == AnnouncementKind.EMERGENCY.value:
        return Showing(words.emergency(announcement.text))
    ticket = window.ticket
    if ticket is not None and ticket.state is State.CALLED:
        leg = ticket.leg
        call = f"{ticket.id}/{leg.index}/{leg.calls}"
        return Showing(words.call(ticket), call, leg.last_called_at)
    if ticket is not None:
        return Showing(words.serving(ticket))
    if window.state is WindowState.PAUSED and window.pause is not None:
        return Showing(words.pause(window.pause, clock, at))
    if window.state is WindowState.CLOSED:
        return Showing((words.blank(),))
    return Showing(words.idle())


def blank(strip: StripSettings) -> Picture:
    """A dark strip."""
    return _Words(strip).blank()


class _Words:
    """The wordings of one strip, fitted to it."""

    def __init__(self, strip: StripSettings) -> None:
        self._strip = strip
        self._extent: Extent = EXTENTS[strip.size]

    def call(self, ticket: Ticket) -> tuple[Picture, ...]:
        number, place = ticket.number, f"到{self._strip.window}号窗口"
        if self._extent.rows > 1:
            return (self._rows([(f"请{number}号", f"{number}号"), (place,)], number),)
        return (self._rows([(f"请{number}号{place}", f"请{number}号", f"{number}号", number)], number),)

    def serving(self, ticket: Ticket) -> tuple[Picture, ...]:
        number = ticket.number
        wordings = (f"正在办理{number}号", f"{number}号", number)
        return (self._rows([wordings, (f"{self._strip.window}号窗口",)][: self._extent.rows], number),)

    def pause(self, pause: Pause, zone: ZoneInfo, at: datetime) -> tuple[Picture, ...]:
        reasons = lines_of(shown(pause.reason), self._extent.columns)
        back = _back(pause.until, zone, at)
        if self._extent.rows > 1:
            first = tuple(f"{PAUSED} {wording}" for wording in back) or (PAUSED,)
            return tuple(self._rows([first, (line,)]) for line in reasons or [""])
        turns = [(PAUSED,), *((line,) for line in reasons), *([back] if back else [])]
        return tuple(self._rows([turn]) for turn in turns)

    def idle(self) -> tuple[Picture, ...]:
        if self._strip.idle is None:
            return (self._rows([IDLE, (f"{self._strip.window}号窗口",)][: self._extent.rows]),)
        return self._pages(self._strip.idle)

    def emergency(self, text: str) -> tuple[Picture, ...]:
        if self._extent.rows > 1:
            return self._pages(f"{EMERGENCY} {text}")
        return (self._rows([(EMERGENCY,)]), self._rows([(LISTEN,)]))

    def blank(self) -> Picture:
        return self._rows([])

    def _pages(self, text: str) -> tuple[Picture, ...]:
        return tuple(Picture(lines, colour=self._strip.colour) for lines in pages_of(shown(text), self._extent))

    def _rows(self, rows: Sequence[Sequence[str]], number: str = "") -> Picture:
        """A row for each list of wordings, best first; the rows that are left over are dark."""
        columns = self._extent.columns
        lines = [centred(first_fitting(wordings, columns), columns) for wordings in rows]
        lines += [" " * columns] * (self._extent.rows - len(lines))
        return Picture(tuple(lines), number, self._strip.colour)


def _back(until: datetime | None, zone: ZoneInfo, at: datetime) -> tuple[str, ...]:
    """Wordings of when somebody is there again, best first; none when that is not known."""
    if until is None:
        return ()
    if until <= at:
        return (BACK_SOON,)
    local = until.astimezone(zone)
    same_day = local.date() == at.astimezone(zone).date()
    back = f"{local:%H:%M}" if same_day else f"{local.month}月{local.day}日"
    return (f"{back}返回", f"{back}回", back)
