"""Who a citizen is, as far as the hall needs to know: whether it is the same person again."""

from __future__ import annotations

import hashlib
import hmac

from flask import current_app

_LENGTH = 32


def hashed_person(identity: str | None) -> str | None:
    """A salted hash of an ID card number or the like; the identity itself is kept nowhere.

    There are few enough ID card numbers to try them all, so the salt is the server's own secret: without it a copy of
    the database tells nothing.
    """
    if identity is None:
        return None
    return salted(str(current_app.secret_key), identity.strip().upper())


def salted(salt: str, text: str) -> str:
    """A hash of what is short enough to be tried out, under the server's own secret."""
    return hmac.new(salt.encode(), text.encode(), hashlib.sha256).hexdigest()[:_LENGTH]
