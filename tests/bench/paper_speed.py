"""Paper: how many bytes a ticket is, how soon they reach the printer, and whether the hall stands still meanwhile."""

from __future__ import annotations

import json
import socket
import statistics
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import requests
from figure import Figure
from hall_server import ROOT, HallServer
from programs import HERE, running

_SERVICE = "social-insurance"
_PATIENCE = 30


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    jobs = 3 if quick else 40
    return [*_on_the_wire(folder / "wire", jobs), *_stall(folder / "stall", jobs, 0.5 if quick else 8)]


class Sink:
    """A one-way printer that keeps nothing but when each job's first byte came and how many there were."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.jobs: list[tuple[float, int]] = []
        self.changed = threading.Condition()
        threading.Thread(target=self._accept, daemon=True).start()

    def wait_for(self, jobs: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.jobs) >= jobs, _PATIENCE), "a ticket was not printed"

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                self._take(connection)

    def _take(self, connection: socket.socket) -> None:
        count = len(connection.recv(65536))
        first = time.monotonic()
        while data := connection.recv(65536):
            count += len(data)
        if count:
            with self.changed:
                self.jobs.append((first, count))
                self.changed.notify_all()


class WatchedServer:
    """`paper_server` with one kiosk at a printer."""

    def __init__(self, folder: Path, printer: dict[str, Any]) -> None:
        folder.mkdir(exist_ok=True)
        kiosk = {"id": "1", "name": "1 号取号机", "name_en": "Kiosk 1", "slot": "below", "printer": printer}
        self.hall = HallServer(folder, kiosks=[kiosk])
        program = str(HERE / "paper_server.py")
        self._process = Popen(
            [sys.executable, program, str(self.hall.config)], cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline(), "the server ended before it was ready"
        self.hall.login()
        self.ask()

    def ask(self) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


def _on_the_wire(folder: Path, jobs: int) -> list[Figure]:
    sink = Sink()
    with (
        closing(sink),
        closing(WatchedServer(folder, {"link": f"tcp://127.0.0.1:{sink.port}", "ack": "none"})) as server,
    ):
        for job in range(jobs):
            server.hall.issue(_SERVICE)
            sink.wait_for(job + 1)
        queued = server.ask()["queued"]
    waits = sorted((first - committed) * 1e3 for committed, (first, _) in zip(queued, sink.jobs, strict=True))
    return [
        Figure("ticket on the wire", max(count for _, count in sink.jobs), "B", bound=600),
        Figure("commit to first byte at the printer", statistics.median(waits), "ms", bound=5),
        Figure("the same, 95 of 100 tickets", waits[int(len(waits) * 0.95)], "ms"),
    ]


def _stall(folder: Path, jobs: int, seconds: float) -> list[Figure]:
    """The loop's longest stall while one kiosk prints, others ask for the report and the clerk calls."""
    words = (
        "-m",
        "kiosk.virtual_printer",
        "--port",
        "0",
        "--control",
        "0",
        "--papers",
        folder / "papers",
        "--speed",
        "2000",
    )
    with running(*words) as (_, line):
        printer = {"link": f"tcp://127.0.0.1:{json.loads(line)['port']}", "ack": "gs_h"}
        with closing(WatchedServer(folder, printer)) as server:
            time.sleep(seconds / 2)
            idle = server.ask()["stall_ms"]
            server.hall.open(1)
            end = time.monotonic() + seconds
            asking = [threading.Thread(target=_ask_for_reports, args=(server.hall, end)) for _ in range(2)]
            for thread in asking:
                thread.start()
            for _ in range(jobs):
                server.hall.issue(_SERVICE)
                server.hall.post("windows/1/call-next")
            for thread in asking:
                thread.join()
            busy = server.ask()["stall_ms"]
    return [
        Figure("longest stall of the loop, printing and reporting", busy, "ms", bound=50),
        Figure("longest stall of the loop, idle", idle, "ms"),
    ]


def _ask_for_reports(hall: HallServer, end: float) -> None:
    while time.monotonic() < end:
        answer = requests.get(f"{hall.base}/api/v1/report/today", cookies=hall.session.cookies, timeout=_PATIENCE)
        assert answer.ok, answer.text
