"""A printer that hangs holds up its own ticket and nothing else in the server's process."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cups_server import CupsServer
from hall_server import ROOT
from pty_printer import PtyPrinter

PROGRAM = ROOT / "tests/support/link_ticker.py"
ROUNDS = 60


@contextmanager
def hanging(way: str, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a printer that takes nothing any more."""
    match way:
        case "tcp" | "socket":
            with socket.create_server(("127.0.0.1", 0)) as listener:
                yield f"{way}://127.0.0.1:{listener.getsockname()[1]}"
        case "serial" | "file":
            cable = PtyPrinter()
            yield f"file://{cable.path}" if way == "file" else str(cable.path)
            cable.pull()
        case "pipe":
            pipe = folder / "lp0"
            os.mkfifo(pipe)
            reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
            yield f"file://{pipe}"
            os.close(reader)
        case "usb":
            yield "usb://04b8:0202"
        case "queue":
            server = CupsServer()
            patch.setenv("CUPS_SERVER", server.environment["CUPS_SERVER"])
            with socket.create_server(("127.0.0.1", 0)) as printer:
                server.add_queue("tickets", printer.getsockname()[1])
                yield "cups://tickets"
                assert server.jobs("tickets") == ""
            server.remove()
        case _:
            with socket.create_server(("127.0.0.1", 0)) as listener:
                patch.setenv("CUPS_SERVER", f"127.0.0.1:{listener.getsockname()[1]}")
                yield "cups://tickets"


@pytest.mark.parametrize("way", ["tcp", "socket", "serial", "file", "pipe", "usb", "queue", "scheduler"])
def test_the_server_goes_on_while_a_printer_hangs(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with hanging(way, tmp_path, monkeypatch) as url:
        said = ticked(url)
    assert (said["hung"], said["rounds"]) == (True, ROUNDS)
    assert said["closing"] < ROUNDS


def ticked(url: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(PROGRAM), url, str(ROUNDS)],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(PROGRAM.parent)]),
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said
