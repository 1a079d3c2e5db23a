"""The counter: where a clerk calls, serves and finishes."""

from __future__ import annotations

from counter.api import api
from counter.booked import BookedToday
from counter.called_here import CalledHere
from counter.desk import Desk, asked_for
from counter.devices import DeskDevices
from counter.keypad.keypad_agent import KeypadAgent
from counter.shell import pages
from counter.view import desk_view
from server.config.live import LiveSettings
from server.device.bus import Buses
from server.engine import HallEngine
from server.hall.state import HallState
from server.terminal import Terminal
from server.web.feed import Feed, View
from server.web.keypad_codes import KeypadCodes


def open_terminal(hall: HallEngine, live: LiveSettings, buses: Buses, codes: KeypadCodes) -> Terminal:
    keypads = KeypadAgent(hall, live.now, buses, codes)
    devices = DeskDevices(live)
    called_here = CalledHere()
    booked = BookedToday()

    def view(state: HallState, room: str) -> View:
        desk = Desk.of(room)
        now = hall.clock()
        here = called_here.tickets(state, desk.window)
        expected = booked.expected(state, state.window(desk.window).services, now)
        pad, alerts = devices.pad(desk.window), devices.alerts(desk.window)
        forecast = hall.waits.forecast
        return desk_view(
            state, live.now, desk.window, desk.username, here, pad, alerts, expected, now, forecast, devices.stopped()
        )

    feed = Feed("/counter", hall, live, lambda: asked_for().room, view)
    devices.watch.on_change = feed.refresh
    return Terminal(
        blueprint=pages,
        api=api,
        namespaces=(feed,),
        subscriptions=(feed.subscription(), keypads.subscription()),
        agents=(keypads,),
        onlookers=(devices.watch,),
    )
