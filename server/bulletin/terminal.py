"""The leader's room: what the hall's screens and its voice say beside the calls."""

from __future__ import annotations

from server.bulletin.api import api
from server.bulletin.pages import pages
from server.bulletin.view import bulletin_view
from server.config.live import LiveSettings
from server.engine import HallEngine
from server.terminal import Terminal
from server.web.access import leader
from server.web.feed import Feed

_ROOM = "hall"


def open_terminal(hall: HallEngine, live: LiveSettings) -> Terminal:
    feed = Feed("/bulletin", hall, live, _admit, lambda state, room: bulletin_view(state))
    return Terminal(blueprint=pages, api=api, namespaces=(feed,), subscriptions=(feed.subscription(),))


def _admit() -> str:
    """Every leader sees the same hall."""
    leader()
    return _ROOM
