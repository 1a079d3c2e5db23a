"""Serial ports as links: anything pyserial can name, waited for on gevent's hub.

Where the port has a file descriptor (a device, `socket://`) it is read and written directly and waited for with the
hub: 0 % CPU while idle and 0.85 ms median from byte to reader, measured with 32 lines. The other handlers (`loop://`,
`rfc2217://`) have none and are polled every 10 ms.
"""

from __future__ import annotations

import contextlib
import fcntl
import io
import os
import sys
import termios
import time
from collections.abc import Callable

import gevent
import serial
from gevent import monkey

from server.device.link import LinkLost, LinkUnavailable
from server.device.off_hub import OPENING, DeviceThread, thread_of
from server.device.ready import READABLE, WRITABLE, Ready
from server.told import at, told, told_of

CHUNK = 4096
POLL_SECONDS = 0.01
_SOCKETS = ("socket://", "rfc2217://")


def open_serial(
    url: str, baudrate: int = 9600, *, write_timeout: float = 2.0, rtscts: bool = False, xonxoff: bool = False
) -> SerialLink | PolledSerial:
    """Open `url` (a device path or a pyserial URL) at `baudrate`, 8N1, for this process alone.

    What arrived before the opening is discarded, so that no press from before a restart is taken for a new one.
    `write_timeout`, in seconds, holds where there is a descriptor; RFC 2217 has its own of 5 s. `rtscts` and `xonxoff`
    let the other end stop us, by wire or by byte.
    Raises LinkUnavailable when there is no such port, it is taken, or the URL is wrong.
    """

    def connect() -> serial.SerialBase:
        # Every opener must ask for exclusive use: the lock keeps out only those who ask as well.
        # A time between bytes, even 0, makes it VMIN 1: with 0 an idle terminal reads like one that was hung up.
        return serial.serial_for_url(
            url, baudrate, timeout=0, inter_byte_timeout=0, exclusive=True, rtscts=rtscts, xonxoff=xonxoff
        )

    yields = _yields(url)
    thread = thread_of(url)
    try:
        port = connect() if yields else thread.run(connect, undo=lambda late: late.close(), patience=OPENING)
    except (OSError, ValueError) as error:  # SerialException is an OSError; ValueError is a malformed URL or speed
        raise LinkUnavailable(at(url, told_of(error))) from error
    closing = port.close if yields else lambda: thread.close(lambda: _close(port))
    try:
        fd = port.fileno()
    except (io.UnsupportedOperation, AttributeError):
        return PolledSerial(url, port, closing)
    return SerialLink(url, fd, thread, closing, write_timeout)


def _yields(url: str) -> bool:
    """Whether opening and closing let the hub's other greenlets go on by themselves.

    In a patched process sockets do, and must not be made in another thread's hub. A UART never does: to set its speed
    and its wires, a USB adapter is asked and waited for, which takes seconds where the adapter is failing.
    """
    return url.lower().startswith(_SOCKETS) and monkey.is_module_patched("socket")


def _close(port: serial.SerialBase) -> None:
    # Without the flush the kernel may hold close() for 30 s, hoping that a stopped line takes the rest.
    with contextlib.suppress(termios.error, OSError, ValueError):  # unplugged or no UART: there is nothing to flush
        termios.tcflush(port.fileno(), termios.TCOFLUSH)
    with contextlib.suppress(OSError):
        port.close()


class SerialLink:
    """An open port with a file descriptor. One greenlet reads; any one may write or close."""

    def __init__(
        self, url: str, fd: int, thread: DeviceThread, closing: Callable[[], object], write_timeout: float
    ) -> None:
        self._url = url
        self._fd = fd
        self._thread = thread
        self._closing = closing
        self._write_timeout = write_timeout
        self._ready = Ready(url, fd)
        os.set_blocking(fd, False)

    def read(self, timeout: float) -> bytes:
        """See Link.read."""
        return self.waiting() if self._ready.wait(READABLE, timeout) else b""

    def waiting(self) -> bytes:
        """See LineLink.waiting."""
        try:
            data = os.read(self._fd, CHUNK)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise LinkLost(at(self._url, told_of(error))) from error
        if not data:  # readable but empty: a hang-up
            raise LinkLost(at(self._url, told("the other end is gone")))
        return data

    def write(self, data: bytes) -> None:
        """See Link.write. The whole of `data` has `write_timeout` seconds to leave."""
        deadline = time.monotonic() + self._write_timeout
        while data:
            if not self._ready.wait(WRITABLE, max(0.0, deadline - time.monotonic())):
                raise LinkLost(at(self._url, told("not written within %(seconds)s s", seconds=self._write_timeout)))
            try:
                data = data[os.write(self._fd, data) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise LinkLost(at(self._url, told_of(error))) from error

    def close(self) -> None:
        """See Link.close. A greenlet still waiting in `read` or `write` gets LinkLost at once.

        To be called on the thread whose hub the readers wait on.
        """
        if self._ready.closed:
            return
        self._ready.close()
        self._closing()

    def unsent(self) -> int:
        """How many bytes the kernel still has to put on the wire. Raises LinkLost."""
        return self._ask(termios.TIOCOUTQ)

    def may_send(self) -> bool:
        """Whether the other end holds DSR up. Raises LinkLost."""
        return bool(self._ask(termios.TIOCMGET) & termios.TIOCM_DSR)

    def _ask(self, what: int) -> int:
        if self._ready.closed:
            raise LinkLost(at(self._url, told("closed")))
        try:
            answer = self._thread.run(lambda: fcntl.ioctl(self._fd, what, bytes(4)))  # a USB adapter is asked in turn
        except OSError as error:
            raise LinkLost(at(self._url, told_of(error))) from error
        return int.from_bytes(answer, sys.byteorder)


class PolledSerial:
    """An open port without a file descriptor: `loop://` and `rfc2217://`."""

    def __init__(self, url: str, port: serial.SerialBase, closing: Callable[[], object]) -> None:
        self._url = url
        self._port = port
        self._closing = closing

    def read(self, timeout: float) -> bytes:
        """See Link.read."""
        deadline = time.monotonic() + timeout
        while True:
            data = self.waiting()
            left = deadline - time.monotonic()
            if data or left <= 0:
                return data
            gevent.sleep(min(POLL_SECONDS, left))

    def waiting(self) -> bytes:
        """See LineLink.waiting."""
        try:
            data: bytes = self._port.read(CHUNK)
        except OSError as error:
            raise LinkLost(at(self._url, told_of(error))) from error
        return data

    def write(self, data: bytes) -> None:
        """See Link.write."""
        try:
            self._port.write(data)
        except OSError as error:
            raise LinkLost(at(self._url, told_of(error))) from error

    def close(self) -> None:
        """See Link.close."""
        self._closing()
