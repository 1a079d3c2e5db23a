"""Pads that hang on other PCs: what they should show is told to the agents there, and their presses come from them.

An agent says with each poll what it was told last, so that nothing hangs on a message that got lost.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from gevent import Timeout
from gevent.event import AsyncResult, Event

from evaluator.pad_agent import CHANGE_WHAT_PADS_SHOW
from evaluator.session import wanted
from evaluator.wire import Goal, PadsPollIn, PadsPollOut, PadsSaid, PadState
from server.config import Settings
from server.config.devices import PadSettings
from server.engine import HallEngine
from server.hall.events import Recorded
from server.hall.state import HallState
from server.messages.letters import SteadyTime
from server.terminal import Subscription
from server.web.clock_elsewhere import ClockElsewhere
from server.web.errors import Refused
from server.web.presence import Presence

_log = logging.getLogger(__name__)
HELD: Final = 1.0
"""Seconds that a poll is held while nothing changes. An agent waits 2 s longer, then the server is dead."""
BACK_WITHIN: Final = 2.0
"""Seconds from the end of a poll to the next one; later, and the agent is away."""
_START: Final = 8.0  # seconds in which an agent finds a server that was started again
_WORD: Final = HELD + 2.0  # seconds for the agent's word on what a leader wants of it
_LOOK: Final = 0.25  # seconds between two looks at whether somebody has left
_UNHEARD: Final = PadState(state="unknown")
_AWAY: Final = PadState(state="offline", reason="agent_away")
_MISSING: Final = PadState(state="blocked", reason="no_pad")


class RemotePads:
    """The posts of all agents."""

    def __init__(self, hall: HallEngine, settings: Settings) -> None:
        by_agent: dict[str, list[PadSettings]] = {}
        for pad in settings.pads:
            if pad.agent is not None:
                by_agent.setdefault(pad.agent, []).append(pad)
        self._posts = {agent: AgentPost(agent, hall, pads) for agent, pads in by_agent.items()}

    def post(self, agent: str) -> AgentPost:
        """Raises Refused for an agent at which the configuration places no pads."""
        if agent not in self._posts:
            raise Refused(403, "forbidden")
        return self._posts[agent]

    def subscription(self) -> Subscription:
        return Subscription("pads elsewhere", self._happened, CHANGE_WHAT_PADS_SHOW)

    def start(self) -> None:
        for post in self._posts.values():
            post.start()

    def stop(self) -> None:
        for post in self._posts.values():
            post.stop()

    def states(self) -> list[dict[str, Any]]:
        return [state for post in self._posts.values() for state in post.states()]

    def take_back(self, kind: str, name: str) -> bool | None:
        """See `server.terminal.TakesBack`. Raises Refused as AgentPost.take_back."""
        found = [post for post in self._posts.values() if post.has(kind, name)]
        return all([post.take_back(int(name)) for post in found]) if found else None

    def _happened(self, events: Sequence[Recorded]) -> None:
        for post in self._posts.values():
            post.look()


@dataclass(frozen=True, slots=True)
class _TakeBack:
    """A leader waits for the agent's `word` on the pad at `window`."""

    window: int
    word: AsyncResult[bool | None] = field(default_factory=AsyncResult)


class AgentPost:
    """One agent's place at the server, whether it is there or not."""

    def __init__(self, name: str, hall: HallEngine, pads: list[PadSettings]) -> None:
        self._name = name
        self._hall = hall
        self._pads = pads
        self._presence = Presence(name, BACK_WITHIN)
        self._clock = ClockElsewhere()
        self._states: dict[int, PadState] | None = None
        self._orders: dict[str, _TakeBack] = {}
        self._woken = Event()

    def start(self) -> None:
        """It is not known yet whether the agent is there: it has a while to find the server again."""
        self._states = None
        self._presence.expect(_START)

    def stop(self) -> None:
        self._presence.expect(0.0)
        self._woken.set()

    def look(self) -> None:
        """Something happened: pads may have to show something else."""
        self._woken.set()

    def states(self) -> list[dict[str, Any]]:
        """See Agent.states."""
        return [
            {"kind": "pad", "id": str(pad.window), "window": pad.window, **self._state_of(pad.window).model_dump()}
            for pad in self._pads
        ]

    def has(self, kind: str, name: str) -> bool:
        """Whether the configuration places this device here."""
        return kind == "pad" and any(str(pad.window) == name for pad in self._pads)

    def take_back(self, window: int) -> bool:
        """See `server.terminal.TakesBack`. Raises Refused when the agent is away, or has no such pad."""
        if not self._presence.is_there:
            raise Refused(409, "agent_away")
        mark, order = secrets.token_hex(8), _TakeBack(window)
        self._orders[mark] = order
        self._woken.set()
        try:
            taken = order.word.get(timeout=_WORD)
        except Timeout:
            raise Refused(409, "agent_away") from None
        finally:
            del self._orders[mark]
        if taken is None:
            raise Refused(404, "not_found")
        return taken

    # What the agent asks.

    def poll(self, poll: PadsPollIn, has_left: Callable[[], bool]) -> PadsPollOut:
        """Answers once its pads should show something else, or after a while. Raises Refused as Presence.admit."""
        self._hall.check_serving()
        is_new = self._presence.admit(poll.run, poll.turn)
        self.hear(poll.now)
        try:
            self._states = poll.pads
            for mark, taken in poll.taken_back.items():
                if mark in self._orders:
                    self._orders[mark].word.set(taken)
            goals = self._goals(poll, has_left, 0.0 if is_new else HELD)
        finally:
            self._presence.answered(poll.run, poll.turn)
        return PadsPollOut(pads=self._pads, goals=goals, take_back=self._open_orders())

    def hear(self, now: SteadyTime) -> None:
        """Something has come that was sent at this moment."""
        self._clock.hear(now, time.monotonic())

    def said(self, said: PadsSaid, key: str) -> None:
        """A press, perhaps of long ago. Raises HallError, EngineError or KeyReused."""
        window = said.press.window
        if all(pad.window != window for pad in self._pads):
            _log.warning("agent %s: a press at window %s, where it has no pad", self._name, window)
            return
        age = self._clock.age_of(said.at, time.monotonic())
        self._hall.do(replace(said.press, age=age), key)

    def _goals(self, poll: PadsPollIn, has_left: Callable[[], bool], patience: float) -> dict[int, Goal]:
        until = time.monotonic() + patience
        while True:
            self._woken.clear()
            goals = self._hall.read(self._wanted)
            is_news = any(poll.shows.get(window) != goal.showing for window, goal in goals.items())
            is_wanted = bool(self._open_orders())
            is_over = time.monotonic() >= until or not self._presence.is_latest(poll.run, poll.turn)
            if is_news or is_wanted or is_over or has_left():
                return goals
            self._woken.wait(_LOOK)

    def _open_orders(self) -> dict[str, int]:
        return {mark: order.window for mark, order in self._orders.items() if not order.word.ready()}

    def _wanted(self, state: HallState) -> dict[int, Goal]:
        return {pad.window: self._goal(state, pad.window) for pad in self._pads}

    def _goal(self, state: HallState, window: int) -> Goal:
        showing, evaluation = wanted(state, window), state.windows[window].evaluation
        if evaluation is None or evaluation.token != showing.evaluation:
            return Goal(showing=showing)
        return Goal(showing=showing, lasts=(evaluation.closes_at - self._hall.clock()).total_seconds())

    def _state_of(self, window: int) -> PadState:
        if not self._presence.is_there:
            return _AWAY
        return _UNHEARD if self._states is None else self._states.get(window, _MISSING)
