"""Whom a pad thanks: nobody for a press that may have been anybody's, as far as it can be kept from that."""

from __future__ import annotations

from typing import Any, cast

from evaluator.dialects import dialects
from evaluator.pad_talk import PadTalk
from evaluator.session import Showing, Sign
from server.config.devices import PadSettings
from server.device.bus_line import BusLine
from server.device.chatter import ChatterWatch
from server.device.hearing import Press
from server.hall.commands import PressKey

AT = 3


class Line:
    """`sent` is what the pad is told."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def send(self, frame: bytes) -> None:
        self.sent.append(frame)


class Desk:
    """A hall that asks, and stores every press."""

    def wanted(self, window: int) -> Showing | None:
        return Showing(Sign.ASK, "a")

    def store(self, press: PressKey, press_id: str) -> bool:
        return True


def test_a_press_of_unknown_age_is_acknowledged_so_that_it_comes_no_more_and_not_thanked_for() -> None:
    """It counts for nobody, and the citizen is asked again."""
    dialect = dialects["text"]
    told: dict[Any, list[bytes]] = {}
    for since in (None, 100.0):
        line = Line()
        pad = PadSettings(window=1, link="/dev/pad", address=AT, keys={1: 5})
        talk = PadTalk(Desk(), pad, dialect, ChatterWatch(alone=True), cast(BusLine, line))
        talk.take(Press("one", 1, since, serial=17))
        told[since] = line.sent
    acknowledged = dialect.acknowledge(AT, 1, 17)
    assert told == {None: [acknowledged], 100.0: [acknowledged, dialect.thank_you(AT)]}
