"""Setting a pad up by pressing its keys: what comes of it is an entry that config.yaml takes."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import subprocess
import sys
import termios
import threading
import time
import tty
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import jiaohao, refusal
from hall_server import PATIENCE, ROOT
from polled_pads import POLLED, PolledRow
from soft_keypad import SoftKeypad

from evaluator.dialects import HID_KEYS, Dialect, dialects
from evaluator.set_up import PadFound, PadSetUp, PadSetUpFailed
from evaluator.virtual_pad import VirtualPad
from server.config.devices import PadSettings
from server.device.frames.hallqueue import Frame
from server.device.hearing import PRESS_LIFE
from server.device.lines import open_line
from server.told import Told
from server.web.i18n import CHINESE, TOLD, catalogue

ADDRESS = 0x83
FOUR = (5, 4, 3, 2)


class Installer:
    """Moves the next of `fingers` when told to press a key, the same once more when told so; keeps what was told."""

    def __init__(self, *fingers: Callable[[], object]) -> None:
        self.told: list[str] = []
        self._fingers = [*fingers]
        self._latest: Callable[[], object] = lambda: None

    def tell(self, told: Told) -> None:
        words = told.translated(catalogue(CHINESE, TOLD).gettext)
        self.told += [words, told]
        if "请按" in words and self._fingers:
            self._latest = self._fingers.pop(0)
        elif "请再按" not in words:
            return
        threading.Thread(target=self._latest).start()

    def heard(self, words: str) -> bool:
        return any(words in told for told in self.told)


def set_up(
    link: str, installer: Installer, levels: tuple[int, ...] = FOUR, speeds: tuple[int, ...] = (9600,), **more: Any
) -> PadFound:
    spoken: dict[str, Dialect] = more.pop("spoken", dict(dialects))
    return PadSetUp(
        spoken, speeds, levels, open_link=lambda speed: open_line(link, speed), tell=installer.tell, **more
    ).run()


@pytest.fixture
def start_pad(tmp_path: Path) -> Iterator[Callable[[str], VirtualPad]]:
    started: list[VirtualPad] = []

    def start(dialect: str) -> VirtualPad:
        pad = VirtualPad(3, ADDRESS, dialect=dialect, link=tmp_path / "pad", control=None)
        pad.start()
        started.append(pad)
        return pad

    yield start
    for pad in started:
        pad.stop()


def presses(pad: VirtualPad, *keys: int) -> list[Callable[[], object]]:
    return [lambda key=key: pad.press(key) for key in keys]  # type: ignore[misc]


@pytest.mark.parametrize("dialect", ["hallqueue", "hallqueuefront"])
def test_the_dialect_is_found_by_the_acknowledgement_that_the_pad_hears(
    start_pad: Callable[[str], VirtualPad], dialect: str
) -> None:
    pad = start_pad(dialect)
    spoken = {name: dialects[name] for name in ("hallqueue", "hallqueuefront")}
    installer = Installer(*presses(pad, 3, 2, 1, 0))
    found = set_up(pad.link, installer, spoken=spoken)
    assert found == PadFound(dialect, 9600, ADDRESS, {3: 5, 2: 4, 1: 3, 0: 2})
    assert installer.heard("FF 68 03 03 68 83 11 03 97 16")
    assert installer.heard("键值 3 (0x03) 是「非常满意」。")
    assert installer.heard("键值顺序与协议文档一致")
    assert pad.wait_for(waiting=False)
    entry = found.settings(pad.link, 3).model_dump(exclude_unset=True)
    assert PadSettings.model_validate(yaml.safe_load(yaml.safe_dump(entry))).keys == found.keys


def test_inverted_keys_are_noticed_and_a_key_pressed_twice_is_asked_for_again(
    start_pad: Callable[[str], VirtualPad],
) -> None:
    pad = start_pad("hallqueue")
    late = [lambda: (time.sleep(PRESS_LIFE + 0.1), pad.press(0))]
    installer = Installer(*presses(pad, 0), *late, *presses(pad, 1, 2))
    found = set_up(pad.link, installer, spoken={"hallqueue": dialects["hallqueue"]}, levels=(5, 4, 2))
    assert list(found.keys.items()) == [(0, 5), (1, 4), (2, 2)]
    assert installer.heard("这个键已经是「非常满意」")
    assert installer.heard("键值顺序与协议文档相反")


def test_a_pad_at_another_speed_is_found_by_what_it_sends_again() -> None:
    """As a wire does, this one carries only noise unless both ends have one speed."""
    with Wire(speed=19200) as wire:
        installer = Installer(*[lambda key=key: wire.press(key) for key in (3, 2, 1, 0)])  # type: ignore[misc]
        found = set_up(wire.link, installer, speeds=(9600, 4800, 19200), spoken={"hallqueue": dialects["hallqueue"]})
    assert (found.baudrate, found.keys) == (19200, {3: 5, 2: 4, 1: 3, 0: 2})
    assert installer.heard("At 9600 baud no dialect knows these bytes.")
    assert installer.heard("At 4800 baud no dialect knows these bytes.")


def test_bytes_that_nobody_knows_and_silence_are_said_with_what_to_do(start_pad: Callable[[str], VirtualPad]) -> None:
    pad = start_pad("hallqueue")
    stranger = Installer(lambda: pad.garbage(bytes.fromhex("7E 01 05 7F")))
    with pytest.raises(PadSetUpFailed, match="No dialect knows this pad"):
        set_up(pad.link, stranger)
    assert stranger.heard("7E 01 05 7F")
    with pytest.raises(PadSetUpFailed, match="Nothing came for"):
        set_up(pad.link, Installer(), patience=0.3)


def test_a_pad_that_only_answers_is_asked(tmp_path: Path) -> None:
    row = PolledRow([ADDRESS, 0x84], tmp_path / "line")
    row.start()
    try:
        installer = Installer(*[lambda key=key: row.press(ADDRESS, key) for key in (3, 0)])  # type: ignore[misc]
        found = set_up(row.link, installer, spoken={"polled": POLLED}, levels=(4, 2), address=ADDRESS)
    finally:
        row.stop()
    assert found == PadFound("polled", 9600, ADDRESS, {3: 4, 0: 2})
    assert row.asked[0x84] == 0


def test_a_usb_keypad_is_set_up_alike(tmp_path: Path) -> None:
    keypad = SoftKeypad(tmp_path / "keypad")
    keypad.plug()
    try:
        installer = Installer(*[lambda key=key: keypad.press(key) for key in (79, 80, 81)])  # type: ignore[misc]
        link = f"input://{tmp_path / 'keypad'}"
        found = set_up(link, installer, spoken={HID_KEYS.name: HID_KEYS}, levels=(4, 3, 2))
    finally:
        keypad.unplug()
    assert found.keys == {79: 4, 80: 3, 81: 2}
    assert found.settings(link, 2).dialect == "hid_keys"


def test_the_command_writes_the_entry(start_pad: Callable[[str], VirtualPad], tmp_path: Path) -> None:
    pad = start_pad("hallqueue")
    file = tmp_path / "pads.yaml"
    options = ["--dialect", "hallqueue", "--levels", "4,2", "--window", "3", "--patience", str(PATIENCE)]
    words = [sys.executable, "-u", "-m", "server.cli", "device", "probe", "pad", pad.link, *options]
    with subprocess.Popen(
        [*words, "--save", str(file)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1", "JIAOHAO_LANG": "zh"},
    ) as probing:
        assert probing.stdout is not None
        keys = iter((3, 0))
        printed = ""
        for line in probing.stdout:
            printed += line
            if line.startswith("请按"):
                pad.press(next(keys))
        assert probing.wait(PATIENCE) == 0
    section = file.read_text(encoding="utf-8")
    assert printed.endswith(f"\n{section}")
    (entry,) = yaml.safe_load(section)["pads"]
    assert PadSettings.model_validate(entry).keys == {3: 4, 0: 2}
    assert entry["address"] == ADDRESS


def test_a_keypad_that_is_not_there_is_said_in_a_line() -> None:
    nowhere = ("device", "probe", "pad", "input:///dev/input/nowhere", "--keys", "4", "--window", "1")
    assert "there is no such device: is the keypad plugged in?" in refusal(*nowhere)


def test_an_address_that_no_pad_can_have_is_refused_before_a_key_is_pressed() -> None:
    done = jiaohao("device", "probe", "pad", "/dev/nowhere", "--address=0x183", "--keys", "4", "--window", "1")
    assert done.returncode == 2
    assert "Invalid value for '--address': 0x183" in done.stderr


class Wire:
    """A pad that sends a press until it is answered, on a wire that carries noise at any speed but its own."""

    def __init__(self, speed: int) -> None:
        self._speed = getattr(termios, f"B{speed}")
        self._device, self._held = pty.openpty()
        tty.setraw(self._held)
        self.link = os.ttyname(self._held)

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._held)
        os.close(self._device)

    def press(self, key: int) -> None:
        frame = bytes(Frame(ADDRESS, 0x11, bytes([key])))
        for _ in range(3):
            with contextlib.suppress(OSError, termios.error):  # the line is closed
                hears_right = termios.tcgetattr(self._held)[5] == self._speed
                os.write(self._device, frame if hears_right else bytes(byte ^ 0x5A for byte in frame))
                if select.select([self._device], [], [], 0.5)[0]:
                    os.read(self._device, 100)
                    return
