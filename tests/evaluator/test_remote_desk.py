"""What a window's PC knows of its hall, and what it keeps of its pads while it knows no more."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from evaluator.outpost import RemoteDesk
from evaluator.session import Showing, Sign
from evaluator.wire import Goal, PadsSaid
from server.device.outbox import Outbox
from server.device.steady import steady_time
from server.hall.commands import PressKey

ASK, IDLE = Showing(Sign.ASK, "one"), Showing(Sign.IDLE)
DAY = 24 * 3600


def asking(outbox: Outbox, lasts: float = DAY) -> RemoteDesk:
    desk = RemoteDesk(outbox)
    desk.take({3: Goal(showing=ASK, lasts=lasts)})
    return desk


def press(key: int = 2, level: int | None = 4) -> PressKey:
    return PressKey(3, key, level, "one")


def kept(outbox: Outbox) -> list[PressKey]:
    return [PadsSaid.model_validate(letter.body).press for letter in outbox.waiting()]


def test_nothing_is_shown_that_the_server_has_not_said(outbox: Outbox) -> None:
    desk = RemoteDesk(outbox)
    assert (desk.wanted(3), desk.shows()) == (None, {})
    desk.take({3: Goal(showing=Showing(Sign.PAUSED))})
    assert (desk.wanted(3), desk.wanted(4)) == (Showing(Sign.PAUSED), None)


def test_an_invitation_ends_by_itself_and_is_still_what_the_server_said_last(outbox: Outbox) -> None:
    desk = RemoteDesk(outbox)
    assert desk.take({3: Goal(showing=ASK, lasts=20), 4: Goal(showing=IDLE)}) == [20]
    assert (desk.wanted(3), desk.wanted(4)) == (ASK, IDLE)
    over = asking(outbox, lasts=0)
    assert (over.wanted(3), over.shows()) == (IDLE, {3: ASK})


def test_an_invitation_is_not_made_longer_by_hearing_of_it_again(outbox: Outbox) -> None:
    desk = asking(outbox, lasts=-1)
    assert desk.take({3: Goal(showing=ASK, lasts=20)}) == []
    assert desk.wanted(3) == IDLE


def test_who_has_answered_is_not_asked_again_also_by_the_next_life(outbox: Outbox) -> None:
    desk = asking(outbox)
    assert desk.store(press(), "a")
    assert desk.wanted(3) == IDLE
    assert asking(outbox).wanted(3) == IDLE
    desk.take({3: Goal(showing=Showing(Sign.ASK, "two"), lasts=DAY)})
    assert desk.wanted(3) == Showing(Sign.ASK, "two")


def test_a_key_without_a_meaning_is_kept_and_the_citizen_still_asked(outbox: Outbox) -> None:
    desk = asking(outbox)
    assert desk.store(press(0, None), "a")
    assert (desk.wanted(3), kept(outbox)) == (ASK, [press(0, None)])


def test_each_sending_of_one_press_is_kept_once(outbox: Outbox) -> None:
    desk = asking(outbox)
    assert [desk.store(press(), "a"), desk.store(press(), "a"), desk.store(press(3, 5), "b")] == [True] * 3
    assert kept(outbox) == [press(), press(3, 5)]


def test_what_the_disk_does_not_take_is_acknowledged_once_the_server_has_it(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    outbox.close()  # whatever is written now fails
    desk = asking(outbox)
    assert [desk.store(press(), "a"), desk.store(press(), "a")] == [False, False]
    assert kept(outbox) == [press()]
    outbox.acknowledge(1)
    assert desk.store(press(), "a")


def test_a_letter_of_another_version_does_not_keep_the_pads_from_working(outbox: Outbox) -> None:
    outbox.put({"press": "of a later kind"})
    assert asking(outbox).wanted(3) == ASK


def test_a_clock_that_is_set_makes_no_press_older_or_younger(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = time.monotonic()
    asking(outbox).store(press(), "a")
    (letter,) = outbox.waiting()
    really = time.time
    for shift in (DAY, -DAY):
        monkeypatch.setattr(time, "time", lambda shift=shift: really() + shift)
        pressed, now = PadsSaid.model_validate(letter.body).at, steady_time()
        assert pressed.boot == now.boot
        assert 0 <= now.ticks - pressed.ticks <= time.monotonic() - begun + 1
