from __future__ import annotations

import pytest
from small_hall import SmallHall


@pytest.fixture
def hall() -> SmallHall:
    """A hall whose three windows are open."""
    small = SmallHall()
    small.open(1, 2, 3)
    return small
