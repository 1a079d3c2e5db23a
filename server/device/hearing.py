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
from typing import Generic, Protocol, TypeVar

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
    """A key of the device at `address` came up."""

    @property
    def address(self) -> int: ...

    @property
    def key(self) -> K_co: ...


class Decoder(Protocol[K_co]):
    """Bytes from one line to events. Holds a bounded buffer; one decoder per line, thrown away with its link."""

    @property
    def is_unfinished(self) -> bool:
        """Whether bytes have come that belong to no event yet."""

    @property
    def claimed(self) -> int:
        """How many of the latest bytes are a sound frame, which ended with the last one; 0 when none did."""

    def receive(self, data: bytes) -> Sequence[KeyHeard[K_co] | OtherFrame | Garbage]:
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
class Press(Generic[K]):
    """A key came up. `id` is the same for each sending of one press; `since` is None when its age is unknown."""

    id: str
    key: K
    since: float | None


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
    """

    def __init__(
        self,
        decoder: Decoder[K],
        address: int,
        opened: float,
        new_id: Callable[[], str] = lambda: secrets.token_urlsafe(9),
        double: float | None = None,
    ) -> None:
        self._decoder = decoder
        self._address = address
        self._opened = opened
        self._new_id = new_id
        self._double = double
        self._began = opened
        self._latest = opened
        self._noise: list[tuple[float, float]] = []
        self._last: _Heard[K] | None = None

    def settles_in(self, now: float) -> float:
        """Seconds until a press is of known age; 0 from then on."""
        return max(0.0, self._opened + QUARANTINE - now)

    def receive(self, data: bytes, now: float) -> list[Press[K]]:
        """The presses that `data`, read at `now`, completes."""
        if now - self._latest > SILENCE:
            self._give_up()
        self._latest = now
        self._forget(now - PRESS_LIFE)
        began = self._began if self._decoder.is_unfinished else now
        presses = []
        events = self._decoder.receive(data)
        for event in events:
            if not isinstance(event, OtherFrame | Garbage) and event.address == self._address:
                presses.append(self._press(event.key, began, now))
            else:
                self._overhear(event, began, now)
        # What is left in the decoder came with these bytes if they ended something, else with those before.
        self._began = now if events else began
        return presses

    @property
    def claimed(self) -> int:
        """How many of the latest bytes are a frame of this device's framing, for whichever device on the line."""
        return self._decoder.claimed

    def disown(self, count: int) -> None:
        """The latest `count` bytes were a frame of another kind of device: they were no sending of a press."""
        self._decoder.disown(count)

    def acknowledged(self, press: Press[K]) -> None:
        """The device was told that the press is stored, and stops sending it."""
        if self._last is not None and self._last.press.id == press.id:
            self._last.acknowledged = True

    def _give_up(self) -> None:
        """The line was silent: what is unfinished will never be a frame."""
        for event in self._decoder.quiet():
            self._overhear(event, self._began, self._latest)

    def _overhear(self, event: KeyHeard[K] | OtherFrame | Garbage, began: float, ended: float) -> None:
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

    def _press(self, key: K, began: float, now: float) -> Press[K]:
        traces = [began, *(since for since, _ in self._noise)]
        last = self._last
        if last is None or not self._is_again(last, key, now):
            last = self._last = _Heard(self._new_press(key, traces, now), now, [])
        elif self._double is None and now - last.first > PRESS_LIFE:
            # The device has given up on that one by now: this is another, sent first at any of the latest frames.
            traces += last.frames
            last = self._last = _Heard(self._new_press(key, traces, now), min(last.frames), last.frames)
        last.frames.append(now)
        return last.press

    def _new_press(self, key: K, traces: list[float], now: float) -> Press[K]:
        """`traces` are the times of all that may have been an earlier sending of it, such as a mangled frame."""
        earliest = max(min(traces), now - PRESS_LIFE)
        return Press(self._new_id(), key, None if earliest - self._opened < QUARANTINE else earliest)

    def _is_again(self, last: _Heard[K], key: K, tick: float) -> bool:
        """Whether a frame may be the device's resend of the latest press rather than a finger's second one."""
        since = tick - last.frames[-1] if last.frames else math.inf
        if self._double is not None:
            return last.press.key == key and since <= self._double
        if last.press.key != key or since > RESENT_WITHIN:
            return False
        return not last.acknowledged or since >= RESENT_AFTER
