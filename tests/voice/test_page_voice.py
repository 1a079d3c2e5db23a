"""A page's voice in real Chromium: it plays what it is given, one order at a time, and says what became of each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

Line = dict[str, Any]


@pytest.fixture
def screen(site: Any, screen_browser: Browser) -> Iterator[Page]:
    page = screen_browser.new_page(base_url=site.base)
    page.goto("/")
    site.heard("loaded gone")
    yield page
    page.close()


def phases(page: Page) -> list[tuple[str, str, str | None]]:
    """(order, phase, reason) as the page told them."""
    told: list[tuple[str, Any]] = page.evaluate("told")
    return [(said["order"], said["phase"], said["reason"]) for event, said in told if event == "spoke"]


def wait_for(page: Page, order: str, phase: str) -> None:
    page.wait_for_function(
        "([order, phase]) => told.some(([, said]) => said.order === order && said.phase === phase)",
        arg=[order, phase],
        timeout=20_000,
    )


def log(page: Page) -> list[Line]:
    lines: list[Line] = page.evaluate("voice.player.log")
    return lines


def spoken(lines: list[Line]) -> list[tuple[str, str]]:
    return [(line["order"], line["clip"]) for line in lines]


def assert_no_overlap(lines: list[Line]) -> None:
    for line, following in pairwise(lines):
        assert line["start"] + line["seconds"] <= following["start"]
    for line in lines:
        # The audio graph itself said when each clip had sounded: not early, and not much later than planned.
        assert line["ended"] == pytest.approx(line["start"] + line["seconds"], abs=0.25)
        assert line["ended"] >= line["start"] + line["seconds"] - 0.01


def test_orders_are_heard_one_after_the_other_with_their_pause_and_the_chime_first(screen: Page) -> None:
    screen.evaluate("""() => order("A001/1", ["a", "b", "c"])""")
    wait_for(screen, "A001/1", "ended")
    screen.evaluate("""() => order("A001/2", ["a", "b", "c"], { chime: false, pause: 0.5 })""")
    wait_for(screen, "A001/2", "ended")
    lines = log(screen)
    first = [("A001/1", clip) for clip in ("chime", "a", "b", "c")]
    assert spoken(lines) == first + [("A001/2", clip) for clip in "abc"]
    assert_no_overlap(lines)
    starts = {key: line["start"] for key, line in zip(spoken(lines), lines, strict=True)}
    assert starts["A001/1", "b"] - starts["A001/1", "a"] == pytest.approx(0.16, abs=0.001)
    pause = starts["A001/2", "a"] - starts["A001/1", "c"] - 0.1
    assert 0.5 <= pause <= 0.85
    expected = [(name, phase, None) for name in ("A001/1", "A001/2") for phase in ("began", "ended")]
    assert phases(screen) == expected


def test_it_begins_when_it_sounds_and_ends_when_it_has_sounded(screen: Page) -> None:
    screen.evaluate("""() => order("one", ["a", "b", "c", "d"], { pause: 0 })""")
    wait_for(screen, "one", "began")
    assert [line["ended"] for line in log(screen)][-1] is None
    assert ("one", "ended", None) not in phases(screen)
    wait_for(screen, "one", "ended")
    assert all(line["ended"] is not None for line in log(screen))


def test_an_order_that_is_taken_back_in_its_pause_is_not_heard(screen: Page) -> None:
    screen.evaluate("""() => order("first", ["a"])""")
    wait_for(screen, "first", "ended")
    screen.evaluate("""() => order("two", ["b"], { pause: 60 })""")
    screen.evaluate("() => voice.update(null)")
    wait_for(screen, "two", "failed")
    screen.evaluate("""() => order("three", ["c"])""")
    wait_for(screen, "three", "ended")
    assert ("two", "failed", "cancelled") in phases(screen)
    assert {line["order"] for line in log(screen)} == {"first", "three"}


def test_an_order_that_is_taken_back_while_it_sounds_is_heard_to_its_end(screen: Page) -> None:
    screen.evaluate("""() => order("one", ["a", "b", "c", "d"])""")
    wait_for(screen, "one", "began")
    screen.evaluate("() => voice.update(null)")
    wait_for(screen, "one", "ended")
    assert spoken(log(screen)) == [("one", clip) for clip in ("chime", "a", "b", "c", "d")]
    assert phases(screen) == [("one", "began", None), ("one", "ended", None)]


def test_the_same_order_pushed_again_is_heard_once_also_after_a_reload(screen: Page, site: Any) -> None:
    screen.evaluate("""() => { order("one", ["a"]); order("one", ["a"]); }""")
    wait_for(screen, "one", "began")
    screen.reload()
    site.heard("loaded gone")
    screen.evaluate("""() => order("one", ["a"])""")
    wait_for(screen, "one", "ended")
    assert log(screen) == []


def test_an_order_for_another_page_is_not_heard(screen: Page) -> None:
    screen.evaluate("""() => order("other", ["a"], { page: "you" })""")
    screen.evaluate("""() => order("mine", ["b"])""")
    wait_for(screen, "mine", "ended")
    assert {line["order"] for line in log(screen)} == {"mine"}
    assert all(order == "mine" for order, _, _ in phases(screen))


def test_an_order_with_a_clip_that_cannot_be_loaded_is_left_out_whole(screen: Page) -> None:
    for name, clips in (("holed", ["a", "gone", "b"]), ("unknown", ["zz"]), ("whole", ["a"])):
        screen.evaluate("([name, clips]) => order(name, clips)", [name, clips])
        wait_for(screen, name, "ended" if name == "whole" else "failed")
    assert phases(screen)[:2] == [("holed", "failed", "clips_missing"), ("unknown", "failed", "clips_missing")]
    assert {line["order"] for line in log(screen)} == {"whole"}
    assert screen.evaluate("shown.mute")


def test_while_the_line_is_lost_nothing_begins_and_what_sounds_goes_on(screen: Page) -> None:
    screen.evaluate("""() => order("one", ["a", "b"])""")
    wait_for(screen, "one", "began")
    screen.evaluate("() => voice.silence()")
    wait_for(screen, "one", "ended")
    screen.evaluate("""() => { order("two", ["a"], { pause: 60 }); voice.silence(); }""")
    screen.evaluate("""() => order("three", ["c"])""")
    wait_for(screen, "three", "ended")
    assert {line["order"] for line in log(screen)} == {"one", "three"}
    assert "two" not in {order for order, _, _ in phases(screen)}


def test_a_server_that_knows_nothing_of_the_page_is_told_what_sounds(screen: Page) -> None:
    screen.evaluate("""() => order("one", ["a", "b", "c", "d"])""")
    wait_for(screen, "one", "began")
    screen.evaluate("() => { told.length = 0; voice.greet(); }")
    (event, sound), (_, spoke) = screen.evaluate("told.slice(0, 2)")
    assert (event, sound["state"], sound["sounding"], sound["begun"]) == ("sound", "running", True, ["one"])
    assert (spoke["order"], spoke["phase"]) == ("one", "began")


def test_a_page_that_was_asleep_when_its_order_should_have_begun_leaves_it(screen: Page) -> None:
    # Its clock stands for the sleep: an hour passes between two of its steps.
    screen.evaluate("""() => { order("late", ["a"]); const now = Date.now; Date.now = () => now() + 3600000; }""")
    wait_for(screen, "late", "failed")
    assert phases(screen) == [("late", "failed", "not_connected")]
    assert log(screen) == []


def test_a_screen_that_may_play_says_so_and_never_asks_for_a_touch(site: Any, screen_browser: Browser) -> None:
    page = screen_browser.new_page(base_url=site.base)
    page.goto("/")
    assert set(site.heard("loaded gone")) <= {"running", "loaded gone"}
    assert page.evaluate("shown") == {"locked": False, "mute": True}
    page.close()


def test_a_browser_that_wants_a_touch_is_reported_and_sounds_after_it(site: Any, plain_browser: Browser) -> None:
    page = plain_browser.new_page(base_url=site.base)
    page.goto("/")
    assert "running" not in site.heard("loaded gone")
    page.mouse.click(10, 10)
    site.heard("running")
    page.evaluate("""() => order("new", ["b"])""")
    wait_for(page, "new", "ended")
    assert {line["order"] for line in log(page)} == {"new"}
    page.close()
