"""Every number by which a keypad says why is in the clerk's handbook."""

from __future__ import annotations

import re

import pytest
from hall_server import ROOT

from counter.keypad.troubles import Trouble


@pytest.mark.parametrize("page", ["clerk.md", "clerk.zh-CN.md"])
def test_the_handbook_has_each(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d[\d,、 ]*) \|.*?\| (\d[\d,、 ]*) \|", text, re.MULTILINE)
    told = sorted(int(code) for row in rows for cell in row for code in re.findall(r"\d+", cell))
    assert told == sorted(Trouble)
