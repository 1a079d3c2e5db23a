"""A pad that says more than fingers can is not believed until it rests."""

from __future__ import annotations

import gevent
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pad_hall import ADDRESS, KEYS, PadHall

from evaluator.dialects import dialects
from server.device import chatter
from server.device.chatter import IN_A_ROW, KEPT, LASTING, NOISE, NOISE_SPAN, QUIET, SAME, SPEED, STILL, ChatterWatch
from server.device.frames.hallqueue import Frame
from server.device.hearing import RESENT_AFTER, Hearing
from server.hall.evaluation import Unheard


def pressed(watch: ChatterWatch, key: int, tick: float) -> bool:
    """Whether a press that came once may count."""
    watch.frame(tick)
    return watch.press(key, tick)


@given(
    st.lists(st.tuples(st.sampled_from([0, 1, 2, 3]), st.floats(0.15, 60)), max_size=200),
)
def test_fingers_are_believed(presses: list[tuple[int, float]]) -> None:
    """As quick as they can be, so long as they do not press one key again and again."""
    watch = ChatterWatch(alone=True)
    tick, same = 0.0, 0
    last: int | None = None
    for key, pause in presses:
        tick += pause
        same = same + 1 if key == last and pause <= IN_A_ROW else 1
        last = key
        if same >= SAME:
            return
        assert pressed(watch, key, tick)
        assert not watch.is_shut_out(tick)


@pytest.mark.parametrize("pause", [0.05, RESENT_AFTER, 2.0, IN_A_ROW])
def test_a_key_that_sticks_is_noticed_however_slowly_it_repeats(pause: float) -> None:
    watch = ChatterWatch(alone=False)
    counted = [pressed(watch, 3, turn * pause) for turn in range(3 * SAME)]
    assert counted == [True] * (SAME - 1) + [False] * (2 * SAME + 1)
    assert [watch.keeps() for _ in range(2 * SAME)] == [True] * KEPT + [False] * (2 * SAME - KEPT)


def test_frames_come_faster_than_fingers_only_from_a_fault() -> None:
    watch = ChatterWatch(alone=False)
    for turn in range(SPEED - 1):
        assert pressed(watch, turn, turn * 0.06)
    assert not pressed(watch, SPEED, (SPEED - 1) * 0.06)


def test_it_is_believed_again_after_silence_and_not_before() -> None:
    watch = ChatterWatch(alone=False)
    for turn in range(SAME):
        pressed(watch, 3, turn)
    last = SAME - 1
    assert watch.is_shut_out(last + QUIET - 0.1)
    watch.frame(last + QUIET - 0.1)
    assert watch.is_shut_out(last + QUIET + 1)
    assert not watch.is_shut_out(last + 2 * QUIET)
    assert pressed(watch, 3, last + 2 * QUIET)


def test_a_pad_that_is_asked_all_the_time_rests_when_it_answers_that_nothing_was_pressed() -> None:
    watch = ChatterWatch(alone=False)
    for turn in range(SAME):
        pressed(watch, 3, turn)
    last = float(SAME - 1)
    for answer in range(1, int(QUIET / 0.2)):
        watch.frame(last + answer * 0.2, idle=True)
    assert watch.is_shut_out(last + QUIET - 0.1)
    assert not watch.is_shut_out(last + QUIET)


def test_frames_that_are_no_press_are_no_rest_when_they_come_too_fast() -> None:
    watch = ChatterWatch(alone=False)
    for turn in range(SPEED * 20):
        watch.frame(turn * 0.05, idle=True)
    assert not watch.take_back(SPEED * 20 * 0.05)


def test_a_board_that_babbles_for_days_fills_no_memory() -> None:
    watch = ChatterWatch(alone=True)
    for turn in range(20 * NOISE):
        watch.noise(10, turn * 0.1)
    assert watch.is_shut_out(2 * NOISE)
    assert len(watch._noise) <= NOISE_SPAN / 0.1 + 2


def test_a_leader_takes_it_back_once_it_rests() -> None:
    watch = ChatterWatch(alone=False)
    for turn in range(SAME):
        pressed(watch, 3, turn)
    last = SAME - 1
    assert not watch.take_back(last + STILL - 0.1)
    assert watch.take_back(last + STILL)
    assert not watch.is_shut_out(last + STILL)
    assert pressed(watch, 3, last + STILL)


def test_noise_shuts_out_whoever_is_alone_on_its_line_and_is_told_on_others() -> None:
    alone, among_others = ChatterWatch(alone=True), ChatterWatch(alone=False)
    for turn in range(NOISE):
        for watch in (alone, among_others):
            assert not watch.is_noisy(turn * 0.02)
            watch.noise(1, turn * 0.02)
    end = NOISE * 0.02
    assert alone.is_shut_out(end)
    assert not among_others.is_shut_out(end)
    assert among_others.is_noisy(end)
    assert not among_others.is_noisy(end + NOISE_SPAN + 0.1)


def test_one_burst_of_noise_is_no_chatter() -> None:
    watch = ChatterWatch(alone=True)
    watch.noise(100 * NOISE, 5.0)
    watch.noise(NOISE, 5.0 + LASTING - 0.1)
    assert not watch.is_shut_out(8.0)
    assert pressed(watch, 3, 8.1)


def test_sendings_of_one_press_are_one_press() -> None:
    """A server that is away does not make a pad, which sends each press three times, look as if it stuck."""
    watch = ChatterWatch(alone=True)
    hearing = Hearing(dialects["hallqueue"].decoder(), ADDRESS, 0.0, watch=watch)
    for citizen in range(SAME - 1):
        for sending in (0.0, 0.5, 1.0):
            tick = 10 + citizen * IN_A_ROW + sending
            (press,) = hearing.receive(bytes(Frame(ADDRESS, 0x11, b"\x03")), tick)
            assert not press.chatter
    (press,) = hearing.receive(bytes(Frame(ADDRESS, 0x11, b"\x03")), 10 + (SAME - 1) * IN_A_ROW)
    assert press.chatter


def test_a_key_that_sticks_votes_for_nobody_and_the_pad_comes_back_by_itself(
    hall: PadHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chatter, "QUIET", 1.0)
    stuck = bytes(Frame(ADDRESS, 0x11, b"\x03"))
    sticking = True

    def stick() -> None:
        while sticking:
            hall.threads.apply(hall.pad.garbage, (stuck,))
            gevent.sleep(0.02)

    finger = gevent.spawn(stick)
    hall.until(lambda: state(hall) == ("blocked", "chattering"))
    hall.serve()
    hall.until(lambda: len(kept(hall)) == KEPT)
    assert hall.agent.take_back("pad", "3") is False
    assert hall.agent.take_back("pad", "4") is None
    gevent.sleep(0.2)  # ten more presses
    sticking = False
    finger.join()
    hall.until(lambda: state(hall) == ("ready", None))
    assert hall.stored("evaluation_voted") == []
    assert len(kept(hall)) == KEPT
    hall.press(2)
    assert hall.acknowledged(2)
    assert [vote.level for vote in hall.stored("evaluation_voted")] == [KEYS[2]]


def state(hall: PadHall) -> tuple[str, str | None]:
    (told,) = hall.agent.states()
    return told["state"], told["reason"]


def kept(hall: PadHall) -> list[Unheard]:
    return [event.unheard for event in hall.stored("press_ignored") if event.unheard is Unheard.CHATTERING]
