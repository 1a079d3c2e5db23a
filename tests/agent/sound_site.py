"""A hall that speaks on the sound card of another PC: its server, the line to it, the agent there, and the card."""

from __future__ import annotations

from array import array
from pathlib import Path

import yaml
from agent_process import AgentProcess, Line
from hall_server import HallServer
from sound_card import SoundCard
from speaking_process import SpeakingServer
from waiting import wait_until

from server.voice.sound import write_wav

RATE = 48_000
CLIPS = ("zh/qing", "zh/hao", "zh/dao", "zh/banli")
LEVEL = 500
LONG = "zh/banli"
"""It sounds for two seconds, the others for a tenth."""


class SoundSite:
    """The speaker `east` is on the agent's card, `annex` on none of it, `west` at an agent that is switched off."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "hall").mkdir()
        self.recordings = folder / "recordings"
        for name in CLIPS:
            self.record(name, LEVEL * (CLIPS.index(name) + 1))
        speakers = [
            {"id": "east", "name": "East", "at": "agent://east"},
            {"id": "annex", "name": "Annex", "at": "agent://east"},
            {"id": "west", "name": "West", "at": "agent://west"},
        ]
        voice = {"recordings": str(self.recordings)}
        self.settings = HallServer(folder / "hall", speakers=speakers, voice=voice)
        self.token = self.settings.run("device", "add", "--kind", "agent", "--place", "east").strip()
        self.server = SpeakingServer(self.settings.config)
        self.server.start()
        self.line = Line(self.settings.port)
        self.card = SoundCard(folder / "card")
        self.agent = self.new_agent("east")
        self.agent.connect()

    def record(self, name: str, value: int) -> None:
        """A recording of the hall: one value all along."""
        file = self.recordings / f"{name}.wav"
        file.parent.mkdir(parents=True, exist_ok=True)
        write_wav(file, [value / 32767] * (2 * RATE if name == LONG else RATE // 10), RATE)

    def new_agent(self, folder: str) -> AgentProcess:
        agent = AgentProcess(self.folder / folder, self.line.base, self.token, {})
        content = yaml.safe_load(agent.config.read_text(encoding="utf-8"))
        content |= {"speakers": {"east": {"device": "hall"}}}
        del content["printers"]
        agent.config.write_text(yaml.safe_dump(content), encoding="utf-8")
        agent.environment = {"ALSA_CONFIG_PATH": str(self.card.config)}
        return agent

    def becomes(self, state: str, reason: str | None, speaker: str = "east") -> None:
        wait_until(lambda: self.server.condition(speaker) == (state, reason), f"{speaker} is {state}, {reason}")

    def play(self, order: str, *clips: str, pause: float = 0.0, speaker: str = "east") -> None:
        self.server.tell(speaker, "play", order, ",".join(clips), str(pause))

    def until(self, order: str, phase: str) -> None:
        wait_until(lambda: phase in [said for said, _ in self.server.said_of(order)], f"{order} has {phase}")

    def end_of(self, order: str) -> tuple[str, str | None]:
        """Its last report."""
        ends = ("ended", "failed")
        wait_until(lambda: any(phase in ends for phase, _ in self.server.said_of(order)), f"{order} is over")
        return self.server.said_of(order)[-1]

    def heard(self) -> list[int]:
        """The values that sounded since the card was cleared, each for as long as it lasts; silence left out."""
        self._settle()
        samples = self.card.samples
        values: list[int] = []
        last = 0
        for value in samples:
            if value != last and value:
                values.append(value)
            last = value
        return values

    def whole(self, value: int, seconds: float) -> bool:
        """Whether all of this sound was heard."""
        self._settle()
        samples: array[int] = self.card.samples
        return samples.count(value) == round(seconds * RATE)

    def close(self) -> None:
        self.agent.kill()
        self.line.close()
        self.server.kill()
        self.card.close()

    def _settle(self) -> None:
        """Until the card has sounded what it was given."""
        seen = -1

        def is_quiet() -> bool:
            nonlocal seen
            before, seen = seen, len(self.card.taken)
            return before == seen

        wait_until(is_quiet, "the card is quiet", every=0.15)
