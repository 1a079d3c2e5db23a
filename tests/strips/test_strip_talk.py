"""One strip's talk, answer by answer: the test is the strip, and its hall stands still until told otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import gevent
import pytest
from gevent.queue import SimpleQueue
from hall_server import ROOT

from display.strip import strip_talk
from display.strip.codecs import codec_for
from display.strip.hallqueuefront import Confirmation, FrameReader, TextFrame
from display.strip.strip_talk import StripTalk
from server.config import load_settings
from server.config.live import LiveSettings
from server.config.strips import StripDialect, StripSettings, StripSize
from server.device.bus_line import BusLine
from server.device.link import LinkLost
from server.engine.errors import StandingBy
from server.hall.ticket import State
from server.hall.window import Pause, WindowState

SECONDS = 10
LIT, DARK = "请A012号", ""


class Wire:
    """A line whose other end is the test: what is sent on it, frame by frame."""

    def __init__(self) -> None:
        self.sent: SimpleQueue[bytes] = SimpleQueue()

    def read(self, timeout: float) -> bytes:
        raise NotImplementedError

    def waiting(self) -> bytes:
        return b""

    def write(self, data: bytes) -> None:
        self.sent.put(data)

    def close(self) -> None:
        raise NotImplementedError


class Standing:
    """A hall with an open window 3."""

    def __init__(self) -> None:
        self.window = SimpleNamespace(ticket=None, state=WindowState.OPEN, pause=None)

    def clock(self) -> datetime:
        return datetime.now(UTC)

    def read(self, view: Callable[[Any], Any]) -> Any:
        return view(SimpleNamespace(windows={3: self.window}))

    def call(self, age: timedelta = timedelta()) -> None:
        leg = SimpleNamespace(index=1, calls=1, last_called_at=self.clock() - age)
        self.window.ticket = SimpleNamespace(id="t1", number="A012", state=State.CALLED, leg=leg)

    def pause(self) -> None:
        self.window.state, self.window.pause = WindowState.PAUSED, Pause("", self.clock())


class Strip:
    """The strip at address 3, which the server talks to."""

    def __init__(self, dialect: StripDialect, size: StripSize) -> None:
        self.hall, self.wire = Standing(), Wire()
        live = LiveSettings(load_settings(ROOT / "config.yaml"))
        settings = StripSettings(window=3, link="/dev/ttyS0", address=3, dialect=dialect, size=size)
        line = self.line = BusLine(self.wire, 115200)
        hall: Any = self.hall
        self.talk = StripTalk(hall, live, settings, codec_for(settings), line)
        self.work = gevent.spawn(self.talk.run)

    def told(self, timeout: float = SECONDS) -> str:
        """What the next frame says."""
        reader, frame = FrameReader(), None
        for byte in self.wire.sent.get(timeout=timeout):
            frame, _ = reader.receive(bytes([byte]))
        assert isinstance(frame, TextFrame)
        return bytes(byte for byte, _ in frame.cells).decode("gbk").strip()

    def confirm(self) -> None:
        for byte in bytes(Confirmation(3)):
            self.talk.hear(bytes([byte]), 0.0)

    def until(self, reached: Callable[[], bool]) -> None:
        with gevent.Timeout(SECONDS):
            while not reached():
                gevent.sleep(0.005)

    def ready(self) -> None:
        """It has been told of the idle window and has confirmed."""
        assert self.told() == "为您服务"
        self.confirm()
        self.until(lambda: self.talk.answering is True)


@pytest.fixture
def start() -> Iterator[Callable[..., Strip]]:
    started: list[Strip] = []

    def begin(dialect: StripDialect = "hallqueuefront", size: StripSize = "64x16") -> Strip:
        started.append(Strip(dialect, size))
        return started[-1]

    yield begin
    for strip in started:
        strip.talk.lost(LinkLost("stopped"))
        strip.work.join(SECONDS)


def test_a_late_confirmation_is_not_taken_for_that_of_the_next_picture(start: Callable[..., Strip]) -> None:
    strip = start()
    strip.ready()
    strip.hall.pause()
    strip.talk.look()
    assert strip.told() == "暂停服务"
    strip.hall.call(timedelta(minutes=1))
    strip.talk.look()
    assert strip.told() == LIT
    strip.confirm()  # of the pause; the call was lost on the wire
    assert strip.told() == LIT
    strip.confirm()
    with pytest.raises(gevent.queue.Empty):
        strip.told(timeout=1)


def test_a_repeated_picture_is_confirmed_by_whichever_answer_comes(start: Callable[..., Strip]) -> None:
    strip = start()
    strip.ready()
    strip.hall.pause()
    strip.talk.look()
    assert [strip.told() for _ in range(2)] == ["暂停服务"] * 2
    strip.confirm()
    with pytest.raises(gevent.queue.Empty):
        strip.told(timeout=1)
    assert strip.talk.answering is True


def test_a_strip_that_falls_silent_in_a_flash_is_left_lit(start: Callable[..., Strip]) -> None:
    strip = start()
    strip.ready()
    strip.hall.call()
    strip.talk.look()
    assert strip.told() == LIT
    strip.confirm()
    assert [strip.told() for _ in range(3)] == [DARK, LIT, LIT]
    strip.until(lambda: strip.talk.answering is False)


def test_a_strip_whose_answers_are_not_heard_is_never_told_to_be_dark(
    start: Callable[..., Strip], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strip_talk, "TRY_AGAIN", 0.2)
    strip = start()
    for _ in range(3):
        assert strip.told() == "为您服务"
    strip.until(lambda: strip.talk.answering is False)
    strip.hall.call()
    told = [strip.told() for _ in range(8)]
    assert set(told[1:]) == {LIT}


def test_a_strip_whose_answers_are_not_heard_is_told_of_a_call_at_once(
    start: Callable[..., Strip], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strip_talk, "TRY_AGAIN", 60.0)
    strip = start()
    assert [strip.told() for _ in range(3)] == ["为您服务"] * 3
    strip.until(lambda: strip.talk.answering is False)
    strip.hall.call()
    strip.talk.look()
    assert strip.told() == LIT
    gevent.spawn_later(0.7, strip.talk.look)  # where the flash of one that answers is dark
    with pytest.raises(gevent.queue.Empty):
        strip.told(timeout=1)


def test_a_strip_that_does_not_answer_does_not_keep_the_line(
    start: Callable[..., Strip], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row of strips without power must not delay what the pads are told: nobody waits for them in turn."""
    monkeypatch.setattr(strip_talk, "PATIENCE", 1.0)
    monkeypatch.setattr(strip_talk, "TRY_AGAIN", 0.2)
    strip = start()
    strip.told()
    held = gevent.spawn(strip.line.send, b"pad")
    with pytest.raises(gevent.queue.Empty):
        strip.wire.sent.get(timeout=0.1)  # into the answer of one that may still answer nobody speaks
    assert strip.wire.sent.get(timeout=SECONDS) == b"pad"
    held.get(timeout=SECONDS)
    strip.until(lambda: strip.talk.answering is False)
    monkeypatch.setattr(strip_talk, "PATIENCE", 60.0)
    while not strip.wire.sent.empty():
        strip.told()
    strip.told()
    with gevent.Timeout(SECONDS):
        strip.line.send(b"pad")
    strip.confirm()
    strip.until(lambda: strip.talk.answering is True)


def test_what_a_strip_that_confirms_nothing_shows_is_said_twice(start: Callable[..., Strip]) -> None:
    strip = start("digits", "digits")
    strip.hall.call(timedelta(minutes=1))
    strip.talk.look()
    sent = [strip.wire.sent.get(timeout=SECONDS) for _ in range(2)]
    while sent[0][7:-2] != sent[1][7:-2]:
        sent = [sent[1], strip.wire.sent.get(timeout=SECONDS)]
    assert sent[1] == bytes.fromhex("FF 68 08 08 68 03 02 0A 0A 0A 00 01 02 26 16")
    with pytest.raises(gevent.queue.Empty):
        strip.wire.sent.get(timeout=2 * strip_talk.REPEAT)


def test_a_hall_that_is_somebody_elses_is_not_spoken_for(start: Callable[..., Strip]) -> None:
    """A standby knows no state; what the owner had shown stays on the strip."""
    strip = start()
    strip.ready()

    def refused(_: object) -> Any:
        raise StandingBy

    strip.hall.read = refused  # type: ignore[method-assign]
    strip.talk.look()
    with pytest.raises(gevent.queue.Empty):
        strip.told(timeout=1)
