"""A serial printer's pace: a paper has left when it is written, and a printer that is full is waited for."""

from __future__ import annotations

import os
import termios
from collections.abc import Iterator
from itertools import chain, repeat

import pytest
from pty_printer import PtyPrinter

from server.device.link import LinkLost
from server.device.paced_line import PacedLine
from server.device.printer_links import open_printer_link

FAST = 10_000_000


class FakeLine:
    """A line that says what is still unsent, and whether DSR is up, each time it is asked."""

    def __init__(self, unsent: Iterator[int] = repeat(0), dsr: Iterator[bool] = repeat(True)) -> None:  # noqa: B008
        self.happened: list[str] = []
        self._unsent = unsent
        self._dsr = dsr
        self.written = b""

    def read(self, timeout: float) -> bytes:
        return b"\x12"

    def write(self, data: bytes) -> None:
        self.happened.append(f"write {len(data)}")
        self.written += data

    def close(self) -> None:
        self.happened.append("close")

    def unsent(self) -> int:
        left = next(self._unsent)
        self.happened.append(f"unsent {left}")
        return left

    def may_send(self) -> bool:
        up = next(self._dsr)
        self.happened.append("up" if up else "down")
        return up


def test_a_paper_goes_piece_by_piece_each_waited_for_until_it_is_on_the_wire() -> None:
    line = FakeLine(unsent=iter([2000, 100, 0, 0]))
    paper = os.urandom(3000)
    PacedLine("port", line, FAST).write(paper)
    assert line.happened == ["write 2048", "unsent 2000", "unsent 100", "unsent 0", "write 952", "unsent 0"]
    assert line.written == paper


def test_as_long_as_the_wire_moves_a_slow_paper_is_not_given_up() -> None:
    line = FakeLine(unsent=iter(range(20, -1, -1)))
    PacedLine("port", line, FAST, grace=0.02).write(b"x" * 20)  # each step takes a quarter of what is allowed
    assert line.happened[-1] == "unsent 0"


def test_a_printer_that_stops_the_wire_for_good_is_given_up() -> None:
    line = FakeLine(unsent=chain([2000], repeat(1500)))
    with pytest.raises(LinkLost, match="takes nothing"):
        PacedLine("port", line, FAST, grace=0.02).write(b"x" * 2048)


def test_dsr_is_looked_at_before_each_piece() -> None:
    line = FakeLine(dsr=iter([True, False, False, True]))
    PacedLine("port", line, FAST, by_dsr=True).write(b"x" * 100)
    assert line.happened == ["up", "write 64", "unsent 0", "down", "down", "up", "write 36", "unsent 0"]


def test_a_printer_that_never_raises_dsr_is_given_up_before_anything_is_sent() -> None:
    line = FakeLine(dsr=repeat(False))
    with pytest.raises(LinkLost, match="DSR"):
        PacedLine("port", line, FAST, by_dsr=True, grace=0.02).write(b"x")
    assert "write 1" not in line.happened


@pytest.fixture
def cable() -> Iterator[PtyPrinter]:
    printer = PtyPrinter()
    yield printer
    printer.pull()


@pytest.mark.parametrize(
    ("flow", "by_wire", "by_byte"),
    [("", False, False), ("?flow=none", False, False), ("?flow=rtscts", True, False), ("?flow=xonxoff", False, True)],
)
def test_the_flow_that_was_asked_for_is_set(cable: PtyPrinter, flow: str, by_wire: bool, by_byte: bool) -> None:
    link = open_printer_link(f"{cable.path}{flow}", 38400)
    iflag, _, cflag, _, _, speed, _ = termios.tcgetattr(cable.device)
    assert bool(cflag & termios.CRTSCTS) is by_wire
    assert bool(iflag & termios.IXON) is by_byte
    assert speed == termios.B38400
    link.close()


def test_a_port_that_cannot_tell_dsr_is_a_lost_link(cable: PtyPrinter) -> None:
    link = open_printer_link(f"{cable.path}?flow=dsrdtr")
    with pytest.raises(LinkLost):
        link.write(b"x")
    link.close()


def test_xon_and_xoff_are_not_taken_for_answers(cable: PtyPrinter) -> None:
    link = open_printer_link(f"{cable.path}?flow=xonxoff")
    os.write(cable.device, b"\x13")
    os.write(cable.device, b"\x11\x12")
    assert link.read(5) == b"\x12"
    link.write(b"ticket")
    assert os.read(cable.device, 100) == b"ticket"
    link.close()
