"""`jiaohao` as whoever sets a hall up runs it: what it says, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from hall_server import ROOT, sample_config
from loaded import run_loaded

_PATIENCE = 60
_READ_AT_LOADING = {"PYTHONPATH", "TMPDIR"}


def jiaohao(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    if not environment.keys() & _READ_AT_LOADING:
        return run_loaded(*words, timeout=_PATIENCE, environment=environment)
    return subprocess.run(
        [sys.executable, "-m", "server.cli", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
    )


def refusal(*words: str, **environment: str) -> str:
    """The one line with which the command is refused."""
    done = jiaohao(*words, **environment)
    assert done.returncode == 2, done
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


def write_config(folder: Path, change: Callable[[dict[str, Any]], object] = lambda settings: None) -> Path:
    """The sample's hall without devices of its own, with its data in the folder's `data`, and changed as wished."""
    settings = sample_config()
    data = folder / "data"
    settings["pads"] = settings["keypads"] = settings["strips"] = []
    del settings["kiosks"][0]["printer"]
    settings["server"].update(port=0, data=str(data), database=f"sqlite:///{data / 'hall.db'}")
    change(settings)
    file = folder / "config.yaml"
    file.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    return file
