"""What every framing makes of bytes that are no frame."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Garbage:
    """Bytes that belong to no frame, and why they were skipped. For the log and the health page; never a vote."""

    data: bytes
    why: str
