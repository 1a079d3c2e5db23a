"""The one line of announcements of a speaker: what is played next, and what is not played at all. Pure; time comes in.

One reading of one announcement is given out at a time, and only its end lets the next one go: so nothing overlaps. What
has not begun can be dropped at any moment; what has begun is heard to the end of its sentence. A reading begins once:
whatever becomes of the outlet, the page or the server, only the next one is begun after it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from display.speech.outlet import Order, Report
from display.speech.utterance import Priority, Utterance
from display.voice import Announcement

NEXT_PAUSE: Final = 1.0
REPEAT_PAUSE: Final = 0.8
"""Seconds of silence before another announcement, and before a repeat."""
WAITING_FOR_REPEATS: Final = 3
"""With more waiting, each is spoken once: a hall calls faster than two readings take (11 s a call)."""
HURRIED_PAUSE: Final = 0.3
"""Seconds, while those that wait would otherwise be too old before their turn: calls are then spoken once, in the first
language of the hall alone, and without bells. So twelve windows that call at once are all heard within their minute.
"""
_HANDOVER: Final = 0.2
"""Seconds from the end of one order until the next is in hand, as far as is counted on."""
PATIENCE: Final = 3.0
"""Seconds beyond its length that an order's answer may take."""
KEPT: Final = timedelta(minutes=10)
"""How long it is known of an announcement that nobody wants any more that it was begun."""
_RETRY: Final = 1.0
_NOT_PLAYED: Final = frozenset({"not_connected", "sound_blocked", "cancelled"})
"""Reasons that say nothing of the announcement: it may be played later, or elsewhere."""
_ATTEMPTS: Final = 3
"""With a sound card that fails: another program has it for a moment, or it is this announcement that it fails at."""


class Begun(NamedTuple):
    """An announcement that was begun: when first, and how many of its readings; all of them if it was given up."""

    at: datetime
    readings: int


@dataclass(slots=True)
class _Entry:
    """`place`: where it stands in the line, the smallest first. `passes`: how often it has been read. `failures`: how
    often the sound card failed at it.
    """

    said: Utterance
    place: tuple[Priority, datetime, str]
    passes: int = 0
    failures: int = 0


@dataclass(slots=True)
class _InHand:
    entry: _Entry
    order: Order
    answer_by: float
    began: bool = False


