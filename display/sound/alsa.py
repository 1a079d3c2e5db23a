"""A sound card of this PC as an outlet."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import gevent
from gevent.lock import BoundedSemaphore

from display.sound.aplay import CardFailed, play, probe
from display.sound.clips import Clips, ClipsMissing
from display.sound.composing import Composer
from display.speech.outlet import Condition, Order, Report, Tell
from server.device.off_hub import DeviceThread
from server.voice.clip_set import CHIME

_log = logging.getLogger(__name__)
CARDS: Final = Path("/proc/asound/cards")
LOOK: Final = 2.0
"""Seconds between two looks at whether a card was plugged in or out, and two attempts with one that failed."""
_PROBE: Final = 600.0
"""Seconds between two attempts with a card that is well: opening one can be heard in a hall's amplifier."""
READY: Final = Condition("ready")


class Withdrawn(Exception):
    """An order must not begin any more."""


class AlsaOutlet:
    """`device` by its name in ALSA. `ask` is asked when all is ready to sound, may take its time, and raises Withdrawn.

    It is taken for ready until the first look at the card, which follows at once.
    """

    def __init__(
        self,
        device: str,
        clips: Clips,
        tell: Tell,
        ask: Callable[[Order], None] = lambda order: None,
        cards: Path = CARDS,
    ) -> None:
        self._device = device
        self._clips = clips
        self._tell = tell
        self._ask = ask
        self._cards = cards
        self._composer = Composer()
        self._thread = DeviceThread()
        self._card = BoundedSemaphore()
        self._condition = READY
        self._missing = False
        self._ended = -float("inf")
        self._order: Order | None = None
        self._has_begun = False
        self._playing: gevent.Greenlet[..., Any] | None = None
        self._looking: gevent.Greenlet[..., Any] | None = None

    @property
    def condition(self) -> Condition:
        """See Outlet.condition. That its last order had no clips counts until one has them."""
        if self._condition == READY and self._missing:
            return Condition("blocked", "clips_missing")
        return self._condition

    def start(self) -> None:
        """See Outlet.start."""
        self._looking = gevent.spawn(self._look_round)

    def stop(self) -> None:
        """See Outlet.stop. What is cut off has failed as `cancelled`."""
        if self._looking is not None:
            self._looking.kill()
        self._cut()

    def play(self, order: Order) -> None:
        """See Outlet.play. Whoever has waited long enough for the last one has it cut off: never two at once."""
        self._cut()
        self._order, self._has_begun = order, False
        self._playing = gevent.spawn(self._play, order)

    def drop(self) -> None:
        """See Outlet.drop."""
        if not self._has_begun:
            self._cut()

    def _cut(self) -> None:
        order, playing = self._order, self._playing
        if order is not None and playing is not None:
            playing.kill()
            self._end(order, "cancelled")

    def _play(self, order: Order) -> None:
        try:
            self._sound(order)
        except ClipsMissing as error:
            _log.error("sound card %s: an announcement without its clips: %s", self._device, error)
            self._missing = True
            self._end(order, "clips_missing")
        except Withdrawn as error:
            _log.warning("sound card %s: not spoken: %s: %s", self._device, order.text, error)
            self._end(order, "not_connected")
        except CardFailed as error:
            self._is(error.condition, str(error))
            self._end(order, "sound_card")
        except Exception:  # noqa: BLE001 — one announcement's outermost edge: the next ones must be heard
            _log.exception("sound card %s: %s", self._device, order.text)
            self._end(order, "sound_card")
        else:
            self._missing = False
            self._is(READY)
            self._end(order)

    def _sound(self, order: Order) -> None:
        names = ((CHIME,) if order.chime else ()) + order.clips
        files = self._clips.files(dict.fromkeys(names))
        chime, clips = files.get(CHIME) if order.chime else None, [files[name] for name in order.clips]
        sound = self._thread.run(lambda: self._composer.compose(chime, clips, order.volume))
        gevent.sleep(max(0.0, self._ended + order.pause - time.monotonic()))
        self._ask(order)
        with self._card:
            play(self._device, sound, self._begin)

    def _begin(self) -> None:
        assert self._order is not None  # noqa: S101 — it is being played
        self._has_begun = True
        self._tell(Report(self._order.id, "began"))

    def _end(self, order: Order, reason: Any = None) -> None:
        """Whoever is told may have the next one played at once."""
        if self._order is not order:
            return
        self._order = self._playing = None
        if self._has_begun:
            self._ended = time.monotonic()
        self._tell(Report(order.id, "ended" if reason is None else "failed", reason))

    def _look_round(self) -> None:
        """Unless it sounds, which shows as well that it can."""
        seen: str | None = None
        again = 0.0
        while True:
            plugged = self._plugged()
            if plugged != seen or self._condition != READY or time.monotonic() >= again:
                with self._card:
                    self._probe()
                seen, again = plugged, time.monotonic() + _PROBE
            gevent.sleep(LOOK)

    def _probe(self) -> None:
        try:
            probe(self._device)
        except CardFailed as error:
            self._is(error.condition, str(error))
        else:
            self._is(READY)

    def _plugged(self) -> str:
        """The PC's sound cards as the kernel lists them."""
        try:
            return self._cards.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def _is(self, condition: Condition, words: str = "") -> None:
        if condition != self._condition:
            if condition == READY:
                _log.warning("sound card %s: ready", self._device)
            else:
                _log.error("sound card %s: %s", self._device, words)
            self._condition = condition
