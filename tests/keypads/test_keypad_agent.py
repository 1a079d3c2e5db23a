"""A clerk at a keypad on a serial line: what is pressed is done once, as that clerk, or the keypad says why not."""

from __future__ import annotations

import logging
import time

import gevent
import pytest
from keypad_hall import CODES, LEADER, LIU, SECONDS, KeypadHall, StartKeypadHall
from pad_hall import CHEN

from counter.keypad import session
from counter.keypad.dialects import PAUSED_TEXT, SIGNED_OUT_TEXT, dialects
from counter.keypad.keypad_talk import DOUBLE, KeypadTalk
from counter.keypad.keys import Key, Typed
from counter.keypad.person import Person
from counter.keypad.troubles import Trouble
from server.config.devices import KeypadSettings
from server.device.bus_line import BusLine
from server.device.frames.hallqueue import Frame
from server.device.hearing import PRESS_LIFE, QUARANTINE, Press
from server.engine.errors import Starting
from server.hall.commands import FinishTicket, OpenWindow
from server.hall.window import WindowState

FRONT, SYSTEM = 3, 2
"""A window with a keypad of each dialect."""


@pytest.fixture
def hall(start_keypad_hall: StartKeypadHall) -> KeypadHall:
    """Keypads at windows 2 and 3, past a short quarantine; nobody has signed in."""
    made = start_keypad_hall(SYSTEM, FRONT, quarantine=0.3)
    made.ready()
    assert made.shows(FRONT, shown=SIGNED_OUT_TEXT)
    return made


def test_somebody_signs_in_by_code_and_out_again(hall: KeypadHall) -> None:
    hall.press(FRONT, "function", CODES["chen"])
    assert hall.shows(FRONT, shown="_0", acked=True)
    assert hall.window(FRONT).clerk == CHEN
    assert hall.codes.signed_in() == {FRONT: "chen"}
    hall.press(FRONT, "function", "4")
    assert hall.shows(FRONT, shown=SIGNED_OUT_TEXT)
    assert hall.window(FRONT).state is WindowState.CLOSED
    hall.until(lambda: hall.codes.signed_in() == {})


def test_nothing_is_done_for_whoever_has_not_signed_in(hall: KeypadHall) -> None:
    hall.issue()
    hall.press(SYSTEM, "call")
    assert hall.shows(SYSTEM, shown=Trouble.NOT_SIGNED_IN.text, acked=True)
    assert hall.shows(SYSTEM, shown=SIGNED_OUT_TEXT)
    hall.engine.do(OpenWindow(SYSTEM, CHEN))  # on the clerk's page: the keypad does not know who stands before it
    hall.press(SYSTEM, "call")
    assert hall.shows(SYSTEM, shown=Trouble.NOT_SIGNED_IN.text)
    assert hall.stored("ticket_called") == []


