"""The hall screen in Chromium: what citizens hear."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hall_server import HallServer, StartHall
from playwright.sync_api import Page, expect

OpenScreen = Callable[..., Page]
Call = Callable[[str, int], str]


def spoken(page: Page) -> list[dict[str, Any]]:
    log: list[dict[str, Any]] = page.evaluate("jiaohao.speaker.log")
    return log


def passes(page: Page) -> list[tuple[int, int]]:
    """(call id, pass) in the order of speaking, each once."""
    return list(dict.fromkeys((line["announcement"], line["pass"]) for line in spoken(page)))


def wait_until_silent(page: Page, calls: int) -> None:
    """Until so many calls have been spoken and nothing is left."""
    page.wait_for_function(
        """(calls) => jiaohao.speaker.pending.length === 0
          && new Set(jiaohao.speaker.log.map((line) => line.announcement)).size >= calls""",
        arg=calls,
        timeout=60_000,
    )


def ids(hall: HallServer) -> list[int]:
    return [call["id"] for call in hall.call_api("GET", "board/hall").json()["speak"]]


def test_two_calls_are_spoken_twice_each_and_never_at_once(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall)
    call("social-insurance", 3)
    call("residence", 4)
    first, second = ids(hall)
    wait_until_silent(page, 2)
    assert passes(page) == [(first, 1), (first, 2), (second, 1), (second, 2)]
    log = spoken(page)
    assert all(line["start"] + line["seconds"] <= following["start"] for line, following in pairwise(log))
    said = [line["clip"] for line in log if (line["announcement"], line["pass"]) == (first, 1)]
    ticket = ["zh/letter-A", "zh/digit-0", "zh/digit-0", "zh/digit-1"]
    assert said == ["chime", "zh/qing", *ticket, "zh/hao", "zh/dao", "zh/digit-3", "zh/hao", "zh/chuangkou", "zh/banli"]


def test_a_call_that_was_answered_before_its_turn_is_not_spoken(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall)
    call("social-insurance", 3)
    call("residence", 4)
    call("property", 5)
    first, second, third = ids(hall)
    hall.post("windows/4/start")
    wait_until_silent(page, 2)
    assert second not in {line["announcement"] for line in spoken(page)}
    assert passes(page) == [(first, 1), (first, 2), (third, 1), (third, 2)]


def test_a_recall_takes_the_place_of_its_call_in_the_queue(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall)
    call("social-insurance", 3)
    call("residence", 4)
    _, waiting = ids(hall)
    hall.post("windows/4/recall")
    recalled = ids(hall)[-1]
    assert recalled != waiting
    wait_until_silent(page, 2)
    heard = {line["announcement"] for line in spoken(page)}
    assert recalled in heard
    assert waiting not in heard


def test_a_reload_does_not_speak_again_what_this_screen_has_spoken(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall)
    call("social-insurance", 3)
    (first,) = ids(hall)
    page.wait_for_function("() => jiaohao.speaker.log.length > 0")
    page.reload()
    page.wait_for_selector('#board[data-link="online"]')
    assert ids(hall) == [first]
    call("residence", 4)
    wait_until_silent(page, 1)
    assert {line["announcement"] for line in spoken(page)} == {ids(hall)[-1]}


def test_a_silent_screen_stays_silent(start_hall: StartHall, open_screen: OpenScreen) -> None:
    hall = start_hall(displays=[{"id": "hall", "name": "二楼"}], speakers=[])
    hall.open(2)
    page = open_screen(hall)
    hall.issue("social-insurance")
    hall.post("windows/2/call-next")
    expect(page.locator("#panel-number")).to_have_text("A001")
    assert page.evaluate("jiaohao.speaker") is None
    expect(page.locator("#voice")).to_be_hidden()
    expect(page.locator("#sound")).to_be_hidden()


def test_one_touch_starts_the_sound_where_the_browser_wants_one(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall, touch=True)
    button = page.get_by_role("button", name="点击开启声音")
    expect(button).to_be_visible()
    call("social-insurance", 3)
    expect(page.locator("#panel-number")).to_have_text("A001")
    assert spoken(page) == []
    button.click()
    expect(button).to_be_hidden()
    wait_until_silent(page, 1)


@pytest.fixture
def unbuilt() -> Any:
    """The clips as they are before set-up has built them."""
    from server.voice.pages import CLIPS

    aside = CLIPS.with_name("clips-aside")
    CLIPS.rename(aside)
    yield
    Path(aside).rename(CLIPS)


@pytest.mark.usefixtures("unbuilt")
def test_without_recordings_the_screen_still_shows_calls_and_tells_the_staff(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall)
    expect(page.locator("#voice")).to_have_text("无语音")
    call("social-insurance", 3)
    expect(page.locator("#panel-number")).to_have_text("A001")
    assert spoken(page) == []
