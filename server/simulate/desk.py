"""One window's buttons, each with what it does to the book."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from gevent.event import Event

from server.simulate.book import Record
from server.simulate.citizens import Asked, Citizens
from server.simulate.floor import Floor
from server.simulate.http_client import Answer
from server.simulate.visit import Visit

_RACES = frozenset({"window_paused", "already_voted", "too_late_to_undo"})
"""Refusals that an ordinary day brings along; any other one of a clerk's means that the book and the hall differ."""

_LONGEST_RATING = 0.2
"""Seconds."""


class Desk:
    """`at`: the number that stands at the window, as the clerk's screen shows it."""

    def __init__(self, number: int, floor: Floor, citizens: Citizens) -> None:
        self.number = number
        self.at: Record | None = None
        self._floor = floor
        self._citizens = citizens
        self._clerk = floor.clerk_of(number)
        self._rating: Event | None = None

    def press(self, button: str, body: dict[str, Any] | None = None) -> Answer:
        return self._floor.api.staff(f"windows/{self.number}/{button}", body or {}, self._clerk)

    def call_next(self) -> Record | None:
        """Finishes whoever is at the window, too. None: nobody waits, or a pause came in between."""
        before = self.at
        if before is None:
            answer = self.press("call-next", {"seen": ""})
        else:
            with self._floor.alone(before):
                answer = self.press("call-next", {"seen": before.id})
                if answer.ok:
                    self._left(before)
        if not answer.ok:
            self._expect(answer, "call-next", before)
        return self._arrived(answer.body["ticket"]) if answer.ok and answer.body else None

    def serve_directly(self, visit: Visit) -> Record | None:
        """直接办理, at a free window."""
        with self._floor.asking():
            answer = self.press("direct", {"service": visit.service, "seen": ""})
            if not answer.ok:
                self._expect(answer, "direct", None)
                return None
            record = self._floor.issued(answer.body["ticket"], visit)
        self._floor.book.called(record, self.number)
        self._floor.book.started(record)
        self.at = record
        return record

    def wait_for_rating(self) -> None:
        """Whoever was here before is still at the evaluator: the next one stands behind, for a moment."""
        if self._rating is not None:
            self._rating.wait(_LONGEST_RATING)
        self._rating = None

    def recall(self) -> None:
        self._on("recall", lambda record: None)

    def start(self) -> bool:
        return self._on("start", self._floor.book.started)

    def finish(self) -> bool:
        record = self.at
        return record is None or self._on("finish", self._left)

    def no_show(self) -> bool:
        """Called again as often as the hall wants it before anybody is passed."""
        for _ in range(9):
            if self._on("no-show", self._passed, quietly=True):
                return True
            self.recall()
        return False

    def put_back(self) -> bool:
        """The citizen cannot come just now and stays in line."""
        record = self.at
        if record is None:
            return False
        with self._floor.alone(record):
            answer = self._floor.api.staff(f"tickets/{record.id}/rejoin", {"last": False}, self._clerk)
            if answer.ok:
                self._floor.book.rejoined(record)
                self.at = None
        return answer.ok

    def hold(self, kind: str) -> bool:
        # One minute is the shortest the hall takes, and a real one: the clerk usually goes on before it is over.
        minutes = 1 if kind == "waiting" else None

        def noted(record: Record) -> None:
            self._floor.book.on_hold(record, wakes=kind == "waiting")
            self.at = None

        return self._on("hold", noted, {"kind": kind, "minutes": minutes, "reason": "等待补件"})

    def resume(self, record: Record) -> bool:
        """False when it has woken by itself meanwhile, or its papers are elsewhere."""
        with self._floor.alone(record):
            if record.state != "held":
                return False
            answer = self.press("resume", {"ticket": record.id, "seen": ""})
            if answer.ok:
                self._floor.book.resumed(record, self.number)
                self.at = record
        return answer.ok

    def transfer(self, target: dict[str, Any]) -> bool:
        """False when nobody works where it should go."""

        def noted(record: Record) -> None:
            self._floor.book.transferred(record, self.number if target["returns"] else None)
            self.at = None

        return self._on("transfer", noted, target, quietly=True)

    def undo(self, record: Record, note: Callable[[Record, int], None]) -> bool:
        """Take the finish or the no-show back; `note` writes down which of the two it was."""
        with self._floor.alone(record):
            answer = self.press("undo", {"ticket": record.id})
            if answer.ok:
                note(record, self.number)
                self._floor.book.check_answer(record, answer.body["ticket"])
                self.at = record
            else:
                self._expect(answer, "undo", record)
        return answer.ok

    def verify(self) -> None:
        self._on("verify", lambda record: None, {"verified": True})

    def _on(
        self,
        button: str,
        note: Callable[[Record], None],
        body: dict[str, Any] | None = None,
        *,
        quietly: bool = False,
    ) -> bool:
        """Press a button for the number at the window. `quietly`: being refused is part of the day."""
        record = self.at
        if record is None:
            return False
        with self._floor.alone(record):
            answer = self.press(button, {"seen": record.id, **(body or {})})
            if answer.ok:
                note(record)
                self._floor.book.check_answer(record, answer.body["ticket"])
            elif not quietly:
                self._expect(answer, button, record)
        return answer.ok

    def _arrived(self, ticket: dict[str, Any]) -> Record:
        record = self._floor.record(ticket)
        with self._floor.alone(record):
            self._floor.book.called(record, self.number)
        self.at = record
        return record

    def _left(self, record: Record) -> None:
        """Finished: the citizen turns to the evaluator, or does not."""
        leg, floor = record.legs, self._floor
        floor.book.finished(record)
        self.at = None
        vote = record.visit.vote_of(leg)
        if vote is not None and floor.api.has_evaluator:
            asked = Asked(record, leg, record.finishes, self.number, vote)
            self._rating = Event()
            floor.agenda.add(floor.pace.minute + vote.after, partial(self._rate, asked, self._rating))

    def _rate(self, asked: Asked, rating: Event) -> None:
        try:
            self._citizens.rate(asked)
        finally:
            rating.set()

    def _passed(self, record: Record) -> None:
        self._floor.book.passed(record)
        self.at = None

    def _expect(self, answer: Answer, button: str, record: Record | None) -> None:
        if answer.code not in _RACES:
            about = f" of {record.number}" if record else ""
            self._floor.book.problems.append(f"{button}{about} at window {self.number} was refused: {answer.code}")
