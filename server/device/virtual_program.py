"""A virtual device as a program: says where it is when it is ready, and runs until it is told to end."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from server.device.owner import run_until
from server.device.virtual_device import VirtualDevice


def add_device_options(parser: argparse.ArgumentParser, device: str) -> None:
    """The options that every device at a window has."""
    parser.add_argument("--window", type=int, required=True, help="the window's number, for the page")
    parser.add_argument(
        "--address", type=lambda text: int(text, 0), required=True, help=f"the {device}'s address, e.g. 0x83"
    )
    parser.add_argument("--link", type=Path, help=f"keep this symlink pointing at the {device}'s terminal")
    parser.add_argument("--control", type=int, default=0, help="port of the control page, 0 for a free one")
    parser.add_argument("--owner", type=Path, help="end some minutes after the process whose id is in this file")


def run_device(device: VirtualDevice, owner: Path | None, about: Mapping[str, object]) -> int:
    """Start, print `about` and the addresses as one JSON line, and run until SIGINT or SIGTERM."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    device.start()
    sys.stdout.write(json.dumps({**about, "link": device.link, "control": device.control_url}) + "\n")
    sys.stdout.flush()
    run_until(ended, owner)
    device.stop()
    return 0
