"""What an agent was told of its pads, kept on its PC: with that it serves them although its server is not there yet."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

import gevent

from evaluator.session import Showing
from evaluator.wire import Window
from server.config.devices import PadSettings
from server.device.durable import content, write_anew
from server.device.steady import steady_time
from server.messages import Message

_log = logging.getLogger(__name__)
_FILE: Final = "known.jsonl"


class Told(Message):
    """What the server wants shown. An invitation ends by itself at `until`, in seconds of this PC's boot clock."""

    showing: Showing
    until: float | None = None


class Known(Message):
    """`pads` as the server described them, and what they were `told` last, by their windows.

    `teller` is the server and the name it knows this PC by; `boot` is the start of the PC whose clock `until` is of.
    `format` goes up when the meaning of a field changes: another version's file then says nothing.
    """

    format: Literal[1]
    teller: str
    boot: str
    pads: list[PadSettings]
    told: dict[Window, Told]


class PadMemory:
    """One line in a file of `folder`, replaced whole. A disk that fails costs the memory, and no press."""

    def __init__(self, folder: Path, teller: str) -> None:
        self._path = folder / _FILE
        self._teller = teller
        self._written: Known | None = None

    def read(self) -> Known | None:
        """None when there is nothing, or what there is is torn, of another version, or from another server."""
        try:
            (line,) = self._path.read_bytes().splitlines()
            known = Known.model_validate_json(content(line))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            _log.warning("%s: cannot be used, the pads wait for the server: %s", self._path, type(error).__name__)
            return None
        return known if known.teller == self._teller else None

    def write(self, pads: Sequence[PadSettings], told: Mapping[int, Told]) -> None:
        """Off the hub; returns when it is on the disk. Nothing is written that is there already."""
        known = Known(format=1, teller=self._teller, boot=steady_time().boot, pads=list(pads), told=dict(told))
        if known == self._written:
            return
        try:
            gevent.get_hub().threadpool.apply(write_anew, (self._path, [known.model_dump_json()]))
            self._written = known
        except OSError as error:
            _log.warning("%s: cannot be written: %s", self._path, error)
