"""The evaluator: where a citizen says how the service was, on a serial pad or on a screen."""

from __future__ import annotations

from evaluator.api import api
from evaluator.pad_agent import PadAgent
from evaluator.pages import pages
from evaluator.remote import RemotePads
from evaluator.remote_api import pads_api
from evaluator.rooms import evaluator_room
from evaluator.view import evaluator_view
from server.config.live import LiveSettings
from server.device.bus import Buses
from server.engine import HallEngine
from server.terminal import Terminal
from server.web.feed import Feed


def open_terminal(hall: HallEngine, live: LiveSettings, buses: Buses) -> Terminal:
    pads, elsewhere = PadAgent(hall, live.now, buses), RemotePads(hall, live.now)
    feed = Feed(
        "/evaluator",
        hall,
        live,
        lambda: evaluator_room(live.now),
        lambda state, window: evaluator_view(state, live.now, int(window)),
    )
    return Terminal(
        blueprint=pages,
        api=api,
        namespaces=(feed,),
        subscriptions=(feed.subscription(), pads.subscription(), elsewhere.subscription()),
        agents=(pads, elsewhere),
        agent_api=pads_api(elsewhere),
    )
