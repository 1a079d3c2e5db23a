"""How old a press can be: bytes of one line to presses that carry the earliest time at which they were made.

A press counts only if it was made in view of what the hall takes it for, and a device sends a press again until
it is acknowledged, so the time at which a frame is read is not yet the time of the press. Pure: bytes and time come in;
every time is in seconds of the steady clock, which nobody sets.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

from server.device.chatter import ChatterWatch
from server.device.frames.garbage import Garbage

K = TypeVar("K")
K_co = TypeVar("K_co", covariant=True)

SENDS = 3
"""How often a device sends a press that nobody acknowledges: at once, and twice more half a second apart."""

RESENT_WITHIN = 0.7
"""Seconds between two sendings of one press: half a second, and what a busy line and a slow firmware add."""

RESENT_AFTER = 0.4
"""No device sends again sooner than this, so an earlier repeat of an acknowledged press is a new one."""

PRESS_LIFE = (SENDS - 1) * RESENT_WITHIN
"""Seconds from a press to the last time it is sent."""

QUARANTINE = 2.0
"""Seconds after a line is opened in which a press is of unknown age. Longer than PRESS_LIFE: what is heard later was
pressed while the line was listened to."""

SILENCE = 0.25
"""Seconds without a byte after which a frame under way is given up; at 1200 baud a frame takes 0.1 s."""


class KeyHeard(Protocol[K_co]):
    """A key of the device at `address` came up; None: of the only one on its line.

    `serial`: the device's own number of the press, for those that number them.
    """

    @property
    def address(self) -> int | None: ...

    @property
    def key(self) -> K_co: ...

    @property
    def serial(self) -> int | None: ...


class Decoder(Protocol[K_co]):
    """Bytes from one line to events. Holds a bounded buffer; one decoder per line, thrown away with its link."""

    @property
    def is_unfinished(self) -> bool:
        """Whether bytes have come that belong to no event yet."""

    @property
    def claimed(self) -> int:
        """How many of the latest bytes are a sound frame, which ended with the last one; 0 when none did."""

    def receive(self, data: bytes) -> Sequence[Heard[K_co]]:
        """The events that `data` completes, oldest first. Never raises, whatever the bytes.

        The answer depends on the bytes alone, not on how they were cut: one at a time gives the same events.
        """

    def quiet(self) -> Sequence[Garbage]:
        """Say that the line has fallen silent in the middle of something: reports and forgets an unfinished frame."""

    def disown(self, count: int) -> None:
        """Say that the latest `count` bytes were another kind of device's frame: forgets them, unreported."""


@dataclass(frozen=True, slots=True)
class OtherFrame:
    """A sound frame that is no key press: an echo of our own, another kind of device on the bus, newer firmware."""

    address: int
    command: int
    data: bytes


@dataclass(frozen=True, slots=True)
class NothingPressed:
    """The device at `address`, which speaks only when asked, answers that no key was pressed; None: the only one."""

    address: int | None


@dataclass(frozen=True, slots=True)
class Press(Generic[K]):
    """A key came up. `id` is the same for each sending of one press; `since` is None when its age is unknown.

    `chatter`: it is one of more than fingers can make.
    """

    id: str
    key: K
    since: float | None
    serial: int | None = None
    chatter: bool = False


class Hears(Protocol[K]):
    """How presses are picked out of a line's bytes and dated, for one device."""

    def settles_in(self, now: float) -> float:
        """Seconds until a press is of known age; 0 from then on."""

    def receive(self, data: bytes, now: float) -> list[Press[K]]:
        """The presses that `data`, read at `now`, completes."""

    @property
    def claimed(self) -> int:
        """How many of the latest bytes are a frame of this device's framing, for whichever device on the line."""

    def disown(self, count: int) -> None:
        """The latest `count` bytes were a frame of another kind of device: they were no sending of a press."""

    def acknowledged(self, press: Press[K]) -> None:
        """The device was told that the press is stored, and stops sending it."""


Heard = KeyHeard[K] | NothingPressed | OtherFrame | Garbage
NOT_A_PRESS: Final = (NothingPressed, OtherFrame, Garbage)


def tell(watch: ChatterWatch | None, event: Heard[K], address: int, tick: float) -> None:
    """Have `watch`, if there is one, know of what came from the device at `address`, and of noise."""
    if watch is None:
        return
    if isinstance(event, Garbage):
        watch.noise(len(event.data), tick)
    elif event.address in (None, address):
        watch.frame(tick, idle=isinstance(event, NOT_A_PRESS))


@dataclass(slots=True)
class _Heard(Generic[K]):
    """The latest press, first heard at `first`; `frames`: when its frames, and what may have been one, were read."""

    press: Press[K]
    first: float
    frames: list[float]
    acknowledged: bool = False


