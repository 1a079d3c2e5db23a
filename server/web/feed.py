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
_NONCE = 40
"""Characters of a page's name for itself, at most."""


@dataclass(frozen=True, slots=True)
class Page:
    """A connected page: Socket.IO's id of its connection, the room it shows, and the name it gives itself.

    That comes as `page` in the handshake's query: the same over all its connections, another when it is loaded anew.
    Empty if it gave none.
    """

    sid: str
    room: str
    nonce: str


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

    A feed that listens to its pages too has `on_<message>` methods, which ask `asking` who it is, and may say more in
    `came` and `went`.
    """

    def __init__(
        self,
        namespace: str,
        hall: HallEngine,
        live: LiveSettings,
        admit: Callable[[], str],
        view: Callable[[HallState, str], View],
    ) -> None:
        super().__init__(namespace)
        self._hall = hall
        self._live = live
        self._admit = admit
        self._view = view
        self._rooms: dict[str, _Room] = {}
        self._pages: dict[str, Page] = {}

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

    def shown(self, name: str) -> View | None:
        """The view that the room's pages have; None while nobody shows it."""
        room = self._rooms.get(name)
        return room.view if room else None

    def asking(self) -> Page | None:
        """Which page the message being answered is from; None when it has left meanwhile."""
        return self._pages.get(request.sid)  # type: ignore[attr-defined]  # set by Flask-SocketIO

    def came(self, page: Page) -> None:
        """A page has connected and was given its snapshot."""

    def went(self, page: Page) -> None:
        """A page's connection has ended."""

    def pages(self, name: str) -> list[Page]:
        """The pages that show the room now."""
        room = self._rooms.get(name)
        return [self._pages[sid] for sid in room.members if sid in self._pages] if room else []

    def on_connect(self, auth: object = None) -> None:
        sid: str = request.sid  # type: ignore[attr-defined]
        try:
            name = self._admit()
            room, snapshot = self._snapshot(name)
        except (Refused, HallError, EngineError) as refusal:
            raise Refusal(refusal.code) from refusal
        # Nothing below waits, so the room that the snapshot is of is the room that is joined.
        self._rooms[name] = room
        room.members.add(sid)
        page = self._pages[sid] = Page(sid, name, request.args.get("page", "")[:_NONCE])
        join_room(name)
        self._emit("snapshot", snapshot, sid)
        self.came(page)

    def on_snapshot(self, *_: object) -> View | None:
        """A page saw a gap and asks again."""
        page = self.asking()
        return self._snapshot(page.room)[1] if page is not None else None

    def on_disconnect(self, *_: object) -> None:
        page = self._pages.pop(request.sid, None)  # type: ignore[attr-defined]
        if page is None:
            return
        room = self._rooms.get(page.room)
        if room is not None:
            room.members.discard(page.sid)
            if not room.members:
                del self._rooms[page.room]
        self.went(page)

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
