"""A hall with two zones and two leaders, and the leader's room in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from chromium import OpenPage
from hall_server import PASSWORD, USERNAME, HallServer
from leaders_room import CLERK, LEADERS_DESK, OTHER_LEADER, ZONES, OpenRoom
from morning import today
from photo_files import picture_file
from playwright.sync_api import Page, expect


@pytest.fixture(scope="session")
def shared_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    hall = HallServer(tmp_path_factory.mktemp("hall"), zones=ZONES)
    hall.add_staff(CLERK, "刘伟")
    hall.add_staff(OTHER_LEADER, "王磊", role="leader")
    hall.start()
    hall.login()
    yield hall
    hall.kill()


@pytest.fixture
def hall(shared_hall: HallServer) -> HallServer:
    """The hall that tests share, with nothing posted, rostered or announced."""
    for notice in shared_hall.call_api("GET", "notices").json()["notices"]:
        assert shared_hall.call_api("DELETE", f"notices/{notice['id']}").status_code == 204
    for made in shared_hall.call_api("GET", "announcements").json()["announcements"]:
        shared_hall.post(f"announcements/{made['id']}/end")
    for ahead in range(-1, 16):
        shared_hall.call_api("PUT", f"roster/{today() + timedelta(days=ahead)}", json={"duties": []})
    return shared_hall


@pytest.fixture
def photo(hall: HallServer) -> str:
    """The id of a photo that was uploaded."""
    headers = {"Content-Type": "image/jpeg"}
    answer = hall.call_api("POST", "photos", data=picture_file((800, 1000)), headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@pytest.fixture
def open_room(open_page: OpenPage, hall: HallServer) -> OpenRoom:
    """Opens the room as an account, and waits until it is live."""

    def opened(username: str = USERNAME, *, query: str = "", size: tuple[int, int] = LEADERS_DESK, **more: Any) -> Page:
        page = open_page(f"{hall.base}/bulletin{query}", size, **more)
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("#link")).to_have_attribute("data-state", "online")
        return page

    return opened
