"""`python -m kiosk.virtual_printer`: run the printer until interrupted; one JSON line says when it is ready."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from pathlib import Path

from kiosk.slip.fonts import FontMissing
from kiosk.virtual_printer.control import Control
from kiosk.virtual_printer.faults import HEALTHY, FaultInvalid, Faults, fault_argument
from kiosk.virtual_printer.printer import VirtualPrinter
from server.device.owner import run_until


def main() -> int:
    """Run; 0 after SIGINT or SIGTERM, 2 when it could not start."""
    arguments = _arguments()
    try:
        faults = HEALTHY.merged(dict(fault_argument(argument) for argument in arguments.fault))
        return _run(arguments, faults)
    except (FaultInvalid, FontMissing, OSError) as error:
        sys.stderr.write(f"virtual printer: {error}\n")
        return 2


def _run(arguments: argparse.Namespace, faults: Faults) -> int:
    printer = VirtualPrinter(
        arguments.papers, arguments.host, arguments.port, faults, width_dots=arguments.width, speed=arguments.speed
    )
    control = Control(printer, arguments.control)
    ended = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: ended.set())
    printer.start()
    control.start()
    ready = {"port": printer.port, "control": control.url, "papers": str(arguments.papers.resolve())}
    sys.stdout.write(json.dumps(ready) + "\n")
    sys.stdout.flush()
    run_until(ended, arguments.owner)
    control.stop()
    printer.stop()
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m kiosk.virtual_printer", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=9100, help="0 takes a free port")
    parser.add_argument("--control", type=int, default=0, help="port of the page with papers and switches")
    parser.add_argument("--papers", type=Path, required=True, help="folder for NNNN.png, .txt, .bin")
    parser.add_argument("--owner", type=Path, help="end some minutes after the process whose id is in this file")
    parser.add_argument("--width", type=int, default=576, choices=(576, 384), help="printable dots")
    parser.add_argument("--speed", type=float, default=150.0, help="mm/s")
    parser.add_argument(
        "--fault", action="append", default=[], metavar="NAME[=VALUE]", help="e.g. paper_out_after_mm=60"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
