"""The virtual pad's behaviour at given times, without a line."""

from __future__ import annotations

import pytest

from evaluator.dialects import Say
from evaluator.dialects.hallqueue import Ack, HallQueueDialect
from evaluator.virtual_pad.hallqueue_pad import HallQueuePad

AT = 0x83
PRESS = bytes.fromhex("FF 68 03 03 68 83 11 02 96 16")


def make(ack: Ack = "queuesystem") -> tuple[HallQueuePad, HallQueueDialect, list[str]]:
    notes: list[str] = []
    return HallQueuePad(AT, ack, notes.append), HallQueueDialect("test", ack), notes


def test_a_press_without_an_answer_is_sent_three_times_half_a_second_apart() -> None:
    pad, _, notes = make()
    assert pad.press(2, now=10.0) == PRESS
    sent = [(now / 10, pad.wake(now / 10)) for now in range(100, 200)]
    assert [(now, data) for now, data in sent if data] == [(10.5, PRESS), (11.0, PRESS)]
    assert notes == ["key 2 was not acknowledged after 3 tries"]
    assert not pad.acked


@pytest.mark.parametrize("ack", ["queuesystem", "hallqueuefront"])
def test_an_acknowledged_press_is_not_sent_again_and_thanks(ack: Ack) -> None:
    pad, dialect, _ = make(ack)
    pad.receive(dialect.ask(AT))
    assert (pad.showing, pad.prompted) == ("请评价", True)
    pad.press(2, now=0.0)
    pad.receive(dialect.acknowledge(AT, 2))
    assert (pad.showing, pad.prompted, pad.acked) == ("谢谢", False, True)
    assert pad.wake(5.0) == b""


@pytest.mark.parametrize("ack", ["queuesystem", "hallqueuefront"])
def test_an_invitation_is_not_mistaken_for_an_acknowledgement(ack: Ack) -> None:
    pad, dialect, _ = make(ack)
    pad.press(2, now=0.0)
    pad.receive(dialect.ask(AT))
    assert (pad.showing, pad.acked) == ("请评价", False)
    assert pad.wake(0.5) == PRESS


def test_an_acknowledgement_of_another_key_does_not_count() -> None:
    pad, dialect, _ = make()
    pad.press(2, now=0.0)
    pad.receive(dialect.acknowledge(AT, 3))
    assert not pad.acked
    assert pad.wake(0.5) == PRESS


def test_it_shows_what_it_is_told() -> None:
    pad, dialect, notes = make()
    shown = [pad.showing]
    for told in (
        dialect.show_number(AT, "A012"),
        dialect.pause(AT),
        dialect.resume(AT),
        dialect.ask(AT),
        dialect.idle(AT),
        dialect.beep(AT),
    ):
        pad.receive(told)
        shown.append(pad.showing)
    assert shown == ["欢迎", "012", "暂停服务", "欢迎", "请评价", "欢迎", "欢迎"]
    pad.receive(dialect.tell(AT, Say.STARS, "4"))
    assert (pad.stars, pad.beeps, notes[-1]) == (4, 1, "4 stars")


def test_what_is_meant_for_another_pad_or_spoiled_changes_nothing() -> None:
    pad, dialect, notes = make()
    pad.receive(dialect.ask(AT + 1) + dialect.ask(AT)[:-2] + b"\x00\x16" + dialect.ask(AT + 1))
    assert pad.showing == "欢迎"
    assert notes == ["skipped FF 68 02 02 68 83 01 00 16: wrong checksum 00, expected 84"]
