"""The files of clips, wherever they come from."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Protocol

import gevent

from server.config.live import LiveSettings
from server.voice.clip_pack import MissingClipError, UnknownClipError
from server.voice.pages import hall_pack


class ClipsMissing(Exception):
    """Some clips cannot be had; the message names them."""


class Clips(Protocol):
    def files(self, names: Collection[str]) -> dict[str, Path]:
        """A file for each name. May hold up the greenlet that asks. Raises ClipsMissing."""


class HallClips:
    """The server's own: what the hall has recorded, and the made ones."""

    def __init__(self, live: LiveSettings) -> None:
        self._live = live

    def files(self, names: Collection[str]) -> dict[str, Path]:
        """See Clips.files."""
        found: dict[str, Path] = gevent.get_hub().threadpool.apply(self._find, (names,))
        return found

    def _find(self, names: Collection[str]) -> dict[str, Path]:
        pack = hall_pack(self._live.now)
        found = {}
        missing = []
        for name in names:
            try:
                found[name] = pack.file(name)
            except (MissingClipError, UnknownClipError):
                missing.append(name)
        if missing:
            raise ClipsMissing(", ".join(missing))
        return found
