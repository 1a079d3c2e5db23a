"""What speakers have begun to say, kept in a file: a server that is killed and started again says none of it twice."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

import gevent

_log = logging.getLogger(__name__)
_FILE: Final = "spoken.json"

Begun = Mapping[str, Mapping[str, datetime]]
"""By speaker: the announcements that were begun, and when (aware)."""


class SpokenMemory:
    """The file in the server's folder `data`. A disk that fails costs its memory, never a word."""

    def __init__(self, data: Path) -> None:
        self._file = data / _FILE

    def read(self) -> dict[str, dict[str, datetime]]:
        """As it was last written; empty when there is none, or none that can be read."""
        try:
            content = json.loads(self._file.read_text(encoding="utf-8"))
            return {
                speaker: {said: datetime.fromisoformat(at) for said, at in begun.items()}
                for speaker, begun in content.items()
            }
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, AttributeError, TypeError) as error:
            _log.warning("%s cannot be read, calls of the last minute may be spoken again: %s", self._file, error)
            return {}

    def write(self, begun: Begun) -> None:
        """Off the hub; returns when it is written. It outlives the process, and need not outlive a power cut."""
        content = {speaker: {said: at.isoformat() for said, at in own.items()} for speaker, own in begun.items()}
        gevent.get_hub().threadpool.apply(self._write, (json.dumps(content),))

    def _write(self, text: str) -> None:
        fresh = self._file.with_suffix(".new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(self._file)
        except OSError as error:
            _log.warning("%s cannot be written: %s", self._file, error)