class Hearing(Generic[K]):
    """Listens to one line for the device at `address`, from the moment `opened` on the steady clock.

    `double`: seconds within which the same key again is no other press, be it acknowledged, be it again and again: for
    devices on which a nervous finger would do harm. None: a second press counts as soon as it cannot be a resend.
    `watch` is told of all that the device says.
    """

    def __init__(
        self,
        decoder: Decoder[K],
        address: int,
        opened: float,
        new_id: Callable[[], str] = lambda: secrets.token_urlsafe(9),
        double: float | None = None,
        watch: ChatterWatch | None = None,
    ) -> None:
        self._decoder = decoder
        self._address = address
        self._opened = opened
        self._new_id = new_id
        self._double = double
        self._watch = watch
        self._began = opened
        self._latest = opened
        self._noise: list[tuple[float, float]] = []
        self._last: _Heard[K] | None = None

    def settles_in(self, now: float) -> float:
        """See Hears.settles_in."""
        return max(0.0, self._opened + QUARANTINE - now)

    def receive(self, data: bytes, now: float) -> list[Press[K]]:
        """See Hears.receive."""
        if now - self._latest > SILENCE:
            self._give_up()
        self._latest = now
        self._forget(now - PRESS_LIFE)
        began = self._began if self._decoder.is_unfinished else now
        presses = []
        events = self._decoder.receive(data)
        for event in events:
            tell(self._watch, event, self._address, now)
            if not isinstance(event, NOT_A_PRESS) and event.address in (None, self._address):
                presses.append(self._press(event, began, now))
            else:
                self._overhear(event, began, now)
        # What is left in the decoder came with these bytes if they ended something, else with those before.
        self._began = now if events else began
        return presses

    @property
    def claimed(self) -> int:
        """See Hears.claimed."""
        return self._decoder.claimed

    def disown(self, count: int) -> None:
        """See Hears.disown."""
        self._decoder.disown(count)

    def acknowledged(self, press: Press[K]) -> None:
        """See Hears.acknowledged."""
        if self._last is not None and self._last.press.id == press.id:
            self._last.acknowledged = True

    def _give_up(self) -> None:
        """The line was silent: what is unfinished will never be a frame."""
        for event in self._decoder.quiet():
            tell(self._watch, event, self._address, self._latest)
            self._overhear(event, self._began, self._latest)

    def _overhear(self, event: Heard[K], began: float, ended: float) -> None:
        if not isinstance(event, Garbage):
            return
        self._noise.append((began, ended))
        if self._double is not None:
            return  # noise without an end must not make one press of all that come in it
        if self._last is not None and self._last.frames and began - self._last.frames[-1] <= RESENT_WITHIN:
            # It may have been a sending of the latest press, and then the next one is not far.
            self._last.frames.append(ended)

    def _forget(self, before: float) -> None:
        """What was sent before then was no sending of a press that is still being sent."""
        self._noise = [span for span in self._noise if span[1] >= before]
        if self._last is not None:
            self._last.frames = [tick for tick in self._last.frames if tick >= before]

    def _press(self, heard: KeyHeard[K], began: float, now: float) -> Press[K]:
        traces = [began, *(since for since, _ in self._noise)]
        last = self._last
        if last is None or not self._is_again(last, heard, now):
            last = self._last = _Heard(self._new_press(heard, traces, now), now, [])
        elif self._double is None and heard.serial is None and now - last.first > PRESS_LIFE:
            # The device has given up on that one by now: this is another, sent first at any of the latest frames.
            traces += last.frames
            last = self._last = _Heard(self._new_press(heard, traces, now), min(last.frames), last.frames)
        last.frames.append(now)
        return last.press

    def _new_press(self, heard: KeyHeard[K], traces: list[float], now: float) -> Press[K]:
        """`traces` are the times of all that may have been an earlier sending of it, such as a mangled frame."""
        chatter = self._watch is not None and not self._watch.press(heard.key, now)
        earliest = max(min(traces), now - PRESS_LIFE)
        since = None if earliest - self._opened < QUARANTINE else earliest
        return Press(self._new_id(), heard.key, since, heard.serial, chatter)

    def _is_again(self, last: _Heard[K], heard: KeyHeard[K], tick: float) -> bool:
        """Whether a frame may be the device's resend of the latest press rather than a finger's second one."""
        since = tick - last.frames[-1] if last.frames else math.inf
        if self._double is not None:
            return last.press.key == heard.key and since <= self._double
        if (last.press.key, last.press.serial) != (heard.key, heard.serial):
            return False
        if heard.serial is not None:
            return since <= PRESS_LIFE  # later it may be a device begun anew, which numbers from the start
        return since <= RESENT_WITHIN and (not last.acknowledged or since >= RESENT_AFTER)
