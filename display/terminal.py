"""The display: the screens that show and speak the calls to the hall."""

from __future__ import annotations

from display.api import api
from display.pages import pages
from display.screens import Screens, find_screen
from display.views import screen_view
from server.config.live import LiveSettings
from server.engine import HallEngine
from server.hall.state import HallState
from server.terminal import Terminal
from server.web.access import room_for_device
from server.web.devices import Kind
from server.web.feed import Feed, View


def open_terminal(hall: HallEngine, live: LiveSettings) -> Terminal:
    def admit() -> str:
        return find_screen(live.now, room_for_device(Kind.DISPLAY, "display")).id

    def view(state: HallState, screen_id: str) -> View:
        return screen_view(state, live.now, find_screen(live.now, screen_id), hall.clock()).model_dump()

    feed = Feed("/display", hall, live, admit, view)
    return Terminal(
        blueprint=pages,
        api=api,
        namespaces=(feed,),
        subscriptions=(feed.subscription(),),
        agents=(Screens(live, feed),),
    )
