"""The device board: how printers, pads and screens are, and what a person has to do about it."""

from __future__ import annotations

from server.config.live import LiveSettings
from server.device_board.api import device_api
from server.device_board.board import DeviceBoard
from server.device_board.pages import pages
from server.engine import HallEngine
from server.hall.state import HallState
from server.terminal import Terminal
from server.web.access import signed_in
from server.web.accounts import Role
from server.web.feed import Feed, View


def open_terminal(hall: HallEngine, live: LiveSettings) -> Terminal:
    board = DeviceBoard(hall, live)

    def view(state: HallState, room: str) -> View:
        return board.view(state, whole=room == Role.LEADER.value).model_dump()

    def look() -> None:
        board.look()
        # Not by events: a paper that is paused for long is none, and a busy hall has hundreds of them a minute.
        feed.refresh()

    feed = Feed("/devices", hall, live, lambda: signed_in().role.value, view)
    board.watch.on_look = look
    return Terminal(blueprint=pages, api=device_api(board), namespaces=(feed,), onlookers=(board.watch,))
