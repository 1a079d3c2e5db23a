"""A strip over a window, from what happens in the hall to the LEDs on a real pseudo-terminal, whatever goes wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hall_server import ROOT
from pad_hall import CHEN
from strip_hall import SECONDS, StartStripHall, StripHall

from display.strip.session import FLASH
from server.hall.announcement import AnnouncementKind
from server.hall.commands import Announce, EndAnnouncement

LIT, DARK = "请A001号", ""


@pytest.fixture
def hall(start_strip_hall: StartStripHall) -> StripHall:
    """A small strip at window 3, which is open and idle."""
    made = start_strip_hall(3)
    made.open(3)
    assert made.shows(3, text="为您服务")
    return made


def texts(hall: StripHall, since: int = 0) -> list[str]:
    """What the strip was told, in order."""
    return [entry["text"] for entry in hall.strips[3].state()["log"][since:] if entry["way"] == "in"]


def test_a_window_is_followed_from_its_opening_to_its_close(start_strip_hall: StartStripHall) -> None:
    hall = start_strip_hall(3, size="192x32")
    assert hall.shows(3, text="", frames=1)
    hall.open(3)
    assert hall.shows(3, text="热情为您服务 3号窗口")
    hall.call(3)
    assert hall.shows(3, text="请A001号 到3号窗口")
    hall.start(3)
    assert hall.shows(3, text="正在办理A001号 3号窗口")
    hall.finish(3)
    assert hall.shows(3, text="热情为您服务 3号窗口")
    hall.pause(3)
    assert hall.shows(3, text="暂停服务 设备检修")


def test_an_emergency_stands_on_the_strip_until_it_is_ended(start_strip_hall: StartStripHall) -> None:
    hall = start_strip_hall(3, size="192x32")
    hall.open(3)
    hall.call(3)
    assert hall.shows(3, text="请A001号 到3号窗口")
    alarm = Announce(AnnouncementKind.EMERGENCY, "请有序撤离", (), 1, timedelta(minutes=10), CHEN.username)
    announcement = hall.engine.do(alarm)["id"]
    assert hall.shows(3, text="紧急 请有序撤离")
    hall.engine.do(EndAnnouncement(announcement, CHEN.username))
    assert hall.shows(3, text="请A001号 到3号窗口")


def test_a_call_flashes_for_three_seconds_and_then_stands(hall: StripHall) -> None:
    before = len(hall.strips[3].state()["log"])
    called = hall.engine.clock()
    hall.call(3)
    assert hall.shows(3, text=LIT)
    assert hall.shows(3, text=DARK)
    hall.until(lambda: hall.engine.clock() - called > timedelta(seconds=FLASH))
    hall.until(lambda: texts(hall, before)[-1] == LIT)
    told = texts(hall, before)
    assert told[:4] == [LIT, DARK, LIT, DARK]
    assert all(one != other for one, other in pairwise(told))


def test_a_recall_flashes_again(hall: StripHall) -> None:
    hall.call(3)
    hall.until(lambda: len([text for text in texts(hall) if text == LIT]) == 4)
    before = len(hall.strips[3].state()["log"])
    hall.recall(3)
    assert hall.shows(3, text=DARK)
    hall.until(lambda: texts(hall, before)[-1:] == [LIT])


def test_a_lost_answer_is_asked_for_twice_more_and_then_told(hall: StripHall) -> None:
    hall.until(lambda: hall.state(3) == ("ready", None))
    before = hall.strips[3].state()["frames"]
    hall.strips[3].fault(mute=True)
    hall.pause(3)
    hall.until(lambda: hall.state(3) == ("offline", "not_answering"))
    assert hall.strips[3].state()["frames"] == before + 3
    assert hall.shows(3, text="暂停服务")  # it has understood, and only does not say so
    hall.strips[3].fault(mute=False)
    hall.until(lambda: hall.state(3) == ("ready", None))


def test_an_answer_that_arrives_spoiled_is_none(hall: StripHall) -> None:
    hall.strips[3].fault(corrupt=True)
    hall.pause(3)
    hall.until(lambda: hall.state(3) == ("offline", "not_answering"))
    hall.strips[3].fault(corrupt=False)
    hall.until(lambda: hall.state(3) == ("ready", None))


def test_a_strip_that_had_no_power_is_right_again_by_itself(hall: StripHall) -> None:
    hall.strips[3].fault(off=True)
    hall.pause(3)
    hall.until(lambda: hall.state(3) == ("offline", "not_answering"))
    assert hall.strips[3].state()["text"] == ""
    hall.strips[3].fault(off=False)
    assert hall.shows(3, text="暂停服务")
    hall.until(lambda: hall.state(3) == ("ready", None))


def test_a_pulled_cable_is_seen_and_what_was_missed_is_shown_when_it_is_back(hall: StripHall) -> None:
    hall.threads.apply(hall.strips[3].unplug)
    hall.until(lambda: hall.state(3)[0] == "offline")
    assert hall.state(3)[1] not in (None, "not_answering")
    hall.call(3)
    hall.threads.apply(hall.strips[3].plug)
    assert hall.shows(3, text=LIT)
    hall.until(lambda: hall.state(3) == ("ready", None))


def test_a_strip_of_digits_shows_the_number_and_nothing_else(start_strip_hall: StartStripHall) -> None:
    hall = start_strip_hall(3, size="digits")
    hall.open(3)
    hall.call(3)
    assert hall.shows(3, text="001")
    hall.finish(3)
    assert hall.shows(3, text="")
    assert hall.state(3) == ("ready", None)


def test_a_strip_that_hangs_is_told_and_shows_the_newest_when_it_goes_on(
    start_strip_hall: StartStripHall, tmp_path: Path
) -> None:
    """SIGSTOP: the program neither reads nor answers, and the line stays open."""
    link = tmp_path / "hanging"
    command = [sys.executable, "-m", "display.virtual_strip", "--window", "3", "--address", "3", "--link", str(link)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            control = json.loads(process.stdout.readline())["control"]
            hall = start_strip_hall(3, link=link)
            hall.open(3)
            hall.until(lambda: hall.state(3) == ("ready", None))
            os.kill(process.pid, signal.SIGSTOP)
            hall.call(3)
            hall.until(lambda: hall.state(3) == ("offline", "not_answering"))
            hall.finish(3)
            hall.pause(3)
            os.kill(process.pid, signal.SIGCONT)
            hall.until(lambda: hall.state(3) == ("ready", None))
            hall.until(lambda: _asked(hall, f"{control}/state")["text"] == "暂停服务")
        finally:
            os.kill(process.pid, signal.SIGCONT)
            process.terminate()


def _asked(hall: StripHall, address: str) -> Any:
    command = [sys.executable, "-c", f"import urllib.request as u; print(u.urlopen({address!r}).read().decode())"]
    done = hall.threads.apply(subprocess.run, (command,), {"capture_output": True, "text": True, "timeout": SECONDS})
    return json.loads(done.stdout)


def test_an_agent_whose_hall_comes_back_to_it_speaks_to_its_strips_again(hall: StripHall) -> None:
    hall.agent.stop()
    assert hall.state(3) == ("offline", "stopped")
    hall.pause(3)
    hall.agent.start()
    assert hall.shows(3, text="暂停服务")


def test_strips_at_other_windows_are_left_alone(hall: StripHall) -> None:
    before = hall.strips[3].state()["frames"]
    hall.open(2)
    hall.call(2)
    hall.pause(3)
    assert hall.shows(3, text="暂停服务")
    assert LIT not in texts(hall)
    assert hall.strips[3].state()["frames"] == before + 1
