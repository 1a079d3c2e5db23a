"""What is said to one strip while its line is open."""

from __future__ import annotations

import time
from typing import Final

import gevent
from gevent.event import Event
from gevent.queue import Empty, SimpleQueue

from display.strip.codec import StripCodec
from display.strip.picture import Picture
from display.strip.session import StripSession
from display.strip.texts import Showing, blank, wanted
from server.config.live import LiveSettings
from server.config.strips import StripSettings
from server.device.bus_line import BusLine
from server.device.device_line import LOOK_AGAIN
from server.device.link import LinkError
from server.engine import EngineError, HallEngine

PATIENCE: Final = 0.08
"""Seconds for the strip's answer, after the frame has left."""
TRIES: Final = 3
BETWEEN_TRIES: Final = 0.1
"""Seconds from one try's begin to the next."""
TRY_AGAIN: Final = 3.0
"""Seconds between tries at a strip that does not answer, unless it has something new to show."""
REFRESH: Final = 15.0
"""Seconds after which a picture is sent again: a strip that was without power is dark and does not say so."""
REPEAT: Final = 1.0
"""Seconds after which a strip that confirms nothing is told a new picture once more: the first may have been lost."""


class StripTalk:
    """See `server.device.device_line.DeviceTalk`."""

    def __init__(
        self, hall: HallEngine, live: LiveSettings, strip: StripSettings, codec: StripCodec, line: BusLine
    ) -> None:
        self._hall = hall
        self._zone = live.now.hall.zone
        self._strip = strip
        self._codec = codec
        self._line = line
        self._reader = codec.reader()
        self._session = StripSession(blank(strip))
        self._answered = Event()
        self._inbox: SimpleQueue[LinkError | None] = SimpleQueue()
        self._shown: Picture | None = None
        self._unanswered: Picture | None = None
        self._due_at = 0.0
        self.answering: bool | None = None
        """Whether the strip confirmed the last picture; None before the first."""

    @property
    def standing(self) -> tuple[str, str | None]:
        """Settling until the strip was first told something; offline when it does not answer."""
        if self.answering is False:
            return "offline", "not_answering"
        return ("settling" if self.answering is None else "ready"), None

    def hear(self, byte: bytes, tick: float) -> int:
        """See Talk.hear."""
        heard = self._reader.hear(byte)
        if heard.answered == self._strip.address:
            self._answered.set()
        return heard.claimed

    def disown(self, count: int) -> None:
        """See Talk.disown. An answer is searched for backwards from its end, and nothing here is dated."""

    def look(self) -> None:
        """Something happened at the window. Does not wait."""
        self._inbox.put(None)

    def lost(self, error: LinkError) -> None:
        """See Talk.lost."""
        self._inbox.put(error)

    def run(self) -> None:
        """See Talk.run."""
        while True:
            self._rest(self._bring_up_to_date())

    def _rest(self, seconds: float) -> None:
        """Until something happens, at most `seconds`; several things that happened are one reason to look."""
        try:
            heard = self._inbox.get(timeout=max(0.0, seconds))
            while heard is None:
                heard = self._inbox.get_nowait()
        except Empty:
            return
        raise heard

    def _bring_up_to_date(self) -> float:
        """Send what the strip should show and does not. Answers after how many seconds to look again."""
        try:
            picture = self._picture(dark=self.answering is True)
            if time.monotonic() >= self._due_at or picture != (self._shown if self.answering else self._unanswered):
                self._tell()
        except EngineError:
            return LOOK_AGAIN
        now = time.monotonic()
        changes = self._session.due_in(now) if self.answering else None
        refresh = self._due_at - now
        return refresh if changes is None else min(refresh, changes)

    def _picture(self, *, dark: bool) -> Picture:
        """What to show at this moment; `dark` as for StripSession. Raises EngineError."""
        at = self._hall.clock()
        goal: Showing = self._hall.read(lambda state: wanted(state, self._strip, self._zone, at))
        return self._session.picture(goal, time.monotonic(), at, dark=dark)

    def _tell(self) -> None:
        """Send until it is confirmed, each time what is to be shown by then."""
        tries = 1 if self.answering is False else TRIES
        before, began = self._shown, time.monotonic()
        for turn in range(tries):
            gevent.sleep(max(0.0, began + turn * BETWEEN_TRIES - time.monotonic()))
            # What may be the last that is heard for a while is not the dark half of a call's flash.
            if self._try(dark=self.answering is True and turn == 0):
                self.answering = True
                self._due_at = time.monotonic() + self._tell_again_in(before)
                return
        self.answering, self._shown = False, None
        self._due_at = time.monotonic() + TRY_AGAIN

    def _try(self, *, dark: bool) -> bool:
        with self._line.turn():
            # Decided when it is our turn: a picture that has waited for it may be an old one.
            picture = self._picture(dark=dark)
            frame = self._codec.show(self._strip.address, picture)
            self._answered.clear()
            self._line.send(frame)
            answered_by = self._line.answered_by(PATIENCE)
            if self._codec.answers and self.answering is not False:
                self._answered.wait(answered_by - time.monotonic())
        # One that has not answered before is not waited for at everybody else's cost.
        if self._codec.answers and not self._answered.wait(max(0.0, answered_by - time.monotonic())):
            self._unanswered = picture
            return False
        # A confirmation does not say of what: after an unanswered picture it may be the late one of that.
        certain = self._unanswered in (None, picture)
        self._shown, self._unanswered = (picture if certain else None), None
        return True

    def _tell_again_in(self, before: Picture | None) -> float:
        """Seconds; `before` is what was shown until now."""
        if self._shown is None:
            return 0.0
        return REFRESH if self._codec.answers or self._shown == before else REPEAT
