"""A real hall in a process of its own, and Chromium as its screen."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
PATIENCE = 20
SCREEN_SIZE = {"width": 1920, "height": 1080}


class HallServer:
    """`jiaohao serve` on a port and a folder that stay the same when it is killed and started again."""

    def __init__(self, folder: Path, **changes: Any) -> None:
        self.folder = folder
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        settings = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
        settings["hall"]["hours"]["always"] = True
        settings |= {"kiosks": [], "pads": []} | changes
        database = f"sqlite:///{folder / 'hall.db'}"
        settings["server"] = {"host": "127.0.0.1", "port": self.port, "database": database, "data": str(folder)}
        self.config = folder / "config.yaml"
        self.config.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
        self._command("staff", "add", "chen", "--name", "陈晓兰", "--role", "leader", "--password", "pw12345")
        self.screen_token = self._command("device", "add", "--kind", "display", "--place", "*").strip()
        self.session = requests.Session()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(self._arguments("serve"), cwd=ROOT)
        deadline = time.monotonic() + PATIENCE
        while not self._healthy():
            assert self.process.poll() is None, "the server ended"
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.05)

    def kill(self) -> None:
        """Without warning, as a power cut does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def login(self) -> None:
        self.post("login", {"username": "chen", "password": "pw12345"})

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        answer = self.session.post(f"{self.base}/api/v1/{path}", json=body or {}, timeout=PATIENCE)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def board(self, screen: str = "hall") -> dict[str, Any]:
        # Without a session: the board is for everybody.
        answer = requests.get(f"{self.base}/api/v1/board/{screen}", timeout=PATIENCE)
        assert answer.ok, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def issue(self, service: str) -> str:
        number: str = self.post("tickets", {"service": service})["number"]
        return number

    def open(self, *windows: int) -> None:
        for window in windows:
            self.post(f"windows/{window}/login")

    def call(self, service: str, window: int) -> str:
        """Somebody takes a number and is called to `window` at once."""
        number = self.issue(service)
        assert self.post(f"windows/{window}/call-next")["ticket"]["number"] == number
        return number

    def _healthy(self) -> bool:
        try:
            return requests.get(f"{self.base}/healthz", timeout=1).ok
        except requests.RequestException:
            return False

    def _arguments(self, *words: str) -> list[str]:
        group, *rest = words
        command = [group, rest.pop(0)] if group in ("staff", "device") else [group]
        return [sys.executable, "-m", "server.cli", *command, "--config", str(self.config), *rest]

    def _command(self, *words: str) -> str:
        done = subprocess.run(
            self._arguments(*words), cwd=ROOT, check=True, capture_output=True, env={**os.environ, "PYTHONUTF8": "1"}
        )
        return done.stdout.decode()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


StartHall = Callable[..., HallServer]


@pytest.fixture
def start_hall(tmp_path: Path) -> Iterator[StartHall]:
    """Starts a hall with one clerk signed in; its keywords replace sections of config.yaml."""
    servers: list[HallServer] = []

    def start(**changes: Any) -> HallServer:
        folder = tmp_path / f"hall{len(servers)}"
        folder.mkdir()
        server = HallServer(folder, **changes)
        servers.append(server)
        server.start()
        server.login()
        return server

    yield start
    for server in servers:
        server.kill()


@pytest.fixture
def hall(start_hall: StartHall) -> HallServer:
    return start_hall()


@pytest.fixture(scope="session")
def board_browsers() -> Iterator[Callable[..., Browser]]:
    """Chromium: as a screen runs it, with sound at once, or `touch=True`, as anybody starts it."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"]
    arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run", *quiet]
    with sync_playwright() as driver:
        opened: dict[bool, Browser] = {}

        def get(*, touch: bool = False) -> Browser:
            if touch not in opened:
                more = [] if touch else ["--autoplay-policy=no-user-gesture-required"]
                opened[touch] = driver.chromium.launch(executable_path="/usr/bin/chromium", args=arguments + more)
            return opened[touch]

        yield get
        for browser in opened.values():
            browser.close()


OpenScreen = Callable[..., Page]


@pytest.fixture
def open_screen(board_browsers: Callable[..., Browser]) -> Iterator[OpenScreen]:
    """Opens a hall's screen; afterwards no page may have asked any other host, or thrown an error."""
    contexts: list[BrowserContext] = []
    strangers: list[str] = []
    errors: list[str] = []

    def open_page(hall: HallServer, screen: str = "hall", *, touch: bool = False, **options: Any) -> Page:
        context = board_browsers(touch=touch).new_context(**{"viewport": SCREEN_SIZE, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: None if _at_home(request.url) else strangers.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{hall.base}/display/{screen}?token={hall.screen_token}")
        page.wait_for_selector('#board[data-link="online"]')
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert strangers == []
    assert errors == []


def _at_home(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:"))


@pytest.fixture(scope="session")
def axe_rules() -> dict[str, Any]:
    """What a screen is checked for: everything that axe knows of WCAG 2.2 AA."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found: dict[str, Any] = json.loads(json.dumps({"runOnly": {"type": "tag", "values": tags}}))
    return found
