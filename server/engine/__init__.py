"""One writer per hall: commands in, committed events out."""

from server.engine.engine import HallEngine
from server.engine.errors import EngineError

__all__ = ["EngineError", "HallEngine"]
