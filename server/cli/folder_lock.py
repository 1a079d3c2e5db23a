"""One process in a folder at a time: two demos would share its devices and its database, two agents its outbox."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.told import told


class FolderTaken(Exception):
    """Another process has the folder already."""


@contextmanager
def hold_folder(folder: Path, lock: str, taken: str) -> Iterator[None]:
    """Keep the folder, made if need be, for this process; the kernel lets go of it when the process is killed.

    `lock` names the file; `taken` is what is told of the `%(folder)s` when another process has it. Raises FolderTaken.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{lock}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderTaken(told(taken, folder=folder)) from None
        yield
