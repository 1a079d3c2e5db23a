"""What speakers have begun to say, kept in a file: a server that is killed and started again says none of it twice."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

import gevent

from display.speech.line import Begun

_log = logging.getLogger(__name__)
_FILE: Final = "spoken.json"


class SpokenMemory:
    """The file in the server's folder `data`: `{speaker: {announcement: [ISO time, readings]}}`.

    A disk that fails costs its memory, never a word.
    """

    def __init__(self, data: Path) -> None:
        self._file = data / _FILE

    def read(self) -> dict[str, dict[str, Begun]]:
        """As it was last written; empty when there is none, or none that can be read."""
        try:
            content = json.loads(self._file.read_text(encoding="utf-8"))
            return {
                speaker: {said: _begun(*facts) for said, facts in begun.items()} for speaker, begun in content.items()
            }
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, AttributeError, TypeError) as error:
            _log.warning("%s cannot be read, calls of the last minute may be spoken again: %s", self._file, error)
            return {}

    def write(self, begun: Mapping[str, Mapping[str, Begun]]) -> None:
        """Off the hub; returns when it is written. It outlives the process, and need not outlive a power cut."""
        content = {
            speaker: {said: (one.at.isoformat(), one.readings) for said, one in own.items()}
            for speaker, own in begun.items()
        }
        gevent.get_hub().threadpool.apply(self._write, (json.dumps(content),))

    def _write(self, text: str) -> None:
        fresh = self._file.with_suffix(".new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(self._file)
        except OSError as error:
            _log.warning("%s cannot be written: %s", self._file, error)


def _begun(at: str, readings: int) -> Begun:
    """Raises ValueError or TypeError for what was not written here."""
    when = datetime.fromisoformat(at)
    if when.tzinfo is None or not isinstance(readings, int):
        raise ValueError(f"no time and number of readings: {at}, {readings}")
    return Begun(when, readings)
