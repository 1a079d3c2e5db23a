"""Why the engine, rather than the hall, could not take a command. The caller may retry with the same key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from server.told import Told, at, lines

Objection = tuple[str, Told]
"""A section of config.yaml, and what is wrong there."""


class EngineError(Exception):
    """The hall was not asked, or what it answered may not have been kept."""

    code: ClassVar[str] = "unavailable"


class Starting(EngineError):
    """The hall is being rebuilt from its log."""

    code = "starting"


class StandingBy(EngineError):
    """Another process owns this hall; this one takes over when that one dies."""

    code = "standing_by"


class WriteRefused(EngineError):
    """The database did not confirm the write. The hall is being rebuilt from what is there.

    A connection that broke during the commit leaves it open whether the write was kept: asking again with the same key
    gives the answer that was kept, or does it now.
    """

    code = "write_failed"


class Overloaded(EngineError):
    code = "overloaded"


class Stopping(EngineError):
    code = "stopping"


class PlanChanged(Exception):
    """The configuration lacks something that today's log speaks of; the message names each."""

    def __init__(self, objections: Sequence[Objection]) -> None:
        self.objections = list(objections)
        super().__init__(lines(at(section, what) for section, what in objections))


class KeyReused(Exception):
    """The idempotency key belongs to another verb."""

    code: ClassVar[str] = "key_reused"
