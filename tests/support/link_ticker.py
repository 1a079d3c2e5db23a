"""A program: prints at an address as the server would, and counts how often its event loop comes round meanwhile.

`python link_ticker.py URL ROUNDS` stops a job that hangs after that many rounds of 10 ms. It says
`{"rounds": while the job hung, "hung": whether it still did, "closing": rounds until the link was closed after that}`.
"""

from gevent import monkey

monkey.patch_all()

import json  # noqa: E402
import sys  # noqa: E402
from itertools import count  # noqa: E402

import gevent  # noqa: E402
import usb.backend.libusb1  # noqa: E402
from fake_usb import FakeBus, FakePrinter  # noqa: E402

from server.device.printer_links import open_printer_link  # noqa: E402

_ROUND = 0.01
_MORE_THAN_ANY_BUFFER = 50_000_000
_LONGEST = 1000


def print_for_ever(url: str) -> None:
    link = open_printer_link(url)
    try:
        link.write(bytes(_MORE_THAN_ANY_BUFFER))
    finally:
        link.close()


def rounds_of(job: "gevent.Greenlet[..., None]", most: int) -> int:
    """How many rounds the loop made before the job ended."""
    for rounds in count():
        if job.ready() or rounds == most:
            return rounds
        gevent.sleep(_ROUND)
    raise AssertionError


def main() -> None:
    url, rounds = sys.argv[1], int(sys.argv[2])
    mute = FakeBus(FakePrinter())
    usb.backend.libusb1.get_backend = lambda **_: mute
    job = gevent.spawn(print_for_ever, url)
    gevent.sleep(0)  # it begins, and holds the loop here if it does not yield
    made = rounds_of(job, rounds)
    hung = not job.ready()
    job.kill(block=False)
    said = {"rounds": made, "hung": hung, "closing": rounds_of(job, _LONGEST)}
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
