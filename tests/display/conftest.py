"""The hall's screen in Chromium, before a real server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from chromium import OpenPage
from hall_server import HallServer, StartHall
from playwright.sync_api import Page

from server.voice.building import build_clips
from server.voice.pages import CLIPS

OpenScreen = Callable[..., Page]
FULL_HD = (1920, 1080)


@pytest.fixture(scope="session", autouse=True)
def default_clips() -> None:
    """The voice that set-up builds."""
    if not (CLIPS / "chime.wav").is_file():
        build_clips(CLIPS)


@pytest.fixture
def hall(start_hall: StartHall) -> HallServer:
    """A hall with all its windows open."""
    server = start_hall()
    server.open(1, 2, 3, 4, 5, 6)
    return server


@pytest.fixture
def open_screen(open_page: OpenPage) -> OpenScreen:
    def open_one(
        hall: HallServer, screen: str = "hall", size: tuple[int, int] = FULL_HD, base: str | None = None, **options: Any
    ) -> Page:
        """`base`: where the screen reaches the hall, if not at its server."""
        page = open_page(f"{base or hall.base}/display/{screen}?token={hall.tokens['display']}", size, **options)
        page.wait_for_selector('#board[data-link="online"]')
        return page

    return open_one


@pytest.fixture
def call(hall: HallServer) -> Callable[[str, int], str]:
    """Somebody takes a number and is called to a window at once; the number."""

    def take_and_call(service: str, window: int) -> str:
        number: str = hall.issue(service)["number"]
        assert hall.post(f"windows/{window}/call-next")["ticket"]["number"] == number
        return number

    return take_and_call
