"""USB keypads: the kernel's input events to presses, and the devices they come from."""

from __future__ import annotations

import errno
import fcntl
import os
import struct
import time
from collections.abc import Iterator
from pathlib import Path

import gevent
import pytest
from hypothesis import given
from hypothesis import strategies as st
from soft_keypad import NUM_LOCK, SoftKeypad, event, report, stroke

from evaluator.dialects import HID_KEYS, Garbage
from evaluator.dialects.hid_keys import EV_KEY, EV_SYN, EVENT, SYN_DROPPED, HidKeysDecoder, KeyDown
from server.device.dated_hearing import DatedHearing
from server.device.input_device import open_input
from server.device.lines import open_line
from server.device.link import LinkLost, LinkUnavailable

KP5, KP1, MOUSE_LEFT = 76, 79, 0x110


def downs(data: bytes) -> list[KeyDown]:
    return [found for found in HidKeysDecoder().receive(data) if isinstance(found, KeyDown)]


def test_a_key_counts_once_when_it_goes_down_whatever_it_repeats() -> None:
    assert downs(stroke(KP5, 12.5) + stroke(KP1, 13.0)) == [KeyDown(0, KP5, 12.5), KeyDown(0, KP1, 13.0)]


def test_locks_modifiers_and_buttons_are_no_keys() -> None:
    assert downs(stroke(NUM_LOCK, 1.0) + stroke(42, 1.0) + stroke(MOUSE_LEFT, 1.0)) == []


def test_after_the_kernel_lost_something_all_is_passed_over_until_the_next_report() -> None:
    lost = event(EV_SYN, SYN_DROPPED, 0, 1.0) + event(EV_KEY, KP1, 1, 1.0) + report(tick=1.0)
    assert downs(event(EV_KEY, KP5, 1, 1.0) + lost + stroke(KP1, 2.0)) == [KeyDown(0, KP1, 2.0)]


def test_a_key_whose_report_never_ended_is_none() -> None:
    decoder = HidKeysDecoder()
    decoder.receive(event(EV_KEY, KP5, 1, 1.0))
    decoder.quiet()
    assert [f for f in decoder.receive(report(tick=2.0)) if isinstance(f, KeyDown)] == []


@given(st.binary(max_size=200), st.integers(0, 199))
def test_any_bytes_are_taken_and_cut_anywhere_they_mean_the_same(data: bytes, cut: int) -> None:
    whole, halves = HidKeysDecoder(), HidKeysDecoder()
    found = whole.receive(data)
    assert halves.receive(data[:cut]) + halves.receive(data[cut:]) == found
    skipped = b"".join(each.data for each in [*found, *whole.quiet()] if isinstance(each, Garbage))
    assert not whole.is_unfinished
    # An input event that by chance is one is taken as a whole; everything else leaves as garbage.
    assert (len(data) - len(skipped)) % EVENT.size == 0


@given(st.binary(max_size=EVENT.size - 1))
def test_a_press_after_garbage_is_found_once_the_line_was_silent(noise: bytes) -> None:
    decoder = HidKeysDecoder()
    decoder.receive(noise)
    decoder.quiet()
    assert [f for f in decoder.receive(stroke(KP5, 3.0)) if isinstance(f, KeyDown)] == [KeyDown(0, KP5, 3.0)]


def test_a_press_is_dated_by_the_kernel_and_not_by_its_reading() -> None:
    hearing = DatedHearing(HID_KEYS.decoder(), 0, 10.0)
    (press,) = hearing.receive(stroke(KP5, 17.5), 20.0)
    assert press.since == 17.5
    again, too_late, too_soon = hearing.receive(stroke(KP5, 18.0) + stroke(KP5, 20.5) + stroke(KP5, 9.5), 20.0)
    assert again.id != press.id
    assert (too_late.since, too_soon.since) == (None, None)


def test_nothing_can_be_told_to_a_keypad() -> None:
    told = [HID_KEYS.ask(0), HID_KEYS.acknowledge(0, KP5), HID_KEYS.thank_you(0), HID_KEYS.idle(0), HID_KEYS.pause(0)]
    assert [*told, HID_KEYS.resume(0), HID_KEYS.beep(0), HID_KEYS.show_number(0, "A012")] == [None] * 8


@pytest.fixture
def keypad(tmp_path: Path) -> Iterator[SoftKeypad]:
    made = SoftKeypad(tmp_path / "keypad")
    made.plug()
    yield made
    made.unplug()


def test_events_come_through_and_a_pulled_cable_is_noticed(keypad: SoftKeypad, tmp_path: Path) -> None:
    link = open_line(f"input://{tmp_path / 'keypad'}", 9600)
    assert link.read(0) == b""
    reading = gevent.spawn(link.read, 30)
    gevent.sleep(0)
    keypad.press(KP5, 1.5)
    assert [down.key for down in downs(reading.get(timeout=20))] == [KP5]
    with pytest.raises(LinkLost, match="nothing can be told"):
        link.write(b"x")
    keypad.unplug()
    with pytest.raises(LinkLost, match="gone"):
        link.read(5)
    link.close()
    link.close()
    with pytest.raises(LinkUnavailable, match="plugged in"):
        open_input(f"input://{tmp_path / 'keypad'}")


def test_a_real_device_is_grabbed_and_dated_by_the_steady_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No input device can be made here: the numbers are those of linux/input.h, the calls are looked at."""
    asked: list[tuple[int, object]] = []
    monkeypatch.setattr(fcntl, "ioctl", lambda fd, what, value: asked.append((what, value)))
    open_input("input:///dev/null").close()

    def iow(number: int) -> int:
        return 1 << 30 | struct.calcsize("i") << 16 | ord("E") << 8 | number

    assert asked == [(iow(0xA0), struct.pack("i", time.CLOCK_MONOTONIC)), (iow(0x90), 1)]


def test_why_a_device_cannot_be_opened_is_said_with_what_helps(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(LinkUnavailable, match="no input device"):
        open_input("input:///dev/null")
    with pytest.raises(LinkUnavailable, match="no input device"):
        open_input(f"input://{tmp_path}")

    def refuse(*_: object) -> int:
        raise OSError(errno.EBUSY, "busy")

    monkeypatch.setattr(fcntl, "ioctl", refuse)
    with pytest.raises(LinkUnavailable, match="another program"):
        open_input("input:///dev/null")

    def forbid(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", forbid)
    with pytest.raises(LinkUnavailable, match=r'udev/rules\.d.*SUBSYSTEM=="input"'):
        open_input("input:///dev/null")
