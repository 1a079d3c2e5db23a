"""Kiosks that the staff has told to give no numbers.

Kept here and not on the page, so that the other kiosks need not be named to it and a browser that was set up anew is
still paused; and not in the log, because a server that starts anew has somebody standing beside it (0029).
"""

from __future__ import annotations

from typing import cast

from flask import current_app

EXTENSION = "kiosks_paused"


def paused_kiosks() -> set[str]:
    """The ids, of the application that answers this request."""
    return cast("set[str]", current_app.extensions[EXTENSION])
