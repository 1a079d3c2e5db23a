"""The report: what a leader sees of the hall, live and in figures."""

from __future__ import annotations

from server.config.live import LiveSettings
from server.engine import HallEngine
from server.hall.state import HallState
from server.report import evidence_api, redress_api
from server.report.evidence_pages import pages
from server.report.redress_view import redress_view
from server.report.view import report_view
from server.terminal import Terminal
from server.web.access import leader
from server.web.alerts import alerts
from server.web.device_watch import DeviceWatch
from server.web.feed import Feed, View


def open_terminal(hall: HallEngine, live: LiveSettings) -> Terminal:
    devices = DeviceWatch("devices at the report")

    def view(state: HallState, room: str) -> View:
        found = [alert.model_dump() for alert in alerts(devices.ask(), live.now)]
        return {**report_view(state), "redress": redress_view(state, room), "alerts": found}

    feed = Feed("/report", hall, live, _admit, view)
    devices.on_change = feed.refresh
    return Terminal(
        blueprint=pages,
        api=evidence_api.api,
        further_apis=(redress_api.api,),
        namespaces=(feed,),
        subscriptions=(feed.subscription(),),
        onlookers=(devices,),
    )


def _admit() -> str:
    """Every leader sees the same hall, but for low ratings of a service of their own."""
    return leader().username
