"""A kiosk's staff PIN: what it may be, and which ones anybody tries first."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

from pydantic import StringConstraints

StaffPin = Annotated[str, StringConstraints(pattern=r"^[0-9]{4,8}$")]
"""Digits, in quotes: YAML reads 0123 as another number."""


def is_easy_to_guess(pin: str) -> bool:
    """One digit over and over, digits in a row up or down, or the first half twice: 0000, 1234, 8765, 1212."""
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    half = len(pin) // 2
    return steps in ({0}, {1}, {-1}) or pin == pin[:half] * 2
