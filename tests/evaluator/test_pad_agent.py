"""A pad at a window, from the bytes on its line to the vote in the database and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from pad_hall import ADDRESS, CHEN, KEYS, WINDOW, PadHall, StartPadHall
from pad_templates import SPONTANEOUS, written

from evaluator import session
from evaluator.dialects import dialects
from evaluator.virtual_pad import VirtualPad
from server.config.devices import PadSettings
from server.hall import events as ev
from server.hall.commands import FinishTicket, IssueTicket, OpenWindow, Start
from server.hall.evaluation import Channel, Lapse, Unheard
from server.terminal import Subscription


def assert_sent(sent: bool) -> None:
    assert sent


def unheard(hall: PadHall) -> list[Unheard]:
    return [event.unheard for event in hall.stored("press_ignored")]


@pytest.mark.parametrize("dialect", sorted(dialects))
def test_a_press_is_stored_with_whom_it_is_about_and_the_citizen_is_thanked(
    start_pad_hall: StartPadHall, dialect: str
) -> None:
    hall = start_pad_hall(dialect=dialect)
    hall.settled()
    ticket = hall.serve()
    assert hall.shows(showing="请评价")
    hall.press(2)
    assert hall.shows(showing="谢谢", acked=True)
    (vote,) = hall.stored("evaluation_voted")
    assert (vote.ticket, vote.leg, vote.window, vote.staff) == (ticket["id"], 1, WINDOW, CHEN.username)
    assert (vote.level, vote.channel, vote.key) == (KEYS[2], Channel.PAD, 2)
    assert hall.shows(showing="欢迎")


def test_a_pad_that_is_configured_so_beeps_when_it_asks(start_pad_hall: StartPadHall, tmp_path: Path) -> None:
    link = str(tmp_path / "virtual-pad")
    hall = start_pad_hall(device=PadSettings(window=WINDOW, link=link, address=ADDRESS, keys=KEYS, beep=True))
    assert hall.shows(beeps=0, showing="欢迎")
    hall.serve()
    assert hall.shows(beeps=1, showing="请评价")


def test_a_second_press_is_written_down_and_not_counted(hall: PadHall) -> None:
    hall.serve()
    assert hall.shows(showing="请评价")
    hall.press(3)
    assert hall.acknowledged(3)
    hall.press(1)
    assert hall.acknowledged(1)
    assert [vote.level for vote in hall.stored("evaluation_voted")] == [KEYS[3]]
    assert unheard(hall) == [Unheard.ALREADY_VOTED]


def test_a_press_that_nobody_asked_for_is_acknowledged_and_not_counted(hall: PadHall) -> None:
    hall.press(3)
    assert hall.acknowledged(3)
    assert unheard(hall) == [Unheard.NO_EVALUATION]
    assert hall.shows(showing="欢迎")


def test_a_press_before_the_invitation_never_counts_for_it(hall: PadHall) -> None:
    hall.press(3)
    assert hall.acknowledged(3)
    hall.serve()
    assert hall.shows(showing="请评价")
    assert hall.stored("evaluation_voted") == []
    hall.press(2)
    assert hall.acknowledged(2)
    assert [vote.level for vote in hall.stored("evaluation_voted")] == [KEYS[2]]


def test_a_press_between_the_finish_and_the_invitation_counts_for_nobody(hall: PadHall) -> None:
    """However late the hub comes to it: the pad had not asked yet when the key was pressed."""
    hall.engine.subscribe(
        Subscription("finger", lambda _: assert_sent(hall.pad.press(3)), frozenset({ev.EvaluationOpened}))
    )
    hall.call()
    assert hall.shows(face="number")  # and nothing is on the way to the pad
    hall.engine.do(FinishTicket(WINDOW, CHEN.username))
    assert hall.acknowledged(3)
    assert unheard(hall) == [Unheard.BEFORE_INVITATION]
    assert hall.stored("evaluation_voted") == []
    assert hall.shows(showing="请评价")
    hall.press(2)
    assert hall.acknowledged(2)
    assert [vote.level for vote in hall.stored("evaluation_voted")] == [KEYS[2]]


def test_a_key_without_a_meaning_is_acknowledged_and_the_citizen_asked_again(hall: PadHall) -> None:
    hall.serve()
    assert hall.shows(showing="请评价")
    hall.press(0)
    assert hall.acknowledged(0)
    assert unheard(hall) == [Unheard.UNKNOWN_KEY]
    assert hall.shows(showing="请评价")


def test_silence_is_no_vote_and_the_pad_rests(start_pad_hall: StartPadHall) -> None:
    hall = start_pad_hall(timeout=0.5)
    hall.serve()
    hall.until(lambda: "asked for an evaluation" in [entry["what"] for entry in hall.pad.state()["log"]])
    hall.until(lambda: bool(hall.stored("evaluation_lapsed")))
    assert hall.shows(showing="欢迎")
    assert [lapse.lapse for lapse in hall.stored("evaluation_lapsed")] == [Lapse.TIMEOUT]
    assert hall.stored("evaluation_voted") == []


def test_a_pause_shows_on_the_pad_until_the_clerk_is_back(hall: PadHall) -> None:
    hall.pause()
    assert hall.shows(showing="暂停服务")
    hall.reopen()
    assert hall.shows(showing="欢迎")


def test_the_next_call_waits_for_no_vote_and_the_next_citizen_ends_it(hall: PadHall) -> None:
    hall.serve()
    assert hall.shows(showing="请评价")
    following = hall.call()
    assert hall.stored("evaluation_lapsed") == []
    assert following["state"] == "called"
    assert hall.pad.state()["showing"] == "请评价"
    hall.engine.do(Start(WINDOW, CHEN.username))
    assert hall.shows(showing=following["number"].lstrip("ABCDEFGH"))
    assert [lapse.lapse for lapse in hall.stored("evaluation_lapsed")] == [Lapse.NEXT_STARTED]
    hall.press(3)
    assert hall.acknowledged(3)
    assert hall.stored("evaluation_voted") == []


def test_the_next_citizen_is_asked_during_the_thanks_to_the_last(
    hall: PadHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "THANKS_SECONDS", 600.0)
    hall.serve()
    assert hall.shows(showing="请评价")
    hall.press(3)
    assert hall.shows(showing="谢谢")
    hall.serve()
    assert hall.shows(showing="请评价")
    hall.press(2)
    assert hall.acknowledged(2)
    assert [vote.level for vote in hall.stored("evaluation_voted")] == [KEYS[3], KEYS[2]]


def test_a_pulled_cable_is_seen_and_an_open_evaluation_asked_again_when_it_is_back(hall: PadHall) -> None:
    hall.serve()
    assert hall.shows(showing="请评价")
    hall.threads.apply(hall.pad.unplug)
    hall.until(lambda: hall.agent.states()[0]["state"] == "offline")
    assert hall.agent.states()[0]["reason"]
    hall.engine.do(IssueTicket("social-insurance"))  # the hall goes on meanwhile
    before = len(hall.pad.state()["log"])
    hall.threads.apply(hall.pad.plug)
    hall.until(lambda: "asked for an evaluation" in [entry["what"] for entry in hall.pad.state()["log"][before:]])
    hall.settled()
    hall.press(1)
    assert hall.acknowledged(1)
    assert [vote.level for vote in hall.stored("evaluation_voted")] == [KEYS[1]]


def test_a_pad_that_is_missing_at_the_start_is_taken_up_when_it_comes(start_pad_hall: StartPadHall) -> None:
    hall = start_pad_hall(plugged=False)
    hall.until(lambda: hall.agent.states()[0]["reason"] not in (None, "not opened"))
    assert hall.agent.states()[0]["state"] == "offline"
    hall.serve()
    hall.threads.apply(hall.pad.plug)
    assert hall.shows(showing="请评价")


def test_what_waited_on_the_line_when_it_was_opened_never_counts(start_pad_hall: StartPadHall) -> None:
    """Pressed before the server listens, sent again after it does, while an evaluation is open."""
    hall = start_pad_hall(plugged=False)
    hall.serve()
    hall.threads.apply(hall.pad.plug)
    hall.press(3)
    assert hall.acknowledged(3)
    assert unheard(hall) == [Unheard.UNKNOWN_AGE]
    assert hall.stored("evaluation_voted") == []
    hall.settled()
    assert hall.shows(showing="请评价")
    hall.press(3)
    assert hall.acknowledged(3)
    assert [vote.level for vote in hall.stored("evaluation_voted")] == [KEYS[3]]


def test_a_press_that_cannot_be_stored_is_not_acknowledged_and_its_resend_is_stored_once(hall: PadHall) -> None:
    hall.serve()
    assert hall.shows(showing="请评价")
    with hall.database.engine.connect() as connection:
        # Another writer holds SQLite's lock: the press waits, and the pad sends it again meanwhile.
        connection.exec_driver_sql("DELETE FROM device")
        hall.press(3)
        assert hall.shows(tries=3)
        assert not hall.pad.state()["acked"]
    assert hall.acknowledged(3)
    hall.press(1)  # heard after the resends
    assert hall.acknowledged(1)
    assert [vote.level for vote in hall.stored("evaluation_voted")] == [KEYS[3]]
    assert [press.key for press in hall.stored("press_ignored")] == [1]


def test_noise_on_the_line_does_no_harm(hall: PadHall) -> None:
    hall.serve()
    assert hall.shows(showing="请评价")
    noise = bytes(range(256)) * 4 + b"\xff\x68\x03\x03\x68\x83\x11\x03\x96\x16"  # its checksum is wrong
    assert hall.threads.apply(hall.pad.garbage, (noise,))
    hall.press(2)
    assert hall.acknowledged(2)
    assert [vote.level for vote in hall.stored("evaluation_voted")] == [KEYS[2]]


def test_what_happens_at_other_windows_leaves_a_pad_alone(hall: PadHall) -> None:
    hall.engine.do(OpenWindow(2, CHEN, several=True))
    hall.serve(window=2)
    hall.pause()
    assert hall.shows(showing="暂停服务")
    assert "asked for an evaluation" not in [entry["what"] for entry in hall.pad.state()["log"]]


def test_states_name_the_window(hall: PadHall) -> None:
    assert hall.agent.states() == [{"kind": "pad", "id": "3", "window": 3, "state": "ready", "reason": None}]


def test_an_agent_whose_hall_comes_back_to_it_listens_again(hall: PadHall) -> None:
    """A process that lost its hall to another stops listening, and begins again when the hall is its own again."""
    hall.agent.stop()
    assert [(state["state"], state["reason"]) for state in hall.agent.states()] == [("offline", "stopped")]
    hall.serve()
    hall.agent.start()
    assert hall.shows(showing="请评价")
    hall.settled()
    hall.press(3)
    assert hall.acknowledged(3)
    assert [vote.level for vote in hall.stored("evaluation_voted")] == [KEYS[3]]


def test_another_makers_pad_is_asked_and_heard_by_its_template(start_pad_hall: StartPadHall, tmp_path: Path) -> None:
    file = written(tmp_path, SPONTANEOUS)
    pad = VirtualPad(WINDOW, 3, template=file, link=tmp_path / "maker", control=None)
    pad.start()
    device = PadSettings(window=WINDOW, link=pad.link, address=3, dialect="template", template=file)
    hall = start_pad_hall(device=device)
    hall.settled()
    hall.serve()
    assert hall.threads.apply(pad.wait_for, (), {"showing": "请评价", "clerk": CHEN.name})
    hall.press(2, pad)
    assert hall.threads.apply(pad.wait_for, (), {"acked": True, "pressed": 2})
    assert [(vote.level, vote.key) for vote in hall.stored("evaluation_voted")] == [(4, 2)]
    pad.stop()
