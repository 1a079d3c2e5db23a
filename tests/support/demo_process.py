"""`jiaohao demo --json` as a newcomer starts it: a process, its virtual printer and its virtual pads."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import requests
import yaml
from hall_server import ROOT, free_port, sample_config
from waiting import wait_until

PATIENCE = 30


class Demo:
    """The demo of the sample hall in a folder, on a port that stays the same when it is killed and started again.

    `displays`: more screens than the sample's.
    """

    def __init__(self, folder: Path, displays: Sequence[dict[str, Any]] = ()) -> None:
        self.folder = folder
        self.config = folder.with_suffix(".yaml")
        content = sample_config()
        content["displays"] += displays
        self.config.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        self.port = free_port()
        self.about: dict[str, Any] = {}
        self.session = requests.Session()
        self._process: subprocess.Popen[str] | None = None

    @property
    def base(self) -> str:
        base: str = self.about["base"]
        return base

    def start(self) -> None:
        """Run until it says that everything is ready."""
        command = [sys.executable, "-m", "server.cli", "demo", "--json", "--port", str(self.port)]
        self._process = subprocess.Popen(
            [*command, "--data", str(self.folder), "--config", str(self.config)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        self.about = json.loads(self._process.stdout.readline())

    def kill(self) -> None:
        """SIGKILL, to the server alone: the devices go on, as hardware would."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        """As Ctrl-C does; the exit code."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(PATIENCE)

    def page(self, path: str, device: str | None = None) -> str:
        """A page's address, with the device's token where it needs one."""
        return f"{self.base}{path}" + (f"?token={self.about['tokens'][device]}" if device else "")

    def login(self, username: str | None = None) -> None:
        """As the account the demo names, or as one of its clerks, who share the password."""
        login = self.about["login"]
        self.api("POST", "login", login | ({"username": username} if username else {}))

    def api(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """As the demo's account."""
        answer = self.session.request(method, f"{self.base}/api/v1/{path}", json=body or {}, timeout=PATIENCE)
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def issue(self, service: str = "social-insurance") -> dict[str, Any]:
        """A number from kiosk 1."""
        headers = {"Authorization": f"Bearer {self.about['tokens']['kiosk']}"}
        answer = requests.post(
            f"{self.base}/api/v1/tickets", json={"service": service}, headers=headers, timeout=PATIENCE
        )
        assert answer.status_code == 201, answer.text
        ticket: dict[str, Any] = answer.json()
        return ticket

    def ticket(self, ticket_id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.api("GET", f"tickets/{ticket_id}")
        return found

    def votes(self, ticket_id: str) -> list[dict[str, Any]]:
        """As kiosk 1, which gave the number, is told: the demo's leader serves, and is told of no vote for that."""
        headers = {"Authorization": f"Bearer {self.about['tokens']['kiosk']}"}
        answer = requests.get(f"{self.base}/api/v1/tickets/{ticket_id}", headers=headers, timeout=PATIENCE)
        assert answer.ok, answer.text
        found: list[dict[str, Any]] = answer.json()["evaluations"]
        return found

    def papers(self) -> list[Path]:
        """The papers that came out of the printer, as text."""
        return sorted((self.folder / "papers").glob("*.txt"))

    def pad(self, window: int) -> PadControl:
        return PadControl(next(pad["control"] for pad in self.about["pads"] if pad["window"] == window))

    def keypad(self, window: int) -> KeypadControl:
        return KeypadControl(next(each["control"] for each in self.about["keypads"] if each["window"] == window))

    def strip(self, window: int) -> str:
        """The words on a window's LED strip now."""
        control = next(strip["control"] for strip in self.about["strips"] if strip["window"] == window)
        text: str = requests.get(f"{control}/state", timeout=PATIENCE).json()["text"]
        return text

    def printer(self, **faults: object) -> None:
        """Switch faults of the virtual printer on or off."""
        requests.post(f"{self.about['printer']['control']}/fault", json=faults, timeout=PATIENCE).raise_for_status()


class KeypadControl:
    """The page of a virtual keypad, as somebody uses it who presses its keys."""

    def __init__(self, control: str) -> None:
        self._control = control

    def type(self, digits: str, key: str) -> None:
        """Digits, and the key behind them."""
        for each in (*digits, key):
            requests.post(f"{self._control}/press", json={"key": each}, timeout=PATIENCE).raise_for_status()

    def wait_for(self, reached: Callable[[str], bool]) -> None:
        """Until what it was told to show is so."""
        wait_until(lambda: reached(requests.get(f"{self._control}/state", timeout=PATIENCE).json()["shown"]), "shown")


class PadControl:
    """The page of a virtual pad, as somebody uses it who presses its keys."""

    def __init__(self, control: str) -> None:
        self._control = control

    def press(self, key: int) -> None:
        requests.post(f"{self._control}/press", json={"key": key}, timeout=PATIENCE).raise_for_status()

    @property
    def face(self) -> str:
        face: str = requests.get(f"{self._control}/state", timeout=PATIENCE).json()["face"]
        return face

    def wait_for(self, face: str) -> None:
        wait_until(lambda: self.face == face, f"the pad shows {face}")
