"""A clerk at window 3 before a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests
import socketio
from chromium import OpenPage
from hall_server import PASSWORD, PATIENCE, HallServer, StartHall
from playwright.sync_api import Page, expect

DESK = (1366, 768)


class Clerk:
    """A signed-in member of the staff, asking the API as their page would."""

    def __init__(self, hall: HallServer, username: str) -> None:
        self.hall = hall
        self.session = requests.Session()
        credentials = {"username": username, "password": PASSWORD}
        assert self.session.post(f"{hall.base}/api/v1/login", json=credentials, timeout=PATIENCE).ok

    def at(self, window: int, verb: str, body: dict[str, Any] | None = None, **more: Any) -> requests.Response:
        """A verb at a window; without `body` the request has none at all."""
        url = f"{self.hall.base}/api/v1/windows/{window}/{verb}"
        return self.session.post(url, json=body, timeout=PATIENCE, **more)

    def done(self, window: int, *verbs: str) -> dict[str, Any]:
        """Verbs that must succeed; the last one's answer."""
        answers = [self.at(window, verb) for verb in verbs]
        assert all(answer.ok for answer in answers), [answer.text for answer in answers]
        last: dict[str, Any] = answers[-1].json() if answers[-1].content else {}
        return last

    @property
    def cookie(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.session.cookies)


@pytest.fixture(scope="module")
def shared_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    """One server for the tests that only ask; `hall` empties it for each."""
    server = HallServer(tmp_path_factory.mktemp("hall"))
    _add_clerks(server)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def hall(shared_hall: HallServer) -> HallServer:
    """Nobody waits, and every window is closed."""
    shared_hall.login()
    windows = shared_hall.call_api("GET", "hall").json()["windows"]
    shared_hall.open(*(window["number"] for window in windows))
    shared_hall.post("windows/1/login")
    while shared_hall.post("windows/1/call-next") is not None:
        pass
    for window in windows:
        number = window["number"]
        if shared_hall.call_api("GET", f"windows/{number}").json()["ticket"]:
            shared_hall.post(f"windows/{number}/finish")
        shared_hall.post(f"windows/{number}/logout")
    return shared_hall


@pytest.fixture
def sign_in(hall: HallServer) -> Callable[[str], Clerk]:
    """`sign_in("liu")`: somebody with a session, at no window yet. There are chen (leader), liu and li."""
    return lambda username: Clerk(hall, username)


@pytest.fixture
def clerk(sign_in: Callable[[str], Clerk]) -> Clerk:
    """刘伟, signed in at window 3."""
    clerk = sign_in("liu")
    clerk.done(3, "login")
    return clerk


@pytest.fixture
def own_hall(start_hall: StartHall) -> HallServer:
    """A server that this test may kill, with the three people known."""
    server = start_hall()
    _add_clerks(server)
    return server


@dataclass(frozen=True)
class DeskPage:
    """The clerk's page, and the hall it belongs to."""

    page: Page
    hall: HallServer

    def shows(self, number: str, state: str) -> None:
        """The page shows this citizen in this state; "" and "open" for nobody."""
        expect(self.page.locator("#ticket")).to_have_attribute("data-state", state)
        expect(self.page.locator("#ticket-number")).to_have_text(number)

    def press(self, key: str) -> None:
        """A key, once its button can be had."""
        button = self.page.locator(f'[aria-keyshortcuts="{key}"]')
        expect(button).not_to_have_attribute("aria-busy", "true")
        expect(button).not_to_have_attribute("aria-disabled", "true")
        self.page.keyboard.press(key)

    def kept(self, ticket: dict[str, Any]) -> dict[str, Any]:
        """A ticket as the hall has it now."""
        shown: dict[str, Any] = self.hall.call_api("GET", f"tickets/{ticket['id']}").json()
        return shown


@pytest.fixture
def open_desk(open_page: OpenPage) -> Callable[..., DeskPage]:
    """Sign in on the page as a clerk does, and choose window 3."""

    def open_one(hall: HallServer, username: str = "liu", size: tuple[int, int] = DESK, window: int = 3) -> DeskPage:
        page = open_page(f"{hall.base}/counter", size)
        page.fill("[name=username]", username)
        page.fill("[name=password]", PASSWORD)
        page.click("#sign-in")
        page.click(f'[data-window="{window}"]')
        page.wait_for_selector('#desk[data-link="online"]')
        return DeskPage(page, hall)

    return open_one


class Desk:
    """The live view of a desk, as the page's connection gets it. Patches are put together as the page does."""

    def __init__(self, clerk: Clerk, window: int) -> None:
        self._client = socketio.Client(reconnection=False)
        self._client.on("snapshot", self._snapshot, namespace="/counter")
        self._client.on("patch", self._patch, namespace="/counter")
        self.view: dict[str, Any] = {}
        self._client.connect(
            f"{clerk.hall.base}?window={window}",
            headers={"Cookie": clerk.cookie},
            namespaces=["/counter"],
            transports=["websocket"],
            wait_timeout=PATIENCE,
        )

    def fresh(self) -> dict[str, Any]:
        """The view once it includes everything that was answered before; the patches must have told the same."""
        whole = self._client.call("snapshot", namespace="/counter", timeout=PATIENCE)["view"]
        assert {key: self.view[key] for key in whole if key != "now"} == {k: v for k, v in whole.items() if k != "now"}
        return dict(self.view)

    def close(self) -> None:
        self._client.disconnect()

    def _snapshot(self, message: dict[str, Any]) -> None:
        self.view = message["view"]

    def _patch(self, message: dict[str, Any]) -> None:
        self.view = {**self.view, **message["set"]}


@pytest.fixture
def open_view() -> Iterator[Any]:
    """`open_view(clerk, window)`: a connection that is closed after the test."""
    desks: list[Desk] = []

    def open_one(clerk: Clerk, window: int) -> Desk:
        desks.append(Desk(clerk, window))
        return desks[-1]

    yield open_one
    for desk in desks:
        desk.close()


def _add_clerks(server: HallServer) -> None:
    server.add_staff("liu", "刘伟")
    server.add_staff("li", "李静")
