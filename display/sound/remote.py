"""Speakers that hang on other PCs: the order in hand of each is given to the agent there, and what that tells of it.

Nothing sounds without the server's word, which is asked for last: so an order that was taken back, or given up because
nothing was heard of the agent, is never spoken by an agent that finds the server again.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import gevent
from gevent.event import Event

from display.sound.clips import Clips, ClipsMissing
from display.sound.wire import OrderOut, SaidIn, SoundBeginIn, SoundPollIn, SoundPollOut, SpeakerState
from display.speech.outlet import Condition, Order, Report, Tell
from server.config.live import LiveSettings
from server.config.sound_outlet import parse_outlet
from server.engine import HallEngine
from server.voice.clip_set import CHIME
from server.web.errors import Refused
from server.web.presence import Presence

_log = logging.getLogger(__name__)
HELD: Final = 1.0
"""Seconds that a poll is held while there is nothing to say. An agent waits 2 s longer, then the server is dead."""
BACK_WITHIN: Final = 2.0
"""Seconds from the end of a poll to the next one; later, and the agent is away."""
BEGIN_WITHIN: Final = 3.0
"""Seconds beyond its pause in which an order must be ready to sound, or it is given up."""
_START: Final = 8.0  # seconds in which an agent finds a server that was started again
_LOOK: Final = 0.1
_UNHEARD: Final = Condition("ready")
_AWAY: Final = Condition("offline", "not_connected")
_MISSING: Final = Condition("blocked", "no_speaker")


class SoundAgents:
    """The posts of all agents."""

    def __init__(self, hall: HallEngine, live: LiveSettings) -> None:
        self._hall = hall
        self._live = live
        self._posts: dict[str, AgentPost] = {}

    def outlet(self, agent: str, speaker: str, clips: Clips, tell: Tell) -> AgentOutlet:
        return AgentOutlet(speaker, self._posts.setdefault(agent, AgentPost(agent, self._hall)), clips, tell)

    def post(self, agent: str) -> AgentPost:
        """Raises Refused for an agent that the configuration does not name, or whose speakers are not served yet."""
        if not any(parse_outlet(speaker.at) == ("agent", agent) for speaker in self._live.now.speakers):
            raise Refused(403, "forbidden")
        return self._posts.setdefault(agent, AgentPost(agent, self._hall))


class AgentPost:
    """One agent's place at the server, whether it is there or not."""

    def __init__(self, name: str, hall: HallEngine) -> None:
        self._name = name
        self._hall = hall
        self._presence = Presence(name, BACK_WITHIN)
        self._outlets: dict[str, AgentOutlet] = {}
        self._here: bool | None = None
        self._conditions: dict[str, SpeakerState] = {}
        self._woken = Event()
        self._watching: gevent.Greenlet[..., Any] | None = None

    def join(self, outlet: AgentOutlet) -> None:
        """With the first outlet it is not known yet whether the agent is there."""
        self._outlets[outlet.speaker] = outlet
        if self._watching is None:
            self._here = None
            self._presence.expect(_START)
            self._watching = gevent.spawn(self._watch)

    def leave(self, outlet: AgentOutlet) -> None:
        if self._outlets.get(outlet.speaker) is outlet:
            del self._outlets[outlet.speaker]
        if not self._outlets and self._watching is not None:
            self._watching.kill(block=False)
            self._watching = None
            self._presence.expect(0.0)

    def wake(self) -> None:
        """There is an order to be had."""
        self._woken.set()

    def condition_of(self, speaker: str) -> Condition:
        if self._here is None:
            return _UNHEARD
        if not self._here:
            return _AWAY
        said = self._conditions.get(speaker)
        return Condition(said.state, said.reason) if said is not None else _MISSING

    # What the agent asks.

    def poll(self, poll: SoundPollIn, has_left: Callable[[], bool]) -> SoundPollOut:
        """Answers once there is something to say for it, or nothing for a while. Raises Refused as Presence.admit."""
        self._hall.check_serving()
        is_new = self._presence.admit(poll.run, poll.turn)
        try:
            self._conditions, self._here = poll.speakers, True
            held = set(poll.holding)
            for outlet in list(self._outlets.values()):
                outlet.settle(held)
            orders = self._offer(poll, has_left, HELD if not is_new else 0.0)
        finally:
            self._presence.answered(poll.run, poll.turn)
        return SoundPollOut(speakers=sorted(self._outlets), orders=orders)

    def begin(self, begin: SoundBeginIn) -> bool:
        """Whether this order may sound now."""
        if not self._presence.is_run(begin.run):
            return False
        return any(outlet.allow(begin.order) for outlet in self._outlets.values())

    def said(self, said: SaidIn) -> None:
        """What has become of an order; of one that is not in hand any more it comes to nothing."""
        if self._presence.is_run(said.run):
            for outlet in list(self._outlets.values()):
                outlet.hear(said)

    def _offer(self, poll: SoundPollIn, has_left: Callable[[], bool], patience: float) -> list[OrderOut]:
        held, until = set(poll.holding), time.monotonic() + patience
        while self._presence.is_latest(poll.run, poll.turn):
            offers = [outlet.offer for outlet in self._outlets.values()]
            if orders := [offer for offer in offers if offer is not None and offer.id not in held]:
                return orders
            if time.monotonic() >= until or has_left():
                break
            self._woken.clear()
            self._woken.wait(_LOOK)
        return []

    def _watch(self) -> None:
        while True:
            gevent.sleep(_LOOK)
            is_there = self._presence.is_there
            if not is_there and self._here is not False:
                _log.warning("agent %s is away: its speakers are silent", self._name)
                self._here = False
            for outlet in list(self._outlets.values()):
                outlet.look(is_there)


