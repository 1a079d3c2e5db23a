"""A virtual printer behind a pseudo-terminal, which stands for a serial port or for the kernel's device file."""

from __future__ import annotations

import os
import pty
import select
import socket
import threading
import tty
from pathlib import Path

_ROUND = 0.02


class PtyPrinter:
    """`path` is opened by the hall; whatever is written to it reaches the virtual printer at TCP port `tcp`.

    `name` is a symbolic link to make, as udev does, that goes with the cable. Without `tcp` nobody reads, but whoever
    does at `device`.
    """

    def __init__(self, tcp: int | None = None, name: Path | None = None) -> None:
        self.device, self._held = pty.openpty()
        tty.setraw(self._held)
        self.path = Path(os.ttyname(self._held))
        self._name = name
        if name is not None:
            name.symlink_to(self.path)
            self.path = name
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._carry, args=(tcp,), daemon=True) if tcp is not None else None
        if self._thread is not None:
            self._thread.start()

    def pull(self) -> None:
        """Unplug it; pulling twice is harmless."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()
        if self._name is not None:
            self._name.unlink()
        os.close(self._held)
        os.close(self.device)

    def _carry(self, tcp: int) -> None:
        with socket.create_connection(("127.0.0.1", tcp)) as printer:
            while not self._stopping.is_set():
                ready, _, _ = select.select([self.device, printer], [], [], _ROUND)
                if self.device in ready:
                    printer.sendall(os.read(self.device, 4096))
                if printer in ready:
                    answer = printer.recv(4096)
                    if not answer:
                        return
                    os.write(self.device, answer)
