"""Wrong guesses at the last four digits of a phone: few are taken at a kiosk (docs/decisions/0060).

There are ten thousand to try, and whoever hits one has somebody's booking. A code has eight digits, and is not counted.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import cast

from flask import current_app

from server.hall.errors import UnknownAppointment
from server.web.errors import Refused

EXTENSION = "kiosk_guesses"
MOST = 6
"""At one kiosk within `SPAN`: two citizens who mistype three times."""
SPAN = timedelta(minutes=10)
_log = logging.getLogger(__name__)


class Guesses:
    """The latest of each kiosk, by its id. `clock` tells the hall's time."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._latest: defaultdict[str, list[datetime]] = defaultdict(list)

    @contextmanager
    def guess(self, kiosk: str) -> Iterator[None]:
        """Around the hall's answer: the guess counts if that is UnknownAppointment. A right one clears nothing.

        Raises Refused, without asking the hall, after `MOST` wrong ones.
        """
        now, latest = self._clock(), self._latest[kiosk]
        latest[:] = [at for at in latest if now - at < SPAN]
        # Counted before the answer is known, so that a hundred guesses at once are a hundred guesses.
        if len(latest) >= MOST:
            _log.warning("kiosk %s: too many wrong phone digits", kiosk)
            raise Refused(429, "too_many_guesses")
        latest.append(now)
        wrong = False
        try:
            yield
        except UnknownAppointment:
            wrong = True
            raise
        finally:
            if not wrong:
                latest.remove(now)


def guesses() -> Guesses:
    """Of the application that answers this request."""
    return cast(Guesses, current_app.extensions[EXTENSION])
