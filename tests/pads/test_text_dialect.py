"""Lines of text from pads that people build, as docs/build-a-pad.md has them."""

from __future__ import annotations

from itertools import count

import pytest

from evaluator.dialects import Garbage, KeyPressed, OtherFrame
from evaluator.dialects.text import LONGEST, TextDecoder, TextDialect
from server.device.hearing import Hearing

PRESS = b"1 press 5 17 23\n"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"1 press 5 17 24\n", "wrong sum 24, expected 23"),
        (b"1 press 5 300 306\n", "no number is over 255"),
        (b"1 press 5 17\n", "no line of a pad"),
        (b"1 press 05 17 23\n", "no line of a pad"),
        (b"1  press 5 17 23\n", "no line of a pad"),
        (b"xx1 press 5 17 23\n", "no line of a pad"),
        (b"300 ask\n", "no line of a pad"),
        (b"\n", "no line of a pad"),
    ],
)
def test_a_line_that_is_not_exactly_right_is_no_press(line: bytes, why: str) -> None:
    assert TextDecoder().receive(line + PRESS) == [Garbage(line, why), KeyPressed(1, 5, 17)]


def test_an_echo_of_what_the_hall_said_is_somebody_elses_line() -> None:
    decoder = TextDecoder()
    assert decoder.receive(b"1 number A012\r\n") == [OtherFrame(1, 0, b"1 number A012\r\n")]
    assert decoder.claimed == 15


def test_the_end_of_a_line_too_long_is_no_line() -> None:
    noise = b"x" * LONGEST
    assert TextDecoder().receive(noise + PRESS + PRESS) == [
        Garbage(noise, "no line is so long"),
        Garbage(PRESS, "the end of a line too long"),
        KeyPressed(1, 5, 17),
    ]


def test_the_rest_of_a_line_whose_beginning_is_lost_is_no_press() -> None:
    line = b"121 press 5 17 143\n"
    for lost in range(1, len(line)):
        assert not [event for event in TextDecoder().receive(line[lost:]) if isinstance(event, KeyPressed)]


def test_another_devices_frame_in_a_line_leaves_no_trace() -> None:
    decoder = TextDecoder()
    decoder.receive(PRESS[:6] + b"\xa0\x90\x03\xa5\xaa")
    decoder.disown(5)
    assert decoder.receive(PRESS[6:]) == [KeyPressed(1, 5, 17)]


def test_a_text_is_one_line_and_never_longer_than_a_pad_can_keep() -> None:
    dialect = TextDialect()
    assert dialect.show_staff(1, "陈\n晓兰\r2 ask") == "1 staff 陈 晓兰 2 ask\n".encode()
    told = dialect.show_staff(1, "陈" * 40) or b""
    assert len(told) <= LONGEST
    assert told.decode().endswith("陈\n")


@pytest.mark.parametrize("address", [-1, 256])
def test_an_address_that_is_none_is_refused(address: int) -> None:
    with pytest.raises(ValueError, match="range"):
        TextDialect().ask(address)


def heard_at(*lines: tuple[float, bytes], acknowledge: bool = False) -> list[str]:
    """The id of each press, with lines read at these seconds."""
    serial = count()
    hearing = Hearing(TextDecoder(), 1, 0.0, lambda: f"press{next(serial)}")
    ids = []
    for tick, line in lines:
        for press in hearing.receive(line, tick):
            ids.append(press.id)
            if acknowledge:
                hearing.acknowledged(press)
    return ids


def test_a_press_sent_again_is_the_same_press_and_the_next_one_is_not() -> None:
    again = b"1 press 5 18 24\n"
    assert heard_at((10, PRESS), (10.5, PRESS), (11, PRESS)) == ["press0"] * 3
    assert heard_at((10, PRESS), (10.2, again)) == ["press0", "press1"]
    # Its acknowledgement was lost on the way: too early for a resend of a pad without numbers, and told all the same.
    assert heard_at((10, PRESS), (10.1, PRESS), acknowledge=True) == ["press0"] * 2
    # The sending between was lost.
    assert heard_at((10, PRESS), (11.2, PRESS)) == ["press0"] * 2
    # A pad that never gives up repeats one press, not many.
    assert len(set(heard_at(*((10 + place / 2, PRESS) for place in range(20))))) == 1
    # Begun anew after a power cut, minutes later.
    assert heard_at((10, PRESS), (300, PRESS)) == ["press0", "press1"]
