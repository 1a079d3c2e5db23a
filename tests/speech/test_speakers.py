"""The speakers of a running hall, each with an outlet of the test's."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import gevent
import pytest
from engines import serving
from hall_server import sample_config
from small_hall import CHEN

from display.speech import speakers as module
from display.speech import words
from display.speech.outlet import Condition, Order, Report, Tell
from display.speech.page_voices import PageVoices
from display.speech.speakers import Speakers
from server.config.live import LiveSettings
from server.config.loading import parse_settings
from server.config.screens import SpeakerSettings
from server.config.settings import Settings
from server.engine import HallEngine
from server.engine.clock import machine_time
from server.engine.errors import StandingBy
from server.hall.announcement import AnnouncementKind
from server.hall.commands import CallNext, IssueTicket, OpenWindow, Start
from server.hall.commands.notices import Announce
from server.hall.state import HallState
from server.voice.pages import hall_pack
from server.voice.synthesis import SynthesisError

T = TypeVar("T")
EAST = {"id": "east", "name": "东区", "name_en": "East", "windows": [1, 2, 3]}
WEST = {"id": "west", "name": "西区", "name_en": "West", "windows": [4, 5, 6]}


class Played:
    """An outlet that notes its orders and is answered for by the test."""

    def __init__(self, tell: Tell) -> None:
        self.tell = tell
        self.condition = Condition("ready")
        self.orders: list[Order] = []
        self.dropped = 0
        self.stopped = False

    def start(self) -> None: ...

    def stop(self) -> None:
        self.stopped = True

    def play(self, order: Order) -> None:
        self.orders.append(order)

    def drop(self) -> None:
        self.dropped += 1

    def hear(self) -> None:
        """The last order, from its beginning to its end."""
        for phase in ("began", "ended"):
            self.tell(Report(self.orders[-1].id, phase))  # type: ignore[arg-type]


class Seat(HallEngine):
    """The hall as one of several processes has it, which may have lost it to another."""

    def __init__(self, engine: HallEngine, lost: bool = False) -> None:
        self._engine = engine
        self.clock = engine.clock
        self.lost = lost

    def read(self, view: Callable[[HallState], T]) -> T:
        if self.lost:
            raise StandingBy
        return self._engine.read(view)


class Clock:
    """The machine's, and a while later."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return machine_time() + self.ahead


class Hall:
    """A hall of two zones with a speaker each, whose outlets are `Played`."""

    def __init__(self, engine: HallEngine, live: LiveSettings, clock: Clock) -> None:
        self.engine = engine
        self.clock = clock
        self.live = live
        self.seat = Seat(engine)
        self.outlets: dict[str, Played] = {}
        self.speakers = self.new_speakers()
        for window in (1, 2, 4):
            engine.do(OpenWindow(window, CHEN, several=True))

    def new_speakers(self, seat: Seat | None = None) -> Speakers:
        return Speakers(seat or self.seat, self.live, self._outlet, PageVoices(), lambda screen: None)

    def _outlet(self, speaker: SpeakerSettings, tell: Tell) -> Played:
        self.outlets[speaker.id] = Played(tell)
        return self.outlets[speaker.id]

    def call(self, service: str, window: int) -> None:
        self.engine.do(IssueTicket(service))
        self.engine.do(CallNext(window, CHEN.username))

    def announce(self, text: str) -> None:
        self.engine.do(Announce(AnnouncementKind.EMERGENCY, text, (), 2, timedelta(minutes=5), CHEN.username))

    def reasons(self) -> dict[str, str | None]:
        return {state["id"]: state["reason"] for state in self.speakers.states()}

    def orders(self, speaker: str) -> list[str]:
        outlet = self.outlets.get(speaker)
        return [order.text for order in outlet.orders] if outlet else []


