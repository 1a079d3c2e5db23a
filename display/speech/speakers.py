"""The hall's speakers at work: a line of announcements for each, and the outlet where it sounds."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import gevent
from gevent.event import Event

from display.speech.lengths import Lengths
from display.speech.line import Begun, Line
from display.speech.memory import SpokenMemory
from display.speech.outlet import Condition, Outlet, Report, Tell
from display.speech.page_voice import NOT_CONNECTED
from display.speech.page_voices import PageVoices
from display.speech.utterance import Utterance
from display.speech.wanted import wanted
from display.speech.words import HallWords
from server.config.live import LiveSettings
from server.config.screens import SpeakerSettings
from server.engine import EngineError, HallEngine
from server.terminal import Subscription

_log = logging.getLogger(__name__)
ROUND: Final = 0.5
"""Seconds. A call grows too old, and a muted hour comes, without any event."""
COMING_BACK: Final = 2.5
"""Seconds after this process came to serve the hall before it says anything: by then a screen that is still in the
middle of a sentence, from before a restart or of another server, has come back and says so.
"""
_STANDBY: Final = 0.1
"""Seconds between two looks whether this process serves the hall: its outlets are there before the first page comes."""
_DEAF: Final = Condition("blocked", "deaf")
_OVERDUE: Final = Condition("blocked", "overdue")
_UNSPEAKABLE: Final = Condition("blocked", "unspeakable")
_SHOWN: Final = 60.0
"""Seconds for which it is shown of a speaker that a call grew too old before its turn."""

OutletFor = Callable[[SpeakerSettings, Tell], Outlet]


class _Speaker:
    """One speaker of the configuration. Reports come from any greenlet and wait for the next turn."""

    def __init__(self, settings: SpeakerSettings, line: Line, outlet_for: OutletFor, wake: Callable[[], None]) -> None:
        self.settings = settings
        self.line = line
        self.reports: deque[Report] = deque()
        self._wake = wake
        self._overdue = float("-inf")
        self.outlet = outlet_for(settings, self._tell)

    @property
    def condition(self) -> Condition:
        condition = self.outlet.condition
        if condition.state == "ready" and self.line.deaf:
            return _DEAF
        if condition.state == "ready" and time.monotonic() - self._overdue < _SHOWN:
            return _OVERDUE
        return condition

    @property
    def can_play(self) -> bool:
        """Where some recordings are missing, the others are still heard."""
        condition = self.outlet.condition
        return condition.state == "ready" or condition.reason == "clips_missing"

    def want(self, wanted: Iterable[Utterance], now: datetime) -> None:
        for said in self.line.want(wanted, now):
            self._overdue = time.monotonic()
            _log.warning("speaker %s: too old before its turn, and not spoken: %s", self.settings.id, said.text)

    def _tell(self, report: Report) -> None:
        self.reports.append(report)
        self._wake()


class Speakers:
    """The agent. `refresh(screen)` sends a screen's pages what changed for them."""

    def __init__(
        self,
        hall: HallEngine,
        live: LiveSettings,
        outlet_for: OutletFor,
        voices: PageVoices,
        refresh: Callable[[str], None],
    ) -> None:
        self._hall = hall
        self._live = live
        self._outlet_for = outlet_for
        self._refresh = refresh
        self._words = HallWords(live)
        self._memory = SpokenMemory(Path(live.now.server.data))
        self._lengths = Lengths(live)
        self._speakers: dict[str, _Speaker] = {}
        self._lines: dict[str, Line] = {}
        self._kept: dict[str, dict[str, Begun]] = {}
        self._changed: set[str] = set()
        self._woken = Event()
        self._since: float | None = None
        self._running: gevent.Greenlet[..., None] | None = None
        voices.changed = self._screen_changed

    def subscription(self) -> Subscription:
        return Subscription("speakers", lambda events: self._woken.set())

    def start(self) -> None:
        self._running = gevent.spawn(self._run)

    def stop(self) -> None:
        if self._running is not None:
            self._running.kill()
        for name in list(self._speakers):
            self._take_down(name)

    def states(self) -> list[dict[str, Any]]:
        """A speaker is ready when what it is told would be heard."""
        return [self._state(settings.id) for settings in self._live.now.speakers]

    def _state(self, name: str) -> dict[str, Any]:
        found = self._speakers.get(name)
        condition = found.condition if found is not None else NOT_CONNECTED
        if condition.state == "ready" and self._words.fails:
            condition = _UNSPEAKABLE
        return {"kind": "speaker", "id": name, "state": condition.state, "reason": condition.reason}

    def _screen_changed(self, screen: str) -> None:
        self._changed.add(screen)
        self._woken.set()

    def _run(self) -> None:
        while True:
            try:
                self._turn()
            except EngineError as error:
                _log.debug("speakers: %s", error.code)
                self._stand_by()
            except Exception:  # noqa: BLE001 — the loop's outermost edge: one failure must not silence the hall
                _log.exception("speakers failed")
            self._woken.wait(ROUND if self._since is not None else _STANDBY)
            self._woken.clear()

    def _turn(self) -> None:
        wanted = self._wanted()
        if self._since is None:
            self._serve()
        self._put_up()
        for name, speaker in self._speakers.items():
            speaker.want(wanted.get(name, ()), self._hall.clock())
            self._hear(speaker)
        self._keep()
        for speaker in self._speakers.values():
            self._move_on(speaker)
        while self._changed:
            self._refresh(self._changed.pop())

    def _serve(self) -> None:
        """The hall is this process's now. What another one began here meanwhile is in the file."""
        self._since = time.monotonic()
        if not self._lines:
            self._kept = self._memory.read()

    def _stand_by(self) -> None:
        """The hall is not this process's: whoever has it speaks, so nothing is begun here."""
        self._since = None
        for speaker in self._speakers.values():
            speaker.outlet.drop()

    def _put_up(self) -> None:
        """The speakers as the configuration has them now."""
        configured = {settings.id: settings for settings in self._live.now.speakers}
        for name, speaker in list(self._speakers.items()):
            if name not in configured or configured[name].at != speaker.settings.at:
                self._take_down(name)
        for name, settings in configured.items():
            if name in self._speakers:
                self._speakers[name].settings = settings
            else:
                line = self._lines.setdefault(name, Line(self._lengths.of, self._kept.get(name)))
                self._speakers[name] = _Speaker(settings, line, self._outlet_for, self._woken.set)
                self._speakers[name].outlet.start()

    def _take_down(self, name: str) -> None:
        """Its line stays: it may come back, or sound elsewhere."""
        speaker = self._speakers.pop(name)
        self._hear(speaker)
        speaker.line.move()
        speaker.outlet.stop()

    def _hear(self, speaker: _Speaker) -> None:
        while speaker.reports:
            speaker.line.report(speaker.reports.popleft(), self._hall.clock())

    def _keep(self) -> None:
        begun = {name: line.begun for name, line in self._lines.items()}
        if any(own.items() - self._kept.get(name, {}).items() for name, own in begun.items()):
            self._kept = {name: dict(own) for name, own in begun.items()}
            self._memory.write(self._kept)

    def _wanted(self) -> dict[str, list[Utterance]]:
        settings, now = self._live.now, self._hall.clock()
        return self._hall.read(
            lambda state: {one.id: wanted(state, settings, one, self._words, now) for one in settings.speakers}
        )

    def _move_on(self, speaker: _Speaker) -> None:
        line, outlet, now = speaker.line, speaker.outlet, self._hall.clock()
        if line.expire(now) or line.unwanted(now):
            outlet.drop()
        if not speaker.can_play:
            line.deaf = False
        elif self._since is not None and time.monotonic() - self._since >= COMING_BACK:
            order = line.next(speaker.settings.volume, now)
            if order is not None:
                outlet.play(order)
