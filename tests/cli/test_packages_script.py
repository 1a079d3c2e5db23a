"""`make setup` on a machine where something is missing and nobody may install it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from hall_server import ROOT


def _program(folder: Path, name: str, body: str) -> Path:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{body}\n", encoding="ascii")
    file.chmod(0o755)
    return file


def test_without_sudo_it_says_what_to_ask_for(tmp_path: Path) -> None:
    for needed in ("bash", "ls"):
        (tmp_path / needed).symlink_to(shutil.which(needed) or needed)
    _program(tmp_path, "id", "echo 1000")
    _program(tmp_path, "python3", "exit 0")
    without_venv = _program(tmp_path, "python3.99", "exit 1")
    done = subprocess.run(
        ["bash", ROOT / "scripts/packages.sh", "run", str(without_venv)],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("ask an administrator to run: apt-get install python3-venv")
    assert done.stdout == ""
