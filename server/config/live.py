"""The settings in force while the server runs."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from server.config.settings import Settings

_LENGTH = 12
_SECRET: Any = {"server": True, "kiosks": {"__all__": {"staff_pin"}}}


class LiveSettings:
    """Read `now` anew for each view and never keep it: a reload replaces it, in the same moment as the hall's plan.

    `revision` names what a page may have been made from. The server's own section has no part in it: it cannot change
    while the server runs, and pages need not carry a digest of the database's password, nor of a kiosk's PIN, which
    has too few digits for a digest to hide it.
    """

    def __init__(self, settings: Settings) -> None:
        self.replace(settings)

    def replace(self, settings: Settings) -> None:
        self.now = settings
        self.revision = sha256(settings.model_dump_json(exclude=_SECRET).encode()).hexdigest()[:_LENGTH]
