"""Which page of a screen has the voice, and what becomes of an order when that page is lost."""

from __future__ import annotations

from typing import Any

import pytest

from display.speech.outlet import Condition, Order, Report
from display.speech.page_voice import PageVoice

ORDER = Order("call:1:1/1", ("zh/qing",), chime=True, pause=1.0, volume=1.0, text="请")
NEXT = Order("call:2:2/1", ("zh/qing",), chime=True, pause=1.0, volume=1.0, text="请")


class Screen:
    """The pages of one screen, and what was told of the orders."""

    def __init__(self) -> None:
        self.told: list[Report] = []
        self.voice = PageVoice(lambda: None)
        self.voice.tell = self.told.append

    def open(self, *pages: str, running: bool = True, **more: Any) -> None:
        for page in pages:
            self.voice.came(page)
            self.voice.sound(page, running, more.get("missing", 0), more.get("sounding", False))

    def speaks(self) -> str | None:
        """The page that has an order."""
        return self.voice.speak[0] if self.voice.speak else None

    def tell(self, page: str, phase: Any, reason: Any = None, order: Order = ORDER) -> None:
        self.voice.spoke(page, Report(order.id, phase, reason))


@pytest.fixture
def screen() -> Screen:
    return Screen()


def test_without_a_page_there_is_no_voice(screen: Screen) -> None:
    assert screen.voice.condition == Condition("offline", "not_connected")
    screen.voice.came("one")
    assert screen.voice.condition == Condition("blocked", "sound_blocked")
    screen.voice.sound("one", running=True, missing=0, sounding=False)
    assert screen.voice.condition == Condition("ready")
    screen.voice.went("one")
    assert screen.voice.condition == Condition("offline", "not_connected")


def test_recordings_that_are_missing_are_told(screen: Screen) -> None:
    screen.open("one", missing=2)
    assert screen.voice.condition == Condition("blocked", "clips_missing")


def test_one_of_two_pages_speaks_and_goes_on_speaking(screen: Screen) -> None:
    screen.open("one", "two")
    screen.voice.play(ORDER)
    assert screen.speaks() == "one"
    screen.tell("one", "began")
    screen.tell("one", "ended")
    assert screen.speaks() is None
    screen.open("three")
    screen.voice.play(NEXT)
    assert screen.speaks() == "one"
    assert [report.phase for report in screen.told] == ["began", "ended"]


def test_a_page_that_wants_a_touch_does_not_get_the_voice_while_another_can_sound(screen: Screen) -> None:
    screen.open("silent", running=False)
    screen.open("one")
    screen.voice.play(ORDER)
    assert screen.speaks() == "one"


def test_what_has_not_begun_is_spoken_by_the_next_page(screen: Screen) -> None:
    screen.open("one", "two")
    screen.voice.play(ORDER)
    screen.voice.went("one")
    assert screen.speaks() == "two"
    assert screen.told == []
    screen.tell("one", "began")
    assert screen.told == []


def test_a_page_that_falls_silent_loses_what_it_has_not_begun(screen: Screen) -> None:
    screen.open("one", "two")
    screen.voice.play(ORDER)
    screen.voice.sound("one", running=False, missing=0, sounding=False)
    assert screen.speaks() == "two"


@pytest.mark.parametrize(("blocked", "reason"), [(True, "sound_blocked"), (False, "not_connected")])
def test_without_another_page_the_order_has_failed(screen: Screen, blocked: bool, reason: str) -> None:
    screen.open("one")
    if blocked:
        screen.open("silent", running=False)
    screen.voice.play(ORDER)
    screen.voice.went("one")
    assert screen.told == [Report(ORDER.id, "failed", reason)]  # type: ignore[arg-type]
    assert screen.speaks() is None


def test_what_has_begun_is_not_begun_by_another_page(screen: Screen) -> None:
    screen.open("one", "two")
    screen.voice.play(ORDER)
    screen.tell("one", "began")
    screen.voice.went("one")
    assert screen.speaks() == "one"
    assert [report.phase for report in screen.told] == ["began"]
    screen.open("one", sounding=True)
    screen.tell("one", "ended")
    assert [report.phase for report in screen.told] == ["began", "ended"]


def test_an_order_that_is_dropped_is_taken_from_the_page_and_its_answer_counts(screen: Screen) -> None:
    screen.open("one")
    screen.voice.play(ORDER)
    screen.voice.drop()
    assert screen.speaks() is None
    assert screen.told == []
    screen.tell("one", "failed", "cancelled")
    assert screen.told == [Report(ORDER.id, "failed", "cancelled")]


def test_an_order_that_is_dropped_while_its_page_is_lost_was_cancelled(screen: Screen) -> None:
    screen.open("one", "two")
    screen.voice.play(ORDER)
    screen.voice.drop()
    screen.voice.went("one")
    assert screen.told == [Report(ORDER.id, "failed", "cancelled")]
    assert screen.speaks() is None


