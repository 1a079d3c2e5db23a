"""What a clerk is told of the hall's devices."""

from __future__ import annotations

from typing import Any

from server.config.live import LiveSettings
from server.hall.printing import window_printer
from server.messages import AlertOut, PlaceOut
from server.web.alerts import alerts, for_clerk
from server.web.device_watch import DeviceWatch


class DeskDevices:
    """The pads and whatever a clerk can mend, for all desks; `watch` tells them when something has changed."""

    def __init__(self, live: LiveSettings) -> None:
        self.watch = DeviceWatch("devices at the desks")
        self.watch.on_look = self._look
        self._live = live
        self._alerts: list[AlertOut] = []

    def pad(self, window: int) -> dict[str, Any] | None:
        """`{state, reason}` of the window's pad (`ready`, `settling` or `offline`); None when there is none."""
        pads = (device for device in self.watch.ask() if device["kind"] == "pad")
        pad = next((pad for pad in pads if pad["window"] == window), None)
        return {"state": pad["state"], "reason": pad["reason"]} if pad else None

    def alerts(self, window: int) -> list[AlertOut]:
        """Worst first. As of the last look: a desk is drawn for every event, and devices change seldom."""
        return for_clerk(self._alerts, window)

    def stopped(self) -> dict[str, str]:
        """What keeps a printer from printing, as AlertOut names it, by the printer's name. Whoever may mend it."""
        stopping = (alert for alert in self._alerts if alert.device == "printer" and alert.stops)
        return {_printer(place): alert.what for alert in stopping for place in alert.places}

    def _look(self) -> None:
        self._alerts = alerts(self.watch.ask(), self._live.now)


def _printer(place: PlaceOut) -> str:
    return window_printer(int(place.id)) if place.kind == "window" else place.id
