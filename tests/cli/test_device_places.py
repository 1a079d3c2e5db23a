"""A token is given only for a place that the hall has, and never for all kiosks at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from command import jiaohao, refusal, write_config


@pytest.mark.parametrize(
    ("kind", "place"),
    [("kiosk", "1"), ("display", "hall"), ("display", "*"), ("evaluator", "3"), ("evaluator", "*")],
)
def test_a_place_of_the_hall_gets_a_token(tmp_path: Path, kind: str, place: str) -> None:
    config = write_config(tmp_path)
    done = jiaohao("device", "add", "--config", str(config), "--kind", kind, "--place", place)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.strip()) == 32


def test_an_agent_gets_a_token_where_a_printer_or_a_pad_stands_at_it(tmp_path: Path) -> None:
    def at_an_agent(settings: dict[str, Any]) -> None:
        settings["kiosks"][0]["printer"] = {"link": "agent://east"}
        settings["windows"][0]["printer"] = {"link": "agent://east", "width": 58}
        settings["pads"] = [{"window": 1, "link": "agent://north", "address": 0x81, "keys": {3: 5}}]

    config = write_config(tmp_path, at_an_agent)
    done = jiaohao("device", "add", "--config", str(config), "--kind", "agent", "--place", "east")
    assert (done.returncode, len(done.stdout.strip())) == (0, 32)
    refused = refusal("device", "add", "--config", str(config), "--kind", "agent", "--place", "west")
    assert "'west'" in refused
    assert "east, north" in refused


@pytest.mark.parametrize(
    ("kind", "place"), [("kiosk", "*"), ("kiosk", "2"), ("display", "1"), ("evaluator", "7"), ("evaluator", "hall")]
)
def test_any_other_place_is_refused_before_anything_is_made(tmp_path: Path, kind: str, place: str) -> None:
    config = write_config(tmp_path)
    assert repr(place) in refusal("device", "add", "--config", str(config), "--kind", kind, "--place", place)
    assert not (tmp_path / "data").exists()
