"""One line and those who share it, on a real pseudo-terminal whose other end is the test."""

from __future__ import annotations

import time
from collections.abc import Iterator
from types import SimpleNamespace

import gevent
import pytest
from gevent.event import Event
from gevent.os import nb_read, nb_write
from gevent.queue import SimpleQueue

from server.device import bus, bus_line
from server.device.bus import Buses
from server.device.bus_line import BusLine
from server.device.link import LinkError, LinkLost
from server.device.pty_port import PtyPort
from server.device.supervisor import LinkState

SECONDS = 10


class Listener:
    """A participant whose frames are one letter between its own pair of brackets; it keeps what is left over."""

    def __init__(self, name: str, brackets: bytes) -> None:
        self.name = name
        self.states: list[LinkState] = []
        self.heard: SimpleQueue[bytes] = SimpleQueue()
        self.buffer = b""
        self.ended: SimpleQueue[LinkError] = SimpleQueue()
        self.line: BusLine | None = None
        self.begun = Event()
        self._brackets = brackets

    def begin(self, line: BusLine) -> Listener:
        self.line, self.buffer, self.ended = line, b"", SimpleQueue()
        self.begun.set()
        return self

    def note(self, state: LinkState) -> None:
        self.states.append(state)

    def hear(self, byte: bytes, tick: float) -> int:
        assert tick > 0
        self.buffer += byte
        frame = self.buffer[-3:]
        if len(frame) < 3 or frame[:1] + frame[2:] != self._brackets:
            return 0
        self.heard.put(frame)
        self.buffer = self.buffer[:-3]
        return 3

    def disown(self, count: int) -> None:
        self.buffer = self.buffer[:-count]

    def lost(self, error: LinkError) -> None:
        self.ended.put(error)

    def run(self) -> None:
        raise self.ended.get()

    def opened(self) -> BusLine:
        assert self.begun.wait(SECONDS)
        assert self.line is not None
        return self.line


@pytest.fixture
def port() -> Iterator[PtyPort]:
    made = PtyPort(None, None)
    made.plug()
    yield made
    made.unplug()


def read(port: PtyPort, count: int) -> bytes:
    """Exactly so many bytes from our side of the line."""
    data = b""
    with gevent.Timeout(SECONDS):
        while len(data) < count:
            data += nb_read(port.fileno(), count - len(data))
    return data


def say(port: PtyPort, data: bytes) -> None:
    nb_write(port.fileno(), data)


def test_each_hears_its_own_and_keeps_only_what_is_nobodys(port: PtyPort) -> None:
    buses, round_ones, square = Buses(), Listener("round", b"()"), Listener("square", b"[]")
    seats = [buses.join(port.path, 9600, listener) for listener in (round_ones, square)]
    square.opened()
    say(port, b"x(1)[2]y(3)")
    assert [round_ones.heard.get(timeout=SECONDS) for _ in range(2)] == [b"(1)", b"(3)"]
    assert square.heard.get(timeout=SECONDS) == b"[2]"
    assert (round_ones.buffer, square.buffer) == (b"xy", b"xy")
    for seat in seats:
        seat.leave()
        seat.join()


def ask(line: BusLine, question: bytes, answered: Event, patience: float) -> bool:
    """Whether it was answered in time, with the line kept until then."""
    with line.turn():
        line.send(question)
        return answered.wait(line.answered_by(patience) - time.monotonic())


def test_a_question_keeps_the_line_and_what_comes_meanwhile_is_heard(port: PtyPort) -> None:
    buses, asking, other = Buses(), Listener("asking", b"()"), Listener("other", b"[]")
    seats = [buses.join(port.path, 9600, listener) for listener in (asking, other)]
    answered = Event()
    question = gevent.spawn(ask, asking.opened(), b"(?)", answered, SECONDS)
    assert read(port, 3) == b"(?)"
    sending = gevent.spawn(other.opened().send, b"[!]")
    say(port, b"[a]")
    assert other.heard.get(timeout=SECONDS) == b"[a]"
    assert not sending.ready()
    answered.set()
    assert question.get(timeout=SECONDS) is True
    assert read(port, 3) == b"[!]"
    for seat in seats:
        seat.leave()


