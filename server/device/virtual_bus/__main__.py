"""`python -m server.device.virtual_bus`: one bus, until interrupted."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

from server.device.owner import run_until
from server.device.virtual_bus.hub import VirtualBus


def main(arguments: list[str] | None = None) -> int:
    """Start a bus, print one JSON line when it is ready, and run until SIGINT or SIGTERM."""
    asked = _parser().parse_args(arguments)
    bus = VirtualBus(asked.link, asked.device, asked.control)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    bus.start()
    sys.stdout.write(json.dumps({"link": bus.link, "control": bus.control_url}) + "\n")
    sys.stdout.flush()
    run_until(ended, asked.owner)
    bus.stop()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m server.device.virtual_bus", description="One serial line for several virtual devices."
    )
    parser.add_argument("--link", type=Path, required=True, help="keep this symlink pointing at the server's end")
    parser.add_argument("--device", type=Path, action="append", default=[], help="the --link of a virtual device")
    parser.add_argument("--control", type=int, default=0, help="port of the control page, 0 for a free one")
    parser.add_argument("--owner", type=Path, help="end some minutes after the process whose id is in this file")
    return parser


if __name__ == "__main__":
    sys.exit(main())
