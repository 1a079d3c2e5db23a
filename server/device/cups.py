"""A queue of the CUPS on this PC as a link: each write is one raw job, and nothing comes back.

By CUPS' own programs, because its library has no wheel to install (pycups is built from source).
"""

from __future__ import annotations

import logging
import os
import re
import time
from typing import Final

import gevent

# Not the standard library's: it blocks the hub wherever the process was not patched.
from gevent import subprocess

from server.device.link import Link, LinkLost, LinkUnavailable

_log = logging.getLogger(__name__)
_PATIENCE: Final = 10.0
"""Seconds for one of CUPS' programs: it answers in milliseconds or is lost."""
_ROUND: Final = 0.25
_STOPPED: Final = "5"  # RFC 8011 §5.4.11


def open_cups(queue: str, taken_timeout: float = 15.0) -> Link:
    """A link to `queue`. `taken_timeout`: seconds until a job must have gone on to the printer.

    Raises LinkUnavailable: no CUPS, no such queue, or one that is stopped.
    """
    state = _state(queue)
    if not state:
        running = _run(LinkUnavailable, "lpstat", "-r")
        if "not running" in running:
            raise LinkUnavailable(f"cups://{queue}: {running}")
        raise LinkUnavailable(f"CUPS has no queue {queue!r}; it has: {', '.join(queues()) or 'none'}")
    if state.get("printer-state") == _STOPPED:
        raise LinkUnavailable(
            f"CUPS has stopped the queue {queue} ({state.get('printer-state-reasons')}): cupsenable {queue}"
        )
    if state.get("printer-is-accepting-jobs") == "false":
        raise LinkUnavailable(f"CUPS takes no jobs for the queue {queue}: cupsaccept {queue}")
    return CupsLink(queue, taken_timeout)


def queues() -> list[str]:
    """The names of the queues. Raises LinkUnavailable where CUPS is not installed."""
    return _run(LinkUnavailable, "lpstat", "-e").split()


class CupsLink:
    """A queue that was there a moment ago."""

    def __init__(self, queue: str, taken_timeout: float) -> None:
        self._queue = queue
        self._taken_timeout = taken_timeout
        self._closed = False

    def read(self, timeout: float) -> bytes:
        """See Link.read. CUPS hands on no answers."""
        if self._closed:
            raise LinkLost(f"cups://{self._queue}: closed")
        gevent.sleep(timeout)
        return b""

    def write(self, data: bytes) -> None:
        """See Link.write: `data` is one job, and has gone to the printer when this returns.

        A job that CUPS still has after the time allowed is taken back: a ticket that came out in the afternoon, when
        somebody has switched the printer on, would be for nobody.
        """
        if self._closed:
            raise LinkLost(f"cups://{self._queue}: closed")
        said = _run(LinkLost, "lp", "-d", self._queue, "-o", "raw", "-t", "ticket", "--", "-", data=data)
        found = re.search(rf"{re.escape(self._queue)}-\d+", said)
        if found is None:
            raise LinkLost(f"cups://{self._queue}: lp says {said!r}")
        self._await_taken(found[0])

    def close(self) -> None:
        """See Link.close. Jobs are CUPS' by now."""
        self._closed = True

    def _await_taken(self, job: str) -> None:
        deadline = time.monotonic() + self._taken_timeout
        while self._is_waiting(job):
            if time.monotonic() >= deadline:
                _run(LinkLost, "cancel", job)
                reasons = _state(self._queue, LinkLost).get("printer-state-reasons")
                raise LinkLost(f"cups://{self._queue}: not taken within {self._taken_timeout} s ({reasons})")
            gevent.sleep(_ROUND)

    def _is_waiting(self, job: str) -> bool:
        listed = _run(LinkLost, "lpstat", "-W", "not-completed", "-o", self._queue)
        return any(line.split()[:1] == [job] for line in listed.splitlines())


def _state(queue: str, failure: type[LinkUnavailable] | type[LinkLost] = LinkUnavailable) -> dict[str, str]:
    """What CUPS knows of a queue, e.g. printer-state; empty when there is none, or no scheduler."""
    words = _run(failure, "lpoptions", "-p", queue).split()
    return dict(word.split("=", 1) for word in words if "=" in word)


def _run(failure: type[LinkUnavailable] | type[LinkLost], *words: str, data: bytes = b"") -> str:
    """What a program of CUPS says on its output. Raises `failure` with its own words."""
    try:
        done = subprocess.run(
            words,
            input=data,
            capture_output=True,
            timeout=_PATIENCE,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
    except FileNotFoundError as error:
        raise failure(f"{words[0]} is not installed: apt-get install cups-client") from error
    except subprocess.TimeoutExpired as error:
        raise failure(f"{words[0]} does not answer within {_PATIENCE:.0f} s") from error
    except OSError as error:
        raise failure(f"{words[0]}: {error}") from error
    if done.returncode:
        raise failure(
            done.stderr.decode("utf-8", errors="replace").strip() or f"{words[0]} ended with {done.returncode}"
        )
    return str(done.stdout.decode("utf-8", errors="replace").strip())
