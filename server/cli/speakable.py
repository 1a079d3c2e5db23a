"""A hall whose wording its clips cannot say is not run: no call of it would be heard as it was meant."""

from __future__ import annotations

from pathlib import Path

from display.wording_checking import wording_mistakes
from server.config import ConfigError, Settings
from server.voice.pages import hall_pack


def speakable(settings: Settings, file: Path) -> Settings:
    """`settings` themselves. Raises ConfigError."""
    if mistakes := list(wording_mistakes(settings, hall_pack(settings))):
        raise ConfigError(file, mistakes)
    return settings
