"""The pages of one screen as an outlet: one of them has the voice, however many show the screen.

The first page that can sound has it, and keeps it while it is connected and not silent. When it goes, the next one
takes over, and what the first had not begun is spoken there. What it had begun may still sound in the hall, line or no
line: nothing else is begun before that would have ended. A page that comes back tells what it has begun meanwhile, or
before the server was started: so no other page begins it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from display.speech.outlet import Condition, Order, Report, Tell

NOT_CONNECTED: Final = Condition("offline", "not_connected")
SOUND_BLOCKED: Final = Condition("blocked", "sound_blocked")
CLIPS_MISSING: Final = Condition("blocked", "clips_missing")
READY: Final = Condition("ready")


@dataclass(slots=True)
class _Page:
    """`running`: the browser lets it sound. `missing` counts recordings it lacks. `sounding`: it is in the middle of a
    sentence. `deaf`: it left an order unanswered.
    """

    running: bool = False
    missing: int = 0
    sounding: bool = False
    deaf: bool = False


class PageVoice:
    """An outlet (`display.speech.outlet`). Pages are named by their nonce.

    `changed` hears that `speak` has changed. Nothing here waits, unless `changed` or `tell` does.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self.tell: Tell = lambda report: None
        self._changed = changed
        self._pages: dict[str, _Page] = {}
        self._holder: str | None = None
        self._order: Order | None = None
        self._began = False
        self._dropped = False

    @property
    def condition(self) -> Condition:
        if not self._pages:
            return NOT_CONNECTED
        voice = self._choice()
        if voice is None:
            return SOUND_BLOCKED
        return CLIPS_MISSING if self._pages[voice].missing else READY

    @property
    def speak(self) -> tuple[str, Order] | None:
        """The page that is to play, and what."""
        if self._order is None or self._holder is None or self._dropped:
            return None
        return self._holder, self._order

    def start(self) -> None:
        """Pages come by themselves."""

    def stop(self) -> None:
        self._clear()

    def play(self, order: Order) -> None:
        if self._order is not None and self._holder in self._pages:
            # The one before was given up, unanswered: another page may have ears.
            self._pages[self._holder].deaf, self._pages[self._holder].sounding = True, False
        self._order, self._began, self._dropped = order, False, False
        self._hand_over(order)

    def drop(self) -> None:
        if self._order is None or self._began or self._dropped:
            return
        self._dropped = True
        self._changed()

    # What pages tell.

    def came(self, page: str) -> None:
        """A page has connected, perhaps again."""
        self._pages.setdefault(page, _Page()).deaf = False

    def went(self, page: str) -> None:
        self._pages.pop(page, None)
        self._see_to_order()

    def sound(self, page: str, running: bool, missing: int, sounding: bool) -> None:
        """How it is with a page's sound; `sounding`: it is in the middle of a sentence."""
        found = self._pages.get(page)
        if found is None:
            return
        found.running, found.missing, found.sounding, found.deaf = running, missing, sounding, False
        self._see_to_order()

    def has_begun(self, page: str, order: str) -> None:
        """A page that has come back names an order it has begun at some time."""
        if self._order is None or order != self._order.id:
            self.tell(Report(order, "ended"))
        elif page != self._holder and not self._began:
            self._clear()
            self.tell(Report(order, "ended"))

    def spoke(self, page: str, report: Report) -> None:
        found = self._pages.get(page)
        if found is None:
            return
        found.deaf = False
        found.sounding = report.phase == "began"
        if self._order is None or report.order != self._order.id:
            if report.phase != "failed":
                self.tell(report)
            return
        if page != self._holder:
            return
        if report.phase == "began":
            self._began = True
        else:
            self._clear()
        self.tell(report)

    def _see_to_order(self) -> None:
        """An order that has not begun goes to another page when its own cannot play it any more."""
        holder = self._pages.get(self._holder) if self._holder is not None else None
        if self._order is None or self._began or (holder is not None and holder.running):
            return
        if self._dropped:
            self._fail(self._order, "cancelled")
        else:
            self._hand_over(self._order)

    def _hand_over(self, order: Order) -> None:
        voice = self._choice()
        if voice is None:
            self._fail(order, "sound_blocked" if self._pages else "not_connected")
        elif self._pages[voice].sounding:
            self._fail(order, "not_connected")  # something of before the server was started again: wait for its end
        else:
            self._holder = voice
            self._changed()

    def _choice(self) -> str | None:
        """The page that would have the voice now. None when none can sound."""
        able = [name for name, page in self._pages.items() if page.running]
        # One that is still sounding, as after a restart of the server, must not be talked over by another.
        return min(able, key=self._rank) if able else None

    def _rank(self, name: str) -> tuple[bool, bool, bool]:
        page = self._pages[name]
        return not page.sounding, page.deaf, name != self._holder

    def _fail(self, order: Order, reason: Literal["cancelled", "sound_blocked", "not_connected"]) -> None:
        self._clear()
        self.tell(Report(order.id, "failed", reason))

    def _clear(self) -> None:
        self._order, self._began, self._dropped = None, False, False
        self._changed()
