"""How bytes get to the virtual printer and back: what each way of connecting it must offer."""

from __future__ import annotations

from typing import Protocol

from kiosk.virtual_printer.mechanism import Mechanism


class Transport(Protocol):
    """Serves one printer in a thread of its own."""

    @property
    def place(self) -> dict[str, int | str]:
        """Where the printer is found: `port` of this machine, or `link`, a path to open. Known after `start`."""

    def start(self, mechanism: Mechanism) -> None:
        """Begin to serve. Raises OSError when the place cannot be had."""

    def stop(self) -> None:
        """Stop serving, once the mechanism is being stopped, and give the place back."""

    def send(self, data: bytes) -> None:
        """Send to whoever is connected; bytes for nobody are lost."""
