"""What each key asks for in each firmware dialect."""

from __future__ import annotations

import pytest

from counter.keypad.dialects import OURS, READ, Action, dialects
from counter.keypad.keys import Key, Typed
from counter.keypad.troubles import Trouble

FRONT, SYSTEM = "hallqueuefront", "queuesystem"
BOTH = (FRONT, SYSTEM)


def asks(dialect: str, key: Key, digits: str = "") -> Action | None:
    return dialects[dialect].action(Typed(key, digits))


@pytest.mark.parametrize("dialect", BOTH)
def test_the_same_on_both(dialect: str) -> None:
    for key, digits, action in (
        (Key.CALL, "", Action.NEXT),
        (Key.CALL, "12", Action.CALL),
        (Key.RECALL, "", Action.RECALL),
        (Key.START, "", Action.START),
        (Key.WAIT, "", Action.FINISH),
        (Key.CANCEL, "", Action.CLEAR),
        (Key.CANCEL, "12", Action.CLEAR),
        (Key.PAUSE, "", Action.PAUSE),
        (Key.TRANSFER, "4", Action.TRANSFER),
        (Key.FUNCTION, "2", Action.REOPEN),
        (Key.FUNCTION, "3", Action.RESUME),
        (Key.FUNCTION, "4", Action.LOGOUT),
        (Key.FUNCTION, "8", Action.ADDRESS),
        (Key.FUNCTION, "4711", Action.LOGIN),
        (Key.FUNCTION, "04", Action.LOGIN),
    ):
        assert asks(dialect, key, digits) is action, (key, digits)


@pytest.mark.parametrize(
    ("key", "digits", "front", "system"),
    [
        (Key.WAIT, "0", Action.HOLD, None),
        (Key.FUNCTION, "0", Action.PAUSE, Action.HOLD),
        (Key.FUNCTION, "5", Action.NO_SHOW, None),
        (Key.FUNCTION, "6", None, Action.NO_SHOW),
        (Key.FUNCTION, "7", None, None),
        (Key.START, "4", Action.TRANSFER, None),
        (Key.TRANSFER, "", None, Action.GIVE_BACK),
        (Key.FUNCTION, "", None, None),
        (Key.RECALL, "1", None, None),
        (Key.PAUSE, "1", None, None),
    ],
)
def test_where_they_differ_and_what_means_nothing(
    key: Key, digits: str, front: Action | None, system: Action | None
) -> None:
    assert (asks(FRONT, key, digits), asks(SYSTEM, key, digits)) == (front, system)


def test_no_two_rules_of_a_dialect_fit_one_press() -> None:
    for dialect in dialects.values():
        for key in Key:
            for digits in ("", *map(str, range(10)), "12", "12345678"):
                fitting = [rule for rule in dialect.rules if rule.fits(Typed(key, digits))]
                assert len(fitting) <= 1, (dialect.name, key, digits)


def test_every_action_can_be_asked_for_and_says_how_we_know() -> None:
    for name, lacks in ((FRONT, {Action.GIVE_BACK}), (SYSTEM, set())):
        rules = dialects[name].rules
        assert {rule.action for rule in rules} == set(Action) - lacks
        assert {rule.source for rule in rules} == {READ, OURS}


def test_what_is_shown_can_never_be_taken_for_something_else() -> None:
    """A trouble begins with 99 and two blanks, where a number has three digits and a count at most three."""
    for dialect in dialects.values():
        texts = {dialect.number(f"A{n:03}", 5) for n in range(1000)} | {dialect.idle(n) for n in range(1200)}
        assert not any(text.startswith("99__") for text in texts)
        assert len({dialect.number(f"A{n:03}", 5) for n in range(1000)}) == 1000
    assert len({trouble.text for trouble in Trouble}) == len(Trouble)


def test_counts_beyond_the_display_stay_on_it() -> None:
    assert dialects[SYSTEM].idle(1200) == "999___"
    assert dialects[FRONT].number("A1234567", 5000) == "234567_999"
