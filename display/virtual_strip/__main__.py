"""`python -m display.virtual_strip`: one strip, until interrupted."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

from display.strip.picture import EXTENTS
from display.virtual_strip.strip import DIALECTS, VirtualStrip
from server.device.owner import run_until


def main(arguments: list[str] | None = None) -> int:
    """Start a strip, print one JSON line when it is ready, and run until SIGINT or SIGTERM."""
    asked = _parser().parse_args(arguments)
    strip = VirtualStrip(
        asked.window, asked.address, dialect=asked.dialect, size=asked.size, link=asked.link, control=asked.control
    )
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    strip.start()
    sys.stdout.write(json.dumps({"window": strip.window, "link": strip.link, "control": strip.control_url}) + "\n")
    sys.stdout.flush()
    run_until(ended, asked.owner)
    strip.stop()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m display.virtual_strip", description="An LED strip without hardware."
    )
    parser.add_argument("--window", type=int, required=True, help="the window's number, for the page")
    parser.add_argument("--address", type=lambda text: int(text, 0), required=True, help="the strip's address")
    parser.add_argument("--dialect", choices=DIALECTS, default="hallqueuefront")
    parser.add_argument("--size", choices=sorted(EXTENTS), default="64x16")
    parser.add_argument("--link", type=Path, help="keep this symlink pointing at the strip's terminal")
    parser.add_argument("--control", type=int, default=0, help="port of the control page, 0 for a free one")
    parser.add_argument("--owner", type=Path, help="end some minutes after the process whose id is in this file")
    return parser


if __name__ == "__main__":
    sys.exit(main())
