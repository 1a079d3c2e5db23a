"""What is to be spoken, before anybody has decided when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from display.voice import Announcement


class Priority(IntEnum):
    """What is spoken first: the smaller."""

    EMERGENCY = 0
    CALL = 1
    RECALL = 2
    GENERAL = 3


@dataclass(frozen=True, slots=True)
class Utterance:
    """One announcement. `id` names it for ever; `at` is when it was made and `until` the last moment it may begin.

    `clips` and `text` are one reading of it, in all languages of the hall; it is read `times` times. `window`: whose
    call it is; a window has one call at a time. `brief`: one language of it alone, for a hall that calls faster than it
    can be said.
    """

    id: str
    priority: Priority
    at: datetime
    until: datetime
    clips: tuple[str, ...]
    text: str
    times: int
    window: int | None = None
    brief: Announcement | None = None
