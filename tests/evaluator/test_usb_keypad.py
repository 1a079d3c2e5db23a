"""A USB keypad at a window: its presses are votes under the same rule, and it may be pulled out and put in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pad_hall import WINDOW, PadHall, StartPadHall
from soft_keypad import SoftKeypad

from server.config.devices import PadSettings
from server.hall.evaluation import Unheard

KP5, KP2, KP1 = 76, 80, 79
KEYS = {KP5: 5, KP2: 2, KP1: 1}


@pytest.fixture
def keypad(tmp_path: Path) -> Iterator[SoftKeypad]:
    made = SoftKeypad(tmp_path / "keypad")
    made.plug()
    yield made
    made.unplug()


@pytest.fixture
def hall(start_pad_hall: StartPadHall, keypad: SoftKeypad, tmp_path: Path) -> PadHall:
    link = f"input://{tmp_path / 'keypad'}"
    made = start_pad_hall(device=PadSettings(window=WINDOW, link=link, dialect="hid_keys", keys=KEYS))
    made.settled()
    return made


def test_a_press_is_a_vote_and_only_the_first_one(hall: PadHall, keypad: SoftKeypad) -> None:
    keypad.press(KP5)
    hall.until(lambda: unheard(hall) == [Unheard.NO_EVALUATION])
    hall.serve()
    hall.until(lambda: asked(hall))
    keypad.press(KP2)
    keypad.press(KP5)
    hall.until(lambda: len(unheard(hall)) == 2)
    assert votes(hall) == [2]
    assert unheard(hall) == [Unheard.NO_EVALUATION, Unheard.ALREADY_VOTED]


def test_a_press_from_before_the_invitation_that_is_read_after_it_does_not_count(
    hall: PadHall, keypad: SoftKeypad
) -> None:
    """The server was busy, and the kernel kept the press: only its date tells whose it is."""
    pressed = time.monotonic()
    hall.serve()
    hall.until(lambda: asked(hall))
    keypad.press(KP1, pressed)
    hall.until(lambda: unheard(hall) == [Unheard.BEFORE_INVITATION])
    keypad.press(KP5)
    hall.until(lambda: votes(hall) == [5])


def test_pulled_out_and_put_in_it_goes_on(hall: PadHall, keypad: SoftKeypad) -> None:
    keypad.unplug()
    hall.until(lambda: hall.agent.states()[0]["state"] == "offline")
    assert "gone" in hall.agent.states()[0]["reason"] or "plugged in" in hall.agent.states()[0]["reason"]
    hall.serve()
    keypad.plug()
    hall.settled()
    hall.until(lambda: asked(hall))
    keypad.press(KP2)
    hall.until(lambda: votes(hall) == [2])


def asked(hall: PadHall) -> bool:
    """Whether a press counts from now on. A keypad shows nothing of it."""
    (line,) = hall.agent._lines
    return line.talk is not None and line.talk._session.asked_at(time.monotonic()) != ""


def votes(hall: PadHall) -> list[int]:
    return [vote.level for vote in hall.stored("evaluation_voted")]


def unheard(hall: PadHall) -> list[Unheard]:
    return [event.unheard for event in hall.stored("press_ignored")]
