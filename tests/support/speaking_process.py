"""The server's end of speakers that are no pages, as a process, and what it told of its orders."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from hall_server import ROOT
from waiting import wait_until


class SpeakingServer:
    """tests/support/speaking_server.py as a process that can be killed and started again on the same port."""

    def __init__(self, config: Path, **environment: str) -> None:
        self._config = config
        self._environment = environment
        self.lines: list[dict[str, Any]] = []
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self.lines = []
        program = ROOT / "tests/support/speaking_server.py"
        self.process = subprocess.Popen(
            [sys.executable, str(program), str(self._config)],
            cwd=ROOT,
            env=os.environ | self._environment,
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
