"""Telling the terminals what happened, after it is safe."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import gevent
from gevent.queue import SimpleQueue

from server.hall.events import Recorded
from server.terminal import Subscription

_log = logging.getLogger(__name__)


class Publisher:
    """One queue and one greenlet for each subscription: a slow or broken subscriber delays nobody else.

    Whoever was busy is told at once of everything that came meanwhile, and so catches up with any load.
    """

    def __init__(self) -> None:
        self._queues: list[tuple[Subscription, SimpleQueue[Sequence[Recorded]]]] = []
        self._greenlets: list[gevent.Greenlet[..., None]] = []

    def subscribe(self, subscription: Subscription) -> None:
        queue: SimpleQueue[Sequence[Recorded]] = SimpleQueue()
        self._queues.append((subscription, queue))
        self._greenlets.append(gevent.spawn(self._deliver, subscription, queue))

    def publish(self, events: Sequence[Recorded]) -> None:
        """Hand committed events over, in the order of the log. Does not wait."""
        for subscription, queue in self._queues:
            wanted = [e for e in events if type(e.event) in subscription.kinds] if subscription.kinds else events
            if wanted:
                queue.put(wanted)

    def stop(self) -> None:
        gevent.killall(self._greenlets)

    def _deliver(self, subscription: Subscription, queue: SimpleQueue[Sequence[Recorded]]) -> None:
        while True:
            events = [*queue.get()]
            while len(queue):
                events += queue.get_nowait()
            try:
                subscription.tell(events)
            except Exception:  # noqa: BLE001 — the loop's outermost edge: one bad delivery must not end the subscription
                _log.exception("subscriber %s failed", subscription.name)
