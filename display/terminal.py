"""The display: the screens that show and speak the calls to the hall."""

from __future__ import annotations

from functools import partial

from display.api import api
from display.pages import pages
from display.screen_feed import ScreenFeed
from display.screens import Screens, find_screen
from display.speech.outlets import outlet_for
from display.speech.page_voices import PageVoices
from display.speech.speakers import Speakers
from display.views import screen_view
from server.config.live import LiveSettings
from server.engine import HallEngine
from server.hall.state import HallState
from server.terminal import Terminal
from server.web.access import room_for_device
from server.web.devices import Kind
from server.web.feed import View


def open_terminal(hall: HallEngine, live: LiveSettings) -> Terminal:
    def admit() -> str:
        return find_screen(live.now, room_for_device(Kind.DISPLAY, "display")).id

    def view(state: HallState, screen_id: str) -> View:
        screen = find_screen(live.now, screen_id)
        return screen_view(state, live.now, screen, hall.clock(), voices.speak(screen_id)).model_dump()

    voices = PageVoices()
    feed = ScreenFeed(hall, live, admit, view, voices)
    speakers = Speakers(hall, live, partial(outlet_for, voices=voices), voices, feed.refresh)
    return Terminal(
        blueprint=pages,
        api=api,
        namespaces=(feed,),
        subscriptions=(feed.subscription(), speakers.subscription()),
        agents=(Screens(live, feed), speakers),
    )
