"""What stands on a keypad, when, and when it beeps."""

from __future__ import annotations

from counter.keypad.dialects import PAUSED_TEXT, SIGNED_OUT_TEXT, dialects
from counter.keypad.guesses import LOCKED_FOR, MOST, Guesses
from counter.keypad.session import NOTICE_SECONDS, Face, KeypadSession, Showing
from counter.keypad.troubles import Trouble

AT = 4
SYSTEM = dialects["queuesystem"]
IDLE = Showing(Face.IDLE, 0)


def shows(text: str) -> list[bytes]:
    return [SYSTEM.show(AT, text)]


def test_each_state_of_the_window_has_its_digits_and_is_told_once() -> None:
    session = KeypadSession(SYSTEM, AT)
    for now, (goal, text) in enumerate(
        [
            (Showing(Face.SIGNED_OUT), SIGNED_OUT_TEXT),
            (Showing(Face.NUMBER, 3, "A012", "T12"), "___012"),
            (Showing(Face.PAUSED, 3), PAUSED_TEXT),
            (Showing(Face.IDLE, 3), "003___"),
        ]
    ):
        assert session.frames(goal, now) == shows(text)
        assert session.frames(goal, now) == []
        assert session.due_in(now) is None


def test_it_beeps_for_the_first_who_comes_to_an_idle_window_and_for_nobody_else() -> None:
    session = KeypadSession(SYSTEM, AT)
    beep = SYSTEM.beep(AT)
    told = [
        beep in session.frames(goal, 0)
        for goal in (
            Showing(Face.IDLE, 2),  # who was waiting before somebody sat down is no news
            IDLE,
            Showing(Face.IDLE, 1),
            Showing(Face.IDLE, 2),
            Showing(Face.NUMBER, 0, "A001", "T1"),
            Showing(Face.NUMBER, 1, "A001", "T1"),
            Showing(Face.IDLE, 1),
            Showing(Face.PAUSED, 0),
            Showing(Face.PAUSED, 1),
        )
    ]
    assert told == [False, False, True, False, False, False, False, False, False]


def test_a_notice_stands_for_its_time_and_then_what_is_so() -> None:
    session = KeypadSession(SYSTEM, AT)
    session.frames(IDLE, 0)
    session.notice(Trouble.NOBODY_HERE.text, 10)
    assert session.frames(IDLE, 10) == shows("99__31")
    assert session.due_in(11) == NOTICE_SECONDS - 1
    assert session.frames(IDLE, 11) == []
    assert session.frames(IDLE, 10 + NOTICE_SECONDS) == shows("000___")
    assert session.due_in(20) is None


def test_cancel_takes_a_notice_away_and_a_press_has_the_display_written_again() -> None:
    session = KeypadSession(SYSTEM, AT)
    session.notice(Trouble.NOT_NOW.text, 0)
    session.frames(IDLE, 0)
    session.clear()
    assert session.frames(IDLE, 0) == shows("000___")
    session.unsure()
    assert session.frames(IDLE, 0) == shows("000___")


def test_it_knows_what_was_on_the_keypad_at_a_time() -> None:
    session = KeypadSession(SYSTEM, AT)
    assert session.seen_at(5) is None
    session.frames(IDLE, 10)
    session.frames(Showing(Face.NUMBER, 0, "A001", "T1"), 12)
    session.frames(Showing(Face.NUMBER, 4, "A001", "T1"), 13)
    session.frames(IDLE, 14)
    assert [session.seen_at(tick) for tick in (9.9, 10, 11.9, 12, 13.9, 14, 99)] == [None, "", "", "T1", "T1", "", ""]


def test_a_number_that_a_notice_hides_has_not_been_seen() -> None:
    session = KeypadSession(SYSTEM, AT)
    session.frames(IDLE, 0)
    session.notice(Trouble.NOBODY_HERE.text, 10)
    called = Showing(Face.NUMBER, 0, "A001", "T1")
    assert session.frames(called, 11) == shows("99__31")
    assert session.seen_at(12) == ""
    assert session.frames(called, 13) == shows("___001")
    assert session.seen_at(13) == "T1"


def test_a_hall_that_cannot_be_asked_leaves_what_is_shown_but_for_a_notice() -> None:
    session = KeypadSession(SYSTEM, AT)
    assert session.frames(None, 0) == []
    session.frames(IDLE, 0)
    assert session.frames(None, 1) == []
    session.notice(Trouble.HALL_AWAY.text, 2)
    assert session.frames(None, 2) == shows("99__71")
    assert session.frames(None, 3) == []
    assert session.frames(IDLE, 2 + NOTICE_SECONDS) == shows("000___")


def test_after_five_wrong_codes_none_is_taken_for_a_minute() -> None:
    guesses = Guesses()
    assert [guesses.wrong(0) for _ in range(MOST)] == [False] * (MOST - 1) + [True]
    assert guesses.locked_for(1) == LOCKED_FOR - 1
    assert guesses.locked_for(LOCKED_FOR) == 0
    assert [guesses.wrong(61) for _ in range(MOST - 1)] == [False] * (MOST - 1)
    guesses.right()
    assert not guesses.wrong(62)
