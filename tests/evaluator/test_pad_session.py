"""What the pad is told, and when: by the hall's state and the clock alone."""

from __future__ import annotations

import pytest
from pad_templates import SPONTANEOUS, speaking
from small_hall import CHEN, SmallHall

from evaluator.dialects import dialects
from evaluator.session import INVITATION, THANKS_SECONDS, PadSession, Showing, Sign, wanted
from server.hall.commands import CallNext, CastVote, CloseWindow, FinishTicket, IssueTicket, PauseWindow, ReopenWindow

AT = 0x83
PAD = dialects["hallqueue"]
ASK, PAUSE, IDLE, RESUME = PAD.ask(AT), PAD.pause(AT), PAD.idle(AT), PAD.resume(AT)


@pytest.fixture
def hall() -> SmallHall:
    small = SmallHall()
    small.open(1)
    return small


@pytest.fixture
def session() -> PadSession:
    return PadSession(PAD, AT)


def served(hall: SmallHall) -> None:
    hall.do(IssueTicket("insurance"))
    hall.do(CallNext(1, CHEN.username))
    hall.do(FinishTicket(1, CHEN.username))


def test_a_pad_rests_unless_a_service_was_finished(hall: SmallHall) -> None:
    assert wanted(hall.state, 1).sign is Sign.IDLE
    served(hall)
    assert wanted(hall.state, 1).sign is Sign.ASK
    assert wanted(hall.state, 2).sign is Sign.IDLE
    hall.do(CastVote(hall.state.windows[1].evaluation.token, 4))
    assert wanted(hall.state, 1).sign is Sign.IDLE


def test_a_pause_waits_for_the_citizen_who_is_still_there(hall: SmallHall) -> None:
    served(hall)
    hall.do(PauseWindow(1, CHEN.username, "外出"))
    assert wanted(hall.state, 1).sign is Sign.ASK
    hall.wait(31)
    hall.do(IssueTicket("insurance"))
    assert wanted(hall.state, 1).sign is Sign.PAUSED
    hall.do(ReopenWindow(1, CHEN.username))
    assert wanted(hall.state, 1).sign is Sign.IDLE


def test_a_closed_window_rests_but_still_asks_the_last_citizen(hall: SmallHall) -> None:
    served(hall)
    hall.do(CloseWindow(1, CHEN.username))
    assert wanted(hall.state, 1).sign is Sign.ASK


def test_a_pad_is_told_once(session: PadSession) -> None:
    assert session.frames(Showing(Sign.IDLE), 0) == [IDLE]
    assert session.frames(Showing(Sign.IDLE), 1) == []
    assert session.frames(Showing(Sign.ASK, "a"), 2) == [ASK]
    assert session.frames(Showing(Sign.ASK, "a"), 3) == []
    assert session.frames(Showing(Sign.PAUSED), 4) == [PAUSE]
    assert session.frames(Showing(Sign.IDLE), 5) == [RESUME]


def test_the_next_citizen_is_asked_though_the_pad_still_asks_the_last(session: PadSession) -> None:
    session.frames(Showing(Sign.ASK, "a"), 0)
    assert session.frames(Showing(Sign.ASK, "b"), 1) == [ASK]


def test_a_line_that_comes_back_is_told_everything_again(session: PadSession) -> None:
    session.frames(Showing(Sign.ASK, "a"), 0)
    assert PadSession(PAD, AT).frames(Showing(Sign.ASK, "a"), 1) == [ASK]


def test_thanks_stay_three_seconds_and_then_the_pad_rests(session: PadSession) -> None:
    session.frames(Showing(Sign.ASK, "a"), 0)
    assert session.acknowledge(3, 10) == [PAD.acknowledge(AT, 3)]
    assert session.frames(Showing(Sign.IDLE), 10) == []
    assert session.due_in(11) == THANKS_SECONDS - 1
    assert session.frames(Showing(Sign.IDLE), 10 + THANKS_SECONDS) == [IDLE]
    assert session.due_in(20) is None


def test_a_pause_during_the_thanks_waits_for_their_end(session: PadSession) -> None:
    session.frames(Showing(Sign.ASK, "a"), 0)
    session.acknowledge(3, 10)
    assert session.frames(Showing(Sign.PAUSED), 11) == []
    assert session.frames(Showing(Sign.PAUSED), 13) == [PAUSE]


