"""`check-config` says what somebody should look at, and so does the log of a server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command import jiaohao, refusal, write_config

OUTDATED = """
holidays, workdays = {}, {}

def is_holiday(date):
    raise NotImplementedError
"""


@pytest.fixture
def old_library(tmp_path: Path) -> str:
    """A folder to import from, whose chinesecalendar is of an earlier year."""
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "chinese_calendar.py").write_text(OUTDATED, encoding="utf-8")
    return str(tmp_path / "old")


def test_a_year_without_holidays_is_a_warning_and_no_mistake(tmp_path: Path, old_library: str) -> None:
    done = jiaohao("check-config", str(write_config(tmp_path)), PYTHONPATH=old_library)
    assert done.returncode == 0, done
    *told, last = done.stdout.splitlines()
    assert last.endswith("8 services, 6 windows: ok")
    assert told
    assert all(": warning: hall.hours.holidays: the public holidays of 2" in line for line in told)


def test_a_hall_without_public_holidays_is_not_warned(tmp_path: Path, old_library: str) -> None:
    config = write_config(tmp_path, lambda settings: settings["hall"]["hours"].update(holidays="none"))
    done = jiaohao("check-config", str(config), PYTHONPATH=old_library)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 1)


def test_recordings_that_are_not_where_they_are_looked_for_are_named(tmp_path: Path) -> None:
    """Else the made voice is heard, and whoever recorded theirs looks for the fault at the loudspeaker."""
    gone = tmp_path / "gone"
    config = write_config(tmp_path, lambda settings: settings["voice"].update(recordings=str(gone)))
    done = jiaohao("check-config", str(config))
    told = f"{config}: warning: voice.recordings: there is no folder {gone}: the made voice is heard instead"
    assert done.returncode == 0
    assert told in done.stdout.splitlines()


def test_a_mistake_in_a_template_is_named_with_its_file_and_line(tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    file = templates / "ticket.xml"
    file.write_text("<slip>\n  <text>{{ number }}</text>\n  <titel>x</titel>\n</slip>\n", encoding="utf-8")
    config = write_config(tmp_path, lambda settings: settings.update(printing={"templates": str(templates)}))
    assert refusal("check-config", str(config)) == f"{config}: printing.templates: {file}:3: unknown tag <titel>"


def _with_strip(template: Path) -> Callable[[dict[str, Any]], object]:
    strip = {"window": 2, "link": "/dev/ttyS0", "address": 2, "dialect": "template", "template": str(template)}
    return lambda settings: settings.update(strips=[strip])


@pytest.mark.parametrize("command", ["check-config", "serve"])
def test_a_strips_template_that_makes_other_bytes_than_its_makers_document_is_refused(
    tmp_path: Path, command: str
) -> None:
    template = tmp_path / "maker.yaml"
    template.write_text(
        'header: "AA {address}"\ngolden: [{address: 2, text: "A", frame: "AA 02 42"}]\n', encoding="utf-8"
    )
    config = write_config(tmp_path, _with_strip(template))
    options = [str(config)] if command == "check-config" else ["--config", str(config)]
    line = refusal(command, *options)
    assert line.endswith(f"{template}: golden: made aa 02 41, not aa 02 42")


def test_a_logo_that_is_no_picture_is_named(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"no picture")
    config = write_config(tmp_path, lambda settings: settings.update(printing={"logo": str(logo)}))
    assert refusal("check-config", str(config)).startswith(f"{config}: printing.logo: {logo}: ")


def test_nothing_is_left_in_the_systems_temporary_folder(tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    done = jiaohao("check-config", str(write_config(tmp_path)), TMPDIR=str(temporary))
    assert done.returncode == 0, done
    assert list(temporary.iterdir()) == []
