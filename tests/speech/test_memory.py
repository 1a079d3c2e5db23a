"""What speakers have begun, over a restart of the server."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from display.speech.line import Begun
from display.speech.memory import SpokenMemory

AT = Begun(datetime(2026, 11, 23, 1, 0, 0, 123456, tzinfo=UTC), 2)
BEGUN = {"hall": {"call:1:1": AT}, "west": {}}


def test_it_is_known_again(tmp_path: Path) -> None:
    SpokenMemory(tmp_path / "data").write(BEGUN)
    assert SpokenMemory(tmp_path / "data").read() == BEGUN


def test_at_first_nothing_is_known(tmp_path: Path) -> None:
    assert SpokenMemory(tmp_path).read() == {}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[1]",
        '{"hall": 1}',
        '{"hall": {"call": "soon"}}',
        '{"hall": {"call": ["soon", 1]}}',
        '{"hall": {"call": ["2026-11-23T01:00:00", 1]}}',
        '{"hall": {"call": ["2026-11-23T01:00:00+00:00", "1"]}}',
        '{"hall": {"call": ["2026-11-23T01:00:00+00:00", 1',
    ],
)
def test_a_file_that_is_spoilt_keeps_nobody_silent(tmp_path: Path, content: str) -> None:
    (tmp_path / "spoken.json").write_text(content)
    assert SpokenMemory(tmp_path).read() == {}


def test_a_disk_that_takes_nothing_costs_only_the_memory(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    memory = SpokenMemory(tmp_path / "data")
    memory.write(BEGUN)
    assert memory.read() == {}