def test_wrong_codes_lock_the_keypad_and_are_told(hall: KeypadHall, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        for turn in range(5):
            hall.press(FRONT, "function", f"9{turn}99")
            wanted = Trouble.UNKNOWN_CODE if turn < 4 else Trouble.LOCKED
            assert hall.shows(FRONT, pressed=f"9{turn}99+FUNCTION", acked=True, shown=wanted.text)
    assert sum("wrong code" in message for message in caplog.messages) == 5
    assert not any("9099" in message for message in caplog.messages)
    hall.press(FRONT, "function", CODES["chen"])
    hall.answered(FRONT)
    assert hall.window(FRONT).clerk is None
    assert hall.state(FRONT) == ("blocked", "keypad_locked")
    assert hall.state(SYSTEM) == ("ready", None)


def test_the_number_called_stands_on_the_keypad_and_how_many_wait(hall: KeypadHall) -> None:
    hall.login(SYSTEM)
    hall.login(FRONT, LIU)
    for _ in range(3):
        hall.issue()
    assert hall.shows(SYSTEM, shown="003___", beeps=1)
    assert hall.shows(FRONT, shown="_3", beeps=1)
    hall.press(SYSTEM, "call")
    assert hall.shows(SYSTEM, shown="___001", acked=True)
    assert hall.shows(FRONT, shown="_2")
    hall.press(FRONT, "call")
    assert hall.shows(FRONT, shown="002_1")
    assert [call.staff for call in hall.stored("ticket_called")] == ["chen", "liu"]


def test_a_nervous_finger_calls_one_and_a_calm_one_the_next(hall: KeypadHall) -> None:
    hall.login(SYSTEM)
    for _ in range(3):
        hall.issue()
    for _ in range(3):
        hall.press(SYSTEM, "call")
        hall.answered(SYSTEM)
    assert hall.shows(SYSTEM, shown="___001")
    assert len(hall.stored("ticket_called")) == 1
    gevent.sleep(DOUBLE + 0.1)  # what is waited for is that nothing is pressed
    hall.press(SYSTEM, "call")
    assert hall.shows(SYSTEM, shown="___002")
    assert len(hall.stored("ticket_called")) == 2


def test_what_a_keypad_repeats_because_it_did_not_hear_the_answer_is_done_once(hall: KeypadHall) -> None:
    hall.login(FRONT)
    hall.issue()
    hall.issue()
    again = bytes(Frame(FRONT, 0x01, bytes(Typed(Key.CALL))))
    for pause in (0.0, 0.5, 0.5):
        gevent.sleep(pause)
        assert hall.threads.apply(hall.keypads[FRONT].garbage, (again,))
    assert hall.shows(FRONT, shown="001_1")
    assert len(hall.stored("ticket_called")) == 1


def test_a_press_made_before_the_line_was_up_calls_nobody(start_keypad_hall: StartKeypadHall) -> None:
    hall = start_keypad_hall(FRONT)
    hall.ready()
    hall.login(FRONT)
    hall.issue()
    hall.threads.apply(hall.keypads[FRONT].unplug)
    hall.until(lambda: hall.state(FRONT)[0] == "offline")
    hall.threads.apply(hall.keypads[FRONT].plug)
    hall.until(lambda: hall.state(FRONT)[0] == "settling")
    hall.press(FRONT, "call")
    assert hall.shows(FRONT, shown=Trouble.TOO_OLD.text, acked=True)
    hall.ready()
    assert hall.stored("ticket_called") == []
    assert hall.shows(FRONT, shown="_1", timeout=QUARANTINE + 4)
    hall.press(FRONT, "call")
    assert hall.shows(FRONT, shown="001_0")


def test_hold_resume_transfer_no_show_pause_and_the_invitation(hall: KeypadHall) -> None:
    hall.login(SYSTEM)
    hall.login(FRONT, LIU)
    for _ in range(4):
        hall.issue()
    for keys, shown in (
        (("call", ""), "___001"),
        (("start", ""), "___001"),
        (("function", "0"), "003___"),  # hold
        (("call", ""), "___002"),
        (("recall", ""), "___002"),
        (("function", "6"), "002___"),  # no-show
        (("function", "3"), "___001"),  # resume
        (("wait", ""), "002___"),  # finish and invite
        (("pause", ""), PAUSED_TEXT),
        (("function", "2"), "002___"),  # reopen
        (("call", ""), "___003"),
        (("transfer", "3"), "001___"),
    ):
        key, digits = keys
        hall.press(SYSTEM, key, digits)
        assert hall.shows(SYSTEM, shown=shown, acked=True, typed=""), keys
    assert hall.shows(FRONT, shown="_2")
    hall.press(FRONT, "call")
    assert hall.shows(FRONT, shown="003_1")
    kinds = ("evaluation_opened", "ticket_held", "ticket_resumed", "ticket_no_show", "ticket_transferred")
    assert sorted(event.kind for event in hall.stored(*kinds)) == sorted(kinds)
    (paused,) = hall.stored("window_paused")
    assert (paused.staff, paused.reason) == ("chen", "临时离开")
    assert hall.stored("evaluation_voted") == []


def test_what_cannot_be_done_is_a_number_on_the_keypad_until_it_is_cleared(
    hall: KeypadHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "NOTICE_SECONDS", 600.0)
    hall.login(FRONT)
    for key, digits, trouble in (
        ("recall", "", Trouble.NOBODY_HERE),
        ("wait", "", Trouble.NOBODY_HERE),
        ("function", "3", Trouble.NOBODY_HELD),
        ("function", "2", Trouble.WINDOW_NOT_PAUSED),
        ("call", "77", Trouble.NO_SUCH_NUMBER),
        ("function", "7", Trouble.NO_SUCH_KEY),
    ):
        hall.press(FRONT, key, digits)
        assert hall.shows(FRONT, shown=trouble.text, acked=True), (key, digits)
        hall.press(FRONT, "cancel")
        assert hall.shows(FRONT, shown="_0"), (key, digits)
    hall.press(FRONT, "one_metre")  # a key of other firmware: not for us, and not answered
    assert hall.shows(FRONT, waiting=False, acked=False)


def test_what_is_done_is_shown_at_once_though_the_press_before_was_refused(
    hall: KeypadHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "NOTICE_SECONDS", 600.0)
    hall.login(SYSTEM)
    hall.issue()
    assert hall.shows(SYSTEM, shown="001___")
    hall.press(SYSTEM, "recall")
    assert hall.shows(SYSTEM, shown=Trouble.NOBODY_HERE.text)
    hall.press(SYSTEM, "call")
    assert hall.shows(SYSTEM, shown="___001")


def test_whoever_is_replaced_on_the_page_is_told_and_can_do_nothing_more(hall: KeypadHall) -> None:
    hall.login(FRONT)
    hall.issue()
    hall.press(FRONT, "call")
    assert hall.shows(FRONT, shown="001_0")
    hall.engine.do(OpenWindow(FRONT, LIU))
    assert hall.shows(FRONT, shown=Trouble.NOT_YOURS.text)
    hall.press(FRONT, "wait")
    assert hall.shows(FRONT, shown=Trouble.NOT_SIGNED_IN.text, acked=True)
    assert hall.window(FRONT).ticket is not None
    assert hall.stored("ticket_finished") == []
    assert hall.shows(FRONT, shown=SIGNED_OUT_TEXT)
    hall.engine.do(OpenWindow(FRONT, CHEN))  # back at the page, which is not the keypad
    hall.press(FRONT, "wait")
    assert hall.shows(FRONT, shown=Trouble.NOT_SIGNED_IN.text)
    hall.login(FRONT)
    hall.press(FRONT, "wait")
    assert hall.shows(FRONT, shown="_0")
    assert [finished.staff for finished in hall.stored("ticket_finished")] == ["chen"]


def test_a_key_pressed_in_view_of_somebody_else_does_nothing(hall: KeypadHall) -> None:
    """The first sending is lost; before the second, the clerk's page has finished and called: that one stays."""
    hall.login(SYSTEM)
    for _ in range(3):
        hall.issue()
    hall.press(SYSTEM, "call")
    assert hall.shows(SYSTEM, shown="___001", acked=True)
    gevent.sleep(DOUBLE + 0.1)  # nothing is pressed
    frame = bytes(Frame(SYSTEM, 0x01, bytes(Typed(Key.CALL))))
    assert hall.threads.apply(hall.keypads[SYSTEM].garbage, (frame[:-2] + b"\x00\x16",))
    gevent.sleep(0.3)
    hall.engine.do(FinishTicket(SYSTEM, CHEN.username))
    hall.call(SYSTEM)
    assert hall.shows(SYSTEM, shown="___002")
    assert hall.threads.apply(hall.keypads[SYSTEM].garbage, (frame,))
    assert hall.shows(SYSTEM, shown=Trouble.CHANGED_MEANWHILE.text)
    assert len(hall.stored("ticket_called")) == 2


def test_an_agent_that_starts_anew_knows_who_is_signed_in(hall: KeypadHall) -> None:
    hall.login(FRONT)
    hall.agent.stop()
    hall.agent.start()
    hall.ready()
    hall.issue()
    assert hall.shows(FRONT, shown="_1")
    hall.press(FRONT, "call")
    assert hall.shows(FRONT, shown="001_0")


def test_8_and_function_says_the_keypads_own_address(hall: KeypadHall) -> None:
    hall.press(SYSTEM, "function", "8")
    assert hall.shows(SYSTEM, shown="_____2")


def test_a_clerk_who_signs_in_at_another_keypad_leaves_the_first_unless_a_citizen_is_there(hall: KeypadHall) -> None:
    hall.login(SYSTEM)
    hall.issue()
    hall.press(SYSTEM, "call")
    assert hall.shows(SYSTEM, shown="___001")
    hall.press(FRONT, "function", CODES["chen"])
    assert hall.shows(FRONT, shown=Trouble.SITS_ELSEWHERE.text)
    assert hall.window(FRONT).clerk is None
    hall.press(SYSTEM, "wait")
    assert hall.shows(SYSTEM, shown="000___")
    gevent.sleep(DOUBLE + 0.1)  # what is waited for is that the code is not typed
    hall.login(FRONT)
    assert hall.shows(SYSTEM, shown=SIGNED_OUT_TEXT)
    hall.until(lambda: hall.codes.signed_in() == {FRONT: "chen"})


def test_a_leader_may_sit_at_two_keypads(hall: KeypadHall) -> None:
    hall.login(SYSTEM, LEADER)
    hall.login(FRONT, LEADER)
    assert hall.window(SYSTEM).clerk == LEADER
    assert hall.codes.signed_in() == {SYSTEM: "sun", FRONT: "sun"}


def test_a_key_pressed_before_the_keypad_was_told_anything_does_nothing(
    hall: KeypadHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line comes up while the hall cannot be asked: what still stands on the keypad then, nobody knows."""
    hall.login(SYSTEM)
    hall.issue()
    assert hall.shows(SYSTEM, shown="001___")
    hall.threads.apply(hall.keypads[SYSTEM].unplug)
    hall.until(lambda: hall.state(SYSTEM)[0] == "offline")
    with monkeypatch.context() as away:
        away.setattr(hall.engine, "check_serving", refuse)
        hall.threads.apply(hall.keypads[SYSTEM].plug)
        hall.until(lambda: hall.state(SYSTEM)[0] == "settling")
        hall.until(lambda: hall.state(SYSTEM)[0] == "ready")
        gevent.sleep(PRESS_LIFE)  # so that a press made now cannot be one from before the line was up
        hall.press(SYSTEM, "call")
        assert hall.shows(SYSTEM, shown=Trouble.CHANGED_MEANWHILE.text, acked=True)
    assert hall.shows(SYSTEM, shown="001___")
    assert hall.stored("ticket_called") == []


def test_a_press_that_the_hall_did_not_take_is_done_when_the_keypad_sends_it_again(
    hall: KeypadHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.login(SYSTEM)
    hall.issue()
    hall.issue()
    assert hall.shows(SYSTEM, shown="002___")
    with monkeypatch.context() as away:
        away.setattr(hall.engine, "check_serving", refuse)
        hall.press(SYSTEM, "call")
        assert hall.shows(SYSTEM, shown=Trouble.HALL_AWAY.text, acked=False)
    assert hall.shows(SYSTEM, shown="___001", acked=True)
    assert len(hall.stored("ticket_called")) == 1


def refuse() -> None:
    raise Starting


class Deaf:
    """A line at whose end nobody is."""

    def read(self, timeout: float) -> bytes:
        gevent.sleep(timeout)
        return b""

    def waiting(self) -> bytes:
        return b""

    def write(self, data: bytes) -> None:
        """Nobody hears it."""

    def close(self) -> None:
        """There is nothing to close."""


def test_what_waits_for_its_turn_on_a_busy_line_has_not_been_seen(hall: KeypadHall) -> None:
    hall.login(SYSTEM)
    person, line = Person(SYSTEM, hall.codes), BusLine(Deaf(), 9600)
    person.username = CHEN.username
    at = KeypadSettings(window=SYSTEM, link="/nowhere", address=SYSTEM, dialect="queuesystem")
    talk = KeypadTalk(hall.engine, at, dialects[at.dialect], person, line)
    talk.show()
    hall.issue()
    hall.call(SYSTEM)
    with line.turn():
        showing = gevent.spawn(talk.show)
        gevent.idle()  # it has looked at the hall, and waits for the line
        pressed = time.monotonic()
    showing.get(timeout=SECONDS)
    talk.take(Press("first", Typed(Key.WAIT), pressed))
    assert hall.stored("ticket_finished") == []
    talk.take(Press("second", Typed(Key.WAIT), time.monotonic()))
    assert len(hall.stored("ticket_finished")) == 1
