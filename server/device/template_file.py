"""Templates: files that describe another maker's frames, after the maker's document. None is a supported device."""

from __future__ import annotations

from pathlib import Path
from typing import Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from server.config.field_mistakes import WHOLE, mistake
from server.config.loading import no_yaml
from server.told import at, told_of

_SUFFIX: Final = ".yaml"
T = TypeVar("T", bound=BaseModel)


class TemplateMistake(Exception):
    """A template cannot be used; the text says which file, where in it, and why."""


def read_template(name: str, shipped: Path, model: type[T]) -> T:
    """A file by its path, or one of those in `shipped` by its name alone. Raises TemplateMistake."""
    own = shipped / f"{name}{_SUFFIX}"
    file = own if "/" not in name and own.is_file() else Path(name)
    try:
        return model.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        where, why = mistake(error.errors()[0])
        raise TemplateMistake(at(file, why if where == WHOLE else at(where, why))) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise TemplateMistake(at(file, no_yaml(error))) from error
    except OSError as error:
        raise TemplateMistake(at(file, told_of(error))) from error
