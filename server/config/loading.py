"""Reading config.yaml, and saying where it is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import ValidationError

from server.config.consistency import inconsistencies
from server.config.hours_checks import hours_without_numbers
from server.config.section import Mistake
from server.config.settings import Settings


class ConfigError(Exception):
    """`mistakes` holds a (path, what is wrong) pair for each, such as (`windows.0.pda`, …)."""

    def __init__(self, file: Path, mistakes: list[tuple[str, str]]) -> None:
        self.file = file
        self.mistakes = mistakes
        super().__init__("\n".join(f"{file}: {path}: {message}" for path, message in mistakes))


def load_settings(file: Path) -> Settings:
    """Raises ConfigError with every mistake found, not only the first."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(file, [("(file)", error.strerror or str(error))]) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(file, [("(file)", f"not YAML: {error}")]) from error
    return parse_settings(content, file)


def parse_settings(content: Any, file: Path = Path("config.yaml")) -> Settings:
    """Settings from the file's plain content. Raises ConfigError."""
    mistakes = list(inconsistencies(content))
    try:
        settings = Settings.model_validate(content)
    except ValidationError as error:
        mistakes = [mistake(detail) for detail in error.errors()] + mistakes
        raise ConfigError(file, mistakes) from error
    mistakes += hours_without_numbers(settings)
    if mistakes:
        raise ConfigError(file, mistakes)
    return settings


WHOLE: Final = "(file)"
"""The path of a mistake that is no single field's."""


def mistake(detail: Any) -> Mistake:
    """One of pydantic's, as (path, what is wrong)."""
    # pydantic's mark of a mistake in a key itself says nothing to whoever wrote the file.
    path = ".".join(str(part) for part in detail["loc"] if part != "[key]") or WHOLE
    return path, detail["msg"].removeprefix("Value error, ")
