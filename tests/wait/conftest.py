"""One server whose hall tells waits, for all tests that only look at it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "tests/support/waited_server.py"
ELSEWHERE = {"elsewhere": "城东便民服务中心办到 18:00", "elsewhere_en": "The centre in Chengdong is open until 18:00"}


@dataclass(frozen=True)
class WaitedServer:
    """At half past four; see `waited_server`. `leader` and the clerks have the password `pw12345`."""

    base: str
    kiosk: str

    def session(self, username: str) -> requests.Session:
        session = requests.Session()
        login = {"username": username, "password": "pw12345"}
        assert session.post(f"{self.base}/api/v1/login", json=login).status_code == 200
        return session

    def take(self, service: str, **more: Any) -> Any:
        """A number from kiosk 1."""
        headers = {"Authorization": f"Bearer {self.kiosk}"}
        answer = requests.post(f"{self.base}/api/v1/tickets", json={"service": service, **more}, headers=headers)
        assert answer.status_code == 201, answer.text
        return answer.json()


@pytest.fixture(scope="module")
def waited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WaitedServer]:
    folder = tmp_path_factory.mktemp("waited")
    content = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    content |= {"pads": [], "keypads": [], "strips": [], "speakers": []}
    del content["kiosks"][0]["printer"]
    content["rules"]["wait"] |= ELSEWHERE
    content["server"] = {"port": 0, "database": f"sqlite:///{folder / 'hall.db'}", "data": str(folder)}
    config = folder / "config.yaml"
    config.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, str(PROGRAM), str(config)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdin is not None
    ready = process.stdout.readline()
    assert ready, "the server ended before it was ready"
    yield WaitedServer(**json.loads(ready))
    process.stdin.close()
    assert process.wait(timeout=60) == 0
