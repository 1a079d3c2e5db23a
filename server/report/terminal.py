"""The report: what a leader sees of the hall, live and in figures."""

from __future__ import annotations

from server.config.live import LiveSettings
from server.engine import HallEngine
from server.report.api import api
from server.report.pages import pages
from server.report.view import report_view
from server.terminal import Terminal
from server.web.access import leader
from server.web.feed import Feed

_ROOM = "hall"


def open_terminal(hall: HallEngine, live: LiveSettings) -> Terminal:
    feed = Feed("/report", hall, live, _admit, lambda state, room: report_view(state))
    return Terminal(blueprint=pages, api=api, namespaces=(feed,), subscriptions=(feed.subscription(),))


def _admit() -> str:
    """Every leader sees the same hall."""
    leader()
    return _ROOM
