"""Devices whose calls do not return stop neither the others nor anything else of the server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import gevent
import pytest
from hall_server import ROOT
from pty_printer import PtyPrinter
from waiting import wait_until

from kiosk.virtual_printer import VirtualPrinter
from server.device import device_file, off_hub
from server.device.link import LinkUnavailable
from server.device.off_hub import DeviceThread
from server.device.printer_links import open_printer_link

StartPrinter = Callable[..., VirtualPrinter]
PROGRAM = ROOT / "tests/support/blocked_devices.py"
EACH = 12


def test_a_network_printer_prints_while_more_devices_hang_than_the_pool_has_threads(
    start_printer: StartPrinter, tmp_path: Path
) -> None:
    for number in range(EACH):
        os.mkfifo(tmp_path / f"lp{number}")
    printer = start_printer()
    done = subprocess.run(
        [sys.executable, str(PROGRAM), f"tcp://localhost:{printer.port}", str(EACH), str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(PROGRAM.parent)])},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout, done.stderr
    said = json.loads(done.stdout)
    assert said == {"blocked": 3 * EACH, "printed": True, "pool": True, "stopped": True, "late": EACH}
    assert done.stderr == ""
    printer.wait_for_papers(1, 20)


def threads() -> int:
    return len(list(Path("/proc/self/task").iterdir()))


def test_a_printer_that_is_opened_again_and_again_has_one_thread() -> None:
    link = f"file://{os.devnull}"
    open_printer_link(link).close()
    before = threads()
    for _ in range(20):
        open_printer_link(link).close()
    assert threads() <= before


def test_a_thread_without_work_ends_and_the_next_call_gets_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(off_hub, "_IDLE", 0.01)
    thread = DeviceThread()
    task = Path(f"/proc/self/task/{thread.run(threading.get_native_id)}")

    def ended() -> bool:
        gevent.sleep(0.01)
        return not task.exists()

    wait_until(ended, "the thread has ended")
    assert thread.run(threading.get_native_id) != threading.get_native_id()


@pytest.fixture
def stuck(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Until it is set, no device opens."""
    freed = threading.Event()
    really_open = os.open

    def wait_and_open(*arguments: object) -> int:
        assert freed.wait(30)
        return really_open(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", wait_and_open)
    return freed


def test_a_device_that_does_not_open_is_unavailable_until_it_does(
    stuck: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device_file, "OPENING", 0.05)
    cable = PtyPrinter()
    for _ in range(3):
        with pytest.raises(LinkUnavailable, match="does not answer within"):
            open_printer_link(f"file://{cable.path}")
    stuck.set()
    monkeypatch.setattr(device_file, "OPENING", 10)
    link = open_printer_link(f"file://{cable.path}")
    link.write(b"fresh")
    link.close()
    assert os.read(cable.device, 100) == b"fresh"
    assert open_at(cable.path) == 1  # by the cable itself: what opened for nobody has been closed
    cable.pull()


def open_at(path: Path) -> int:
    """How often this process has a file open."""
    found = 0
    for fd in Path("/proc/self/fd").iterdir():
        try:
            found += fd.readlink() == path
        except OSError:  # the folder's own
            continue
    return found


def test_a_call_that_nobody_waits_for_any_more_is_never_made() -> None:
    thread = DeviceThread()
    freed, made = threading.Event(), []
    first = gevent.spawn(thread.run, lambda: freed.wait(30))
    gevent.sleep(0)
    second = gevent.spawn(thread.run, lambda: made.append("second"))
    gevent.sleep(0)
    second.kill()
    first.kill()
    freed.set()
    thread.run(lambda: made.append("third"))
    assert made == ["third"]