def settings(data: Path) -> Settings:
    content = sample_config()
    content["hall"]["hours"]["always"] = True
    content["zones"] = [EAST, WEST]
    content["speakers"] = [
        {"id": zone, "name": zone, "at": f"alsa://{zone}", "zone": zone, "volume": 0.5} for zone in ("east", "west")
    ]
    content["voice"] = {"languages": ["zh"], "repeats": 1}
    content["server"]["data"] = str(data)
    return parse_settings(content)


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    monkeypatch.setattr(module, "COMING_BACK", 0.0)
    found = settings(tmp_path)
    clock = Clock()
    with serving(f"sqlite:///{tmp_path / 'hall.db'}", found.plan(), clock) as engine:
        opened = Hall(engine, LiveSettings(found), clock)
        opened.speakers.start()
        yield opened
        opened.speakers.stop()


def until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, what
        gevent.sleep(0.02)


def test_each_zone_hears_its_own_calls_at_its_volume(hall: Hall) -> None:
    hall.call("social-insurance", 1)
    hall.call("residence", 4)
    until(lambda: len(hall.orders("east")) == len(hall.orders("west")) == 1, "both speak")
    assert hall.orders("east") == ["请A零零一号到一号窗口办理"]
    assert hall.orders("west") == ["请B零零一号到四号窗口办理"]
    assert hall.outlets["east"].orders[0].volume == 0.5


def test_an_emergency_is_made_into_speech_and_goes_before_the_calls_everywhere(hall: Hall) -> None:
    until(lambda: len(hall.outlets) == 2, "the speakers are there")
    for outlet in hall.outlets.values():
        outlet.condition = Condition("offline", "not_connected")
    hall.call("social-insurance", 1)
    hall.announce("请大家从东门离开")
    until(lambda: any((Path(hall.live.now.server.data) / "typed").glob("*.wav")), "it is spoken")
    for outlet in hall.outlets.values():
        outlet.condition = Condition("ready")
    until(lambda: hall.orders("east") == hall.orders("west") == ["请大家从东门离开"], "both zones hear it")
    order = hall.outlets["east"].orders[0]
    assert order.chime
    assert hall_pack(hall.live.now).has(order.clips[0])
    for _ in range(2):
        hall.outlets["east"].hear()
        count = len(hall.orders("east"))
        until(lambda count=count: len(hall.orders("east")) > count, "the line goes on")
    assert hall.orders("east")[1:] == ["请大家从东门离开", "请A零零一号到一号窗口办理"]


def test_nothing_is_played_where_nothing_would_be_heard_and_the_leader_sees_it(hall: Hall) -> None:
    until(lambda: len(hall.outlets) == 2, "the speakers are there")
    hall.outlets["east"].condition = Condition("blocked", "sound_blocked")
    hall.outlets["west"].condition = Condition("blocked", "clips_missing")
    hall.call("social-insurance", 1)
    hall.call("residence", 4)
    until(lambda: len(hall.orders("west")) == 1, "where only some recordings are missing, the others are heard")
    assert hall.orders("east") == []
    assert [(state["id"], state["state"], state["reason"]) for state in hall.speakers.states()] == [
        ("east", "blocked", "sound_blocked"),
        ("west", "blocked", "clips_missing"),
    ]


def test_a_call_that_grew_too_old_before_its_turn_is_told_to_the_leader(hall: Hall) -> None:
    hall.call("social-insurance", 1)
    hall.call("social-insurance", 2)
    until(lambda: len(hall.orders("east")) == 1, "one is spoken")
    hall.clock.ahead = timedelta(seconds=61)
    until(lambda: hall.reasons()["east"] == "overdue", "it is told")
    assert len(hall.orders("east")) == 1


