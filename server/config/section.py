"""What all sections of config.yaml have in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from server.told import Told


class Section(BaseModel):
    """Frozen, and strict about names: a mistyped key is a mistake, not a wish ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Text = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")]
WindowNumber = Annotated[int, Field(ge=1, le=999)]
Mistake = tuple[str, Told]
"""A path in config.yaml, and what is wrong there."""