def test_a_question_without_an_answer_gives_the_line_back(port: PtyPort) -> None:
    buses, asking = Buses(), Listener("asking", b"()")
    seat = buses.join(port.path, 9600, asking)
    assert ask(asking.opened(), b"(?)", Event(), 0.05) is False
    asking.opened().send(b"(!)")
    assert read(port, 6) == b"(?)(!)"
    seat.leave()


def test_the_last_to_leave_closes_the_line_and_it_can_be_taken_again(port: PtyPort) -> None:
    buses, first, second = Buses(), Listener("first", b"()"), Listener("second", b"[]")
    one, two = (buses.join(port.path, 9600, listener) for listener in (first, second))
    second.opened()
    one.leave()
    one.join()
    assert first.states[-1] == LinkState(port.path, online=False, reason="stopped")
    assert second.states[-1] == LinkState(port.path, online=True)
    say(port, b"[a]")
    assert second.heard.get(timeout=SECONDS) == b"[a]"
    two.leave()
    two.join()
    first.begun.clear()
    again = buses.join(port.path, 9600, first)
    first.opened().send(b"(b)")
    assert read(port, 3) == b"(b)"
    again.leave()


def test_whoever_comes_late_is_on_the_same_line(port: PtyPort) -> None:
    buses, first, late = Buses(), Listener("first", b"()"), Listener("late", b"[]")
    one = buses.join(port.path, 9600, first)
    line = first.opened()
    two = buses.join(port.path, 9600, late)
    assert late.opened() is line
    assert late.states == [LinkState(port.path, online=True)]
    one.leave()
    two.leave()


