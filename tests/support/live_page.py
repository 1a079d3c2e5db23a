"""A page's live connection, which puts snapshot and patches together as the page does."""

from __future__ import annotations

from typing import Any

import socketio
from hall_server import PATIENCE, HallServer


class LivePage:
    """The page of one device, such as `LivePage(hall, "display", display="hall")`; `view` is what it shows."""

    def __init__(self, hall: HallServer, kind: str, **query: str) -> None:
        self.view: dict[str, Any] = {}
        self.connected = True
        self._namespace = namespace = f"/{kind}"
        self._client = socketio.Client(reconnection=False)
        self._client.on("snapshot", lambda message: self.view.update(message["view"]), namespace=namespace)
        self._client.on("patch", lambda message: self.view.update(message["set"]), namespace=namespace)
        self._client.on("disconnect", self._lost, namespace=namespace)
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        self._client.connect(
            f"{hall.base}?{asked}",
            headers=hall.device(kind),
            namespaces=[namespace],
            transports=["websocket"],
            wait_timeout=PATIENCE,
        )

    def _lost(self, *_: object) -> None:
        self.connected = False

    def tell(self, event: str, message: Any) -> None:
        """What a page says of itself."""
        self._client.emit(event, message, namespace=self._namespace)

    def leave(self) -> None:
        self._client.disconnect()
