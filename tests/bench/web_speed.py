"""Durable numbers over HTTP, and a call on its way to fifty screens, each beside the same server doing nothing else."""

from __future__ import annotations

import json
import statistics
from pathlib import Path
from typing import Any

from figure import Figure
from hall_server import HallServer
from programs import HERE, run, running


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    server = HallServer(folder)
    server.start()
    server.login()
    server.open(1)
    try:
        with running(HERE / "bare_server.py") as (bare, line):
            port = int(line)
            return [*_tickets(server, port, quick), *_screens(server, bare.pid, port, quick)]
    finally:
        server.kill()


def _tickets(server: HallServer, bare_port: int, quick: bool) -> list[Figure]:
    seconds, clients = (0.3, 4) if quick else (3, 16)
    body = json.dumps({"service": "social-insurance"})
    hello, tickets = [], []
    for turn in range(1 if quick else 3):
        hello.append(float(run("http_clients.py", bare_port, seconds, clients, "GET", "/hello", "")))
        tickets.append(
            float(
                run(
                    *("http_clients.py", server.port, seconds, clients, "POST", "/api/v1/tickets", body),
                    "Content-Type: application/json",
                    f"Authorization: Bearer {server.tokens['kiosk']}",
                    f"Idempotency-Key: bench-{turn}-{{n}}",
                )
            )
        )
    name = "durable POST /tickets, 16 clients, to Flask hello"
    return [Figure(name, statistics.median(tickets), "/s", statistics.median(hello), 0.6, at_least=True)]


def _screens(server: HallServer, bare_pid: int, bare_port: int, quick: bool) -> list[Figure]:
    screens, calls = (5, 5) if quick else (50, 100)
    for _ in range(calls + 5):
        server.issue("social-insurance")
    assert server.process is not None
    cookie = "; ".join(f"{name}={value}" for name, value in server.session.cookies.items())
    hall = _watch(
        port=server.port,
        pid=server.process.pid,
        screens=screens,
        rounds=calls,
        query="&display=hall",
        token=server.tokens["display"],
        path="/api/v1/windows/1/call-next",
        cookie=cookie,
        body={},
    )
    shout = _watch(
        port=bare_port,
        pid=bare_pid,
        screens=screens,
        rounds=calls,
        query="",
        token="",
        path="/shout",
        cookie="",
        body=hall["patch"],
    )
    return [
        Figure("durable call to the last of 50 screens", hall["last_ms"], "ms", shout["last_ms"], 2.5),
        Figure("the same, 95 of 100 calls", hall["last_p95_ms"], "ms", shout["last_p95_ms"]),
        Figure("processor time for each screen", hall["cpu_us"], "us", shout["cpu_us"], 3.2),
    ]


def _watch(**asked: Any) -> Any:
    return json.loads(run("screen_clients.py", json.dumps(asked)))
