"""The one line of a speaker: what is heard, in which order, and what nobody hears."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from display.speech.line import KEPT, NEXT_PAUSE, PATIENCE, REPEAT_PAUSE, Begun, Line
from display.speech.outlet import Order, Report
from display.speech.utterance import Priority, Utterance
from display.voice import Announcement

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LENGTH = 4.0


def said(name: str, priority: Priority = Priority.CALL, at: float = 0, **more: Any) -> Utterance:
    parts: dict[str, Any] = {"clips": ("zh/qing",), "text": name, "times": 2, "window": None, "until": 60}
    parts |= more
    made = START + timedelta(seconds=at)
    parts["until"] = made + timedelta(seconds=parts["until"])
    return Utterance(id=name, priority=priority, at=made, **parts)


class Played:
    """A line with an outlet that plays what it is given, four seconds each."""

    def __init__(self, length: Callable[[Order], float] = lambda order: LENGTH, **begun: Begun) -> None:
        self.now = START
        self.steady = 0.0
        self.length = length
        self.line = Line(length, begun, lambda: self.steady)
        self.orders: list[Order] = []

    def want(self, *wanted: Utterance) -> list[Utterance]:
        return self.line.want(wanted, self.now)

    def next(self) -> str | None:
        order = self.line.next(1.0, self.now)
        if order is None:
            return None
        self.orders.append(order)
        return order.id

    def tell(self, phase: Any, reason: Any = None) -> None:
        self.line.report(Report(self.orders[-1].id, phase, reason), self.now)

    def play(self) -> str | None:
        """The next order, to its end."""
        name = self.next()
        if name is not None:
            self.tell("began")
            self.wait(self.length(self.orders[-1]) + self.orders[-1].pause)
            self.tell("ended")
        return name

    def play_all(self) -> list[str]:
        heard = []
        while (name := self.play()) is not None:
            heard.append(name)
        return heard

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.steady += seconds


@pytest.fixture
def played() -> Played:
    return Played()


def test_calls_are_read_twice_each_in_the_order_they_were_made(played: Played) -> None:
    played.want(said("b", at=1), said("a"))
    assert played.play_all() == ["a/1", "a/2", "b/1", "b/2"]
    assert [(order.chime, order.pause) for order in played.orders] == [
        (True, NEXT_PAUSE),
        (False, REPEAT_PAUSE),
        (True, NEXT_PAUSE),
        (False, REPEAT_PAUSE),
    ]


def test_one_order_at_a_time(played: Played) -> None:
    played.want(said("a"), said("b"))
    assert played.next() == "a/1"
    assert played.next() is None
    played.tell("began")
    assert played.next() is None
    played.tell("ended")
    assert played.next() == "a/2"


def test_what_is_urgent_goes_first(played: Played) -> None:
    played.want(
        said("notice", Priority.GENERAL, times=1),
        said("again", Priority.RECALL, times=1),
        said("call", times=1),
        said("fire", Priority.EMERGENCY, at=9, times=1),
    )
    assert played.play_all() == ["fire/1", "call/1", "again/1", "notice/1"]


def test_an_emergency_ends_the_repeats_of_what_sounds_and_rings_each_time(played: Played) -> None:
    played.want(said("call"))
    played.next()
    played.tell("began")
    played.want(said("call"), said("fire", Priority.EMERGENCY, times=3), said("other", at=1))
    played.tell("ended")
    assert played.play_all() == ["fire/1", "fire/2", "fire/3", "other/1", "other/2"]
    assert [order.chime for order in played.orders[1:4]] == [True, True, True]


def test_an_order_that_has_not_begun_makes_way_for_an_emergency_and_comes_after_it(played: Played) -> None:
    played.want(said("call", times=1))
    played.next()
    assert not played.line.unwanted(played.now)
    played.want(said("call", times=1), said("fire", Priority.EMERGENCY, times=1))
    assert played.line.unwanted(played.now)
    played.tell("failed", "cancelled")
    assert played.play_all() == ["fire/1", "call/1"]


def test_a_call_answered_while_it_waits_is_dropped(played: Played) -> None:
    played.want(said("a"), said("b", at=1))
    played.play()
    played.want(said("a"))
    assert played.play_all() == ["a/2"]


def test_a_call_answered_while_it_sounds_is_heard_to_the_end_and_not_repeated(played: Played) -> None:
    played.want(said("a"))
    played.next()
    played.tell("began")
    played.want()
    assert not played.line.unwanted(played.now)
    played.tell("ended")
    assert played.next() is None


def test_what_is_worded_anew_is_repeated_in_the_new_words(played: Played) -> None:
    played.want(said("a"))
    played.next()
    played.tell("began")
    played.want(said("a", clips=("yue/qing",)))
    played.tell("ended")
    assert played.play_all() == ["a/2"]
    assert [order.clips for order in played.orders] == [("zh/qing",), ("yue/qing",)]


def test_a_call_of_a_minute_ago_is_not_begun_nor_repeated(played: Played) -> None:
    played.want(said("a"), said("b", at=1))
    played.wait(59)
    assert played.next() == "a/1"
    played.tell("began")
    played.wait(3)
    played.tell("ended")
    assert played.next() is None


def test_repeats_are_dropped_while_more_than_three_wait(played: Played) -> None:
    played.want(*(said(name, at=place) for place, name in enumerate("abcde")))
    assert played.play_all() == ["a/1", "b/1", "b/2", "c/1", "c/2", "d/1", "d/2", "e/1", "e/2"]


def hurried(order: Order) -> float:
    """As the hall's recordings are: bells, and five seconds a language."""
    return 0.8 * order.chime + 4.9 * len(order.clips)


