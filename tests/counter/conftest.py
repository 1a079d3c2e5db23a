"""A clerk at window 3 before a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import requests
import socketio
from chromium import OpenPage
from hall_server import PASSWORD, PATIENCE, HallServer, StartHall, sample_config
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
    server = HallServer(tmp_path_factory.mktemp("hall"), **plain())
    _add_clerks(server)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def hall(shared_hall: HallServer) -> HallServer:
    """Nobody waits, and every window is closed."""
    return emptied(shared_hall)


@pytest.fixture(scope="module")
def shared_ruled_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    server = HallServer(tmp_path_factory.mktemp("ruled"), **ruled())
    _add_clerks(server)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def ruled_hall(shared_ruled_hall: HallServer) -> HallServer:
    """A hall with priority classes and bookings, where nobody waits and every window is closed."""
    return emptied(shared_ruled_hall)


@pytest.fixture(scope="module")
def shared_paper_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    sections = ruled() | {"rules": {"paper": {"first": 801, "last": 999}}, "kiosks": []}
    server = HallServer(tmp_path_factory.mktemp("paper"), **sections)
    _add_clerks(server)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def paper_hall(shared_paper_hall: HallServer) -> HallServer:
    """A hall without any kiosk that keeps numbers for paper; nobody waits and every window is closed."""
    return emptied(shared_paper_hall)


def emptied(server: HallServer) -> HallServer:
    """Windows are closed first, so that whoever waits for one of them waits for everybody's."""
    server.login()
    windows = [window["number"] for window in server.call_api("GET", "hall").json()["windows"]]
    server.open(*windows)
    for number in windows:
        if server.call_api("GET", f"windows/{number}").json()["ticket"]:
            server.post(f"windows/{number}/finish")
        server.post(f"windows/{number}/services", {"services": None})
        server.post(f"windows/{number}/logout")
    server.open(1)
    while server.post("windows/1/call-next") is not None:
        pass
    if server.call_api("GET", "windows/1").json()["ticket"]:
        server.post("windows/1/finish")
    server.post("windows/1/logout")
    return server


def plain() -> dict[str, Any]:
    """Sections of config.yaml: no priority classes, no bookings, no window that helps out."""
    sample = sample_config()
    for service in sample["services"]:
        service.pop("booking", None)
    for window in sample["windows"]:
        window.pop("overflow", None)
    return {"services": sample["services"], "windows": sample["windows"], "priority": {}, "rules": {}}


def ruled() -> dict[str, Any]:
    """Sections of config.yaml: three priority classes, and two services that can be booked at any half hour of a day,
    of which today always has some to come.
    """
    sample = sample_config()
    slots = [f"{h:02}:{m:02}-{(h * 60 + m + 30) // 60:02}:{(m + 30) % 60:02}" for h in range(23) for m in (0, 30)]
    for service in sample["services"]:
        service.pop("booking", None)
        if service["code"] in ("social-insurance", "civil-affairs"):
            service["booking"] = {"slots": slots, "places": 4, "early": 240}
    classes = [
        {"code": "elderly", "name": "老人", "name_en": "Elderly", "proof": "老年证", "proof_en": "ID card"},
        {"code": "disabled", "name": "残疾人", "name_en": "Disabled", "proof": "残疾人证", "proof_en": "Certificate"},
    ]
    return {
        "hall": {**sample["hall"], "hours": {"always": True}},
        "services": sample["services"],
        "priority": {"classes": classes},
        "rules": {},
    }


@pytest.fixture(scope="session")
def ruled_sections() -> dict[str, Any]:
    return ruled()


@pytest.fixture(scope="session")
def sample() -> dict[str, Any]:
    """The content of the sample config.yaml."""
    return sample_config()


@pytest.fixture
def sign_in_at() -> Callable[[HallServer, str], Clerk]:
    return Clerk


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
        """The page shows this citizen in this state; "" and "open" for nobody. The view comes before the answer, until
        which few keys are heard: a hand is slower than that, a test is not.
        """
        expect(self.page.locator("#ticket")).to_have_attribute("data-state", state)
        expect(self.page.locator("#ticket-number")).to_have_text(number)
        expect(self.page.locator("#desk[data-busy]")).to_have_count(0)

    def press(self, key: str) -> None:
        """A key, once its button can be had and no form is open any more."""
        expect(self.page.locator("dialog[open]")).to_have_count(0)
        button = self.page.locator(f'[aria-keyshortcuts="{key}"]').locator("visible=true").first
        expect(button).not_to_have_attribute("aria-busy", "true")
        expect(button).not_to_have_attribute("aria-disabled", "true")
        self.page.keyboard.press(key)

    def serve(self, ticket: dict[str, Any]) -> None:
        """Call whoever is next, who must be this citizen, and start."""
        self.press("F8")
        self.shows(ticket["number"], "called")
        self.press("F8")
        self.shows(ticket["number"], "serving")

    def choose(self, name: str) -> None:
        """An action of the menu, by the digit or letter that it shows."""
        self.press("Alt+M")
        expect(self.page.locator("#more-dialog")).to_be_visible()
        mark = self.page.locator(f'[data-more="{name}"]').get_attribute("data-mark")
        assert mark is not None
        self.page.keyboard.press(mark)
        expect(self.page.locator("#more-dialog")).to_be_hidden()

    def type(self, *keys: str) -> None:
        """Keys one after the other; what is no key's name is typed."""
        for key in keys:
            if key in ("Tab", "Enter", "Space", "Escape") or key.startswith("Arrow"):
                self.page.keyboard.press(key)
            else:
                self.page.keyboard.insert_text(key)

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
