"""Calls of a real hall, heard on the sound card of the server and on that of an agent's PC."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from agent_process import AgentProcess
from hall_server import HallServer
from sound_card import RATE, SoundCard
from waiting import wait_until

from display.voice import announcement
from server.voice.sound import write_wav

LEVEL = 300


class Recorded:
    """A voice whose every clip is one value for a twentieth of a second: a card's samples tell the words."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._values: dict[str, int] = {}

    def record(self, *clips: str) -> None:
        for clip in clips:
            if clip not in self._values:
                self._values[clip] = LEVEL * (len(self._values) + 1)
                file = self._folder / f"{clip}.wav"
                file.parent.mkdir(parents=True, exist_ok=True)
                write_wav(file, [self._values[clip] / 32767] * (RATE // 20), RATE)

    def words(self, card: SoundCard) -> list[str]:
        clips = {value: clip for clip, value in self._values.items()}
        samples = card.samples
        rising = [now for before, now in zip([0, *samples], samples, strict=False) if now and before != now]
        return [clips[value] for value in rising]


@pytest.fixture
def hall_at(tmp_path: Path) -> Iterator[Any]:
    """`hall_at(place)`: (server, card, recorded) with the hall's voice there."""
    started: list[HallServer | AgentProcess] = []
    card = SoundCard(tmp_path / "card")

    def start(place: str) -> tuple[HallServer, SoundCard, Recorded]:
        (tmp_path / "hall").mkdir()
        recorded = Recorded(tmp_path / "voice")
        speaker = {"id": "hall", "name": "大厅广播", "at": place}
        voice = {"languages": ["zh"], "repeats": 2, "recordings": str(tmp_path / "voice")}
        hall = HallServer(tmp_path / "hall", speakers=[speaker], voice=voice)
        hall.environment = {"ALSA_CONFIG_PATH": str(card.config)}
        started.append(hall)
        hall.start()
        hall.login()
        return hall, card, recorded

    yield start
    for process in started:
        process.kill()
    card.close()


def state_of(hall: HallServer) -> tuple[str, str | None]:
    devices = hall.call_api("GET", "hall").json()["devices"]
    return next((device["state"], device["reason"]) for device in devices if device["kind"] == "speaker")


def call(hall: HallServer, recorded: Recorded) -> list[str]:
    """Calls a new number to window 1; the clips of its announcement, bells first."""
    hall.open(1)
    number = hall.issue("general")["number"]
    clips = ["chime", *announcement(number, 1).clips]
    recorded.record(*clips)
    hall.post("windows/1/call-next")
    return clips


def test_on_a_card_of_the_server(hall_at: Any) -> None:
    hall, card, recorded = hall_at("alsa://hall")
    wait_until(lambda: state_of(hall) == ("ready", None), "the card is ready")
    clips = call(hall, recorded)
    said = clips + clips[1:]
    wait_until(lambda: len(recorded.words(card)) >= len(said), "it has been called twice")
    assert recorded.words(card) == said


def test_on_the_card_of_an_agents_pc(hall_at: Any, tmp_path: Path) -> None:
    hall, card, recorded = hall_at("agent://east")
    token = hall.run("device", "add", "--kind", "agent", "--place", "east").strip()
    agent = AgentProcess(tmp_path / "east", hall.base, token, {})
    content = yaml.safe_load(agent.config.read_text(encoding="utf-8"))
    agent.config.write_text(
        yaml.safe_dump(content | {"printers": {}, "speakers": {"hall": {"device": "hall"}}}), encoding="utf-8"
    )
    agent.environment = {"ALSA_CONFIG_PATH": str(card.config)}
    try:
        wait_until(lambda: state_of(hall) == ("offline", "not_connected"), "nobody is there yet")
        agent.connect()
        wait_until(lambda: state_of(hall) == ("ready", None), "the agent is there")
        clips = call(hall, recorded)
        said = clips + clips[1:]
        wait_until(lambda: len(recorded.words(card)) >= len(said), "it has been called twice")
        assert recorded.words(card) == said
        card.unplug()
        wait_until(lambda: state_of(hall) == ("blocked", "no_sound_card"), "the leader sees that it is gone")
    finally:
        agent.kill()
