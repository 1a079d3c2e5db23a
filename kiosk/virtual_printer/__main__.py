"""`python -m kiosk.virtual_printer`: run the printer until interrupted; one JSON line says when it is ready."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import textwrap
import threading
from pathlib import Path
from typing import Final

from kiosk.slip.fonts import FontMissing
from kiosk.virtual_printer.cable import CableTransport
from kiosk.virtual_printer.commands import COMMANDS
from kiosk.virtual_printer.control import Control
from kiosk.virtual_printer.faults import FAULTS, HEALTHY, FaultInvalid, Faults, fault_argument
from kiosk.virtual_printer.fifo_port import FifoPort
from kiosk.virtual_printer.identity import IDENTITIES
from kiosk.virtual_printer.printer import VirtualPrinter
from kiosk.virtual_printer.tcp import TcpTransport
from kiosk.virtual_printer.transport import Transport
from server.device.owner import run_until
from server.device.pty_port import PtyPort

_WIDEST: Final = 832  # dots of a head for 112 mm paper


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
        arguments.papers,
        faults=faults,
        transport=_transport(arguments),
        width_dots=arguments.width,
        speed=arguments.speed,
        buffer_size=arguments.buffer,
        chinese=not arguments.no_chinese,
        gb18030=arguments.gb18030,
        gs_scales_hanzi=not arguments.fs_scales_hanzi,
        identity=IDENTITIES[arguments.identity],
    )
    control = Control(printer, arguments.control)
    ended = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: ended.set())
    printer.start()
    control.start()
    ready = printer.place | {"control": control.url, "papers": str(arguments.papers.resolve())}
    sys.stdout.write(json.dumps(ready) + "\n")
    sys.stdout.flush()
    run_until(ended, arguments.owner)
    control.stop()
    printer.stop()
    return 0


def _transport(arguments: argparse.Namespace) -> Transport:
    if arguments.link is None:
        return TcpTransport(arguments.host, arguments.port)
    if arguments.one_way:
        return CableTransport(FifoPort(arguments.link))
    return CableTransport(PtyPort(arguments.link, arguments.baud), arguments.baud)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m kiosk.virtual_printer",
        description=__doc__,
        epilog=_epilog(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--papers", type=Path, required=True, help="folder for NNNN.png, .txt, .bin")
    parser.add_argument("--control", type=int, default=0, help="port of the page with papers and switches")
    parser.add_argument("--owner", type=Path, help="end some minutes after the process whose id is in this file")
    place = parser.add_argument_group("where it is connected")
    place.add_argument("--host", default="127.0.0.1")
    place.add_argument("--port", type=int, default=9100, help="of the network; 0 takes a free one")
    place.add_argument("--link", type=Path, help="at a serial line instead: keep this symlink pointing at it")
    place.add_argument("--baud", type=_count, help="speed of that line, e.g. 9600; else as fast as it goes")
    place.add_argument("--one-way", action="store_true", help="--link is a pipe without answers, as /dev/usb/lp0")
    kind = parser.add_argument_group("what printer it is")
    kind.add_argument("--width", type=_dots, default=576, help="printable dots: 576 (80 mm paper), 384 (58 mm), ...")
    kind.add_argument("--speed", type=float, default=150.0, help="mm/s")
    kind.add_argument("--buffer", type=_count, default=4096, help="bytes it takes before it prints them")
    kind.add_argument("--no-chinese", action="store_true", help="without a Chinese font: GBK comes out as garbage")
    kind.add_argument("--gb18030", action="store_true", help="knows the four-byte codes, which others print wrong")
    kind.add_argument("--fs-scales-hanzi", action="store_true", help="only FS ! and FS W enlarge Chinese, not GS !")
    kind.add_argument("--identity", choices=sorted(IDENTITIES), default="epson", help="who answers GS I")
    kind.add_argument(
        "--fault", action="append", default=[], metavar="NAME[=VALUE]", help="see below, e.g. paper_out_after_mm=60"
    )
    arguments = parser.parse_args()
    if arguments.link is None and (arguments.baud or arguments.one_way):
        parser.error("--baud and --one-way need --link")
    if arguments.one_way and arguments.baud:
        parser.error("a one-way line has no baud rate")
    return arguments


def _dots(text: str) -> int:
    dots = int(text)
    if dots % 8 or not 64 <= dots <= _WIDEST:
        raise argparse.ArgumentTypeError(f"a multiple of 8 from 64 to {_WIDEST}, not {dots}")
    return dots


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError(f"at least 1, not {count}")
    return count


def _epilog() -> str:
    width = max(map(len, FAULTS))
    faults = "\n".join(f"  {name:<{width}}  {says}" for name, says in FAULTS.items())
    commands = textwrap.fill(", ".join(COMMANDS), 100, initial_indent="  ", subsequent_indent="  ")
    return f"faults, which the page can switch too:\n{faults}\n\ncommands it knows:\n{commands}"


if __name__ == "__main__":
    sys.exit(main())
