"""The whole way of a press: virtual pad, pseudo-terminal, serial link, codec, acknowledgement and back."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gevent
import pytest
import requests
from chromium import OpenPage, violations
from gevent.threadpool import ThreadPool
from playwright.sync_api import expect

from evaluator.dialects import Dialect, KeyPressed, dialects
from evaluator.virtual_pad import VirtualPad
from server.device.link import Link, LinkLost
from server.device.serial_port import open_serial

AT = 0x83
SECONDS = 10
PADS = 32
PRESSES = 10


@pytest.fixture(params=sorted(dialects))
def dialect(request: pytest.FixtureRequest) -> Dialect:
    return dialects[request.param]


@pytest.fixture
def pad(dialect: Dialect, tmp_path: Path) -> Iterator[VirtualPad]:
    made = VirtualPad(3, AT, dialect=dialect.name, link=tmp_path / "pad")
    made.start()
    yield made
    made.stop()


@pytest.fixture
def line(pad: VirtualPad) -> Iterator[Link]:
    opened = open_serial(pad.link)
    yield opened
    opened.close()


def presses(dialect: Dialect, heard: bytes) -> list[tuple[int | None, int]]:
    """Address and key of each press."""
    events = dialect.decoder().receive(heard)
    return [(event.address, event.key) for event in events if isinstance(event, KeyPressed)]


def post(pad: VirtualPad, path: str, body: object = None) -> Any:
    answer = requests.post(pad.control_url + path, json=body, timeout=SECONDS)
    assert answer.status_code == 200, answer.text
    return answer.json()


def state(pad: VirtualPad) -> Any:
    return requests.get(pad.control_url + "/state", timeout=SECONDS).json()


def test_asked_pressed_acknowledged_thanked(dialect: Dialect, pad: VirtualPad, line: Link) -> None:
    line.write(dialect.ask(AT) or b"")
    assert pad.wait_for(showing="请评价", prompted=True)
    assert post(pad, "/press", {"key": 3}) == {"sent": True}
    assert presses(dialect, line.read(SECONDS)) == [(AT, 3)]
    assert state(pad)["acked"] is False
    line.write(dialect.acknowledge(AT, 3, 0) or b"")
    assert pad.wait_for(showing="谢谢", prompted=False, acked=True)
    now = state(pad)
    assert (now["showing"], now["window"], now["address"], now["dialect"]) == ("谢谢", 3, AT, dialect.name)
    assert [entry["way"] for entry in now["log"]] == ["in", "note", "out", "in", "note"]


def test_a_paused_window_shows_on_the_pad(dialect: Dialect, pad: VirtualPad, line: Link) -> None:
    line.write(dialect.pause(AT) or b"")
    assert pad.wait_for(showing="暂停服务")
    line.write(dialect.resume(AT) or b"")
    assert pad.wait_for(showing="欢迎")


def test_an_unheard_press_comes_three_times_and_no_more(dialect: Dialect, pad: VirtualPad, line: Link) -> None:
    pad.press(1)
    assert pad.wait_for(waiting=False, acked=False, tries=3)
    assert presses(dialect, line.read(SECONDS)) == [(AT, 1)] * 3
    assert pad.state()["log"][-1]["what"] == "key 1 was not acknowledged after 3 tries"
    assert line.read(0) == b""


def test_noise_before_a_press_does_not_hide_it(dialect: Dialect, pad: VirtualPad, line: Link) -> None:
    assert post(pad, "/garbage", {"hex": "68 20 20 68 00"}) == {"sent": True}
    post(pad, "/press", {"key": 1})
    decoder, found = dialect.decoder(), []
    while not found:
        heard = line.read(SECONDS)
        assert heard, "the press did not arrive"
        found += [event for event in decoder.receive(heard) if isinstance(event, KeyPressed)]
    assert [(event.address, event.key) for event in found] == [(AT, 1)]


def test_the_server_may_come_and_go(dialect: Dialect, pad: VirtualPad) -> None:
    for serial, key in enumerate((2, 1)):
        opened = open_serial(pad.link)
        pad.press(key)
        assert presses(dialect, opened.read(SECONDS)) == [(AT, key)]
        opened.write(dialect.acknowledge(AT, key, serial) or b"")
        assert pad.wait_for(acked=True, pressed=key)
        opened.close()


def test_a_pulled_cable_loses_the_press_and_says_so(dialect: Dialect, pad: VirtualPad, line: Link) -> None:
    assert post(pad, "/unplug") == {"plugged": False}
    with pytest.raises(LinkLost):
        line.read(SECONDS)
    assert not Path(pad.link).is_symlink()
    assert post(pad, "/press", {"key": 3}) == {"sent": False}
    assert post(pad, "/plug") == {"plugged": True}
    again = open_serial(pad.link)
    pad.press(3)
    assert (AT, 3) in presses(dialect, again.read(SECONDS))
    again.close()


def test_pulled_and_put_back_in_one_breath_it_still_listens(dialect: Dialect, pad: VirtualPad) -> None:
    for _ in range(20):
        pad.unplug()
        pad.plug()
    opened = open_serial(pad.link)
    opened.write(dialect.ask(AT) or b"")
    assert pad.wait_for(showing="请评价")
    opened.close()


@pytest.mark.parametrize(
    ("path", "body"),
    [("/press", {"key": 9}), ("/press", {}), ("/press", [3]), ("/garbage", {"hex": "zz"}), ("/garbage", {"hex": 1})],
)
def test_what_the_pad_cannot_do_is_refused(pad: VirtualPad, path: str, body: object) -> None:
    answer = requests.post(pad.control_url + path, json=body, timeout=SECONDS)
    assert (answer.status_code, list(answer.json())) == (400, ["error"])


def test_the_page_brings_everything_it_needs(pad: VirtualPad) -> None:
    page = requests.get(pad.control_url + "/", timeout=SECONDS)
    assert page.headers["Content-Security-Policy"] == "default-src 'self'"
    for name in ("/pad.css", "/pad.js", "/device_page.js", "/seal.svg"):
        assert name in page.text or name == "/device_page.js"
        assert requests.get(pad.control_url + name, timeout=SECONDS).status_code == 200
    assert requests.get(pad.control_url + "/other", timeout=SECONDS).status_code == 404
    face = requests.get(pad.control_url + "/face", timeout=SECONDS).json()
    assert {key["key"]: key["zh"] for key in face["keys"]} == pad.dialect.keys


def test_the_page_has_a_pads_own_keys_equally_large_and_shows_what_it_was_told(
    tmp_path: Path, open_page: OpenPage
) -> None:
    pad, text = VirtualPad(3, 1, dialect="text", link=tmp_path / "pad"), dialects["text"]
    pad.start()
    line = open_serial(pad.link)
    line.write((text.show_staff(1, "陈晓兰") or b"") + (text.ask(1) or b""))
    page = open_page(pad.control_url, (1280, 720))
    expect(page.locator("#showing")).to_have_text("请评价")
    expect(page.locator("#clerk")).to_have_text("陈晓兰")
    keys = page.locator("#keys button")
    expect(keys).to_have_count(5)
    assert len({round(key.bounding_box()["width"]) for key in keys.all()}) == 1
    assert page.evaluate("[...document.querySelectorAll('#keys *')].every((e) => e.scrollWidth <= e.clientWidth + 1)")
    assert violations(page) == []
    page.get_by_role("button", name="基本满意").click()
    assert presses(text, line.read(SECONDS)) == [(1, 3)]
    expect(page.locator("#note")).to_contain_text("没有得到确认")
    line.close()
    pad.stop()


def test_a_dialect_nobody_speaks_is_refused() -> None:
    with pytest.raises(ValueError, match="taxi"):
        VirtualPad(1, 1, dialect="taxi")


def test_the_program_announces_itself_works_and_tidies_up(tmp_path: Path) -> None:
    link = tmp_path / "pad-3"
    command = [sys.executable, "-m", "evaluator.virtual_pad", "--window", "3", "--address", "0x83", "--link", str(link)]
    with subprocess.Popen([*command, "--pacing", "9600"], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        try:
            ready = json.loads(program.stdout.readline())
            assert (ready["window"], ready["link"]) == (3, str(link))
            opened = open_serial(ready["link"])
            requests.post(ready["control"] + "/press", json={"key": 2}, timeout=SECONDS)
            decoder = dialects["hallqueue"].decoder()
            events: list[object] = []
            while not events:
                heard = opened.read(SECONDS)
                assert heard, "the press did not arrive"
                events += decoder.receive(heard)
            assert events == [KeyPressed(AT, 2)]
            opened.close()
        finally:
            program.send_signal(signal.SIGTERM)
        assert program.wait(SECONDS) == 0
    assert not link.is_symlink()


PATCHED = """
from gevent import monkey
monkey.patch_all()
import gevent
from evaluator.dialects import KeyPressed, dialects
from evaluator.virtual_pad import VirtualPad
from server.device.link import LinkLost
from server.device.serial_port import open_serial
pad = VirtualPad(3, 0x83, control=None)
pad.start()
line = open_serial(pad.link)
line.write(dialects["hallqueue"].ask(0x83))
assert pad.wait_for(showing="请评价")
pad.press(3)
assert dialects["hallqueue"].decoder().receive(line.read(10)) == [KeyPressed(0x83, 3)]
line.write(dialects["hallqueue"].acknowledge(0x83, 3))
assert pad.wait_for(showing="谢谢")

