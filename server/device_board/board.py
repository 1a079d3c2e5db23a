"""The device board of one running hall."""

from __future__ import annotations

from server.config.live import LiveSettings
from server.device_board.since import Since
from server.device_board.view import devices_view
from server.engine import HallEngine
from server.hall.state import HallState
from server.messages import DevicesNowOut, DevicesOut
from server.web.device_watch import DeviceWatch


class DeviceBoard:
    """What it shows, now. `watch` looks at the devices also while nobody looks at the board."""

    def __init__(self, hall: HallEngine, live: LiveSettings) -> None:
        self._hall = hall
        self._live = live
        self._since = Since()
        self.watch = DeviceWatch("device board")

    def look(self) -> None:
        """Note what has changed since the last look."""
        self._since.note(self.watch.ask(), self._hall.clock())

    def view(self, state: HallState, *, whole: bool) -> DevicesOut:
        """`whole`: for leaders."""
        states, now = self.watch.ask(), self._hall.clock()
        self._since.note(states, now)
        return devices_view(state, self._live.now, states, self._since, now, whole=whole)

    def now(self, *, whole: bool) -> DevicesNowOut:
        at = self._hall.clock().isoformat()
        return DevicesNowOut(at=at, **dict(self._hall.read(lambda state: self.view(state, whole=whole))))
