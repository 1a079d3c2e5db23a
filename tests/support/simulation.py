"""`jiaohao simulate` as a process beside the servers that it plays with."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import requests
import yaml
from hall_server import PASSWORD, ROOT, USERNAME, HallServer
from lossy_proxy import LossyProxy
from waiting import wait_until

_PATIENCE = 90


def many_rules() -> dict[str, Any]:
    """Changes for a hall in which all that the simulation can do is possible: classes, slots, two calls before 过号."""
    services = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))["services"]
    half_hours = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30)]
    slots = [f"{start}-{end}" for start, end in zip(half_hours, [*half_hours[1:], "23:59"], strict=True)]
    for service in services[:3]:
        service["booking"] = {"slots": slots, "places": 3}
    classes = [
        {"code": "elderly", "name": "老年人", "name_en": "Elderly", "level": 1},
        {"code": "disabled", "name": "残疾人", "name_en": "Disabled", "level": 2},
    ]
    return {
        "services": services,
        "priority": {"classes": classes},
        "rules": {"no_show": {"calls": 2}},
    }


class Simulation:
    """A day in a hall, whose servers may be killed and started meanwhile.

    With `lost`, each so many-th answer to a press does not arrive.
    """

    def __init__(self, *servers: HallServer, visits: int, speed: int, seed: int = 7, lost: int | None = None) -> None:
        self._servers = servers
        self.proxies = [LossyProxy(server.port, lost) for server in servers] if lost is not None else []
        bases = [word for wire in self.proxies or servers for word in ("--base", wire.base)]
        how = ["--visits", str(visits), "--speed", str(speed), "--seed", str(seed), "--json"]
        tokens = servers[0].tokens
        who = ["--username", USERNAME, "--password", PASSWORD, "--clerk", USERNAME, "--clerk", "li"]
        devices = ["--kiosk-token", tokens["kiosk"], "--evaluator-token", tokens["evaluator"]]
        command = [sys.executable, "-m", "server.cli", "simulate", "--config", str(servers[0].config)]
        self._process = subprocess.Popen(
            [*command, *bases, *how, *who, *devices],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait_for_numbers(self, count: int) -> None:
        """Until so many have been given."""
        wait_until(lambda: self._given() >= count, f"{count} numbers are given", timeout=_PATIENCE)

    def outcome(self) -> dict[str, Any]:
        """What it found; fails when anything does not add up."""
        out, err = self._process.communicate(timeout=_PATIENCE)
        assert self._process.returncode in (0, 1), err
        found: dict[str, Any] = json.loads(out)
        assert not found["problems"], "\n".join(found["problems"])
        assert self._process.returncode == 0
        return found

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()
        for proxy in self.proxies:
            proxy.close()

    def _given(self) -> int:
        """By whichever server answers; -1 while none does."""
        assert self._process.poll() is None, self._process.communicate()
        session = self._servers[0].session
        for server in self._servers:
            try:
                answer = session.get(f"{server.base}/api/v1/report/today", timeout=5)
            except requests.RequestException:
                continue
            if answer.ok:
                return int(answer.json()["tickets"]["issued"])
        return -1
