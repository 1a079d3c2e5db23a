"""`python -m counter.virtual_keypad`: one keypad, until interrupted."""

from __future__ import annotations

import argparse
import sys

from counter.keypad.dialects import dialects
from counter.virtual_keypad.keypad import VirtualKeypad
from server.device.virtual_program import add_device_options, run_device


def main(arguments: list[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    keypad = VirtualKeypad(
        asked.window,
        asked.address,
        dialect=asked.dialect,
        link=asked.link,
        control=asked.control,
        pacing=asked.pacing,
    )
    return run_device(keypad, asked.owner, {"window": keypad.window})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m counter.virtual_keypad", description="A clerk's keypad without hardware."
    )
    add_device_options(parser, "keypad")
    parser.add_argument("--dialect", choices=sorted(dialects), default="hallqueuefront")
    parser.add_argument("--pacing", type=int, metavar="BAUD", help="send at this speed, e.g. 9600; else at once")
    return parser


if __name__ == "__main__":
    sys.exit(main())
