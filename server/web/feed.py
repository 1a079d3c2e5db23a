"""The live view of a page: whole on connecting, then only what changed, always in step.

Each room (a kiosk, a screen, a window) has one view, a dict. Whoever joins gets `snapshot {seq, view}`; every later
`patch {prev, seq, set}` replaces top-level keys. `seq` counts the room's changes, so a page that misses one sees the
gap and asks again. A push is a hint; the snapshot is the truth.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask_socketio import ConnectionRefusedError as Refusal
from flask_socketio import Namespace, join_room

from server.config.live import LiveSettings
from server.engine import EngineError, HallEngine
from server.hall.errors import HallError
from server.hall.events import Recorded
from server.hall.state import HallState
from server.terminal import Subscription
from server.web.errors import Refused

_log = logging.getLogger(__name__)
View = dict[str, Any]


@dataclass(slots=True)
class _Room:
    view: View
    seq: int = 0
    members: set[str] = field(default_factory=set)


class Feed(Namespace):  # type: ignore[misc]  # Flask-SocketIO has no types
    """A Socket.IO namespace whose rooms each show one view of the hall.

    `admit()` names the room of the connecting page, or raises Refused; it runs in the handshake's request.
    `view(state, room)` builds the room's view from the committed state; it must not wait. It raises Refused or
    HallError for a room that the configuration no longer has. Each view carries `config`, the settings' revision, so
    that a page made from another one can load itself anew.
    """

    def __init__(
        self,
        namespace: str,
        hall: HallEngine,
        live: LiveSettings,
        admit: Callable[[], str],
        view: Callable[[HallState, str], View],
        joined: Callable[[str], None] = lambda room: None,
    ) -> None:
        super().__init__(namespace)
        self._hall = hall
        self._live = live
        self._admit = admit
        self._view = view
        self._joined = joined
        self._rooms: dict[str, _Room] = {}
        self._room_of: dict[str, str] = {}

    def subscription(self) -> Subscription:
        """Give this to the engine, so that the feed hears of every committed event."""
        return Subscription(f"feed {self.namespace}", self._tell)

    def refresh(self, name: str | None = None) -> None:
        """Send what changed in one room, or in all; for changes that are not events, such as a device's state."""
        for room_name in [name] if name is not None else list(self._rooms):
            room = self._rooms.get(room_name)
            if room is not None:
                self._send_changes(room_name, room)

    def members(self, name: str) -> int:
        """How many pages show the room now."""
        room = self._rooms.get(name)
        return len(room.members) if room else 0

    def on_connect(self, auth: object = None) -> None:
        page: str = request.sid  # type: ignore[attr-defined]  # set by Flask-SocketIO
        try:
            name = self._admit()
            room, snapshot = self._snapshot(name)
        except (Refused, HallError, EngineError) as refusal:
            raise Refusal(refusal.code) from refusal
        # Nothing below waits, so the room that the snapshot is of is the room that is joined.
        self._rooms[name] = room
        room.members.add(page)
        self._room_of[page] = name
        join_room(name)
        self._emit("snapshot", snapshot, page)
        self._joined(name)

    def on_snapshot(self, *_: object) -> View | None:
        """A page saw a gap and asks again."""
        name = self._room_of.get(request.sid)  # type: ignore[attr-defined]
        return self._snapshot(name)[1] if name is not None else None

    def on_disconnect(self, *_: object) -> None:
        page: str = request.sid  # type: ignore[attr-defined]
        name = self._room_of.pop(page, None)
        room = self._rooms.get(name) if name is not None else None
        if room is not None and name is not None:
            room.members.discard(page)
            if not room.members:
                del self._rooms[name]
            self._joined(name)

    def _snapshot(self, name: str) -> tuple[_Room, View]:
        """The room and what it shows. Reading may wait, and meanwhile others may have opened or emptied the room."""
        view = self._look(name)
        room = self._rooms.get(name)
        if room is None:
            room = _Room(view)
        else:
            self._show(name, room, view)
        return room, {"seq": room.seq, "view": {**room.view, "now": self._hall.clock().isoformat()}}

    def _tell(self, events: Sequence[Recorded]) -> None:
        self.refresh()

    def _send_changes(self, name: str, room: _Room) -> None:
        try:
            view = self._look(name)
        except (Refused, HallError) as error:
            _log.info("%s: room %s is closed: %s", self.namespace, name, error)
            self._close(name, room)
            return
        self._show(name, room, view)

    def _look(self, name: str) -> View:
        return self._hall.read(lambda state: {**self._view(state, name), "config": self._live.revision})

    def _close(self, name: str, room: _Room) -> None:
        """Its pages find out for themselves that they are no longer let in."""
        for page in list(room.members):
            self.socketio.server.disconnect(page, namespace=self.namespace)

    def _show(self, name: str, room: _Room, view: View) -> None:
        changed = {key: value for key, value in view.items() if room.view.get(key) != value}
        room.view = view
        if not changed:
            return
        prev, room.seq = room.seq, room.seq + 1
        self._emit("patch", {"prev": prev, "seq": room.seq, "set": changed}, name)

    def _emit(self, event: str, message: View, to: str) -> None:
        self.socketio.emit(event, message, namespace=self.namespace, to=to)
