"""The loudspeaker in real Chromium: calls are heard in order, one at a time, and only while they matter."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

Line = dict[str, Any]


@pytest.fixture
def screen(site: Any, screen_browser: Browser) -> Iterator[Page]:
    page = screen_browser.new_page(base_url=site.base)
    page.goto("/?repeatPause=0.3&nextPause=0.4")
    site.heard("loaded gone")
    yield page
    page.close()


def announced(page: Page, *ids: str) -> dict[str, str]:
    """Wait until these announcements have ended; how they did."""
    page.wait_for_function("ids => ids.every((id) => id in outcomes)", arg=list(ids), timeout=30_000)
    outcomes: dict[str, str] = page.evaluate("outcomes")
    return outcomes


def log(page: Page) -> list[Line]:
    lines: list[Line] = page.evaluate("speaker.log")
    return lines


def spoken(lines: list[Line]) -> list[tuple[str, int, str]]:
    return [(line["announcement"], line["pass"], line["clip"]) for line in lines]


def assert_no_overlap(lines: list[Line]) -> None:
    for line, following in pairwise(lines):
        assert line["start"] + line["seconds"] <= following["start"]
    for line in lines:
        # The audio graph itself said when each clip had sounded: not early, and not much later than planned.
        assert line["ended"] == pytest.approx(line["start"] + line["seconds"], abs=0.25)
        assert line["ended"] >= line["start"] + line["seconds"] - 0.01


def test_two_calls_twice_each_are_heard_in_order_and_never_at_once(screen: Page) -> None:
    screen.evaluate(
        """() => { speak({ id: "A001", clips: ["a", "b", "c"], repeats: 2 });
                   speak({ id: "A002", clips: ["a", "d"], repeats: 2 }); }"""
    )
    assert screen.evaluate("speaker.pending") == ["A001", "A002"]
    assert announced(screen, "A001", "A002") == {"A001": "spoken", "A002": "spoken"}
    lines = log(screen)
    first = [("A001", 1, clip) for clip in ("chime", "a", "b", "c")] + [("A001", 2, clip) for clip in "abc"]
    second = [("A002", 1, clip) for clip in ("chime", "a", "d")] + [("A002", 2, clip) for clip in "ad"]
    assert spoken(lines) == first + second
    assert_no_overlap(lines)
    starts = {key: line["start"] for key, line in zip(spoken(lines), lines, strict=True)}
    assert starts["A001", 1, "b"] - starts["A001", 1, "a"] == pytest.approx(0.16, abs=0.001)
    assert starts["A002", 1, "chime"] - starts["A001", 2, "c"] == pytest.approx(0.1 + 0.4, abs=0.1)
    assert starts["A001", 2, "a"] - starts["A001", 1, "c"] == pytest.approx(0.1 + 0.3, abs=0.1)


def test_a_dropped_call_is_not_heard(screen: Page) -> None:
    screen.evaluate(
        """() => { for (const id of ["one", "two", "three"]) speak({ id, clips: ["a"], repeats: 1 });
                   speaker.cancel("two"); speaker.cancel("nobody"); }"""
    )
    assert announced(screen, "one", "two", "three") == {"one": "spoken", "two": "cancelled", "three": "spoken"}
    assert {line["announcement"] for line in log(screen)} == {"one", "three"}


def test_a_call_dropped_while_it_sounds_ends_its_sentence_and_is_not_repeated(screen: Page) -> None:
    screen.evaluate("""() => speak({ id: "A001", clips: ["a", "b", "c", "d"], repeats: 3 })""")
    screen.wait_for_function("() => speaker.log.some((line) => line.clip === 'chime' && line.ended !== null)")
    screen.evaluate("speaker.cancel('A001')")
    assert announced(screen, "A001") == {"A001": "spoken"}
    lines = log(screen)
    assert spoken(lines) == [("A001", 1, clip) for clip in ("chime", "a", "b", "c", "d")]
    assert all(line["ended"] is not None for line in lines)


def test_repeats_are_dropped_while_more_than_three_calls_wait(screen: Page) -> None:
    screen.evaluate(
        """() => { for (const id of ["1", "2", "3", "4", "5"]) speak({ id, clips: ["a"], repeats: 2 }); }"""
    )
    announced(screen, "1", "2", "3", "4", "5")
    lines = log(screen)
    passes = {line["announcement"]: line["pass"] for line in lines}
    assert passes == {"1": 1, "2": 2, "3": 2, "4": 2, "5": 2}
    assert_no_overlap(lines)


def test_the_same_call_pushed_twice_is_spoken_once(screen: Page) -> None:
    screen.evaluate(
        """() => { for (const _ of [1, 2]) speak({ id: "A001", clips: ["a"], repeats: 1 });
                   for (const _ of [1, 2]) speak({ id: "A002", clips: ["b"], repeats: 1 }); }"""
    )
    announced(screen, "A001", "A002")
    assert [clip for _, _, clip in spoken(log(screen))] == ["chime", "a", "chime", "b"]


def test_a_call_with_a_clip_that_cannot_be_loaded_is_left_out_whole(screen: Page) -> None:
    screen.evaluate(
        """() => { speak({ id: "holed", clips: ["a", "gone", "b"] }); speak({ id: "unknown", clips: ["zz"] });
                   speak({ id: "whole", clips: ["a"], repeats: 1 }); }"""
    )
    outcomes = announced(screen, "holed", "unknown", "whole")
    assert outcomes == {"holed": "unloadable", "unknown": "unloadable", "whole": "spoken"}
    assert {line["announcement"] for line in log(screen)} == {"whole"}


def test_a_screen_that_may_play_says_so_and_never_asks_for_a_touch(site: Any, screen_browser: Browser) -> None:
    page = screen_browser.new_page(base_url=site.base)
    page.goto("/")
    assert set(site.heard("loaded gone")) <= {"running", "loaded gone"}
    page.close()


def test_a_browser_that_wants_a_touch_is_reported_and_speaks_nothing_stale_after_it(
    site: Any, plain_browser: Browser
) -> None:
    page = plain_browser.new_page(base_url=site.base)
    page.goto("/?staleAfter=0.5")
    lines = site.heard("loaded gone")
    assert "suspended" in lines
    assert "running" not in lines
    page.evaluate("""() => { window.asked = performance.now(); speak({ id: "old", clips: ["a"] }); }""")
    page.wait_for_function("() => performance.now() - asked > 600")
    page.mouse.click(10, 10)
    site.heard("running")
    page.evaluate("""() => speak({ id: "new", clips: ["b"], repeats: 1 })""")
    assert announced(page, "old", "new") == {"old": "stale", "new": "spoken"}
    assert {line["announcement"] for line in log(page)} == {"new"}
    page.close()
