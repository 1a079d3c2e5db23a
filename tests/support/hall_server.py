"""`jiaohao serve` as a process that can be killed and started again on the same port and folder."""

from __future__ import annotations

import itertools
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import requests
import socketio
import yaml
from loaded import LoadedProcess, run_loaded
from morning import MORNING

from server.store.database import Database
from server.web.accounts import Accounts, Role
from server.web.devices import ANY, Devices, Kind

ROOT = Path(__file__).parents[2]
PATIENCE = 40
_PORTS = 1000
"""For each of the workers that run tests beside each other."""
USERNAME, PASSWORD = "chen", "pw12345"
_READER = "wen"


class HallServer:
    """One hall with an account (leader, so that it may see everything) and a token for each kind of device.

    `changes` replace whole sections of the sample config.yaml; by default the hall has no printer and no devices on
    lines, its hours are ignored, and it is morning there. `database`: its address, a file in the folder by default.
    `session` has the account's cookie after `login()`.
    """

    program: tuple[str, ...] = ()
    """A Python file that serves instead of `jiaohao`, and its own words before the command's."""

    def __init__(self, folder: Path, database: str | None = None, **changes: Any) -> None:
        self.folder = folder
        self.database_url = database or f"sqlite:///{folder / 'hall.db'}"
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.config = folder / "config.yaml"
        settings = self._settings(changes)
        self.hall_id: str = settings["hall"]["id"]
        self.config.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
        self._database = Database(self.database_url)
        self._database.prepare()
        self.add_staff(USERNAME, "陈晓兰", role="leader")
        devices = Devices(self._database, self.hall_id)
        places = ((Kind.KIOSK, "1"), (Kind.DISPLAY, ANY), (Kind.EVALUATOR, ANY))
        self.tokens = {kind.value: devices.add(kind, place) for kind, place in places}
        self.session = requests.Session()
        self._reader = requests.Session()
        self.environment: dict[str, str] = {}
        """What the server's process has besides this one's."""
        self.process: LoadedProcess | None = None

    def start(self) -> None:
        self.process = LoadedProcess(*self.program, *self._with_config("serve"), environment=self.environment)
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

    def stop(self) -> None:
        """As whoever restarts it does: with a warning."""
        assert self.process is not None
        self.process.terminate()
        assert self.process.wait(PATIENCE) == 0
        self.process = None

    def login(self) -> None:
        self.post("login", {"username": USERNAME, "password": PASSWORD})

    def device(self, kind: str) -> dict[str, str]:
        """The headers of a device of this kind."""
        return {"Authorization": f"Bearer {self.tokens[kind]}"}

    def call_api(self, method: str, path: str, **more: Any) -> requests.Response:
        """Anything, also what is refused; with the account's session unless `headers` of a device are given."""
        asker = requests if "headers" in more and "Authorization" in more["headers"] else self.session
        return asker.request(method, f"{self.base}/api/v1/{path}", timeout=PATIENCE, **more)

    def post(self, path: str, body: dict[str, Any] | None = None, **more: Any) -> Any:
        """As the account; fails the test when refused."""
        answer = self.call_api("POST", path, json=body or {}, **more)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def issue(self, service: str) -> dict[str, Any]:
        """A number taken at kiosk 1."""
        answer = self.call_api("POST", "tickets", json={"service": service}, headers=self.device("kiosk"))
        assert answer.status_code == 201, answer.text
        ticket: dict[str, Any] = answer.json()
        return ticket

    def open(self, *windows: int) -> None:
        for window in windows:
            self.post(f"windows/{window}/login")

    def evaluation_token(self, window: int) -> str:
        """The token of the evaluation open at a window, as its evaluator's page gets it."""
        with socketio.SimpleClient() as page:
            page.connect(
                f"{self.base}?window={window}",
                namespace="/evaluator",
                headers=self.device("evaluator"),
                transports=["websocket"],
            )
            _, snapshot = page.receive(timeout=PATIENCE)
        token: str = snapshot["view"]["evaluation"]["token"]
        return token

    def votes(self, ticket: str) -> list[dict[str, Any]]:
        """How a ticket was rated, as a leader who serves nobody is told: nobody is, of a service of their own."""
        if not self._reader.cookies:
            self.add_staff(_READER, "文静", role="leader")
            login = {"username": _READER, "password": PASSWORD}
            assert self._reader.post(f"{self.base}/api/v1/login", json=login, timeout=PATIENCE).ok
        answer = self._reader.get(f"{self.base}/api/v1/tickets/{ticket}", timeout=PATIENCE)
        assert answer.ok, answer.text
        told: list[dict[str, Any]] = answer.json()["evaluations"]
        return told

    def add_staff(self, username: str, name: str, *, role: str = "clerk", password: str = PASSWORD) -> None:
        accounts = Accounts(self._database, self.hall_id)
        accounts.add(username, password, name=name, number="0307", post="经办岗", role=Role(role))

    def edit_config(self, change: Callable[[dict[str, Any]], object]) -> None:
        """Let `change` work on the content of config.yaml; the server is told nothing."""
        content = yaml.safe_load(self.config.read_text(encoding="utf-8"))
        change(content)
        self.config.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")

    def hang_up(self) -> None:
        """SIGHUP: have config.yaml read again."""
        assert self.process is not None
        self.process.send_signal(signal.SIGHUP)

    def run(self, *words: str) -> str:
        """A `jiaohao` command on this hall's configuration; what it printed."""
        done = run_loaded(*self._with_config(*words), timeout=PATIENCE)
        done.check_returncode()
        return done.stdout

    def _settings(self, changes: dict[str, Any]) -> dict[str, Any]:
        settings = sample_config()
        settings["hall"]["hours"]["always"] = True
        settings["pads"] = settings["keypads"] = settings["strips"] = []
        del settings["kiosks"][0]["printer"]
        settings["server"] = {
            "host": "127.0.0.1",
            "port": self.port,
            "database": self.database_url,
            "data": str(self.folder),
        }
        return settings | changes

    def _healthy(self) -> bool:
        try:
            return requests.get(f"{self.base}/healthz", timeout=5).ok
        except requests.RequestException:
            return False

    def command(self, *words: str) -> list[str]:
        """What to run for a `jiaohao` command on this hall's configuration."""
        return [sys.executable, "-m", "server.cli", *self._with_config(*words)]

    def _with_config(self, *words: str) -> list[str]:
        group, *rest = words
        command = [group, rest.pop(0)] if group in ("staff", "device", "db") else [group]
        return [*command, "--config", str(self.config), *rest]


def sample_config() -> dict[str, Any]:
    """The content of the sample config.yaml, moved to where it is morning."""
    content: dict[str, Any] = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    content["hall"]["time_zone"] = MORNING
    return content


def free_port() -> int:
    """A port that nobody listens on, nor is about to: no other worker takes any of this one's, and each is taken once.

    None of those that the system takes for outgoing connections: a server that is killed and started again finds it
    free.
    """
    while True:
        port = next(_own_ports)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def _ports() -> Iterator[int]:
    """This worker's, over and over, beginning anywhere: another run of the tests may be going on."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = 20_000 + worker % 12 * _PORTS
    start = secrets.randbelow(_PORTS)
    return (first + (start + count) % _PORTS for count in itertools.count())


_own_ports = _ports()


StartHall = Callable[..., HallServer]
