"""The commands that a printer obeys the moment they arrive, wherever they stand in the stream.

Real printers look for them before they look at anything else, so an image that happens to hold such bytes provokes
answers nobody asked for, or empties the buffer (Epson and Citizen manuals).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

CLEAR: Final = b"\x14\x08\x01\x03\x14\x01\x06\x02\x08"
"""`DLE DC4` fn 8 with the bytes that guard it: forget everything received and not printed yet."""
CLEARED: Final = b"\x37\x25\x00"
_REQUESTS: Final = re.compile(
    rb"\x10(\x04[\x01-\x04]|\x05[\x01\x02]|\x14\x01[\x00\x01][\x01-\x08]|" + re.escape(CLEAR) + rb")", re.DOTALL
)
_LONGEST: Final = 1 + len(CLEAR)


@dataclass(frozen=True)
class RealTimeRequest:
    """What comes after the DLE, and where in the bytes just fed it ends."""

    body: bytes
    end: int


class RealTimeScan:
    """Finds the requests, also those that come in pieces."""

    def __init__(self) -> None:
        self._tail = b""

    def feed(self, data: bytes) -> list[RealTimeRequest]:
        """The requests that `data` completes, in order."""
        stream = self._tail + data
        found = list(_REQUESTS.finditer(stream))
        used = found[-1].end() if found else 0
        before = len(self._tail)
        self._tail = stream[max(used, len(stream) - _LONGEST + 1) :]
        return [RealTimeRequest(match[1], match.end() - before) for match in found]
