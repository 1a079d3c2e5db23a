"""How old something on another PC is: never said to be older, and as exactly as the quickest message tells."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from server.messages.letters import SteadyTime
from server.web.clock_elsewhere import ClockElsewhere

OFF = 1000.0
"""The other PC was started so long after this one."""


def at(ticks: float, boot: str = "a" * 16) -> SteadyTime:
    return SteadyTime(boot=boot, ticks=ticks)


def heard(*messages: tuple[float, float]) -> ClockElsewhere:
    """Of (sent, seconds on the way), by this PC's clock."""
    clock = ClockElsewhere()
    for sent, way in messages:
        clock.hear(at(sent - OFF), sent + way)
    return clock


def test_a_slow_message_makes_nothing_younger_when_another_was_quick() -> None:
    clock = heard((2000, 0), (2001, 1.5))
    assert clock.age_of(at(2000.5 - OFF), 2002.5) == timedelta(seconds=2)


def test_an_old_message_tells_nothing_any_more() -> None:
    clock = heard((2000, 0), (2061, 0.5))
    assert clock.age_of(at(2060 - OFF), 2062) == timedelta(seconds=1.5)


def test_another_start_of_that_pc_has_no_time_in_common_with_this_one() -> None:
    clock = heard((2000, 0))
    assert clock.age_of(at(990, "b" * 16), 2001) is None
    clock.hear(at(5, "b" * 16), 2001)
    assert clock.age_of(at(990), 2002) is None
    assert clock.age_of(at(4, "b" * 16), 2002) == timedelta(seconds=2)


def test_a_pc_that_was_set_back_says_nothing_of_what_it_has_not_lived_through() -> None:
    clock = heard((2000, 0))
    clock.hear(at(500), 2001)
    assert clock.age_of(at(999), 2001) is None
    assert clock.age_of(at(499), 2001) == timedelta(seconds=1)


def test_nothing_is_known_before_anything_was_heard() -> None:
    assert ClockElsewhere().age_of(at(1), 2000) is None


@given(
    st.lists(st.tuples(st.integers(0, 300), st.integers(0, 40)), min_size=1, max_size=20),
    st.integers(0, 300),
    st.integers(0, 50),
)
def test_nothing_is_ever_said_to_be_older_than_it_is(ways: list[tuple[int, int]], back: int, later: int) -> None:
    """Messages in any order and on the way for up to four seconds; all in tenths of a second."""
    arrivals = sorted((sent + way, sent) for sent, way in ways)
    clock = ClockElsewhere()
    for arrived, sent in arrivals:
        clock.hear(at(1000 + sent / 10), 2000 + arrived / 10)
    now = arrivals[-1][0] + later
    age = clock.age_of(at(1000 + (now - back) / 10), 2000 + now / 10)
    assert age is None or age <= timedelta(seconds=back / 10, microseconds=1)
