"""Stretches of a day, as config.yaml writes them."""

from __future__ import annotations

from datetime import time

from server.hall.calendar import Span


def read_span(text: str) -> Span:
    """`08:00-12:00`. Raises ValueError."""
    try:
        start, end = (time.fromisoformat(part.strip()) for part in text.split("-"))
    except ValueError:
        raise ValueError(f"{text!r} is not a span such as 08:00-12:00") from None
    return Span(start, end)
