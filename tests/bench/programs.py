"""The benchmark's own processes: started, asked, and ended by their ids."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def run(program: str, *words: object) -> str:
    """What a program of this folder printed."""
    done = subprocess.run(
        [sys.executable, str(HERE / program), *map(str, words)], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


@contextmanager
def running(*command: object) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A process that says one line when it is ready, and that line."""
    process = subprocess.Popen([sys.executable, *map(str, command)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, f"{command} ended before it was ready"
    try:
        yield process, line
    finally:
        process.kill()
        process.wait()


def cpu_seconds(pid: int) -> float:
    """What a process's threads have used of the processor so far, to the nanosecond."""
    used = 0
    for thread in Path(f"/proc/{pid}/task").iterdir():
        used += int((thread / "schedstat").read_text(encoding="ascii").split()[0])
    return used / 1e9