class Line:
    """`length(order)` is the seconds an order sounds, its pause left out; `begun` what was begun before, by its id.
    `steady` is a clock that nobody sets: a hall's clock that jumps must not make a sentence overdue.

    `begun` also holds what was given up, because a clip is missing or nobody answered: that may have been heard.
    """

    def __init__(
        self,
        length: Callable[[Order], float],
        begun: Mapping[str, Begun] | None = None,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self.begun = dict(begun or {})
        self.deaf = False
        """Whether the last order went unanswered."""
        self._length = length
        self._steady = steady
        self._waiting: list[_Entry] = []
        self._wanted: frozenset[str] = frozenset()
        self._in_hand: _InHand | None = None
        self._last: str | None = None
        self._not_before = float("-inf")

    def want(self, wanted: Iterable[Utterance], now: datetime) -> list[Utterance]:
        """All that is to be spoken now. What is not among it any more is dropped.

        Returns what of that had grown too old before its turn.
        """
        newest = _newest_of_each_window(wanted)
        before = self._not_begun()
        dropped = [entry.said for entry in before if entry.said.id not in newest]
        self._wanted = frozenset(newest)
        self._waiting = [entry for entry in self._waiting if entry.said.id in newest]
        entries = self._waiting if self._in_hand is None else [*self._waiting, self._in_hand.entry]
        known = {entry.said.id: entry for entry in entries}
        for said in newest.values():
            if said.id in known:
                known[said.id].said = said  # its words may be others since the settings were changed
            elif (readings := self._readings(said.id)) < said.times:
                self._waiting.append(_Entry(said, self._place(said, before), readings))
        self._forget(now)
        return [said for said in dropped if now > said.until]

    def next(self, volume: float, now: datetime) -> Order | None:
        """The order to be played now, which is then in hand; None while another is, or when nothing is to be said."""
        if self._in_hand is not None or self._steady() < self._not_before:
            return None
        fresh = sorted((one for one in self._waiting if now <= one.said.until), key=lambda one: one.place)
        hurried = self._is_late(fresh, now)
        self._drop_repeats(hurried, now)
        entry = next((one for one in fresh if one in self._waiting), None)
        if entry is None:
            return None
        order = self._order(entry, volume)
        if hurried and entry.said.window is not None:
            order = _hurried(order, entry.said.brief)
        self._waiting.remove(entry)
        self._last = entry.said.id
        self._in_hand = _InHand(entry, order, self._answer_by(order, order.pause))
        return order

    def unwanted(self, now: datetime) -> bool:
        """Whether the order in hand should not begin any more, if it has not."""
        hand = self._in_hand
        if hand is None or hand.began:
            return False
        said = hand.entry.said
        return said.id not in self._wanted or now > said.until or (self._emergency() and not _is_emergency(said))

    def report(self, report: Report, now: datetime) -> None:
        """What the outlet tells. What it has begun counts also when that order is not in hand: it was given out by an
        earlier life of the server, or had been taken for lost.
        """
        hand = self._in_hand
        if hand is None or report.order != hand.order.id:
            if report.phase != "failed":
                self._begun_before(report.order, now)
            return
        self.deaf = False
        if report.phase == "began":
            self._began(hand, now)
        elif report.phase == "ended":
            self._began(hand, now)
            self._read(hand)
        elif not hand.began and report.reason in _NOT_PLAYED:
            self._put_back(hand, 0.0 if report.reason == "cancelled" else _RETRY)
        elif not hand.began and report.reason == "sound_card" and hand.entry.failures + 1 < _ATTEMPTS:
            hand.entry.failures += 1
            self._put_back(hand, _RETRY)
        else:
            self._give_up(hand, now)

    def expire(self, now: datetime) -> bool:
        """Whether the order in hand was given up just now, because its answer is overdue."""
        hand = self._in_hand
        if hand is None or self._steady() <= hand.answer_by:
            return False
        self.deaf = True
        if hand.began:
            self._read(hand)
        else:
            self._give_up(hand, now)
        return True

    def move(self) -> None:
        """Its outlet is another one from now on: what sounds is left to the old one, what does not is begun anew."""
        hand, self.deaf = self._in_hand, False
        if hand is not None and hand.began:
            self._not_before = hand.answer_by - PATIENCE
            self._read(hand)
        elif hand is not None:
            self._put_back(hand, 0.0)

    def _not_begun(self) -> list[_Entry]:
        hand = self._in_hand
        entries = self._waiting if hand is None or hand.began else [*self._waiting, hand.entry]
        return [entry for entry in entries if entry.passes == 0]

    def _place(self, said: Utterance, before: Iterable[_Entry]) -> tuple[Priority, datetime, str]:
        """Its own, or that of its window's older call, which was not heard."""
        own = (said.priority, said.at, said.id)
        same = [entry.place for entry in before if said.window is not None and entry.said.window == said.window]
        return min([own, *same])

    def _drop_repeats(self, hurried: bool, now: datetime) -> None:
        waiting = sum(entry.passes == 0 for entry in self._waiting)
        if hurried or waiting > WAITING_FOR_REPEATS or self._emergency():
            for entry in self._waiting:
                if entry.passes > 0 and not _is_emergency(entry.said):
                    self._note(entry.said.id, entry.said.times, now)
            self._waiting = [one for one in self._waiting if self._readings(one.said.id) < one.said.times]

    def _emergency(self) -> bool:
        return any(_is_emergency(entry.said) for entry in self._waiting)

    def _order(self, entry: _Entry, volume: float) -> Order:
        said, again = entry.said, self._last == entry.said.id
        return Order(
            id=f"{said.id}/{entry.passes + 1}",
            clips=said.clips,
            chime=not again or _is_emergency(said),
            pause=REPEAT_PAUSE if again else NEXT_PAUSE,
            volume=volume,
            text=said.text,
        )

    def _is_late(self, fresh: Iterable[_Entry], now: datetime) -> bool:
        """Whether one of these would be too old before its turn, were they all spoken as usual."""
        at = now
        for entry in fresh:
            order = self._order(entry, 1.0)
            at += timedelta(seconds=_HANDOVER + order.pause)
            if entry.passes == 0 and at > entry.said.until:
                return True
            at += timedelta(seconds=self._length(order))
        return False

    def _answer_by(self, order: Order, pause: float = 0.0) -> float:
        return self._steady() + pause + self._length(order) + PATIENCE

    def _began(self, hand: _InHand, now: datetime) -> None:
        if hand.began:
            return
        hand.began, hand.answer_by = True, self._answer_by(hand.order)
        self._note(hand.entry.said.id, hand.entry.passes + 1, now)

    def _read(self, hand: _InHand) -> None:
        """It has been read once: it goes back into the line for the next time, if there is one."""
        self._in_hand = None
        entry = hand.entry
        entry.passes += 1
        if entry.passes < entry.said.times and entry.said.id in self._wanted:
            self._waiting.append(entry)

    def _put_back(self, hand: _InHand, pause: float) -> None:
        self._in_hand, self._not_before = None, self._steady() + pause
        if hand.entry.said.id in self._wanted:
            self._waiting.append(hand.entry)

    def _give_up(self, hand: _InHand, now: datetime) -> None:
        self._in_hand = None
        self._note(hand.entry.said.id, hand.entry.said.times, now)

    def _begun_before(self, order: str, now: datetime) -> None:
        name, _, reading = order.rpartition("/")
        if name not in self._wanted or not reading.isdecimal():
            return
        self._note(name, int(reading), now)
        for entry in self._waiting:
            entry.passes = max(entry.passes, self._readings(entry.said.id))
        self._waiting = [entry for entry in self._waiting if entry.passes < entry.said.times]

    def _readings(self, name: str) -> int:
        return self.begun[name].readings if name in self.begun else 0

    def _note(self, name: str, readings: int, now: datetime) -> None:
        first = self.begun.get(name, Begun(now, 0))
        self.begun[name] = Begun(first.at, max(first.readings, readings))

    def _forget(self, now: datetime) -> None:
        self.begun = {name: one for name, one in self.begun.items() if name in self._wanted or now - one.at <= KEPT}


def _newest_of_each_window(wanted: Iterable[Utterance]) -> dict[str, Utterance]:
    found: dict[str, Utterance] = {}
    for said in sorted(wanted, key=lambda one: (one.at, one.id)):
        found[said.id if said.window is None else f"window {said.window}"] = said
    return {said.id: said for said in found.values()}


def _hurried(order: Order, brief: Announcement | None) -> Order:
    order = replace(order, chime=False, pause=HURRIED_PAUSE)
    return order if brief is None else replace(order, clips=brief.clips, text=brief.text)


def _is_emergency(said: Utterance) -> bool:
    return said.priority is Priority.EMERGENCY
