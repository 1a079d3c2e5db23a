"""Presses that come with their time and only once, as the kernel tells them of its input devices. Pure."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar, runtime_checkable

from server.device.chatter import ChatterWatch
from server.device.hearing import NOT_A_PRESS, SILENCE, Decoder, Press, tell

K = TypeVar("K")


@runtime_checkable
class Dated(Protocol):
    """A key that says when it was pressed, in seconds of the steady clock."""

    @property
    def tick(self) -> float: ...


class DatedHearing(Generic[K]):
    """Listens to one device from the moment `opened` on the steady clock. See Hears.

    A press that says no time, or one before the opening or after its reading, is of unknown age.
    """

    def __init__(
        self,
        decoder: Decoder[K],
        address: int,
        opened: float,
        watch: ChatterWatch | None = None,
        new_id: Callable[[], str] = lambda: secrets.token_urlsafe(9),
    ) -> None:
        self._decoder = decoder
        self._address = address
        self._opened = opened
        self._watch = watch
        self._new_id = new_id
        self._latest = opened

    def settles_in(self, now: float) -> float:
        """See Hears.settles_in. The kernel keeps nothing from before the opening."""
        return 0.0

    def receive(self, data: bytes, now: float) -> list[Press[K]]:
        """See Hears.receive."""
        if now - self._latest > SILENCE:
            for noise in self._decoder.quiet():
                tell(self._watch, noise, self._address, now)
        self._latest = now
        presses = []
        for event in self._decoder.receive(data):
            tell(self._watch, event, self._address, now)
            if not isinstance(event, NOT_A_PRESS) and event.address in (None, self._address):
                presses.append(self._press(event.key, event.tick if isinstance(event, Dated) else None, now))
        return presses

    @property
    def claimed(self) -> int:
        """See Hears.claimed."""
        return self._decoder.claimed

    def disown(self, count: int) -> None:
        """See Hears.disown."""
        self._decoder.disown(count)

    def acknowledged(self, press: Press[K]) -> None:
        """See Hears.acknowledged. Nothing is sent again."""

    def _press(self, key: K, tick: float | None, now: float) -> Press[K]:
        chatter = self._watch is not None and not self._watch.press(key, now)
        since = tick if tick is not None and self._opened <= tick <= now else None
        return Press(self._new_id(), key, since, chatter=chatter)
