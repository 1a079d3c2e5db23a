"""One demo in a folder at a time: two would share its devices, its accounts and its database."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FolderTaken(Exception):
    """A demo runs in the folder already."""


@contextmanager
def hold_folder(folder: Path) -> Iterator[None]:
    """Keep the folder, made if need be, for this process; the kernel lets go of it when the process is killed."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "demo.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderTaken(
                f"a demo is already running in {folder}: end it, or give this one a folder of its own with --data"
            ) from None
        yield