def test_twelve_windows_that_call_in_one_second_are_all_heard_within_their_minute() -> None:
    played = Played(length=hurried)
    brief = Announcement("brief", ("zh",))
    calls = [said(f"w{n:02}", at=n / 12, window=n, clips=("zh", "en"), brief=brief) for n in range(12)]
    played.want(*calls)
    heard = played.play_all()
    assert heard[:12] == [f"w{n:02}/1" for n in range(12)]
    assert [order.clips for order in played.orders[:2]] == [("zh",), ("zh",)]
    assert not any(order.chime for order in played.orders[:8])
    assert played.want() == []


def test_a_few_that_call_in_one_second_are_spoken_whole() -> None:
    played = Played(length=hurried)
    brief = Announcement("brief", ("zh",))
    played.want(*(said(name, clips=("zh", "en"), times=1, brief=brief) for name in "abcde"))
    played.play_all()
    assert {(order.clips, order.chime, order.pause) for order in played.orders} == {(("zh", "en"), True, NEXT_PAUSE)}


def test_an_emergency_is_never_shortened() -> None:
    played = Played(length=hurried)
    calls = [said(f"w{n:02}", at=n / 12, window=n, clips=("zh", "en")) for n in range(20)]
    played.want(said("fire", Priority.EMERGENCY, times=1, clips=("zh", "en")), *calls)
    assert played.play() == "fire/1"
    assert (played.orders[0].clips, played.orders[0].chime) == (("zh", "en"), True)


def test_what_grew_too_old_before_its_turn_is_told_once(played: Played) -> None:
    heard, late, gone = (said(name, at=n, window=n, times=1) for n, name in enumerate(("heard", "late", "gone")))
    played.want(heard, late, gone)
    assert played.play() == "heard/1"
    assert played.want(heard, late) == []
    played.wait(62)
    assert [one.id for one in played.want()] == ["late"]
    assert played.want() == []


def test_a_windows_newer_call_takes_the_place_of_its_older_one(played: Played) -> None:
    played.want(said("x", times=1), said("old", at=1, window=3), said("y", at=2, times=1))
    played.next()
    newer = said("new", Priority.RECALL, at=3, window=3, times=1)
    played.want(said("x", times=1), said("old", at=1, window=3), newer, said("y", at=2, times=1))
    played.tell("began")
    played.tell("ended")
    assert played.play_all() == ["new/1", "y/1"]


def test_a_recall_of_what_was_heard_comes_after_the_calls(played: Played) -> None:
    played.want(said("old", window=3, times=1))
    played.play()
    played.want(said("new", Priority.RECALL, at=1, window=3, times=1), said("y", at=2, times=1))
    assert played.play_all() == ["y/1", "new/1"]


def test_what_was_begun_before_the_server_was_started_goes_on_with_its_next_reading() -> None:
    played = Played(a=Begun(START, 1), b=Begun(START, 2))
    played.want(said("a"), said("b", at=1), said("c", at=2, times=1))
    assert played.play_all() == ["a/2", "c/1"]


def test_what_a_page_tells_of_before_the_server_was_started_is_not_begun_again(played: Played) -> None:
    played.want(said("a"), said("b", at=1, times=1), said("c", at=2, times=1))
    for order in ("a/1", "b/1", "unknown/1", "c/x", "c"):
        played.line.report(Report(order, "ended"), played.now)
    assert set(played.line.begun) == {"a", "b"}
    assert played.play_all() == ["a/2", "c/1"]


def test_an_announcement_that_is_not_wanted_for_a_moment_goes_on_where_it_was(played: Played) -> None:
    """As when its clips are made anew after a change of the settings, or a citizen's coming is undone."""
    played.want(said("fire", Priority.EMERGENCY, times=3))
    played.play()
    played.want()
    played.want(said("fire", Priority.EMERGENCY, times=3))
    assert played.play_all() == ["fire/2", "fire/3"]


def test_repeats_that_were_dropped_do_not_come_back(played: Played) -> None:
    calls = [said(name, at=place) for place, name in enumerate("abcde")]
    played.want(*calls)
    heard = []
    while (name := played.play()) is not None:
        heard.append(name)
        played.want(*calls)
    assert heard == ["a/1", "b/1", "b/2", "c/1", "c/2", "d/1", "d/2", "e/1", "e/2"]


