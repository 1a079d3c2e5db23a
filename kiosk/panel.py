"""The staff's panel on a kiosk: who may open it, and what it shows."""

from __future__ import annotations

import hmac
import logging
from collections import Counter
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer
from limits import RateLimitItemPerMinute
from limits.strategies import MovingWindowRateLimiter

from kiosk.view import find_kiosk
from server.config import Settings
from server.hall.state import HallState
from server.web.errors import Refused

EXTENSION = "kiosk_pin_failures"
GOOD_FOR = 600
"""Seconds. The page closes the panel long before, when nobody touches it."""
_TRIES = RateLimitItemPerMinute(5)
_log = logging.getLogger(__name__)


def unlock(settings: Settings, kiosk: str, pin: str) -> str:
    """A permit for this kiosk's panel. Raises Refused for a wrong PIN, and for a right one after too many wrong."""
    limiter: MovingWindowRateLimiter = current_app.extensions[EXTENSION]
    right = find_kiosk(settings, kiosk).staff_pin
    if right is None:
        raise Refused(404, "not_found")
    # Counted before the answer is known, so that a hundred guesses at once are a hundred guesses.
    if not limiter.hit(_TRIES, kiosk):
        _log.warning("kiosk %s: too many wrong PINs", kiosk)
        raise Refused(429, "too_many_attempts")
    if not hmac.compare_digest(pin.encode(), right.encode()):
        _log.warning("kiosk %s: a wrong PIN", kiosk)
        raise Refused(403, "wrong_pin")
    limiter.clear(_TRIES, kiosk)
    _log.info("kiosk %s: the panel is open", kiosk)
    return _signer().dumps(kiosk)


def check_permit(kiosk: str, permit: str) -> None:
    """Raises Refused unless it was given to this kiosk not long ago."""
    try:
        given_to = _signer().loads(permit, max_age=GOOD_FOR)
    except BadSignature:
        given_to = None
    if given_to != kiosk:
        raise Refused(403, "panel_closed")


def kiosk_today(state: HallState, kiosk: str) -> dict[str, Any]:
    """The last number that it gave, and how its papers fared."""
    jobs = [job for job in state.prints.values() if job.printer == kiosk]
    given = [ticket for ticket in state.tickets.values() if ticket.kiosk == kiosk]
    last = max(given, key=lambda ticket: ticket.issued_at, default=None)
    return {
        "last_ticket": last.number if last else None,
        "last_at": last.issued_at.isoformat() if last else None,
        "jobs": dict(Counter(job.state.value for job in jobs)),
    }


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="kiosk-panel")
