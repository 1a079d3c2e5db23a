"""Who meets in the leader's room, and where."""

from __future__ import annotations

from collections.abc import Callable

import requests
from hall_server import PASSWORD, PATIENCE, HallServer
from playwright.sync_api import Page

CLERK, OTHER_LEADER = "liu", "wang"
LEADERS_DESK = (1440, 900)
ZONES = [
    {"id": "east", "name": "一层东侧等候区", "name_en": "East, floor 1", "windows": [1, 2, 3]},
    {"id": "west", "name": "二层等候区", "name_en": "Floor 2", "windows": [4, 5, 6]},
]
OpenRoom = Callable[..., Page]


def as_user(hall: HallServer, username: str | None) -> requests.Session:
    session = requests.Session()
    if username is not None:
        login = {"username": username, "password": PASSWORD}
        assert session.post(f"{hall.base}/api/v1/login", json=login, timeout=PATIENCE).status_code == 200
    return session
