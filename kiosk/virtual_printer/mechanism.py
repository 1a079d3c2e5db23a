"""The moving part: takes bytes from a bounded buffer, prints at so many mm/s, stops for faults, cuts."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from kiosk.virtual_printer import answers
from kiosk.virtual_printer.archive import Archive
from kiosk.virtual_printer.commands import UNKNOWN, Command, CommandInvalid, CommandParser
from kiosk.virtual_printer.faults import HEALTHY, Faults
from kiosk.virtual_printer.sheet import DOTS_PER_MM, Row, Sheet
from kiosk.virtual_printer.typesetter import Typesetter

_log = logging.getLogger(__name__)

_STEP_MM: Final = 2.0  # between two looks at cover, paper and power
_SLOT_SECONDS: Final = 0.05  # how long a cut paper waits for a question that belongs to it
_QUESTIONS: Final = frozenset(("GS ( H", "GS r"))


class _PowerGone(Exception):
    """The power went, or the printer is being stopped, while something was under way."""


class Mechanism:
    """One print head with its buffer, roll and knife; `run` is its thread.

    Shared state is guarded by one condition, which is notified on every change of it. `reply` carries what the printer
    says back to whoever is connected.
    """

    def __init__(
        self,
        archive: Archive,
        typesetter: Callable[[], Typesetter],
        faults: Faults,
        *,
        speed: float,
        buffer_size: int,
        reply: Callable[[bytes], None],
    ) -> None:
        self.changed = threading.Condition()
        self.errors: list[str] = []
        self.papers: list[Path] = []
        self._archive = archive
        self._new_typesetter = typesetter
        self._speed = speed
        self._buffer_size = buffer_size
        self._reply = reply
        self._faults = HEALTHY
        self._roll_mm = math.inf
        self._bytes_to_live = math.inf
        self.powered, self._stopping, self._asb = True, False, False
        self._buffer = bytearray()
        self._sheet = Sheet()
        self._slot: Sheet | None = None
        self._idle_at = 0.0
        self._life = self._work_life = 0  # counts power-ups, so that work begun in an earlier life ends
        self._parser, self._typesetter = CommandParser(), typesetter()
        self.set_faults(faults)

    @property
    def faults(self) -> Faults:
        """The faults in force; a roll that ran out shows as `paper_out`."""
        return self._faults

    def set_faults(self, faults: Faults) -> None:
        """Put `faults` in force. A changed roll or power fault starts counting anew."""
        with self.changed:
            old, self._faults = self._faults, faults
            if (old.paper_out, old.paper_out_after_mm) != (faults.paper_out, faults.paper_out_after_mm):
                after = math.inf if faults.paper_out_after_mm is None else faults.paper_out_after_mm
                self._roll_mm = 0.0 if faults.paper_out else after
            if (old.power_off_after_bytes, old.power_off) != (faults.power_off_after_bytes, faults.power_off):
                limit = faults.power_off_after_bytes
                self._bytes_to_live = math.inf if limit is None else limit
                self.powered = self._bytes_to_live > 0
                self._begin()
            self.changed.notify_all()
        self._say_automatically()

    def take_in(self, data: bytes) -> None:
        """Put received bytes into the buffer, waiting for room; returns early when the power goes."""
        for start in range(0, len(data), self._buffer_size):
            part = data[start : start + self._buffer_size]
            with self.changed:
                life = self._life
                self.changed.wait_for(partial(self._can_take, len(part), life))
                if self._gone(life):
                    return
                self._bytes_to_live -= len(part)
                if self._bytes_to_live <= 0:
                    self.powered = False
                    self._begin()
                else:
                    self._buffer += part
                self.changed.notify_all()

    def stop(self) -> None:
        """End `run` and every wait."""
        with self.changed:
            self._stopping = True
            self.changed.notify_all()

    def uncut_text(self) -> str:
        """What hangs out of the printer, printed and not cut."""
        with self.changed:
            return self._sheet.text()

    def run(self) -> None:
        """Print until stopped."""
        while not self._stopping:
            with self.changed:
                self.changed.wait_for(
                    lambda: self._stopping or (self.powered and self._buffer),
                    timeout=_SLOT_SECONDS if self._slot else None,
                )
                life, data = self._life, bytes(self._buffer)
                self._buffer.clear()
                self.changed.notify_all()
            if life != self._work_life:
                self._work_life, self._parser, self._typesetter = life, CommandParser(), self._new_typesetter()
            try:
                if data:
                    for command in self._parser.feed(data):
                        self._execute(command, life)
                elif self._slot:
                    self._deliver()
            except _PowerGone:
                continue

    def _begin(self) -> None:
        """A new life: everything volatile is gone, the paper stays where it is. Called with the lock held."""
        self._life += 1
        self._buffer.clear()
        self._asb = False

    def _gone(self, life: int) -> bool:
        return self._stopping or not self.powered or life != self._life

    def _can_take(self, count: int, life: int) -> bool:
        return self._gone(life) or len(self._buffer) + count <= self._buffer_size

    def _execute(self, command: Command, life: int) -> None:
        if command.name == "DLE EOT":
            return  # answered when it was received
        self._wait_until_ready(life)
        if command.name in _QUESTIONS:
            (self._slot or self._sheet).raw.extend(command.raw)
            self._deliver()
            self._answer(command)
            return
        self._deliver()
        self._sheet.raw += command.raw
        try:
            self._print(command, life)
        except CommandInvalid as error:
            self._complain(str(error))

    def _print(self, command: Command, life: int) -> None:
        if command.name == UNKNOWN:
            self._complain(f"unknown command {command.raw[:8].hex(' ')}")
            return
        if command.name == "GS a":
            self._asb = command.args != b"\x00"
            self._say_automatically()
            return
        for row in self._typesetter.apply(command):
            self._feed(row.dots, life, row)
        if command.name == "GS V":
            self._cut(command.args, life)

    def _cut(self, args: bytes, life: int) -> None:
        if args[0] not in (0, 1, 48, 49, 65, 66):
            raise CommandInvalid(f"GS V {args[0]}")
        if len(args) == 2:
            self._feed(args[1], life, None)
        with self.changed:
            self._slot, self._sheet = self._sheet, Sheet()

    def _feed(self, dots: int, life: int, row: Row | None) -> None:
        """Move the paper at the mechanism's speed; the row counts as printed once it is wholly out."""
        left = dots / DOTS_PER_MM
        while left > 0:
            self._wait_until_ready(life)
            with self.changed:
                step = min(left, self._roll_mm, _STEP_MM)
                self._idle_at = max(self._idle_at, time.monotonic()) + step / self._speed
                self.changed.wait_for(lambda: self._gone(life), timeout=max(0.0, self._idle_at - time.monotonic()))
                if self._gone(life):
                    raise _PowerGone
                left -= step
                self._roll_mm -= step
                ran_out = self._roll_mm <= 0
                if ran_out:
                    self._faults = replace(self._faults, paper_out=True, paper_out_after_mm=None)
                    self.changed.notify_all()
            if ran_out:
                self._say_automatically()
        if row is not None:
            with self.changed:
                self._sheet.rows.append(row)

    def _wait_until_ready(self, life: int) -> None:
        with self.changed:
            self.changed.wait_for(lambda: self._gone(life) or not self._faults.stopped)
            if self._gone(life):
                raise _PowerGone

    def _deliver(self) -> None:
        """Let the cut paper fall: it is in the folder before anybody is told that it is done."""
        if self._slot is None:
            return
        slot, self._slot = self._slot, None
        try:
            path = self._archive.keep(slot)
        except OSError as error:
            self._complain(f"paper not kept: {error}")
            return
        with self.changed:
            self.papers.append(path)
            self.changed.notify_all()

    def _answer(self, command: Command) -> None:
        try:
            answer = answers.to_question(command, self._faults)
        except CommandInvalid as error:
            self._complain(str(error))
            return
        self._reply(answer)

    def _say_automatically(self) -> None:
        if self._asb and self.powered and not self._faults.mute:
            self._reply(answers.automatic(self._faults))

    def _complain(self, error: str) -> None:
        _log.warning("virtual printer: %s", error)
        self.errors.append(error)
