"""The benchmark gives every figure. How large they are is for `make bench` on a quiet machine, not for a test."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).with_name("run.py")
FIGURES = {"engine": 4, "web": 4, "paper": 5, "rate": 1, "pads": 6, "keypad": 3, "wait": 39, "report": 4}


@pytest.mark.parametrize("area", FIGURES)
def test_every_figure_comes_out(area: str) -> None:
    done = subprocess.run(
        [sys.executable, str(BENCH), "--quick", "--json", area], check=True, stdout=subprocess.PIPE, text=True
    )
    figures = json.loads(done.stdout.splitlines()[-1])
    assert len(figures) == FIGURES[area]
    assert all(figure["value"] > 0 and figure["unit"] for figure in figures)
