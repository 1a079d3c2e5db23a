"""One process in a folder at a time: two demos would share its devices and its database, two agents its outbox."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FolderTaken(Exception):
    """Another process has the folder already."""


@contextmanager
def hold_folder(folder: Path, what: str = "a demo", where: str = "with --data") -> Iterator[None]:
    """Keep the folder, made if need be, for this process; the kernel lets go of it when the process is killed.

    `what` runs there, and `where` it is told which folder. Raises FolderTaken.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{what.split()[-1]}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderTaken(
                f"{what} is already running in {folder}: end it, or give this one a folder of its own {where}"
            ) from None
        yield
