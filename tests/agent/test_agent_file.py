"""Mistakes in agent.yaml are named with their paths before anything starts, and the token is nowhere to be read."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import jiaohao, refusal

from server.config import ConfigError
from server.config.agent_file import load_agent

TOKEN = "s3cr3t-s3cr3t-s3cr3t-s3cr3t-s3cr"
GOOD: dict[str, Any] = {
    "server": "https://hall.example:8443/h/1",
    "name": "hall-east",
    "token": TOKEN,
    "printers": {"1": {"link": "tcp://127.0.0.1:9100"}, "window:3": {"link": "/dev/ttyUSB0", "baudrate": 19200}},
}


def write(folder: Path, content: dict[str, Any]) -> Path:
    file = folder / "agent.yaml"
    file.write_text(yaml.safe_dump(content), encoding="utf-8")
    return file


def mistakes(folder: Path, **changes: Any) -> list[str]:
    """The paths of all mistakes in the good file with these changes; None takes a key out."""
    content = {key: value for key, value in (GOOD | changes).items() if value is not None}
    with pytest.raises(ConfigError) as caught:
        load_agent(write(folder, content))
    assert TOKEN not in str(caught.value)
    assert "pa55word" not in str(caught.value)
    return [path for path, _ in caught.value.mistakes]


def test_a_good_file(tmp_path: Path) -> None:
    settings, token = load_agent(write(tmp_path, GOOD))
    assert (settings.name, settings.printers["window:3"].baudrate, token) == ("hall-east", 19200, TOKEN)
    assert TOKEN not in repr(settings)


def test_an_agent_may_have_speakers_alone(tmp_path: Path) -> None:
    content = {key: value for key, value in GOOD.items() if key != "printers"}
    content["speakers"] = {"hall": {"device": "plughw:CARD=PCH,DEV=0"}}
    settings, _ = load_agent(write(tmp_path, content))
    assert (settings.speakers["hall"].device, settings.printers) == ("plughw:CARD=PCH,DEV=0", {})


def test_an_agent_may_have_pads_alone_several_of_them_on_one_line(tmp_path: Path) -> None:
    content = {key: value for key, value in GOOD.items() if key != "printers"}
    content["pads"] = {3: {"link": "/dev/ttyUSB0"}, 4: {"link": "/dev/ttyUSB0"}, 5: {"link": "socket://127.0.0.1:4001"}}
    settings, _ = load_agent(write(tmp_path, content))
    assert {window: pad.baudrate for window, pad in settings.pads.items()} == {3: 9600, 4: 9600, 5: 9600}


def test_the_token_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"{TOKEN}\n", encoding="ascii")
    content = {key: value for key, value in GOOD.items() if key != "token"}
    _, token = load_agent(write(tmp_path, content | {"token_file": str(tmp_path / "token")}))
    assert token == TOKEN


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"server": "ftp://hall"}, "server"),
        ({"server": "http://chen:pa55word@hall"}, "server"),
        ({"server": None}, "server"),
        ({"name": "Hall East"}, "name"),
        ({"token": None}, "token"),
        ({"token": "short"}, "token"),
        ({"token": 12345678901234567890}, "token"),
        ({"token_file": "/nowhere"}, "token"),
        ({"token": None, "token_file": "/nowhere"}, "token_file"),
        ({"printers": {}}, "printers"),
        ({"printers": None}, "printers"),
        ({"speakers": {"Hall": {"device": "default"}}}, "speakers.Hall"),
        ({"speakers": {"hall": {"device": "alsa://default"}}}, "speakers.hall.device"),
        ({"speakers": {"hall": {}}}, "speakers.hall.device"),
        ({"speakers": {"hall": {"device": "default", "volume": 1}}}, "speakers.hall.volume"),
        ({"printers": {"Window 3": {"link": "tcp://127.0.0.1:9100"}}}, "printers.Window 3"),
        ({"printers": {"1": {"link": "tcp://127.0.0.1"}}}, "printers.1.link"),
        ({"printers": {"1": {"link": "agent://hall-east"}}}, "printers.1.link"),
        ({"printers": {"1": {"link": "tcp://127.0.0.1:9100", "width": 58}}}, "printers.1.width"),
        ({"pads": {"three": {"link": "/dev/ttyUSB1"}}}, "pads.three"),
        ({"pads": {3: {"link": "agent://hall-east"}}}, "pads.3.link"),
        ({"pads": {3: {"link": "/dev/ttyUSB1", "address": 131}}}, "pads.3.address"),
        ({"pads": {3: {"link": "/dev/ttyS1"}, 4: {"link": "/dev/ttyS1", "baudrate": 19200}}}, "(file)"),
        ({"pinters": 1}, "pinters"),
    ],
)
def test_each_mistake_is_named_with_its_path(tmp_path: Path, changes: dict[str, Any], path: str) -> None:
    assert mistakes(tmp_path, **changes) == [path]


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    assert set(mistakes(tmp_path, server="hall", name="", token=None)) == {"server", "name", "token"}


def test_a_file_that_is_no_yaml_is_refused_without_a_line_of_it(tmp_path: Path) -> None:
    file = tmp_path / "agent.yaml"
    file.write_text(f"name: east\ntoken: {TOKEN}: [\n", encoding="utf-8")
    said = refusal("agent", "--config", str(file))
    assert "line 2" in said
    assert TOKEN not in said


def test_a_second_agent_in_the_same_folder_is_refused(tmp_path: Path) -> None:

    data = tmp_path / "data"
    file = write(tmp_path, GOOD | {"data": str(data)})
    data.mkdir()
    with (data / "agent.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert refusal("agent", "--config", str(file)).startswith(f"an agent is already running in {data}")


def test_help_names_the_file(tmp_path: Path) -> None:
    assert "agent.yaml" in jiaohao("agent", "--help").stdout
