from __future__ import annotations

from collections.abc import Iterator

import pytest
from engines import open_windows, serving, wide_plan

from server.engine import HallEngine


@pytest.fixture
def engine(database_url: str) -> Iterator[HallEngine]:
    """An engine whose 32 windows are open."""
    with serving(database_url, wide_plan()) as running:
        open_windows(running)
        yield running
