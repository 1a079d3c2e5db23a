"""The clip files of a hall: the made defaults, the hall's own recordings over them, and the list for the browser."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, TypedDict

from server.config.voice import MADE_LANGUAGES
from server.voice.clip_set import CHIME, CLIPS, model
from server.voice.sound import BadWavError, wav_seconds

log = logging.getLogger(__name__)

PHRASES: Final = "phrases"
ANNOUNCEMENTS: Final = "announcements"
TYPED: Final = "typed"
_TYPED_NAME: Final = re.compile(r"typed/[0-9a-f]{32}")


class UnknownClipError(LookupError):
    """No clip has this name."""


class MissingClipError(LookupError):
    """The clip exists in the set, but neither the hall nor the defaults have its file."""


class ManifestEntry(TypedDict):
    """Where the browser fetches a clip and how long it sounds."""

    url: str
    seconds: float


@dataclass(frozen=True, slots=True)
class ClipPack:
    """Clips by name: `override/<name>.wav` where the hall recorded one, else `default/<name>.wav`.

    `override` also has what no default can have: the dialects' clips, `<language>/phrases/<words>.wav` and
    `<language>/announcements/<name>.wav`. `spoken` is the folder that holds `typed/`, the speech made of typed text.
    A recording that is no WAV is logged and passed over: one bad file must not silence a hall.
    """

    default: Path
    override: Path | None = None
    spoken: Path | None = None
    dialects: tuple[str, ...] = ()

    def file(self, name: str) -> Path:
        """The file of clip `name`. Raises UnknownClipError (so no name walks out of the folders), MissingClipError."""
        return self._find(name)[0]

    def has(self, name: str) -> bool:
        """Whether clip `name` can sound."""
        try:
            self._find(name)
        except (UnknownClipError, MissingClipError):
            return False
        return True

    def phrases(self, language: str) -> tuple[str, ...]:
        """What the hall recorded beside the clips of the set, to be used in its wording."""
        return tuple(sorted(self._recorded(language, PHRASES)))

    def announcements(self, language: str) -> tuple[str, ...]:
        """The names of the announcements that the hall recorded itself."""
        return tuple(sorted(self._recorded(language, ANNOUNCEMENTS)))

    def manifest(self, names: Iterable[str], url: Callable[[str], str]) -> dict[str, ManifestEntry]:
        """What `player.js` loads: every clip of `names` that has a file.

        `url` turns a clip's name into its address; the file's age is added to it, so that a new recording is heard at
        once although clips may be cached.
        """
        entries: dict[str, ManifestEntry] = {}
        for name in names:
            with suppress(UnknownClipError, MissingClipError):
                file, seconds = self._find(name)
                address = f"{url(name)}?v={file.stat().st_mtime_ns:x}"
                entries[name] = {"url": address, "seconds": round(seconds, 3)}
        return entries

    def _find(self, name: str) -> tuple[Path, float]:
        """The file of clip `name` and its seconds. Raises UnknownClipError, MissingClipError."""
        for folder in self._folders(name):
            file = folder / f"{name}.wav"
            try:
                status = file.stat()
            except OSError:
                continue
            try:
                return file, _seconds(file, status.st_mtime_ns, status.st_size)
            except (BadWavError, OSError) as error:
                log.warning("%s; passed over", error)
        raise MissingClipError(name)

    def _folders(self, name: str) -> list[Path]:
        """Where clip `name` may be, the first choice first. Raises UnknownClipError."""
        language, _, bare = name.partition("/")
        if name == CHIME or name in CLIPS:
            return [folder for folder in (self.override, self.default) if folder is not None]
        if _TYPED_NAME.fullmatch(name):
            return [self.spoken] if self.spoken is not None else []
        if self.override is not None and self._is_own(language, bare):
            return [self.override]
        if language in self.dialects and f"{model(language)}/{bare}" in CLIPS:
            return []
        raise UnknownClipError(name)

    def _is_own(self, language: str, bare: str) -> bool:
        """Whether the hall may have recorded it and nobody else."""
        if language in self.dialects and f"{model(language)}/{bare}" in CLIPS:
            return True
        kind, _, name = bare.partition("/")
        return kind in (PHRASES, ANNOUNCEMENTS) and name in self._recorded(language, kind)

    def _recorded(self, language: str, kind: str) -> set[str]:
        if self.override is None or language not in (*MADE_LANGUAGES, *self.dialects):
            return set()
        return {file.stem for file in _wav_files(self.override / language / kind)}


def _wav_files(folder: Path) -> Iterator[Path]:
    try:
        yield from (file for file in folder.iterdir() if file.suffix == ".wav")
    except OSError:
        return


@lru_cache(maxsize=4096)
def _seconds(file: Path, _changed: int, _size: int) -> float:
    """Of a file in this state of it, so that a page which lists a hundred clips reads none of them again."""
    return wav_seconds(file)
