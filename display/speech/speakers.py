"""The hall's speakers at work: a line of announcements for each, and the outlet where it sounds."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import gevent
from gevent.event import Event

from display.speech.lengths import Lengths
from display.speech.line import Line
from display.speech.memory import SpokenMemory
from display.speech.outlet import Condition, Outlet, Report, Tell
from display.speech.page_voices import PageVoices
from display.speech.typed import TypedClips
from display.speech.utterance import Utterance
from display.speech.wanted import wanted
from server.config.live import LiveSettings
from server.config.screens import SpeakerSettings
from server.engine import EngineError, HallEngine
from server.terminal import Subscription

_log = logging.getLogger(__name__)
ROUND: Final = 0.5
"""Seconds. A call grows too old, and a muted hour comes, without any event."""
COMING_BACK: Final = 2.5
"""Seconds after the start before anything is said: by then a screen that is still in the middle of a sentence, from
before the server was started again, has come back and says so.
"""
_DEAF: Final = Condition("blocked", "deaf")

OutletFor = Callable[[SpeakerSettings, Tell], Outlet]


class _Speaker:
    """One speaker of the configuration. Reports come from any greenlet and wait for the next turn."""

    def __init__(self, settings: SpeakerSettings, line: Line, outlet_for: OutletFor, wake: Callable[[], None]) -> None:
        self.settings = settings
        self.line = line
        self.reports: deque[Report] = deque()
        self._wake = wake
        self.outlet = outlet_for(settings, self._tell)

    @property
    def condition(self) -> Condition:
        condition = self.outlet.condition
        return _DEAF if self.line.deaf and condition.state == "ready" else condition

    @property
    def can_play(self) -> bool:
        """Where some recordings are missing, the others are still heard."""
        condition = self.outlet.condition
        return condition.state == "ready" or condition.reason == "clips_missing"

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
        self._memory = SpokenMemory(Path(live.now.server.data))
        self._lengths = Lengths(live)
        self._speakers: dict[str, _Speaker] = {}
        self._begun: dict[str, Any] = {}
        self._changed: set[str] = set()
        self._woken = Event()
        self._typed = TypedClips(live, self._woken.set)
        self._since = time.monotonic()
        self._running: gevent.Greenlet[..., None] | None = None
        voices.changed = self._screen_changed

    def subscription(self) -> Subscription:
        return Subscription("speakers", lambda events: self._woken.set())

    def start(self) -> None:
        self._since = time.monotonic()
        self._begun = self._memory.read()
        self._running = gevent.spawn(self._run)

    def stop(self) -> None:
        if self._running is not None:
            self._running.kill()
        for name in list(self._speakers):
            self._take_down(name)

    def states(self) -> list[dict[str, Any]]:
        """A speaker is ready when what it is told would be heard."""
        return [self._state(speaker) for speaker in self._speakers.values()]

    def _state(self, speaker: _Speaker) -> dict[str, Any]:
        condition = speaker.condition
        return {
            "kind": "speaker",
            "id": speaker.settings.id,
            "state": condition.state,
            "reason": condition.reason,
        }

    def _screen_changed(self, screen: str) -> None:
        self._changed.add(screen)
        self._woken.set()

    def _run(self) -> None:
        while True:
            self._woken.wait(ROUND)
            self._woken.clear()
            try:
                self._turn()
            except EngineError as error:
                _log.debug("speakers: %s", error.code)
            except Exception:  # noqa: BLE001 — the loop's outermost edge: one failure must not silence the hall
                _log.exception("speakers failed")

    def _turn(self) -> None:
        self._put_up()
        now = self._hall.clock()
        for speaker in self._speakers.values():
            while speaker.reports:
                speaker.line.report(speaker.reports.popleft(), now)
        self._keep()
        for name, said in self._wanted().items():
            if name in self._speakers:
                self._move_on(self._speakers[name], said)
        while self._changed:
            self._refresh(self._changed.pop())

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
                line = Line(self._lengths.of, self._begun.get(name))
                self._speakers[name] = _Speaker(settings, line, self._outlet_for, self._woken.set)
                self._speakers[name].outlet.start()

    def _take_down(self, name: str) -> None:
        speaker = self._speakers.pop(name)
        self._begun[name] = speaker.line.begun
        speaker.outlet.stop()

    def _keep(self) -> None:
        begun = {name: speaker.line.begun for name, speaker in self._speakers.items()}
        if any(own.keys() - self._begun.get(name, {}).keys() for name, own in begun.items()):
            self._begun = {name: dict(own) for name, own in begun.items()}
            self._memory.write(self._begun)

    def _wanted(self) -> dict[str, list[Utterance]]:
        settings, now = self._live.now, self._hall.clock()
        return self._hall.read(
            lambda state: {one.id: wanted(state, settings, one, self._typed, now) for one in settings.speakers}
        )

    def _move_on(self, speaker: _Speaker, said: list[Utterance]) -> None:
        line, outlet, now = speaker.line, speaker.outlet, self._hall.clock()
        line.want(said, now)
        if line.expire(now) or line.unwanted(now):
            outlet.drop()
        if not speaker.can_play:
            line.deaf = False
        elif time.monotonic() - self._since >= COMING_BACK:
            order = line.next(speaker.settings.volume, now)
            if order is not None:
                outlet.play(order)
