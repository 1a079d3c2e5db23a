"""`python -m evaluator.virtual_pad`: one pad, until interrupted."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

from evaluator.dialects import dialects
from evaluator.virtual_pad.pad import VirtualPad
from server.device.owner import run_until


def main(arguments: list[str] | None = None) -> int:
    """Start a pad, print one JSON line when it is ready, and run until SIGINT or SIGTERM."""
    asked = _parser().parse_args(arguments)
    pad = VirtualPad(
        asked.window,
        asked.address,
        dialect=asked.dialect,
        link=asked.link,
        control=asked.control,
        pacing=asked.pacing,
    )
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    pad.start()
    sys.stdout.write(json.dumps({"window": pad.window, "link": pad.link, "control": pad.control_url}) + "\n")
    sys.stdout.flush()
    run_until(ended, asked.owner)
    pad.stop()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evaluator.virtual_pad", description="A serial pad without hardware."
    )
    parser.add_argument("--window", type=int, required=True, help="the window's number, for the page")
    parser.add_argument("--address", type=lambda text: int(text, 0), required=True, help="the pad's address, e.g. 0x83")
    parser.add_argument("--dialect", choices=sorted(dialects), default="hallqueue")
    parser.add_argument("--link", type=Path, help="keep this symlink pointing at the pad's terminal")
    parser.add_argument("--control", type=int, default=0, help="port of the control page, 0 for a free one")
    parser.add_argument("--owner", type=Path, help="end some minutes after the process whose id is in this file")
    parser.add_argument("--pacing", type=int, metavar="BAUD", help="send at this speed, e.g. 9600; else at once")
    return parser


if __name__ == "__main__":
    sys.exit(main())
