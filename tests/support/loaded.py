"""`jiaohao` commands as processes that need not load the program: it is loaded once for the whole run, and forked.

They are processes like any other, with memory, descriptors and a death of their own. What must be seen to load by
itself is started by tests/support/demo_process.py, and what the environment changes while it loads by command.py there.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

_PROGRAM = Path(__file__).parent / "loaded_program.py"
_ROOT = Path(__file__).parents[2]
_LONGEST = 4096


class LoadedProcess:
    """A command under way, with what the tests need of `subprocess.Popen`.

    The first word is a `jiaohao` command or a Python file. `stdin`, `stdout`, `stderr`: descriptors, this process's own
    without.
    """

    def __init__(
        self,
        *words: str,
        environment: dict[str, str] | None = None,
        stdin: int = 0,
        stdout: int = 1,
        stderr: int = 2,
    ) -> None:
        self.returncode: int | None = None
        order = {"words": words, "cwd": str(_ROOT), "environment": os.environ | (environment or {})}
        self.pid: int = _program().ask(order, (stdin, stdout, stderr))["pid"]
        # Opened before anybody can have waited for it: the number is no other process's yet.
        self._ended = os.pidfd_open(self.pid)

    def poll(self) -> int | None:
        return self._await(0)

    def wait(self, timeout: float | None = None) -> int:
        code = self._await(timeout)
        if code is None:
            raise subprocess.TimeoutExpired("jiaohao", timeout or 0)
        return code

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            signal.pidfd_send_signal(self._ended, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _await(self, timeout: float | None) -> int | None:
        if self.returncode is None and select.select([self._ended], [], [], timeout)[0]:
            self.returncode = _program().ask({"wait": self.pid})["code"]
            os.close(self._ended)
        return self.returncode


def run_loaded(
    *words: str, timeout: float, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A command run to its end, what it said, and its exit code."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = LoadedProcess(*words, environment=environment, stdout=out.fileno(), stderr=err.fileno())
        code = process.wait(timeout)
        said = []
        for file in (out, err):
            file.seek(0)
            said.append(file.read().decode())
    return subprocess.CompletedProcess(list(words), code, *said)


class _Program:
    """The process that has the program loaded."""

    def __init__(self) -> None:
        self._told, its_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._one_at_a_time = threading.Lock()
        with its_end:
            number = its_end.fileno()
            self._process = subprocess.Popen(
                [sys.executable, str(_PROGRAM), str(number)],
                cwd=_ROOT,
                env=os.environ | {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"},
                pass_fds=[number],
            )

    def ask(self, order: dict[str, Any], descriptors: Sequence[int] = ()) -> dict[str, Any]:
        with self._one_at_a_time:
            socket.send_fds(self._told, [json.dumps(order).encode()], list(descriptors))
            answer: dict[str, Any] = json.loads(self._told.recv(_LONGEST))
        return answer

    def end(self) -> None:
        self._told.close()
        self._process.wait()


@cache
def _program() -> _Program:
    program = _Program()
    atexit.register(program.end)
    return program