def test_one_that_fails_begins_anew_and_leaves_the_line_to_the_others(
    port: PtyPort, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opened anew for its sake, the pads of the line would be in quarantine for as long as it fails."""

    class Failing(Listener):
        lives = 0

        def run(self) -> None:
            self.lives += 1
            if self.lives < 3:
                raise RuntimeError("a mistake")
            super().run()

    monkeypatch.setattr(bus, "_BEGIN_AGAIN", 0.01)
    buses, failing, other = Buses(), Failing("failing", b"()"), Listener("other", b"[]")
    seats = [buses.join(port.path, 9600, listener) for listener in (other, failing)]
    with gevent.Timeout(SECONDS):
        while failing.lives < 3:
            gevent.sleep(0.01)
    assert "failing: serving failed" in caplog.text
    assert [state.online for state in other.states] == [False, True]
    say(port, b"[a](b)")
    assert [one.heard.get(timeout=SECONDS) for one in (other, failing)] == [b"[a]", b"(b)"]
    for seat in seats:
        seat.leave()
        seat.join()
    assert failing.lives == 3


def test_a_participant_that_finds_the_line_broken_opens_it_anew_for_all(port: PtyPort) -> None:
    buses, finding, other = Buses(), Listener("finding", b"()"), Listener("other", b"[]")
    seats = [buses.join(port.path, 9600, listener) for listener in (other, finding)]
    finding.opened()
    finding.ended.put(LinkLost("not written"))
    with gevent.Timeout(SECONDS):
        while [state.online for state in other.states].count(True) < 2:
            gevent.sleep(0.01)
    assert [state.reason for state in other.states] == ["not opened", "", "not written", ""]
    for seat in seats:
        seat.leave()
        seat.join()


def test_what_a_line_has_saved_up_does_not_hold_up_the_server(port: PtyPort) -> None:
    turns: list[int] = []

    class Counting(Listener):
        def hear(self, byte: bytes, tick: float) -> int:
            if not self.buffer:
                gevent.spawn(lambda: turns.append(len(self.buffer)))
            return super().hear(byte, tick)

    buses, counting = Buses(), Counting("counting", b"()")
    seat = buses.join(port.path, 9600, counting)
    counting.opened()
    say(port, b"x" * 2000 + b"(a)")
    assert counting.heard.get(timeout=SECONDS) == b"(a)"
    assert turns[0] < 2000
    seat.leave()
    seat.join()


class Recording:
    """A link that keeps when what was written."""

    def __init__(self) -> None:
        self.written: list[tuple[float, bytes]] = []
        self.arrived = b""

    def read(self, timeout: float) -> bytes:
        raise NotImplementedError

    def waiting(self) -> bytes:
        arrived, self.arrived = self.arrived, b""
        return arrived

    def write(self, data: bytes) -> None:
        self.written.append((time.monotonic(), data))

    def close(self) -> None:
        raise NotImplementedError


@pytest.mark.parametrize("baudrate", [1200, 2400, 4800, 9600, 19200, 115200])
def test_a_frame_of_a_pad_is_never_spoken_into(baudrate: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The longest, of 39 bytes, on a clock of our own: it comes byte for byte while we wait."""
    now, last, character = 1000.0, 1000.0 + 39 * 10 / baudrate, 10 / baudrate
    sent: list[float] = []

    def sleep(seconds: float) -> None:
        nonlocal now
        now += min(seconds, character)
        if now < last:
            line.heard(now)

    link = Recording()
    monkeypatch.setattr(link, "write", lambda _: sent.append(now))
    monkeypatch.setattr(bus_line, "time", SimpleNamespace(monotonic=lambda: now))
    monkeypatch.setattr(bus_line, "gevent", SimpleNamespace(sleep=sleep))
    line = BusLine(link, baudrate)
    line.heard(now)
    line.send(b"[!]")
    assert last + character <= sent[0] <= last + 4 * character


def test_a_line_that_never_falls_silent_is_spoken_over() -> None:
    link = Recording()
    line = BusLine(link, 9600)
    line.heard(time.monotonic() + 60)
    line.send(b"[!]")
    line.send(b"[?]")
    assert [data for _, data in link.written] == [b"[!]", b"[?]"]


@pytest.mark.parametrize("baudrate", [1200, 9600, 115200])
def test_two_frames_are_three_and_a_half_characters_apart(baudrate: int) -> None:
    link = Recording()
    line = BusLine(link, baudrate)
    line.send(b"[!]")
    line.send(b"[?]")
    first, second = (at for at, _ in link.written)
    assert second - first >= 3 * 10 / baudrate + max(3.5 * 10 / baudrate, 0.00175)


def test_what_comes_while_our_last_frame_is_under_way_is_heard_before_the_next_is_sent() -> None:
    """A press made before an invitation left must not look as if it answered it."""
    link, found = Recording(), list[bytes]()
    line = BusLine(link, 1200, lambda data, _: found.append(data))
    line.send(b"[!]")
    gevent.spawn_later(0.01, setattr, link, "arrived", b"press")
    with line.turn():
        assert found == [b"press"]


def test_an_answer_has_the_time_that_it_takes_on_a_slow_line() -> None:
    line, answered = BusLine(Recording(), 1200), Event()
    question = gevent.spawn(ask, line, b"(?)", answered, 0.0)
    gevent.spawn_later((3 + 5) * 10 / 1200, answered.set)  # after the question, five characters of answer
    assert question.get(timeout=SECONDS) is True


def test_a_frame_waits_until_a_device_has_finished_speaking() -> None:
    link = Recording()
    line = BusLine(link, 1200)
    line.heard(time.monotonic())
    sending = gevent.spawn(line.send, b"[!]")
    gevent.sleep(0)
    assert link.written == []
    sending.get(timeout=SECONDS)
    assert [data for _, data in link.written] == [b"[!]"]


class Reading:
    """A line on which `first` lies when it is looked at, `then` is read meanwhile, and `last` comes after that."""

    def __init__(self, first: bytes, then: bytes, last: bytes) -> None:
        self.readable = Event()
        self._then = then
        self._lying = [first, last]

    def read(self, timeout: float) -> bytes:
        assert self.readable.wait(timeout)
        return self._then

    def waiting(self) -> bytes:
        return self._lying.pop(0) if self._lying else b""

    def write(self, data: bytes) -> None:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError


def test_bytes_are_heard_in_their_order_whoever_reads_them() -> None:
    link = Reading(b"1", b"2", b"3")
    heard: list[tuple[bytes, float]] = []

    def hear(data: bytes, tick: float) -> None:
        heard.append((data, tick))
        link.readable.set()
        for _ in range(10):
            gevent.sleep(0.001)  # others go on meanwhile, such as the greenlet that listens

    line = BusLine(link, 115_200, hear)
    listening = gevent.spawn(line.listen)
    while len(heard) < 3:  # a turn listens for so long and no longer: on a busy machine it may end before the last byte
        with line.turn():
            pass
    listening.get(timeout=SECONDS)
    assert [data for data, _ in heard] == [b"1", b"2", b"3"]
    assert [tick for _, tick in heard] == sorted(tick for _, tick in heard)
