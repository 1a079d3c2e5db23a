"""The moving part: takes bytes from a bounded buffer, prints at so many mm/s, stops for faults, cuts."""

from __future__ import annotations

import logging
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
from kiosk.virtual_printer.supply import Supply
from kiosk.virtual_printer.typesetter import Typesetter

_log = logging.getLogger(__name__)

_STEP_MM: Final = 2.0  # between two looks at cover, paper and power
_SLOT_SECONDS: Final = 0.05  # how long a cut paper waits for a question that belongs to it
_MAX_ERRORS: Final = 1000
_REAL_TIME: Final = frozenset(("DLE EOT", "DLE ENQ", "DLE DC4"))


class _PowerGone(Exception):
    """The power went, the buffer was cleared, or the printer is being stopped, while something was under way."""


class Mechanism:
    """One print head with its buffer, roll and knife; `run` is its thread.

    Shared state is guarded by one condition, which is notified on every change of it. `answer` makes the answer to a
    question; `reply` carries what the printer says back to whoever is connected.
    """

    def __init__(
        self,
        archive: Archive,
        typesetter: Callable[[], Typesetter],
        faults: Faults,
        *,
        speed: float,
        buffer_size: int,
        answer: Callable[[Command, Faults], bytes],
        reply: Callable[[bytes], None],
    ) -> None:
        self.changed = threading.Condition()
        self.errors: list[str] = []
        self.papers: list[Path] = []
        self.pulses = 0
        self._archive = archive
        self._new_typesetter = typesetter
        self._speed = speed
        self._buffer_size = buffer_size
        self._answer = answer
        self._reply = reply
        self._faults = HEALTHY
        self._supply = Supply()
        self._stopping = self._asb = False
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

    @property
    def powered(self) -> bool:
        """Whether it is on."""
        return self._supply.power

    @property
    def stopping(self) -> bool:
        """Whether it is being switched off for good."""
        return self._stopping

    def set_faults(self, faults: Faults) -> None:
        """Put `faults` in force. A changed roll or power fault starts counting anew."""
        with self.changed:
            self._faults = faults
            if self._supply.become(faults):
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
                self._supply.received(len(part))
                if self.powered:
                    self._buffer += part
                else:
                    self._begin()
                self.changed.notify_all()

    def clear(self) -> None:
        """`DLE DC4` fn 8: forget what was received and not printed yet, and the modes with it."""
        with self.changed:
            asb = self._asb
            self._begin()
            self._asb = asb
            self.changed.notify_all()

    def recover(self) -> None:
        """`DLE ENQ`: whatever held the knife has been taken away."""
        if self._faults.error:
            self.set_faults(replace(self._faults, error=False))

    def pulse(self) -> None:
        """Open the drawer."""
        with self.changed:
            self.pulses += 1
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
        if command.name in _REAL_TIME:
            return  # obeyed when it was received
        self._wait_until_ready(life)
        if command.name in answers.ACKNOWLEDGEMENTS:
            (self._slot or self._sheet).raw.extend(command.raw)
            self._deliver()
            self._acknowledge(command, life)
            return
        self._deliver()
        self._sheet.raw += command.raw
        try:
            self._print(command, life)
        except CommandInvalid as error:
            self._complain(str(error))

    def _print(self, command: Command, life: int) -> None:
        """Raises CommandInvalid."""
        match command.name:
            case name if name == UNKNOWN:
                raise CommandInvalid(f"unknown command {command.raw[:8].hex(' ')}")
            case "GS a":
                self._asb = command.args != b"\x00"
                self._say_automatically()
            case "GS I":
                self._reply(self._answer(command, self._faults))
            case "ESC p":
                if command.args[0] not in (0, 1, 48, 49):
                    raise CommandInvalid(f"ESC p {command.args[0]}")
                self.pulse()
            case name:
                for row in self._typesetter.apply(command):
                    self._feed(row.dots, life, row)
                if name == "GS V":
                    self._cut(life)

    def _cut(self, life: int) -> None:
        with self.changed:
            jammed = self._faults.jam
            if jammed:
                self._faults = replace(self._faults, jam=False, error=True)
                self.changed.notify_all()
        if jammed:
            self._say_automatically()
            self._wait_until_ready(life)
        with self.changed:
            self._slot, self._sheet = self._sheet, Sheet()
        if self._faults.power_off_after_cut:
            self._deliver()
            with self.changed:
                self._lose_power()
            raise _PowerGone

    def _feed(self, dots: int, life: int, row: Row) -> None:
        """Move the paper at the mechanism's speed; the row counts as printed once it is wholly out."""
        left = dots / DOTS_PER_MM
        while left > 0:
            self._wait_until_ready(life)
            with self.changed:
                step = min(left, self._supply.travel_mm, _STEP_MM)
                self._idle_at = max(self._idle_at, time.monotonic()) + step / self._speed
                self.changed.wait_for(lambda: self._gone(life), timeout=max(0.0, self._idle_at - time.monotonic()))
                if self._gone(life):
                    raise _PowerGone
                left -= step
                ran_out = self._move(step)
            if ran_out:
                self._say_automatically()
        with self.changed:
            self._sheet.rows.append(row)

    def _move(self, mm: float) -> bool:
        """The paper has moved; whether the roll ended with it. Called with the lock held. Raises _PowerGone."""
        self._supply.printed(mm)
        if not self.powered:
            self._lose_power()
            raise _PowerGone
        if self._supply.roll_mm > 0:
            return False
        self._faults = replace(self._faults, paper_out=True, paper_out_after_mm=None)
        self._supply.become(self._faults)
        self.changed.notify_all()
        return True

    def _lose_power(self) -> None:
        """Called with the lock held."""
        self._supply.cut_off()
        self._begin()
        self.changed.notify_all()

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

    def _acknowledge(self, command: Command, life: int) -> None:
        try:
            answer = self._answer(command, self._faults)
        except CommandInvalid as error:
            self._complain(str(error))
            return
        if self._faults.late_ack:
            with self.changed:
                self.changed.wait_for(lambda: self._gone(life), timeout=self._faults.late_ack)
                if self._gone(life):
                    raise _PowerGone
        self._reply(answer)

    def _say_automatically(self) -> None:
        if self._asb and self.powered and not self._faults.mute:
            self._reply(answers.automatic(self._faults))

    def _complain(self, error: str) -> None:
        _log.warning("virtual printer: %s", error)
        if len(self.errors) < _MAX_ERRORS:
            self.errors.append(error)
