"""Reading config.yaml, and saying where it is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from server.config.consistency import inconsistencies
from server.config.field_mistakes import WHOLE, mistake
from server.config.hours_checks import hours_without_numbers
from server.config.section import Mistake
from server.config.settings import Settings
from server.told import Told, at, lines, told, told_of


class ConfigError(Exception):
    """`mistakes` holds a (path, what is wrong) pair for each, such as (`windows.0.pda`, …)."""

    def __init__(self, file: Path, mistakes: list[Mistake]) -> None:
        self.file = file
        self.mistakes = mistakes
        super().__init__(lines(at(file, mistake) for mistake in self.listed()))

    def listed(self) -> list[Told]:
        """Each with its path."""
        return [at(path, what) for path, what in self.mistakes]


def load_settings(file: Path) -> Settings:
    """Raises ConfigError with every mistake found, not only the first."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(file, [(WHOLE, told_of(error))]) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(file, [(WHOLE, no_yaml(error))]) from None
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


def no_yaml(error: yaml.YAMLError | UnicodeDecodeError | RecursionError) -> Told:
    """Never quotes the line, as YAML's own message does: it may be the one with a password or a token."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        mark = error.problem_mark
        return told(
            "not YAML in line %(line)s, column %(column)s: %(problem)s",
            line=mark.line + 1,
            column=mark.column + 1,
            problem=error.problem,
        )
    return told("not YAML: %(kind)s", kind=type(error).__name__)
