"""`python -m display.virtual_strip`: one strip, until interrupted."""

from __future__ import annotations

import argparse
import sys

from display.strip.picture import EXTENTS
from display.virtual_strip.strip import DIALECTS, VirtualStrip
from server.device.virtual_program import add_device_options, run_device


def main(arguments: list[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    strip = VirtualStrip(
        asked.window, asked.address, dialect=asked.dialect, size=asked.size, link=asked.link, control=asked.control
    )
    return run_device(strip, asked.owner, {"window": strip.window})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m display.virtual_strip", description="An LED strip without hardware."
    )
    add_device_options(parser, "strip")
    parser.add_argument("--dialect", choices=DIALECTS, default="hallqueuefront")
    parser.add_argument("--size", choices=sorted(EXTENTS), default="64x16")
    return parser


if __name__ == "__main__":
    sys.exit(main())
