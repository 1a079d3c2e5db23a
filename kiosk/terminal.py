"""The kiosk: where a citizen takes a number, and where its paper comes out."""

from __future__ import annotations

from kiosk.preview_pages import pages
from kiosk.printer.agent import PrintAgent
from kiosk.slips_api import api
from kiosk.view import kiosk_view
from server.config.live import LiveSettings
from server.engine import HallEngine
from server.hall.state import HallState
from server.terminal import Terminal
from server.web.access import room_for_device
from server.web.devices import Kind
from server.web.feed import Feed, View


def open_terminal(hall: HallEngine, live: LiveSettings) -> Terminal:
    printers = PrintAgent(hall, live)

    def view(state: HallState, kiosk: str) -> View:
        return kiosk_view(state, live.now, kiosk, printers.state_of(kiosk), hall.clock())

    feed = Feed("/kiosk", hall, live, lambda: room_for_device(Kind.KIOSK, "kiosk"), view)
    printers.on_change = feed.refresh
    return Terminal(
        blueprint=pages,
        api=api,
        namespaces=(feed,),
        subscriptions=(feed.subscription(), printers.subscription()),
        agents=(printers,),
    )
