"""Two servers, each with a configuration file of its own: whoever takes over goes on with its file as it is then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from chromium import OpenPage
from hall_server import PATIENCE, HallServer, StartHall
from loaded import LoadedProcess
from playwright.sync_api import expect
from waiting import wait_until

ARCHIVE = {"code": "archive", "prefix": "J", "department": "housing", "name": "档案查询", "name_en": "Archives"}


@pytest.fixture
def first(start_hall: StartHall) -> HallServer:
    return start_hall()


@pytest.fixture
def second(first: HallServer, tmp_path: Path) -> Iterator[HallServer]:
    """Standing by on the first one's database."""
    folder = tmp_path / "second"
    folder.mkdir()
    server = HallServer(folder)
    server.tokens = first.tokens
    database = f"sqlite:///{first.folder / 'hall.db'}"
    server.edit_config(lambda content: content["server"].update(database=database))
    server.process = LoadedProcess("serve", "--config", str(server.config))
    wait_until(lambda: role(server) == "standby", "the second server stands by")
    yield server
    server.kill()


def role(server: HallServer) -> str | None:
    try:
        found: str = requests.get(f"{server.base}/healthz", timeout=PATIENCE).json()["role"]
    except requests.RequestException:
        return None
    return found


def grow(content: dict[str, Any]) -> None:
    content["services"].append(ARCHIVE)


def test_standby_takes_over_with_its_file_as_it_is_by_then(first: HallServer, second: HallServer) -> None:
    for server in (first, second):
        server.edit_config(grow)
    first.post("config/reload")
    assert first.issue("archive")["number"] == "J001"
    standing_by = second.call_api("POST", "tickets", json={"service": "archive"}, headers=second.device("kiosk"))
    assert standing_by.json()["error"]["code"] == "standing_by"
    first.kill()
    wait_until(lambda: role(second) == "owner", "the second server takes over")
    assert second.issue("archive")["number"] == "J002"


def test_standby_whose_file_has_mistakes_by_then_goes_on_with_what_it_had(
    first: HallServer, second: HallServer
) -> None:
    first.issue("tax")
    second.edit_config(lambda content: (grow(content), content["hall"].update(time_zone="Mars/Base")))
    first.kill()
    wait_until(lambda: role(second) == "owner", "the second server takes over")
    assert second.issue("tax")["number"] == "D002"


def test_standby_that_was_told_has_the_new_names_already(first: HallServer, second: HallServer) -> None:
    second.edit_config(lambda content: content["hall"].update(name="青禾镇政务中心"))
    second.hang_up()
    wait_until(lambda: "青禾镇政务中心" in requests.get(second.base, timeout=PATIENCE).text, "it has the new name")
    assert role(second) == "standby"
    assert "青禾镇便民服务中心" in requests.get(first.base, timeout=PATIENCE).text


def test_a_page_opened_while_another_server_runs_the_hall_loads_itself_once_this_one_does(
    first: HallServer, second: HallServer, open_page: OpenPage
) -> None:
    page = open_page(f"{second.base}/kiosk/1?token={second.tokens['kiosk']}", (1080, 1920))
    expect(page.locator(".staff-code")).to_have_text("standing_by")
    first.kill()
    expect(page.locator("#kiosk")).to_have_attribute("data-link", "online", timeout=60_000)
