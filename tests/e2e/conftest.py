from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from demo_process import Demo


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """A demo that says it is ready, with its account signed in."""
    running = Demo(tmp_path / "demo")
    running.start()
    running.login()
    yield running
    assert running.stop() == 0