def test_a_hall_clock_that_is_set_forward_makes_no_sentence_overdue(played: Played) -> None:
    played.want(said("a", times=1))
    played.next()
    played.now += timedelta(seconds=50)
    assert not played.line.expire(played.now)


def test_an_order_that_has_not_begun_is_taken_back_once_its_call_is_too_old(played: Played) -> None:
    played.want(said("a"))
    played.next()
    played.wait(60)
    assert not played.line.unwanted(played.now)
    played.wait(0.1)
    assert played.line.unwanted(played.now)


def test_what_is_taken_back_and_not_wanted_any_more_does_not_come_again(played: Played) -> None:
    played.want(said("a"))
    played.next()
    played.want()
    played.tell("failed", "cancelled")
    assert played.next() is None


def test_a_page_that_failed_at_an_order_of_before_has_not_begun_it(played: Played) -> None:
    played.want(said("a", times=1))
    played.line.report(Report("a/1", "failed", "cancelled"), played.now)
    assert played.play_all() == ["a/1"]


def test_what_is_told_of_an_earlier_reading_does_not_count_back() -> None:
    begun = Begun(START, 2)
    played = Played(a=begun)
    played.want(said("a", times=3))
    played.wait(1)
    played.line.report(Report("a/1", "ended"), played.now)
    assert played.line.begun == {"a": begun}
    assert played.play_all() == ["a/3"]
    assert played.line.begun == {"a": Begun(START, 3)}


def test_a_speaker_that_moves_may_have_better_ears(played: Played) -> None:
    played.want(said("a"))
    played.next()
    played.wait(NEXT_PAUSE + LENGTH + PATIENCE + 0.1)
    played.line.expire(played.now)
    played.line.move()
    assert not played.line.deaf


def test_a_speaker_that_moves_is_silent_while_the_old_one_sounds_and_goes_on_after_it(played: Played) -> None:
    played.want(said("a"))
    played.next()
    played.tell("began")
    played.line.move()
    played.wait(LENGTH - 0.1)
    assert played.next() is None
    played.wait(0.1)
    assert played.play_all() == ["a/2"]


def test_what_had_not_begun_is_begun_where_the_speaker_has_moved(played: Played) -> None:
    played.want(said("a", times=1))
    played.next()
    played.line.move()
    assert played.play_all() == ["a/1"]


def test_it_is_forgotten_once_nobody_could_want_it_any_more() -> None:
    played = Played(a=Begun(START, 1), b=Begun(START, 1))
    played.wait(KEPT.total_seconds() + 1)
    played.want(said("b", until=3600))
    assert set(played.line.begun) == {"b"}


@pytest.mark.parametrize("reason", ["not_connected", "sound_blocked", "sound_card"])
def test_what_could_not_be_begun_is_begun_later(played: Played, reason: str) -> None:
    played.want(said("a", times=1))
    assert played.next() == "a/1"
    played.tell("failed", reason)
    assert played.next() is None
    played.wait(1)
    assert played.play() == "a/1"
    assert played.next() is None


def test_a_card_that_fails_with_one_announcement_holds_up_the_others_for_three_attempts(played: Played) -> None:
    played.want(said("a", times=1), said("b", at=1, times=1))
    for _ in range(3):
        assert played.next() == "a/1"
        played.tell("failed", "sound_card")
        played.wait(1)
    assert played.play_all() == ["b/1"]


def test_a_call_whose_clips_are_missing_is_left_out_whole(played: Played) -> None:
    played.want(said("holed"), said("whole", at=1, times=1))
    played.next()
    played.tell("failed", "clips_missing")
    assert played.play_all() == ["whole/1"]


def test_an_order_without_answer_is_given_up_and_the_line_goes_on(played: Played) -> None:
    played.want(said("a"), said("b", at=1, times=1))
    played.next()
    played.wait(NEXT_PAUSE + LENGTH + PATIENCE)
    assert (played.line.expire(played.now), played.line.deaf) == (False, False)
    played.wait(0.1)
    assert (played.line.expire(played.now), played.line.deaf) == (True, True)
    assert (played.play(), played.line.deaf) == ("b/1", False)
    assert played.next() is None


def test_a_late_answer_to_what_was_given_up_changes_nothing(played: Played) -> None:
    played.want(said("a", times=1), said("b", at=1, times=1))
    played.next()
    played.wait(60)
    played.line.expire(played.now)
    played.tell("ended")
    played.want(said("b", at=1, times=1))
    assert played.next() == "b/1"
    played.line.report(Report("a/1", "failed", "cancelled"), played.now)
    assert played.next() is None


def test_a_sentence_that_was_begun_and_never_ended_may_be_repeated_but_not_begun_again(played: Played) -> None:
    played.want(said("a"))
    played.next()
    played.tell("began")
    played.wait(LENGTH + PATIENCE + 0.1)
    assert played.line.expire(played.now)
    assert played.play_all() == ["a/2"]
