"""`hall_process` from the outside: ask it, freeze it, kill it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from morning import MORNING

ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).with_name("hall_process.py")
PATIENCE = 20


class ChildHall:
    """One process that wants to own the hall. `ttl`: the lease's life on PostgreSQL, in seconds."""

    def __init__(self, url: str, ttl: float = 4.0) -> None:
        path = os.pathsep.join([str(ROOT), str(PROGRAM.parent)])
        self.process = subprocess.Popen(
            [sys.executable, str(PROGRAM), url, str(ttl), MORNING],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )

    def tell(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def hear(self) -> Any:
        """Its next line; None when it was killed in the middle of one."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        return json.loads(line) if line.endswith(b"\n") else None

    def ask(self, line: str) -> Any:
        self.tell(line)
        return self.hear()

    def wait_for_role(self, role: str) -> float:
        """Seconds until it has the role."""
        start = time.monotonic()
        while self.ask("role") != {"role": role}:
            assert time.monotonic() < start + PATIENCE, f"it did not become {role}"
            time.sleep(0.02)
        return time.monotonic() - start

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """Without warning, frozen or not."""
        self.process.kill()
        self.process.wait()


StartChild = Callable[..., ChildHall]
