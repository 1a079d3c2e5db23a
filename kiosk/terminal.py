"""The kiosk: where a citizen takes a number, and where its paper comes out."""

from __future__ import annotations

from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from kiosk import guesses, panel, pausing
from kiosk.api import api
from kiosk.pages import VOTE_LIMITER
from kiosk.pausing import PausedKiosks
from kiosk.preview_pages import pages
from kiosk.printer.agent import PrintAgent
from kiosk.printer.remote_api import printing_api
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
    paused = PausedKiosks()

    def view(state: HallState, kiosk: str) -> View:
        printer = printers.state_of(kiosk)
        return kiosk_view(state, live.now, kiosk, printer, hall.clock(), paused, hall.waits.forecast)

    feed = Feed("/kiosk", hall, live, lambda: room_for_device(Kind.KIOSK, "kiosk"), view)
    printers.on_change = paused.on_change = hall.waits.on_change = feed.refresh
    return Terminal(
        blueprint=pages,
        api=api,
        namespaces=(feed,),
        subscriptions=(feed.subscription(), printers.subscription()),
        agents=(printers,),
        agent_api=printing_api(printers.remote),
        extensions={
            guesses.EXTENSION: guesses.Guesses(hall.clock),
            pausing.EXTENSION: paused,
            panel.EXTENSION: MovingWindowRateLimiter(MemoryStorage()),
            VOTE_LIMITER: MovingWindowRateLimiter(MemoryStorage()),
        },
    )
