"""A program: a server with many devices whose calls do not return, and what still goes on beside them.

`python blocked_devices.py URL EACH FOLDER` opens EACH devices of every kind that blocks, files in FOLDER among them,
then prints at URL. It says `{"blocked": how many hang, "printed": …, "pool": whether gevent's own pool serves,
"stopped": whether the jobs of the hanging devices end when told to, "late": how many lines opened after that and were
closed again}`.
"""

from gevent import monkey

monkey.patch_all()

import json  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
from pathlib import Path  # noqa: E402

import gevent  # noqa: E402
import serial  # noqa: E402
import usb.backend.libusb1  # noqa: E402
from fake_usb import FakeBus, FakePrinter  # noqa: E402

from server.device.printer_links import open_printer_link  # noqa: E402

_allocate = monkey.get_original("_thread", "allocate_lock")
_open = os.open
_ROUND = 0.01


class Gate:
    """Holds the threads that come to it until it is opened; counts them."""

    def __init__(self) -> None:
        self.came = 0
        self._lock = _allocate()
        self._lock.acquire()

    def wait(self) -> None:
        self.came += 1
        self._lock.acquire()
        self._lock.release()

    def open(self) -> None:
        self._lock.release()


class Line:
    """What pyserial opens in the end."""

    def __init__(self, closed: list[str], url: str) -> None:
        self._closed, self._url = closed, url

    def close(self) -> None:
        self._closed.append(self._url)


class MuteBus(FakeBus):
    """A bus whose hub has hung up: looking at it does not return."""

    def __init__(self, gate: Gate) -> None:
        super().__init__(FakePrinter())
        self._gate = gate

    def enumerate_devices(self) -> list[FakePrinter]:
        self._gate.wait()
        return []


def block_devices(gate: Gate, folder: Path) -> list[str]:
    """Everything under `folder` and on the bus hangs; answers the list of the lines that were closed later."""
    closed: list[str] = []

    def open_file(path: object, flags: int, *more: object, **options: object) -> int:
        if str(path).startswith(str(folder)):
            gate.wait()
        return _open(path, flags, *more, **options)

    def open_line(url: str, *_: object, **__: object) -> Line:
        gate.wait()
        return Line(closed, url)

    os.open = open_file
    serial.serial_for_url = open_line
    bus = MuteBus(gate)
    usb.backend.libusb1.get_backend = lambda **_: bus
    return closed


def main() -> None:
    url, each = sys.argv[1], int(sys.argv[2])
    folder = Path(sys.argv[3])
    gate = Gate()
    closed = block_devices(gate, folder)
    kinds = (f"file://{folder}/lp{{}}", f"{folder}/tty{{}}", "usb://04b8:{:04x}")
    jobs = [gevent.spawn(open_printer_link, kind.format(number)) for kind in kinds for number in range(each)]
    while gate.came < len(jobs):
        gevent.sleep(_ROUND)
    said: dict[str, object] = {"blocked": gate.came}
    link = open_printer_link(url)
    link.write(b"A012\n\x1dVB\x00\x10\x04\x01")
    said["printed"] = link.read(10) == b"\x12"
    link.close()
    said["pool"] = gevent.get_hub().threadpool.apply(os.getpid) == os.getpid()
    gevent.killall(jobs, timeout=10)
    said["stopped"] = all(job.dead for job in jobs)
    gate.open()
    while len(closed) < each:
        gevent.sleep(_ROUND)
    said["late"] = len(closed)
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
