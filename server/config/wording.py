"""The sentence that a hall calls with, as it stands in config.yaml: words, and variables in braces."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple, get_args

from server.told import told

Variable = Literal["number", "window", "service", "zone"]
VARIABLES: Final[tuple[Variable, ...]] = get_args(Variable)
_SLOT: Final = re.compile(r"\{([^{}]*)\}")
_BRACES: Final = re.compile(r"[{}｛｝]")


class Part(NamedTuple):
    """Words as they are spoken, or the variable in their place: one of the two is set."""

    words: str
    variable: Variable | None


def wording_parts(template: str) -> tuple[Part, ...]:
    """The parts of `template` in order. Raises ValueError for an unknown variable, a stray brace, or no number."""
    parts = []
    for index, text in enumerate(_SLOT.split(template)):
        if index % 2:
            parts.append(Part("", _variable(text)))
        elif brace := _BRACES.search(text):
            raise ValueError(
                told("%(brace)r belongs to no variable: %(template)r", brace=brace.group(), template=template)
            )
        elif text:
            parts.append(Part(text, None))
    if all(part.variable != "number" for part in parts):
        raise ValueError(told("nobody is called without {number}: %(template)r", template=template))
    return tuple(parts)


def _variable(name: str) -> Variable:
    for variable in VARIABLES:
        if variable == name:
            return variable
    raise ValueError(
        told(
            "there is no variable {%(name)s}; there are %(known)s",
            name=name,
            known=", ".join(f"{{{known}}}" for known in VARIABLES),
        )
    )
