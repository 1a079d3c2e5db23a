"""A hall's own pictures and videos, as they lie in a screen's folder."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal, NamedTuple

Sort = Literal["picture", "video"]
_SORTS: Final[dict[str, Sort]] = {
    ".jpg": "picture",
    ".jpeg": "picture",
    ".png": "picture",
    ".webp": "picture",
    ".gif": "picture",
    ".mp4": "video",
    ".webm": "video",
}
MOST: Final = 200


class Medium(NamedTuple):
    """A file of the folder. `version` changes with its content, as far as its age and size tell."""

    name: str
    sort: Sort
    version: str


def media_in(folder: Path) -> list[Medium]:
    """What of the folder a page can show, by name; none when it is missing. Hidden files and folders are left out."""
    try:
        files = sorted(file for file in folder.iterdir() if _sort(file.name) and file.is_file())
    except OSError:
        return []
    return [Medium(file.name, _SORTS[file.suffix.lower()], _version(file)) for file in files[:MOST]]


def is_medium(name: str) -> bool:
    return _sort(name) is not None


def _sort(name: str) -> Sort | None:
    return None if name.startswith(".") else _SORTS.get(Path(name).suffix.lower())


def _version(file: Path) -> str:
    about = file.stat()
    return f"{about.st_mtime_ns:x}-{about.st_size:x}"
