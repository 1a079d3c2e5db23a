"""The file that a running server's settings came from, to be read again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from server.config.loading import load_settings
from server.config.settings import Settings


def _as_it_is(settings: Settings) -> Settings:
    return settings


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """`complete` does to the settings what was done to them at the start, such as filling in the server's address."""

    path: Path
    complete: Callable[[Settings], Settings] = _as_it_is

    def load(self) -> Settings:
        """Raises ConfigError."""
        return self.complete(load_settings(self.path))
