"""A pad's line that is unplugged, plugged in elsewhere, or never there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import gevent
import pytest
from gevent.queue import Queue

from evaluator.virtual_pad import VirtualPad
from server.device.link import Link, LinkUnavailable
from server.device.serial_port import open_serial
from server.device.supervisor import LinkState, Supervisor

SECONDS = 10  # how long a test waits before it calls something missing


@pytest.fixture
def pad(tmp_path: Path) -> Iterator[VirtualPad]:
    made = VirtualPad(3, 0x83, link=tmp_path / "pad", control=None)
    made.start()
    yield made
    made.stop()


def test_an_unplugged_pad_comes_back_and_its_next_message_arrives(pad: VirtualPad) -> None:
    states: Queue[LinkState] = Queue()
    heard: Queue[bytes] = Queue()

    def serve(link: Link) -> None:
        while True:
            heard.put(link.read(SECONDS))

    supervisor = Supervisor(lambda: open_serial(pad.link), serve, name="pad 3", on_state=states.put)
    running = gevent.spawn(supervisor.run)
    assert states.get(timeout=SECONDS) == LinkState("pad 3", online=True)
    pad.garbage(b"before")
    assert heard.get(timeout=SECONDS) == b"before"

    pad.unplug()
    lost = states.get(timeout=SECONDS)
    assert (lost.online, bool(lost.reason)) == (False, True)
    missing = states.get(timeout=SECONDS)
    assert "No such file" in missing.reason

    pad.plug()
    assert states.get(timeout=SECONDS) == LinkState("pad 3", online=True)
    pad.garbage(b"after")
    assert heard.get(timeout=SECONDS) == b"after"

    supervisor.stop()
    running.get(timeout=SECONDS)
    assert states.get(timeout=SECONDS) == LinkState("pad 3", online=False, reason="stopped")
    assert states.empty()


def test_attempts_grow_rarer_and_one_reason_is_reported_once() -> None:
    attempts: Queue[float] = Queue()
    states: list[LinkState] = []

    def refuse() -> Link:
        attempts.put(time.monotonic())
        raise LinkUnavailable("not there")

    supervisor = Supervisor(refuse, lambda link: None, name="pad", backoff=(0.02, 0.08), on_state=states.append)
    running = gevent.spawn(supervisor.run)
    times = [attempts.get(timeout=SECONDS) for _ in range(6)]
    supervisor.stop()
    running.get(timeout=SECONDS)
    pauses = [later - earlier for earlier, later in pairwise(times)]
    assert all(pause >= least for pause, least in zip(pauses, [0.02, 0.04, 0.08, 0.08, 0.08], strict=True))
    assert states == [LinkState("pad", False, "not there"), LinkState("pad", False, "stopped")]


def test_stopping_does_not_wait_out_a_pause() -> None:
    tried: Queue[None] = Queue()

    def refuse() -> Link:
        tried.put(None)
        raise LinkUnavailable("not there")

    supervisor = Supervisor(refuse, lambda link: None, name="pad", backoff=(3600, 3600), on_state=lambda state: None)
    running = gevent.spawn(supervisor.run)
    tried.get(timeout=SECONDS)
    supervisor.stop()
    running.get(timeout=SECONDS)


def test_a_fault_in_serving_closes_the_line_and_serves_again(pad: VirtualPad, caplog: pytest.LogCaptureFixture) -> None:
    served: Queue[Link] = Queue()

    def serve(link: Link) -> None:
        first = served.empty() and not faults
        served.put(link)
        if first:
            faults.append(link)
            raise KeyError("a bug")
        link.read(SECONDS)

    faults: list[Link] = []
    states: list[LinkState] = []
    supervisor = Supervisor(
        lambda: open_serial(pad.link), serve, name="pad 3", backoff=(0.01, 0.01), on_state=states.append
    )
    running = gevent.spawn(supervisor.run)
    # The second opening succeeds only because the first was closed: a port is open once.
    assert served.get(timeout=SECONDS) is not served.get(timeout=SECONDS)
    supervisor.stop()
    running.get(timeout=SECONDS)
    assert "a bug" in caplog.text
    assert [(state.online, state.reason) for state in states] == [
        (True, ""),
        (False, "internal error"),
        (True, ""),
        (False, "stopped"),
    ]


def test_a_serve_that_returns_gets_a_fresh_line(pad: VirtualPad) -> None:
    served: Queue[Link] = Queue()
    supervisor = Supervisor(
        lambda: open_serial(pad.link), served.put, name="pad 3", backoff=(0.01, 0.01), on_state=lambda state: None
    )
    running = gevent.spawn(supervisor.run)
    assert served.get(timeout=SECONDS) is not served.get(timeout=SECONDS)
    supervisor.stop()
    running.get(timeout=SECONDS)
