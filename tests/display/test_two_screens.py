"""One screen on two PCs: one of them speaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hall_server import HallServer, StartHall
from hall_voice import heard, ids, readings, speaker, spoken, wait_until_silent, wait_until_speaking
from playwright.sync_api import Page, expect
from waiting import wait_until

OpenScreen = Callable[..., Page]


@pytest.fixture
def hall(start_hall: StartHall) -> HallServer:
    server = start_hall(voice={"languages": ["zh"], "repeats": 1})
    server.open(1, 2, 3, 4, 5, 6)
    return server


def call(hall: HallServer, service: str, window: int) -> None:
    hall.issue(service)
    hall.post(f"windows/{window}/call-next")


def test_one_speaks_and_when_it_is_closed_the_other_takes_over_what_was_not_begun(
    hall: HallServer, open_screen: OpenScreen
) -> None:
    one = open_screen(hall)
    wait_until(lambda: speaker(hall) == ("ready", None), "the first has the voice")
    two = open_screen(hall)
    call(hall, "social-insurance", 3)
    wait_until_speaking(one)
    call(hall, "residence", 4)
    first, second = ids(hall)
    for page in (one, two):
        expect(page.locator("#windows > li").nth(3)).to_contain_text("B001")
    wait_until_silent(one, 1)
    assert readings(one) == [(first, 1)]
    assert spoken(two) == []
    one.close()
    wait_until_silent(two, 1)
    assert heard(two) == [second]


def test_after_a_restart_that_forgot_everything_neither_speaks_what_one_of_them_has_begun(
    hall: HallServer, open_screen: OpenScreen
) -> None:
    other, voice = open_screen(hall, touch=True), open_screen(hall)
    wait_until(lambda: speaker(hall) == ("ready", None), "one can speak")
    call(hall, "social-insurance", 3)
    wait_until_silent(voice, 1)
    other.get_by_role("button", name="点击开启声音").click()
    hall.kill()
    (hall.folder / "spoken.json").unlink()
    hall.start()
    for page in (other, voice):
        page.wait_for_selector('#board[data-link="online"]', timeout=30_000)
    call(hall, "residence", 4)
    first, second = ids(hall)
    wait_until(lambda: second in [*heard(other), *heard(voice)], "the next one is spoken", 30.0)
    assert (heard(other) + heard(voice)).count(first) == 1


def test_a_screen_that_wants_a_touch_leaves_the_voice_to_the_other(hall: HallServer, open_screen: OpenScreen) -> None:
    silent = open_screen(hall, touch=True)
    wait_until(lambda: speaker(hall) == ("blocked", "sound_blocked"), "nobody can speak")
    able = open_screen(hall)
    wait_until(lambda: speaker(hall) == ("ready", None), "one can")
    call(hall, "social-insurance", 3)
    wait_until_silent(able, 1)
    assert heard(able) == ids(hall)
    assert spoken(silent) == []
