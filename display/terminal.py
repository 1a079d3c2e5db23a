"""The display: the screens that show and speak the calls to the hall."""

from __future__ import annotations

from functools import partial

from display.api import api
from display.pages import pages
from display.screen_feed import ScreenFeed
from display.screens import Screens, find_screen
from display.sound.outlets import SoundOutlets
from display.sound.remote_api import sound_api
from display.speech.outlets import outlet_for
from display.speech.page_voices import PageVoices
from display.speech.speakers import Speakers
from display.strip.strip_agent import StripAgent
from display.views import screen_view
from server.config.live import LiveSettings
from server.device.bus import Buses
from server.engine import HallEngine
from server.hall.state import HallState
from server.terminal import Terminal
from server.web.access import room_for_device
from server.web.devices import Kind
from server.web.feed import View


def open_terminal(hall: HallEngine, live: LiveSettings, buses: Buses) -> Terminal:
    def admit() -> str:
        return find_screen(live.now, room_for_device(Kind.DISPLAY, "display")).id

    def view(state: HallState, screen_id: str) -> View:
        screen = find_screen(live.now, screen_id)
        return screen_view(state, live.now, screen, hall.clock(), voices.speak(screen_id)).model_dump()

    strips = StripAgent(hall, live, buses)
    voices, sounds = PageVoices(), SoundOutlets(hall, live)
    feed = ScreenFeed(hall, live, admit, view, voices)
    at = partial(outlet_for, voices=voices, sounds=sounds)
    speakers = Speakers(hall, live, at, voices, feed.refresh)
    return Terminal(
        blueprint=pages,
        api=api,
        namespaces=(feed,),
        subscriptions=(feed.subscription(), speakers.subscription(), strips.subscription()),
        agents=(Screens(live, feed), speakers, strips),
        agent_api=sound_api(sounds.agents),
    )
