"""Tickets a minute: what the hall gets out of a printer, to what its mechanism could at most."""

from __future__ import annotations

import json
import socket
import time
from contextlib import closing
from pathlib import Path

from figure import Figure
from paper_speed import WatchedServer
from programs import running

_SERVICE = "social-insurance"
_PATIENCE = 120
_SPEED = "150"  # mm/s, of an ordinary printer


def measure(folder: Path, *, quick: bool) -> list[Figure]:
    """The bare limit is the same papers' bytes, written in one go over one connection."""
    tickets = 2 if quick else 15
    papers = folder / "papers"
    folder.mkdir(exist_ok=True)
    words = ("-m", "kiosk.virtual_printer", "--port", "0", "--control", "0", "--papers", papers, "--speed", _SPEED)
    with running(*words) as (_, line):
        port = json.loads(line)["port"]
        printer = {"link": f"tcp://127.0.0.1:{port}", "ack": "gs_h"}
        with closing(WatchedServer(folder / "hall", printer)) as server:
            start = time.monotonic()
            for _ in range(tickets):
                server.hall.issue(_SERVICE)
            _wait_for(papers, tickets)
            ours = time.monotonic() - start
        bare = _bare(port, papers, tickets)
    return [
        Figure(
            "tickets a minute from one printer",
            tickets * 60 / ours,
            "/min",
            tickets * 60 / bare,
            bound=0.9,
            at_least=True,
        )
    ]


def _bare(port: int, papers: Path, tickets: int) -> float:
    everything = b"".join(paper.read_bytes() for paper in sorted(papers.glob("*.bin")))
    start = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE) as connection:
        connection.sendall(everything)
        _wait_for(papers, 2 * tickets)
    return time.monotonic() - start


def _wait_for(papers: Path, count: int) -> None:
    end = time.monotonic() + _PATIENCE
    while len(list(papers.glob("*.bin"))) < count:
        assert time.monotonic() < end, "a ticket was not printed"
        time.sleep(0.005)