def test_what_sounds_is_not_dropped(screen: Screen) -> None:
    screen.open("one")
    screen.voice.play(ORDER)
    screen.tell("one", "began")
    screen.voice.drop()
    assert screen.speaks() == "one"


def test_a_page_that_left_an_order_unanswered_gives_the_voice_to_another(screen: Screen) -> None:
    screen.open("one", "two")
    screen.voice.play(ORDER)
    screen.voice.drop()
    screen.voice.play(NEXT)
    assert screen.speaks() == "two"


def test_the_only_page_is_tried_again_though_it_was_deaf(screen: Screen) -> None:
    screen.open("one")
    screen.voice.play(ORDER)
    screen.tell("one", "began")
    screen.voice.play(NEXT)
    assert screen.speaks() == "one"
    screen.tell("one", "began", order=NEXT)
    assert screen.told[-1] == Report(NEXT.id, "began")


def test_after_a_restart_nobody_talks_over_a_page_that_still_sounds(screen: Screen) -> None:
    screen.open("two")
    screen.open("one", sounding=True)
    screen.voice.play(NEXT)
    assert screen.told == [Report(NEXT.id, "failed", "not_connected")]
    screen.tell("one", "ended")
    screen.voice.play(NEXT)
    assert screen.speaks() is not None


def test_another_page_cannot_answer_for_the_one_that_speaks(screen: Screen) -> None:
    screen.open("one", "two")
    screen.voice.play(ORDER)
    screen.tell("two", "ended")
    screen.tell("nobody", "ended")
    assert screen.told == []
    assert screen.speaks() == "one"


def test_what_pages_have_begun_before_the_server_was_started_is_told(screen: Screen) -> None:
    screen.open("one", "two")
    screen.voice.has_begun("one", ORDER.id)
    screen.voice.play(NEXT)
    screen.tell("two", "began")
    screen.tell("two", "failed", "cancelled")
    screen.tell("two", "ended")
    assert screen.told == [Report(ORDER.id, "ended"), Report(ORDER.id, "began"), Report(ORDER.id, "ended")]
    assert screen.speaks() == "one"


def test_what_the_lost_page_had_begun_is_taken_from_the_next_one_when_it_is_back(screen: Screen) -> None:
    screen.open("one", "two")
    screen.voice.play(ORDER)
    screen.voice.went("one")
    assert screen.speaks() == "two"
    screen.open("one")
    screen.voice.has_begun("one", ORDER.id)
    assert screen.speaks() is None
    assert screen.told == [Report(ORDER.id, "ended")]


def test_a_page_that_is_back_does_not_end_what_it_is_at_itself_nor_what_another_has_begun(screen: Screen) -> None:
    screen.open("one", "two")
    screen.voice.play(ORDER)
    screen.voice.has_begun("one", ORDER.id)
    assert screen.speaks() == "one"
    screen.tell("one", "began")
    screen.voice.has_begun("two", ORDER.id)
    assert screen.speaks() == "one"
    assert screen.told == [Report(ORDER.id, "began")]


def test_an_order_is_taken_back_once_and_one_that_stops_has_none(screen: Screen) -> None:
    changes: list[str] = []
    voice = PageVoice(lambda: changes.append("changed"))
    voice.came("one")
    voice.sound("one", running=True, missing=0, sounding=False)
    voice.play(ORDER)
    voice.drop()
    voice.drop()
    assert len(changes) == 2
    voice.play(NEXT)
    voice.stop()
    assert voice.speak is None


@pytest.mark.parametrize("sign", ["it comes back", "it says how its sound is", "it tells of an order"])
def test_a_page_that_was_deaf_and_gives_a_sign_is_as_good_as_another(screen: Screen, sign: str) -> None:
    screen.open("one", "two")
    screen.voice.play(ORDER)
    screen.voice.play(NEXT)
    assert screen.speaks() == "two"
    match sign:
        case "it comes back":
            screen.voice.came("one")
        case "it says how its sound is":
            screen.voice.sound("one", running=True, missing=0, sounding=False)
        case _:
            screen.tell("one", "failed", "cancelled")
    screen.tell("two", "ended", order=NEXT)
    screen.voice.went("two")
    screen.open("three")
    screen.voice.play(ORDER)
    assert screen.speaks() == "one"


def test_a_page_that_came_first_does_not_take_the_voice_from_the_one_that_has_it(screen: Screen) -> None:
    screen.open("one", running=False)
    screen.open("two")
    screen.voice.play(ORDER)
    screen.tell("two", "ended")
    screen.voice.sound("one", running=True, missing=0, sounding=False)
    screen.voice.play(NEXT)
    assert screen.speaks() == "two"
