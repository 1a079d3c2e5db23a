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
from hall_server import ROOT
from pty_printer import PtyPrinter

PROGRAM = ROOT / "tests/support/link_ticker.py"
ROUNDS = 60


def program(folder: Path, name: str, body: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{body}\n", encoding="ascii")
    file.chmod(0o755)


@contextmanager
def hanging(way: str, folder: Path) -> Iterator[str]:
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
        case _:
            program(folder, "lpoptions", "echo printer-state=3")
            program(folder, way, "exec sleep 60")
            yield "cups://tickets"


@pytest.mark.parametrize("way", ["tcp", "socket", "serial", "file", "pipe", "usb", "lp", "lpoptions"])
def test_the_server_goes_on_while_a_printer_hangs(way: str, tmp_path: Path) -> None:
    with hanging(way, tmp_path) as url:
        said = ticked(url, tmp_path)
    assert (said["hung"], said["rounds"]) == (True, ROUNDS)
    assert said["closing"] < ROUNDS


def ticked(url: str, folder: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(PROGRAM), url, str(ROUNDS)],
        env={
            **os.environ,
            "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(PROGRAM.parent)]),
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said
