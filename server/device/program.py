"""A program that is fed over a pipe, started and waited for while the hub's greenlets go on.

Not by the subprocess module, whose copy of this process stops the hub (see `scheduler`): `posix_spawn` makes none. The
exit code comes over a pipe, from a shell that waits for the program, because libev reaps the children of a whole
process as soon as somebody has it watch for one.
"""

from __future__ import annotations

import fcntl
import os
import signal
import struct
import termios
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

import gevent
from gevent.event import AsyncResult
from gevent.os import make_nonblocking, nb_read, nb_write

_SHELL: Final = ("/bin/sh", "-c", '"$@"; echo $? >&3', "sh")
"""The program has the pipe open as well, so that its end is the end of both: a shell may be gone before it."""
_MOST_WORDS: Final = 4096
_LAST_WORDS: Final = 0.2
"""Seconds in which what a program complained of arrives after its end; its own children may keep the pipe open."""
_PATIENCE: Final = 0.5
"""Seconds to end after SIGTERM."""
_KILLING: Final = 2.0
"""Seconds to end after SIGKILL; one that is held by a dead driver is left behind."""
_REAPING: Final = 0.02
NOT_FOUND: Final = 127
"""The exit code of a program that is not installed."""


class Program:
    """One run of `words`; its standard output is nobody's, and what it says of itself is in English.

    Raises OSError when nothing can be started.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._fed = 0
        self._said = b""
        self._ended: AsyncResult[int | None] = AsyncResult()
        child_in, self._input = os.pipe()
        status, child_status = os.pipe()
        complaints, child_complaints = os.pipe()
        actions = (
            (os.POSIX_SPAWN_DUP2, child_in, 0),
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_DUP2, child_complaints, 2),
            (os.POSIX_SPAWN_DUP2, child_status, 3),
        )
        try:
            self._pid = os.posix_spawn(
                _SHELL[0],
                [*_SHELL, *words],
                os.environ | {"LC_ALL": "C"},
                file_actions=actions,
                setpgroup=0,
                setsigdef=[signal.SIGPIPE],  # Python ignores it, and a program that inherits that may never end
            )
        except OSError:
            for end in (self._input, status, complaints):
                os.close(end)
            raise
        finally:
            for end in (child_in, child_complaints, child_status):
                os.close(end)
        make_nonblocking(self._input)
        self._listening = gevent.spawn(self._listen, complaints)
        gevent.spawn(self._watch, status)

    def feed(self, data: bytes) -> None:
        """Hand `data` over, as fast as it is taken, and then the end of it. Raises OSError once nobody reads on."""
        left = memoryview(data)
        try:
            while left:
                written = nb_write(self._input, left)
                self._fed += written
                left = left[written:]
        finally:
            end, self._input = self._input, -1
            os.close(end)

    @property
    def taken(self) -> int:
        """How many bytes it has read, as far as that can be seen: until all are fed."""
        if self._input < 0:
            return self._fed
        unread = fcntl.ioctl(self._input, termios.FIONREAD, b"\0" * 4)
        return int(self._fed - struct.unpack("i", unread)[0])

    @property
    def has_ended(self) -> bool:
        return self._ended.ready()

    @property
    def code(self) -> int | None:
        """The exit code; None while it runs, or when it was ended from here."""
        return self._ended.value

    @property
    def words(self) -> str:
        """The last of what it has complained of."""
        lines = self._said.decode(errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    def wait(self, timeout: float) -> bool:
        """Whether it has ended, after `timeout` seconds at most."""
        self._ended.wait(timeout)
        return self.has_ended

    def end(self) -> None:
        """End it, if it has not; returns when it is gone, or cannot be ended."""
        for how, patience in ((signal.SIGTERM, _PATIENCE), (signal.SIGKILL, _KILLING)):
            if self.has_ended:
                break
            with suppress(ProcessLookupError):
                os.killpg(self._pid, how)
            self._ended.wait(patience)

    def _listen(self, complaints: int) -> None:
        try:
            make_nonblocking(complaints)
            while said := nb_read(complaints, 1024):
                self._said = (self._said + said)[-_MOST_WORDS:]
        finally:
            os.close(complaints)

    def _watch(self, status: int) -> None:
        """The code comes when the program has ended; the end of the pipe without one when both were ended."""
        make_nonblocking(status)
        said = b""
        while not said.endswith(b"\n") and (part := nb_read(status, 16)):
            said += part
        os.close(status)
        self._listening.join(_LAST_WORDS)
        self._listening.kill(block=False)
        self._ended.set(int(said) if said.strip() else None)
        self._reap()

    def _reap(self) -> None:
        with suppress(ChildProcessError):
            while os.waitpid(self._pid, os.WNOHANG) == (0, 0):
                gevent.sleep(_REAPING)
