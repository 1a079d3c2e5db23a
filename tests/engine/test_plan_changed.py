"""A configuration that lacks what was used today is refused by name, and the process ends where it can be seen."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml
from hall_server import PATIENCE, StartHall


@pytest.mark.parametrize(
    ("section", "key", "value", "sentence"),
    [
        ("windows", "number", 6, "window 6 was used today"),
        ("services", "code", "tax", "numbers of service tax were given today"),
    ],
)
def test_what_was_used_today_must_stay_until_the_day_is_over(
    start_hall: StartHall, section: str, key: str, value: object, sentence: str
) -> None:
    hall = start_hall()
    hall.issue("tax")
    hall.open(6)
    hall.kill()
    _take_out(hall.config, section, key, value)
    ended = subprocess.run(hall.command("serve"), capture_output=True, text=True, timeout=3 * PATIENCE, check=False)
    assert ended.returncode == 2
    assert sentence in ended.stderr


def test_what_was_not_used_may_go(start_hall: StartHall) -> None:
    hall = start_hall()
    hall.issue("tax")
    hall.kill()
    _take_out(hall.config, "windows", "number", 4)
    hall.start()
    assert len(hall.call_api("GET", "hall").json()["windows"]) == 5


def _take_out(config: Path, section: str, key: str, value: object) -> None:
    content = yaml.safe_load(config.read_text(encoding="utf-8"))
    content[section] = [row for row in content[section] if row[key] != value]
    for window in content["windows"]:
        window["services"] = [code for code in window["services"] if code != value]
    content["windows"] = [window for window in content["windows"] if window["services"]]
    config.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
