"""A text pad that is nobody but a shell: the commands of docs/build-a-pad.md, as they stand there."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hall_server import ROOT
from pad_hall import CHEN, WINDOW, PadHall, StartPadHall
from waiting import wait_until

from server.config.devices import PadSettings
from server.hall.commands import FinishTicket
from server.hall.evaluation import Channel

GUIDE = "docs/build-a-pad.md"


def commands(guide: str, folder: Path) -> list[str]:
    """The lines of its shell block, in a folder of the test's own."""
    text = (ROOT / guide).read_text(encoding="utf-8")
    (block,) = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line.replace("/tmp/", f"{folder}/").removesuffix(" &") for line in block.splitlines()]


class Shell:
    """Somebody at a terminal with the guide. `said` is what the hall said to the pad."""

    def __init__(self, folder: Path) -> None:
        self.line, self.listen, self.press = commands(GUIDE, folder)
        self.hand = folder / "hand"
        self._output = folder / "said.txt"
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        self._run(self.line)
        wait_until(self.hand.exists, "the terminal of the hand")
        with self._output.open("wb") as output:
            self._running.append(subprocess.Popen(["sh", "-c", f"exec {self.listen}"], stdout=output))

    def type(self, line: str) -> None:
        subprocess.run(["sh", "-c", line], check=True, timeout=10)

    def said(self) -> list[str]:
        return self._output.read_text(encoding="utf-8").splitlines()

    def stop(self) -> None:
        for running in reversed(self._running):
            running.terminate()
            running.wait(10)

    def _run(self, command: str) -> None:
        self._running.append(subprocess.Popen(["sh", "-c", f"exec {command}"]))


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    made = Shell(tmp_path)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def hall(start_pad_hall: StartPadHall, shell: Shell, tmp_path: Path) -> PadHall:
    device = PadSettings(window=WINDOW, link=str(tmp_path / "pad"), address=1, dialect="text")
    made = start_pad_hall(device=device)
    made.settled()
    return made


def test_a_pad_of_shell_commands_is_asked_pressed_stored_and_acknowledged(hall: PadHall, shell: Shell) -> None:
    hall.until(lambda: "1 welcome" in shell.said())
    ticket = hall.call()
    hall.until(lambda: f"1 number {ticket['number']}" in shell.said())
    hall.engine.do(FinishTicket(WINDOW, CHEN.username))
    hall.until(lambda: "1 ask" in shell.said())
    shell.type("; ".join([shell.press] * 3))
    hall.until(lambda: shell.said().count("1 ack 0") == 3)
    (vote,) = hall.stored("evaluation_voted")
    assert (vote.level, vote.channel, vote.window) == (5, Channel.PAD, WINDOW)
    assert hall.stored("press_ignored") == []
    hall.until(lambda: shell.said()[-1] == "1 welcome")
    hall.pause()
    hall.until(lambda: shell.said()[-1] == "1 pause")
    hall.reopen()
    hall.until(lambda: shell.said()[-1] == "1 resume")


def test_the_guide_in_chinese_has_the_same_commands_and_the_same_program(tmp_path: Path) -> None:
    chinese = "docs/build-a-pad.zh-CN.md"
    assert commands(chinese, tmp_path) == commands(GUIDE, tmp_path)
    programs = [
        re.sub(r"//.*", "", (ROOT / guide).read_text(encoding="utf-8").split("```cpp")[1]) for guide in (GUIDE, chinese)
    ]
    assert programs[0].split("```")[0] == programs[1].split("```")[0]
