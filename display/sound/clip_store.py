"""An agent's copies of the server's clips, fetched when they are first needed and kept by name and version."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Final
from urllib.parse import quote

from gevent.pool import Pool

from display.sound.clips import ClipsMissing
from server.device.server_link import ServerAway, ServerLink, ServerRefuses

_log = logging.getLogger(__name__)
_TIMEOUT: Final = 3.0
_AT_ONCE: Final = 6
_MOST: Final = 1000
"""More files than a hall's languages have clips: beyond it are texts that were typed once."""


class ClipStore:
    """Files `<digest of the name>.<version>.wav` in `folder`: a name may be a sentence of the hall's.

    Raises OSError when the folder cannot be used.
    """

    def __init__(self, link: ServerLink, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._link = link
        self._folder = folder
        self._versions: dict[str, str] = {}

    def expect(self, versions: Mapping[str, str]) -> None:
        """What the clips of the next order are at the server."""
        self._versions.update(versions)

    def files(self, names: Collection[str]) -> dict[str, Path]:
        """See Clips.files. One that the server does not give is taken from what was kept, in any version."""
        wanted = {name: self._file(name) for name in names}
        Pool(_AT_ONCE).map(self._fetch, [name for name, file in wanted.items() if not file.is_file()])
        found = {name: self._kept(name, file) for name, file in wanted.items()}
        missing = [name for name, file in found.items() if file is None]
        if missing:
            raise ClipsMissing(", ".join(missing))
        return {name: file for name, file in found.items() if file is not None}

    def _file(self, name: str) -> Path:
        return self._folder / f"{_digest(name)}.{self._versions.get(name, '0')}.wav"

    def _fetch(self, name: str) -> None:
        file = self._file(name)
        version = self._versions.get(name, "0")
        try:
            content = self._link.fetch(f"voice/clips/{quote(name)}.wav?v={version}", _TIMEOUT)
            draft = file.with_suffix(".part")
            draft.write_bytes(content)
            draft.replace(file)
            self._tidy(name, file)
        except (ServerAway, ServerRefuses, OSError) as error:
            _log.warning("clip %s: %s", name, error)

    def _kept(self, name: str, file: Path) -> Path | None:
        if file.is_file():
            return file
        return max(self._copies(name), key=_age, default=None)

    def _copies(self, name: str) -> list[Path]:
        return list(self._folder.glob(f"{_digest(name)}.*.wav"))

    def _tidy(self, name: str, fresh: Path) -> None:
        for copy in self._copies(name):
            if copy != fresh:
                copy.unlink(missing_ok=True)
        for copy in sorted(self._folder.glob("*.wav"), key=_age)[:-_MOST]:
            copy.unlink(missing_ok=True)


def _digest(name: str) -> str:
    return blake2b(name.encode(), digest_size=16).hexdigest()


def _age(copy: Path) -> float:
    return copy.stat().st_mtime
