"""Which frames are one press of a keypad, and which are two."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

import pytest

from counter.keypad.keypad_talk import DOUBLE
from counter.keypad.keys import Key, KeypadDecoder, Typed
from server.device.frames.hallqueue import Frame
from server.device.hearing import RESENT_WITHIN, Hearing

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
CALL, RECALL = Typed(Key.CALL), Typed(Key.RECALL)
NOISE = b"\xff\x00\x16\xff"


def presses(*heard: tuple[float, Typed | bytes]) -> list[str]:
    """The ids of the presses, one for each sound frame. Each is acknowledged as it comes."""
    serial = count()
    hearing = Hearing(KeypadDecoder(), 3, 0.0, lambda: str(next(serial)), double=DOUBLE)
    found = []
    for tick, what in heard:
        data = bytes(Frame(3, what.command, bytes(what))) if isinstance(what, Typed) else what
        for press in hearing.receive(data, tick):
            hearing.acknowledged(press)
            found.append(press.id)
    return found


@pytest.mark.parametrize(
    ("heard", "ids"),
    [
        ([(10, CALL), (10.2, CALL)], "00"),
        ([(10, CALL), (10.5, CALL), (11, CALL)], "000"),
        ([(10, CALL), (11, CALL), (12, CALL), (13, CALL)], "0000"),
        ([(10, CALL), (10 + DOUBLE + 0.1, CALL)], "01"),
        ([(10, CALL), (10 + 2 * RESENT_WITHIN - 0.01, CALL)], "00"),  # the sending between them was lost
        ([(10, CALL), (10.2, RECALL), (10.4, CALL)], "012"),
        ([(10, CALL), (10.2, Typed(Key.CALL, "5"))], "01"),
    ],
)
def test_the_same_keys_within_a_breath_are_one_press(heard: list[tuple[float, Typed]], ids: str) -> None:
    assert "".join(presses(*heard)) == ids


def test_noise_without_an_end_makes_no_single_press_of_all_that_come_in_it() -> None:
    noise = [(10 + n / 10, NOISE) for n in range(1, 40)]
    assert presses((10, CALL), *noise, (14, CALL)) == ["0", "1"]
