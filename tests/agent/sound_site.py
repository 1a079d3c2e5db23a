"""A hall that speaks on the sound card of another PC: its server, the line to it, the agent there, and the card."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from array import array
from pathlib import Path
from typing import Any

import yaml
from agent_process import AgentProcess, Line
from hall_server import ROOT, HallServer
from sound_card import SoundCard
from waiting import wait_until

from server.voice.sound import write_wav

RATE = 48_000
CLIPS = ("zh/qing", "zh/hao", "zh/dao", "zh/banli")
LEVEL = 500
LONG = "zh/banli"
"""It sounds for two seconds, the others for a tenth."""


class SpeakingServer:
    """tests/support/speaking_server.py as a process that can be killed and started again on the same port."""

    def __init__(self, config: Path) -> None:
        self._config = config
        self.lines: list[dict[str, Any]] = []
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self.lines = []
        program = ROOT / "tests/support/speaking_server.py"
        self.process = subprocess.Popen(
            [sys.executable, str(program), str(self._config)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        threading.Thread(target=self._listen, args=(self.process, self.lines), daemon=True).start()
        wait_until(lambda: {"ready": True} in self.lines, "the server is ready", 60.0)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def tell(self, *words: str) -> None:
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()

    def said_of(self, order: str) -> list[tuple[str, str | None]]:
        return [(line["phase"], line["reason"]) for line in list(self.lines) if line.get("order") == order]

    def condition(self, speaker: str) -> tuple[str, str | None]:
        before = len(self._conditions())
        self.tell(speaker, "condition")
        wait_until(lambda: len(self._conditions()) > before, "it says how the speaker is")
        return self._conditions()[before]

    def _conditions(self) -> list[tuple[str, str | None]]:
        return [(line["state"], line["reason"]) for line in list(self.lines) if "state" in line]

    @staticmethod
    def _listen(process: subprocess.Popen[str], lines: list[dict[str, Any]]) -> None:
        assert process.stdout is not None
        lines.extend(json.loads(line) for line in process.stdout)


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
