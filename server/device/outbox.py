"""What has to reach the server although the network or this process may fail first: letters, in order, on disk."""

from __future__ import annotations

import json
import logging
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import gevent
from gevent.event import Event
from gevent.lock import BoundedSemaphore
from pydantic import ValidationError

from server.device.durable import checked, content, write_anew
from server.messages.letters import Letter

_log = logging.getLogger(__name__)
_FILE: Final = "outbox.jsonl"
_FULL: Final = 256 * 1024
"""Bytes after which the file is written anew once nothing in it is waiting any more."""


class Outbox:
    """Letters of this process and of earlier ones that nobody has acknowledged.

    One line of the file is a letter, or says up to where they are acknowledged; before it stands its checksum. A line
    that the power cut in two is not a letter: whoever wrote it was not told that it was kept. Nor is one of which a bad
    disk has changed a byte. Raises OSError when the folder cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / _FILE
        self._waiting = {letter.seq: letter for letter in _unacknowledged(self._path)}
        self._last = max(self._waiting, default=0)
        self._putting = BoundedSemaphore()
        self._some = Event()
        self._fd = self._anew()
        self._torn = False
        if self._waiting:
            self._some.set()

    def put(self, body: dict[str, Any]) -> bool:
        """Returns once the letter is on disk. On a full disk it is only remembered: better than not said at all.

        Answers whether it would survive this process.
        """
        with self._putting:
            self._last += 1
            letter = Letter(seq=self._last, id=secrets.token_hex(8), body=body)
            kept = False
            try:
                self._append(letter.model_dump_json())
                gevent.get_hub().threadpool.apply(os.fsync, (self._fd,))
                kept = True
            except OSError as error:
                _log.error("%s: a message is kept in memory alone: %s", self._path, error)
            # Only now may it be sent: a letter that the server knows must not be forgotten here.
            self._waiting[letter.seq] = letter
            self._some.set()
            return kept

    def waiting(self) -> list[Letter]:
        """Oldest first."""
        return list(self._waiting.values())

    def wait(self, timeout: float | None = None) -> bool:
        """Until there is a letter to send."""
        return bool(self._some.wait(timeout))

    def acknowledge(self, seq: int) -> None:
        """The letters up to `seq` have arrived. That this is lost with the power is harmless: they are told again."""
        with self._putting:
            for known in [known for known in self._waiting if known <= seq]:
                del self._waiting[known]
            if not self._waiting:
                self._some.clear()
            try:
                self._append(json.dumps({"acknowledged": seq}))
                if not self._waiting and os.fstat(self._fd).st_size > _FULL:
                    os.close(self._fd)
                    self._fd = self._anew()
            except OSError as error:
                _log.error("%s: %s", self._path, error)

    def close(self) -> None:
        os.close(self._fd)

    def _append(self, line: str) -> None:
        # Behind half a line nothing could be read: it gets an end of its own first.
        data = (b"\n" if self._torn else b"") + checked(line)
        self._torn = True
        written = os.write(self._fd, data)
        if written < len(data):
            raise OSError(f"{written} of {len(data)} bytes written")
        self._torn = False

    def _anew(self) -> int:
        """The file with what is waiting and nothing else, whole or not at all; open for more."""
        write_anew(self._path, (letter.model_dump_json() for letter in self._waiting.values()))
        return os.open(self._path, os.O_WRONLY | os.O_APPEND)


def _unacknowledged(path: Path) -> Iterator[Letter]:
    if not path.exists():
        return
    letters: list[Letter] = []
    acknowledged = 0
    for line in path.read_bytes().splitlines():
        try:
            said = json.loads(content(line))
            if "acknowledged" in said:
                acknowledged = max(acknowledged, int(said["acknowledged"]))
            else:
                letters.append(Letter.model_validate(said))
        except (ValueError, TypeError, ValidationError) as error:
            _log.warning("%s: a line that is no message is left out: %s", path, type(error).__name__)
    yield from (letter for letter in letters if letter.seq > acknowledged)