@dataclass(eq=False, slots=True)
class _InHand:
    """`id` on the wire; `since` on the monotonic clock."""

    id: str
    order: Order
    since: float
    offer: OrderOut | None = None
    may_sound: bool = False


class AgentOutlet:
    """A speaker on another PC. What sounds there when the server is stopped is heard to its end."""

    def __init__(self, speaker: str, post: AgentPost, clips: Clips, tell: Tell) -> None:
        self.speaker = speaker
        self._post = post
        self._clips = clips
        self._tell = tell
        self._hand: _InHand | None = None

    @property
    def condition(self) -> Condition:
        """See Outlet.condition. Until the agent has had time to come it is taken for ready."""
        return self._post.condition_of(self.speaker)

    def start(self) -> None:
        """See Outlet.start."""
        self._post.join(self)

    def stop(self) -> None:
        """See Outlet.stop."""
        self._post.leave(self)
        self._fail("cancelled")

    def play(self, order: Order) -> None:
        """See Outlet.play."""
        self._fail("cancelled")
        self._hand = _InHand(secrets.token_hex(8), order, time.monotonic())
        gevent.spawn(self._prepare, self._hand)

    def drop(self) -> None:
        """See Outlet.drop."""
        if self._hand is not None and not self._hand.may_sound:
            self._fail("cancelled")

    # For the post.

    @property
    def offer(self) -> OrderOut | None:
        """The order in hand, as long as it has not begun."""
        return None if self._hand is None or self._hand.may_sound else self._hand.offer

    def allow(self, order_id: str) -> bool:
        if self._hand is None or self._hand.id != order_id:
            return False
        self._hand.may_sound = True
        return True

    def hear(self, said: SaidIn) -> None:
        hand = self._hand
        if hand is None or hand.id != said.order:
            return
        if said.phase != "began":
            self._hand = None
        self._tell(Report(hand.order.id, said.phase, said.reason))

    def settle(self, held: set[str]) -> None:
        """What may sound and is held by nobody died with an earlier life of the agent."""
        if self._hand is not None and self._hand.may_sound and self._hand.id not in held:
            self._fail("not_connected")

    def look(self, is_there: bool) -> None:
        hand = self._hand
        if hand is None:
            return
        overdue = time.monotonic() > hand.since + hand.order.pause + BEGIN_WITHIN
        if not is_there if hand.may_sound else overdue:
            self._fail("not_connected")

    def _prepare(self, hand: _InHand) -> None:
        order = hand.order
        names = dict.fromkeys(((CHIME,) if order.chime else ()) + order.clips)
        try:
            files = self._clips.files(names)
            versions = {name: _version(file) for name, file in files.items()}
        except (ClipsMissing, OSError) as error:
            _log.error("speaker %s: an announcement without its clips: %s", self.speaker, error)
            self._fail("clips_missing", hand)
            return
        hand.offer = OrderOut(
            id=hand.id,
            speaker=self.speaker,
            clips=list(order.clips),
            versions=versions,
            chime=order.chime,
            pause=order.pause,
            volume=order.volume,
            text=order.text,
        )
        self._post.wake()

    def _fail(
        self, reason: Literal["clips_missing", "not_connected", "cancelled"], only: _InHand | None = None
    ) -> None:
        """What is in hand, or `only` that while it is."""
        hand = self._hand
        if hand is not None and only in (None, hand):
            self._hand = None
            self._tell(Report(hand.order.id, "failed", reason))


def _version(file: Path) -> str:
    """As in the addresses that `ClipPack.manifest` makes. Raises OSError."""
    return f"{file.stat().st_mtime_ns:x}"
