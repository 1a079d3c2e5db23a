"""The virtual keypad: its device at given times, as a program, and its page in Chromium."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from chromium import OpenPage, violations
from hall_server import ROOT
from playwright.sync_api import Page, expect

from counter.keypad.dialects import dialects
from counter.keypad.keys import Key
from counter.virtual_keypad import VirtualKeypad
from counter.virtual_keypad.device import TYPED_SECONDS, Keypad
from server.device.serial_port import SerialLink, open_serial

AT = 4
CALL = bytes.fromhex("FF 68 03 03 68 04 01 0C 11 16")
FRONT, SYSTEM = dialects["hallqueuefront"], dialects["queuesystem"]


def make(dialect: str = "queuesystem") -> tuple[Keypad, list[str]]:
    notes: list[str] = []
    return Keypad(AT, dialects[dialect], notes.append), notes


def test_digits_are_collected_shown_and_sent_with_the_key_behind_them() -> None:
    keypad, _ = make()
    for digit in (0, 1, 2):
        keypad.digit(digit, 0)
    assert keypad.showing == "012"
    assert keypad.press(Key.CALL, 1) == bytes.fromhex("FF 68 06 06 68 04 01 00 01 02 0C 14 16")
    assert (keypad.typed, keypad.pressed) == ("", "012+CALL")


def test_cancel_clears_digits_and_is_sent_only_without_any() -> None:
    keypad, _ = make()
    keypad.digit(7, 0)
    assert keypad.press(Key.CANCEL, 1) == b""
    assert keypad.typed == ""
    assert keypad.press(Key.CANCEL, 2) == bytes.fromhex("FF 68 03 03 68 04 01 0E 13 16")


def test_digits_that_nobody_ends_are_forgotten() -> None:
    keypad, notes = make()
    keypad.digit(7, 0)
    assert keypad.due == TYPED_SECONDS
    assert keypad.wake(TYPED_SECONDS) == b""
    assert (keypad.typed, notes) == ("", ["7 forgotten"])


def test_a_key_without_an_answer_is_sent_three_times_half_a_second_apart() -> None:
    keypad, notes = make()
    assert keypad.press(Key.CALL, 10.0) == CALL
    sent = [(now / 10, data) for now in range(100, 200) if (data := keypad.wake(now / 10))]
    assert sent == [(10.5, CALL), (11.0, CALL)]
    assert notes == ["CALL was not acknowledged after 3 tries"]


def test_each_firmware_takes_its_own_answer_for_one() -> None:
    keypad, _ = make()
    keypad.press(Key.CALL, 0)
    keypad.receive(SYSTEM.show(AT, "___012"))
    assert (keypad.acked, keypad.shown) == (False, "___012")
    keypad.receive(CALL)
    assert keypad.acked
    keypad, _ = make("hallqueuefront")
    keypad.press(Key.CALL, 0)
    keypad.receive(FRONT.show(AT + 1, "9"))
    assert not keypad.acked
    keypad.receive(FRONT.show(AT, "012_5"))
    assert (keypad.acked, keypad.shown) == (True, "012_5")


@pytest.fixture
def keypad(tmp_path: Path) -> Iterator[VirtualKeypad]:
    made = VirtualKeypad(4, AT, dialect="queuesystem", link=tmp_path / "keypad")
    made.start()
    yield made
    made.stop()


@pytest.fixture
def line(keypad: VirtualKeypad) -> Iterator[SerialLink]:
    """The server's end."""
    link = open_serial(keypad.link)
    assert isinstance(link, SerialLink)
    yield link
    link.close()


def read(line: SerialLink, count: int) -> bytes:
    data = b""
    while len(data) < count and (more := line.read(5)):
        data += more
    return data


def test_keys_have_names_words_and_codes(keypad: VirtualKeypad, line: SerialLink) -> None:
    for key in ("call", "呼叫", 0x0C):
        answer = requests.post(f"{keypad.control_url}/press", json={"key": key}, timeout=20)
        assert answer.json() == {"sent": True}
        assert read(line, len(CALL)) == CALL
        line.write(CALL)
        assert keypad.wait_for(acked=True)
    for key in ("fire", 99, None, ["call"], -1):
        assert requests.post(f"{keypad.control_url}/press", json={"key": key}, timeout=20).status_code == 400


def test_the_page_draws_21_keys_and_the_display_and_is_used_by_keyboard(
    keypad: VirtualKeypad, line: SerialLink, open_page: OpenPage
) -> None:
    page: Page = open_page(keypad.control_url, (1366, 900))
    expect(page.locator(".block > *")).to_have_count(21)
    assert violations(page) == []
    line.write(SYSTEM.show(AT, "___012") + SYSTEM.beep(AT))
    expect(page.locator("#spoken")).to_have_text("显示 012")
    assert page.locator("#cells svg").nth(7).locator(".lit").count() == 5  # a 2
    page.keyboard.type("12")
    expect(page.locator("#spoken")).to_have_text("显示 12")
    page.keyboard.press("Escape")
    expect(page.locator("#spoken")).to_have_text("显示 012")
    page.keyboard.press("Enter")
    assert read(line, len(CALL)) == CALL
    line.write(CALL)
    page.get_by_role("button", name="重呼").click()
    assert read(line, len(CALL))[-3] == Key.RECALL
    expect(page.locator("#note")).to_contain_text("没有得到确认")
    assert violations(page) == []
    page.get_by_role("button", name="拔线").click()
    expect(page.locator("#note")).to_contain_text("线已拔出")


def test_as_a_program_it_says_where_it_is_and_ends_when_told(tmp_path: Path) -> None:
    words = ["--window", "3", "--address", "0x03", "--link", str(tmp_path / "keypad")]
    command = [sys.executable, "-m", "counter.virtual_keypad", *words]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        about = json.loads(process.stdout.readline())
        assert (about["window"], about["link"]) == (3, str(tmp_path / "keypad"))
        assert requests.get(f"{about['control']}/state", timeout=20).json()["dialect"] == "hallqueuefront"
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(10) == 0
