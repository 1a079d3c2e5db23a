"""`python -m evaluator.virtual_pad`: one pad, until interrupted."""

from __future__ import annotations

import argparse
import sys

from evaluator.dialects import dialects
from evaluator.virtual_pad.pad import VirtualPad
from server.device.virtual_program import add_device_options, run_device


def main(arguments: list[str] | None = None) -> int:
    parser = _parser()
    asked = parser.parse_args(arguments)
    if (asked.dialect == "template") != (asked.template is not None):
        parser.error("--dialect template and --template belong together")
    pad = VirtualPad(
        asked.window,
        asked.address,
        dialect=asked.dialect,
        template=asked.template,
        link=asked.link,
        control=asked.control,
        pacing=asked.pacing,
        digits=not asked.no_digits,
    )
    return run_device(pad, asked.owner, {"window": pad.window})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evaluator.virtual_pad", description="A serial pad without hardware."
    )
    add_device_options(parser, "pad")
    parser.add_argument("--dialect", choices=[*sorted(dialects), "template"], default="hallqueue")
    parser.add_argument("--template", metavar="FILE", help="another maker's frames instead: see docs/installer.md")
    parser.add_argument("--pacing", type=int, metavar="BAUD", help="send at this speed, e.g. 9600; else at once")
    parser.add_argument("--no-digits", action="store_true", help="it has no digit display: a keypad shares its address")
    return parser


if __name__ == "__main__":
    sys.exit(main())