def test_the_next_citizen_does_not_wait_for_the_end_of_the_thanks(session: PadSession) -> None:
    session.frames(Showing(Sign.ASK, "a"), 0)
    session.acknowledge(3, 10)
    assert session.frames(Showing(Sign.ASK, "b"), 10.5) == [ASK]


def test_a_press_that_did_not_count_is_followed_by_the_question_again(session: PadSession) -> None:
    session.frames(Showing(Sign.ASK, "a"), 0)
    session.acknowledge(0, 10)
    assert session.frames(Showing(Sign.ASK, "a"), 11) == []
    assert session.frames(Showing(Sign.ASK, "a"), 13) == [ASK]


def test_a_pad_with_a_frame_for_it_is_told_who_sits_there_and_whose_turn_it_is(hall: SmallHall) -> None:
    session, text = PadSession(dialects["text"], AT), dialects["text"]
    assert session.frames(wanted(hall.state, 1), 0) == [text.idle(AT), text.show_staff(AT, CHEN.name)]
    hall.do(IssueTicket("insurance"))
    number = hall.do(CallNext(1, CHEN.username))["number"]
    assert session.frames(wanted(hall.state, 1), 1) == [text.show_number(AT, number)]
    hall.do(FinishTicket(1, CHEN.username))
    assert session.frames(wanted(hall.state, 1), 2) == [text.ask(AT)]


def test_a_number_comes_back_after_a_pause_with_the_sign_that_ends_it(session: PadSession) -> None:
    session.frames(Showing(Sign.PAUSED), 0)
    assert session.frames(Showing(Sign.IDLE, number="A012"), 1) == [RESUME, PAD.show_number(AT, "A012")]


def test_a_number_that_a_pad_cannot_show_leaves_it_at_rest(session: PadSession) -> None:
    assert session.frames(Showing(Sign.IDLE, number="A1234567"), 0) == [IDLE]


def test_an_invitation_is_spoken_and_withdrawn_by_pads_that_have_frames_for_it() -> None:
    maker = speaking(SPONTANEOUS)
    session = PadSession(maker, AT)
    assert session.frames(Showing(Sign.ASK, "a"), 0) == [maker.ask(AT), maker.speak(AT, INVITATION)]
    assert session.frames(Showing(Sign.IDLE), 1) == [maker.cancel(AT), maker.idle(AT)]
    session.frames(Showing(Sign.ASK, "b"), 2)
    session.acknowledge(1, 3)
    assert session.frames(Showing(Sign.IDLE), 6) == [maker.idle(AT)]


def test_a_pad_that_is_to_beep_does_so_with_each_invitation_and_with_nothing_else() -> None:
    session, text = PadSession(dialects["text"], AT, beep=True), dialects["text"]
    for turn, goal in enumerate((Showing(Sign.IDLE, number="A012"), Showing(Sign.PAUSED), Showing(Sign.IDLE))):
        assert text.beep(AT) not in session.frames(goal, turn)
    assert session.frames(Showing(Sign.ASK, "a"), 4) == [text.ask(AT), text.beep(AT)]
    session.acknowledge(5, 5)
    assert session.frames(Showing(Sign.ASK, "b"), 5) == [text.ask(AT), text.beep(AT)]


def test_a_press_answers_what_the_pad_asked_for_when_it_was_made(session: PadSession) -> None:
    for at, goal in ((1, Showing(Sign.IDLE)), (2, Showing(Sign.ASK, "one")), (4, Showing(Sign.ASK, "two"))):
        session.frames(goal, at)
    assert [session.asked_at(tick) for tick in (0.5, 1.5, 2.0, 3.9, 4.0, 9.0)] == ["", "", "one", "one", "two", "two"]


def test_while_it_thanks_a_pad_still_belongs_to_whom_it_asked(session: PadSession) -> None:
    session.frames(Showing(Sign.ASK, "one"), 1)
    session.acknowledge(3, 2)
    session.frames(Showing(Sign.IDLE), 2)
    assert session.asked_at(2.5) == "one"
    session.frames(Showing(Sign.IDLE), 2 + THANKS_SECONDS)
    assert session.asked_at(2.5 + THANKS_SECONDS) == ""
