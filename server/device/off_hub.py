"""Calls that may block for ever, each device's in a thread of its own, while the hub's greenlets go on.

Not in gevent's pool: its ten threads serve the whole process, and ten printers whose calls do not return would hold up
every other printer, name look-ups and all else that runs there.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar, cast

import gevent
from gevent.event import AsyncResult
from gevent.queue import Empty, SimpleQueue
from gevent.threadpool import ThreadPool

T = TypeVar("T")

OPENING: Final = 10.0
"""Seconds for a device to open: a USB adapter may take some, a sleeping printer too."""
_IDLE = 60.0
"""Seconds without a call until the thread ends: an open line needs none."""
_CLOSING: Final = 1.0
_threads: dict[str, DeviceThread] = {}


def thread_of(device: str) -> DeviceThread:
    """The thread of what has this address: the same at every opening. To be called on the main thread's hub."""
    return _threads.setdefault(device, DeviceThread())


@dataclass(eq=False, slots=True)
class _Turn:
    call: Callable[[], Any]
    result: AsyncResult[Any] = field(default_factory=AsyncResult)
    left: bool = False


class DeviceThread:
    """Makes one call after the other, in the order they came.

    Of a greenlet that is killed while it waits, the call goes on in the thread: the next one waits for it, so that
    nothing is closed under a transfer. A call that had not begun is never made.
    """

    def __init__(self) -> None:
        self._turns: SimpleQueue[_Turn] = SimpleQueue()
        self._serving = False

    def run(self, call: Callable[[], T], undo: Callable[[T], object] | None = None, patience: float | None = None) -> T:
        """Make the call; what it raises is raised here. `undo` takes back the result that nobody was left to receive.

        Raises TimeoutError, an OSError, after `patience` seconds.
        """
        turn = self._queue(call)
        try:
            turn.result.wait(patience)
            if not turn.result.ready():
                raise TimeoutError(errno.ETIMEDOUT, f"does not answer within {patience} s")
        except BaseException:
            turn.left = True
            if undo is not None:
                turn.result.rawlink(lambda late: self._take_back(late, undo))
            raise
        return cast(T, turn.result.get())

    def close(self, call: Callable[[], object]) -> None:
        """Make a device's last call; while the one before does not return it is left behind and made after that."""
        turn = self._queue(call)
        turn.result.wait(_CLOSING)
        if turn.result.ready():
            turn.result.get()

    def _queue(self, call: Callable[[], Any]) -> _Turn:
        turn = _Turn(call)
        self._turns.put(turn)
        if not self._serving:
            self._serving = True
            gevent.spawn(self._serve)
        return turn

    def _take_back(self, late: AsyncResult[T], undo: Callable[[T], object]) -> None:
        if late.successful():
            value = cast(T, late.value)
            self._queue(lambda: undo(value))

    def _serve(self) -> None:
        thread = ThreadPool(1)
        while (turn := self._next()) is not None:
            if turn.left:
                continue
            try:
                value, failure = thread.apply(_carried, (turn.call,))
            except Exception as error:  # noqa: BLE001 -- no thread was to be had: the next call may get one
                value, failure = None, error
            if failure is None:
                turn.result.set(value)
            else:
                turn.result.set_exception(failure, (type(failure), failure, failure.__traceback__))
        self._serving = False
        thread.kill()

    def _next(self) -> _Turn | None:
        """None once nothing has been asked for a while."""
        try:
            return self._turns.get(timeout=_IDLE)
        except Empty:
            return self._turns.get() if len(self._turns) else None


def _carried(call: Callable[[], T]) -> tuple[T | None, Exception | None]:
    """A failure is carried over to whoever waits, because gevent prints what is raised in its threads."""
    try:
        return call(), None
    except Exception as error:  # noqa: BLE001 -- raised again where the call was asked for
        return None, error
