"""All devices of one kind at the hall's windows, on lines of their own or several on one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from server.device.device_line import DeviceLine
from server.hall.events import Event, Recorded
from server.terminal import Subscription


class DeviceAgent:
    """`kinds` of events may change what `lines` show; `name` is for the log.

    `everywhere`: also those at other windows, as whatever changes how many wait.
    """

    def __init__(
        self, name: str, kinds: frozenset[type[Event]], lines: Sequence[DeviceLine[Any]], *, everywhere: bool = False
    ) -> None:
        self._name = name
        self._kinds = kinds
        self._lines = lines
        self._everywhere = everywhere

    def subscription(self) -> Subscription:
        return Subscription(self._name, self._happened, self._kinds)

    def start(self) -> None:
        """A device whose port is missing does not keep the others, or the hall, from starting."""
        for line in self._lines:
            line.start()

    def stop(self) -> None:
        for line in self._lines:
            line.stop()
        for line in self._lines:
            line.join()

    def look(self) -> None:
        """Something happened: every device may have to show something else."""
        for line in self._lines:
            line.look()

    def states(self) -> list[dict[str, Any]]:
        return [line.state() for line in self._lines]

    def _happened(self, events: Sequence[Recorded]) -> None:
        """An event without a window, such as a new day, concerns every device."""
        windows = {recorded.event.window for recorded in events}
        for line in self._lines:
            if self._everywhere or None in windows or line.window in windows:
                line.look()
