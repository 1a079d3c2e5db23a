"""Why the engine, rather than the hall, could not take a command. The caller may retry with the same key."""

from __future__ import annotations

from typing import ClassVar


class EngineError(Exception):
    """The hall was not asked, or its answer could not be kept: nothing happened that will not be forgotten."""

    code: ClassVar[str] = "unavailable"


class Starting(EngineError):
    """The hall is being rebuilt from its log."""

    code = "starting"


class StandingBy(EngineError):
    """Another process owns this hall; this one takes over when that one dies."""

    code = "standing_by"


class WriteRefused(EngineError):
    """The database did not take the write. The hall is being rebuilt from what is there."""

    code = "write_failed"


class Overloaded(EngineError):
    code = "overloaded"


class Stopping(EngineError):
    code = "stopping"


class KeyReused(Exception):
    """The idempotency key belongs to another verb."""

    code: ClassVar[str] = "key_reused"
