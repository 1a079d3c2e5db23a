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
    salt = str(current_app.secret_key).encode()
    return hmac.new(salt, identity.strip().upper().encode(), hashlib.sha256).hexdigest()[:_LENGTH]
