"""The hall screen in Chromium: what citizens hear."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hall_server import ROOT, HallServer, StartHall
from hall_voice import (
    assert_no_overlap,
    heard,
    ids,
    passes,
    readings,
    speaker,
    spoken,
    wait_until_silent,
    wait_until_speaking,
)
from playwright.sync_api import Page, expect
from waiting import wait_until

OpenScreen = Callable[..., Page]
Call = Callable[[str, int], str]


def test_two_calls_are_spoken_twice_each_and_never_at_once(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall)
    call("social-insurance", 3)
    call("residence", 4)
    first, second = ids(hall)
    wait_until_silent(page, 4)
    assert readings(page) == [(first, 1), (first, 2), (second, 1), (second, 2)]
    log = spoken(page)
    assert_no_overlap(log)
    said = [line["clip"] for line in log if line["order"] == passes(page)[0]]
    ticket = ["zh/letter-A", "zh/digit-0", "zh/digit-0", "zh/digit-1"]
    assert said == ["chime", "zh/qing", *ticket, "zh/hao", "zh/dao", "zh/digit-3", "zh/hao", "zh/chuangkou", "zh/banli"]
    begins = {order: next(line["start"] for line in log if line["order"] == order) for order in passes(page)}
    ends = {line["order"]: line["start"] + line["seconds"] for line in log}
    pauses = [begins[after] - ends[before] for before, after in pairwise(passes(page))]
    assert pauses == pytest.approx([0.8, 1.0, 0.8], abs=0.35)


def test_a_call_that_was_answered_before_its_turn_is_not_spoken(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall)
    call("social-insurance", 3)
    call("residence", 4)
    call("property", 5)
    first, _, third = ids(hall)
    hall.post("windows/4/start")
    wait_until_silent(page, 4)
    assert readings(page) == [(first, 1), (first, 2), (third, 1), (third, 2)]


def test_a_call_that_is_answered_while_it_sounds_is_heard_to_the_end_and_not_repeated(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall)
    call("social-insurance", 3)
    wait_until_speaking(page)
    hall.post("windows/3/start")
    call("residence", 4)
    second = ids(hall)[-1]
    wait_until_silent(page, 3)
    first = heard(page)[0]
    assert readings(page) == [(first, 1), (second, 1), (second, 2)]
    assert [line["clip"] for line in spoken(page)][11] == "zh/banli"


def test_a_recall_takes_the_place_of_its_call_in_the_queue(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall)
    call("social-insurance", 3)
    call("residence", 4)
    call("property", 5)
    first, waiting, third = ids(hall)
    hall.post("windows/4/recall")
    recalled = ids(hall)[-1]
    assert recalled != waiting
    wait_until_silent(page, 6)
    assert heard(page) == [first, recalled, third]


def test_with_more_than_three_waiting_each_is_spoken_once(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall)
    for window, service in (
        (1, "general"),
        (2, "social-insurance"),
        (3, "civil-affairs"),
        (4, "residence"),
        (5, "property"),
    ):
        call(service, window)
    first, second, *_ = ids(hall)
    page.wait_for_function("() => new Set(jiaohao.speaker.log.map((line) => line.order)).size >= 3", timeout=60_000)
    assert readings(page)[:3] == [(first, 1), (second, 1), (second, 2)]


def test_a_reload_does_not_speak_again_what_this_screen_has_spoken(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    page = open_screen(hall)
    call("social-insurance", 3)
    (first,) = ids(hall)
    wait_until_speaking(page)
    begun = passes(page)
    page.reload()
    page.wait_for_selector('#board[data-link="online"]')
    assert ids(hall) == [first]
    call("residence", 4)
    page.wait_for_function(
        "(call) => jiaohao.speaker.log.some((line) => line.order.includes(call))", arg=f":{ids(hall)[-1]}:"
    )
    wait_until_silent(page, 2)
    assert begun[0] not in passes(page)


def test_an_emergency_is_spoken_three_times_before_the_calls_that_wait_and_no_more_once_it_is_ended(
    hall: HallServer, open_screen: OpenScreen, call: Call
) -> None:
    def announce(text: str) -> str:
        name: str = hall.post("announcements", {"kind": "emergency", "text": text, "times": 3})["id"]
        return f"announcement:{name}"

    page = open_screen(hall)
    fire = announce("请大家从东门离开")
    wait_until_speaking(page)
    call("social-insurance", 3)
    call("residence", 4)
    first, second = (call["id"] for call in hall.call_api("GET", "board/hall").json()["fresh"])
    page.wait_for_function(
        "(call) => jiaohao.speaker.log.some((line) => line.order.startsWith(call))",
        arg=f"call:{first}:",
        timeout=60_000,
    )
    quake = announce("请大家到空地集合")
    page.wait_for_function(
        "(order) => jiaohao.speaker.log.some((line) => line.order === order)", arg=f"{quake}/1", timeout=60_000
    )
    ended = hall.call_api("POST", f"announcements/{quake.removeprefix('announcement:')}/end")
    assert ended.ok, ended.text
    page.wait_for_function(
        "(call) => jiaohao.speaker.log.some((line) => line.order.startsWith(call))",
        arg=f"call:{second}:",
        timeout=60_000,
    )
    said = passes(page)
    assert said[:3] == [f"{fire}/{reading}" for reading in (1, 2, 3)]
    spoken_after = (order.rpartition(":")[0] if order.startswith("call") else order for order in said[3:])
    # How often the first call was read before the second emergency came is chance.
    assert [order for order, _ in groupby(spoken_after)] == [
        f"call:{first}",
        f"{quake}/1",
        f"call:{second}",
    ]
    assert all(spoken(page)[index]["clip"] == "chime" for index in (0, 2, 4)), "each reading rings"


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
    assert speaker(hall) == ("blocked", "sound_blocked")
    button.click()
    expect(button).to_be_hidden()
    wait_until_silent(page, 2)
    assert speaker(hall) == ("ready", None)


@pytest.fixture
def unvoiced(tmp_path: Path) -> Iterator[HallServer]:
    """A hall as it is before set-up has built the clips. They stay where they are: other tests speak with them now."""
    hall = HallServer(tmp_path)
    hall.program = (str(ROOT / "tests/support/unvoiced_server.py"), str(tmp_path / "nothing"))
    hall.start()
    hall.login()
    hall.open(3)
    yield hall
    hall.kill()


def test_without_recordings_the_screen_still_shows_calls_and_tells_the_staff(
    unvoiced: HallServer, open_screen: OpenScreen
) -> None:
    page = open_screen(unvoiced)
    expect(page.locator("#voice")).to_have_text("无语音")
    unvoiced.issue("social-insurance")
    unvoiced.post("windows/3/call-next")
    expect(page.locator("#panel-number")).to_have_text("A001")
    assert spoken(page) == []
    wait_until(lambda: speaker(unvoiced) == ("blocked", "clips_missing"), "the leader is told")