def test_a_text_that_cannot_be_made_into_speech_is_told_to_the_leader(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(text: str, language: str, settings: Settings) -> str:
        raise SynthesisError("no voice")

    monkeypatch.setattr(words, "typed_clip", failing)
    hall.announce("请大家从东门离开")
    until(lambda: hall.reasons() == {"east": "unspeakable", "west": "unspeakable"}, "it is told")


def test_a_process_without_the_hall_says_nothing_and_knows_what_the_other_has_begun_when_it_takes_over(
    hall: Hall,
) -> None:
    other = Seat(hall.engine, lost=True)
    standby = hall.new_speakers(other)
    standby.start()
    hall.call("social-insurance", 1)
    until(lambda: len(hall.orders("east")) == 1, "it is given out")
    hall.outlets["east"].hear()
    until((Path(hall.live.now.server.data) / "spoken.json").is_file, "it is written down")
    hall.call("social-insurance", 2)
    until(lambda: len(hall.orders("east")) == 2, "it is given out")
    owner = hall.outlets["east"]
    assert owner.dropped == 0
    hall.seat.lost = True
    until(lambda: owner.dropped > 0, "what has not begun is taken back")
    assert hall.outlets["east"] is owner
    other.lost = False
    until(lambda: hall.outlets["east"] is not owner and len(hall.orders("east")) == 1, "the standby speaks")
    assert hall.orders("east") == ["请A零零二号到二号窗口办理"]
    standby.stop()


def test_what_was_begun_is_not_begun_again_after_a_restart(hall: Hall) -> None:
    hall.call("social-insurance", 1)
    until(lambda: len(hall.orders("east")) == 1, "it is spoken")
    hall.outlets["east"].tell(Report(hall.outlets["east"].orders[0].id, "began"))
    memory = Path(hall.live.now.server.data) / "spoken.json"
    until(memory.is_file, "it is written down")
    hall.speakers.stop()
    hall.speakers = hall.new_speakers()
    hall.speakers.start()
    hall.call("residence", 4)
    until(lambda: len(hall.orders("west")) == 1, "the next call is spoken")
    assert hall.orders("east") == []


def test_a_speaker_that_moves_has_a_new_outlet_and_the_old_one_is_stopped(hall: Hall) -> None:
    until(lambda: len(hall.outlets) == 2, "the speakers are there")
    before = hall.outlets["east"]
    east, west = hall.live.now.speakers
    moved = east.model_copy(update={"at": "alsa://other"})
    hall.live.replace(hall.live.now.model_copy(update={"speakers": (moved, west)}))
    until(lambda: hall.outlets["east"] is not before, "it has moved")
    assert before.stopped
    assert not hall.outlets["west"].stopped
    hall.live.replace(hall.live.now.model_copy(update={"speakers": (west,)}))
    until(lambda: hall.outlets["east"].stopped, "it is gone")
    assert [state["id"] for state in hall.speakers.states()] == ["west"]


def test_what_a_speaker_has_begun_when_it_moves_is_not_begun_again_elsewhere(hall: Hall) -> None:
    hall.call("social-insurance", 1)
    until(lambda: len(hall.orders("east")) == 1, "it is given out")
    before = hall.outlets["east"]
    before.tell(Report(before.orders[0].id, "began"))
    east, west = hall.live.now.speakers
    hall.live.replace(
        hall.live.now.model_copy(update={"speakers": (east.model_copy(update={"at": "alsa://other"}), west)})
    )
    hall.call("social-insurance", 2)
    until(lambda: hall.outlets["east"] is not before, "it has moved")
    until(lambda: len(hall.orders("east")) == 1, "the next one is spoken")
    assert hall.orders("east") == ["请A零零二号到二号窗口办理"]


def test_what_a_speaker_has_not_begun_when_it_moves_is_spoken_elsewhere(hall: Hall) -> None:
    hall.call("social-insurance", 1)
    until(lambda: len(hall.orders("east")) == 1, "it is given out")
    before = hall.outlets["east"]
    east, west = hall.live.now.speakers
    hall.live.replace(
        hall.live.now.model_copy(update={"speakers": (east.model_copy(update={"at": "alsa://other"}), west)})
    )
    until(lambda: hall.outlets["east"] is not before and len(hall.orders("east")) == 1, "it is given out there")
    assert hall.orders("east") == [order.text for order in before.orders]


def test_a_call_that_is_answered_is_taken_back_from_the_outlet(hall: Hall) -> None:
    hall.call("social-insurance", 1)
    until(lambda: len(hall.orders("east")) == 1, "it is given out")
    hall.engine.do(Start(1, CHEN.username))
    until(lambda: hall.outlets["east"].dropped > 0, "it is dropped")