def lost():
    try:
        line.read(60)
    except LinkLost:
        return True

reading = gevent.spawn(lost)
gevent.sleep(0.05)  # until the loop is idle: only then is a hang-up put off
pad.unplug()
print(reading.get(timeout=10))
line.close()
pad.stop()
"""


def test_it_works_inside_a_server_patched_by_gevent() -> None:
    command = [sys.executable, "-c", PATCHED]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (ran.stdout, ran.stderr, ran.returncode) == ("True\n", "", 0)


def test_32_pads_pressed_ten_times_at_once_lose_nothing() -> None:
    dialect = dialects["hallqueue"]
    pads = [VirtualPad(number, 0x80 + number, control=None) for number in range(1, PADS + 1)]
    heard: list[KeyPressed] = []
    for pad in pads:
        pad.start()
    lines = [open_serial(pad.link) for pad in pads]
    readers = [gevent.spawn(_acknowledge, line, dialect, heard) for line in lines]
    fingers = ThreadPool(PADS)
    pressing = [fingers.spawn(_press_repeatedly, pad) for pad in pads]
    gevent.wait(pressing, timeout=60)
    for line in lines:
        line.close()
    gevent.joinall(readers, timeout=SECONDS)
    for pad in pads:
        pad.stop()
    assert [done.get(timeout=0) for done in pressing] == [PRESSES] * PADS
    # Each press of each pad in its order; a busy machine may make a pad say one twice, as a real one would.
    for pad in pads:
        of_pad = [event.key for event in heard if event.address == 0x80 + pad.window]
        assert [key for key, before in zip(of_pad, [None, *of_pad], strict=False) if key != before] == [
            n % 4 for n in range(PRESSES)
        ]


def _press_repeatedly(pad: VirtualPad) -> int:
    """Press ten times, each after the one before was acknowledged; how many were."""
    acknowledged = 0
    for number in range(PRESSES):
        pad.press(number % 4)
        acknowledged += pad.wait_for(acked=True, pressed=number % 4)
    return acknowledged


def _acknowledge(line: Link, dialect: Dialect, heard: list[KeyPressed]) -> None:
    decoder = dialect.decoder()
    while True:
        try:
            events = decoder.receive(line.read(SECONDS))
        except LinkLost:
            return
        for event in events:
            if isinstance(event, KeyPressed):
                heard.append(event)
                line.write(dialect.acknowledge(event.address, event.key) or b"")
