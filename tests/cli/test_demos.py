"""Two demos in a folder never share devices, and a demo runs whatever the hall has."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command import refusal, write_config
from demo_process import Demo
from hall_server import ROOT


def _empty(settings: dict[str, Any]) -> None:
    settings.update(kiosks=[], pads=[], keypads=[], strips=[], displays=[], speakers=[])


def test_a_second_demo_in_the_folder_is_refused_and_the_firsts_devices_work(tmp_path: Path) -> None:
    first = Demo(tmp_path / "demo")
    first.start()
    try:
        owner = tmp_path / "demo" / "devices" / "owner.pid"
        before = owner.read_text(encoding="ascii")
        line = refusal("demo", "--port", "0", "--data", str(tmp_path / "demo"))
        assert line.startswith(f"a demo is already running in {tmp_path / 'demo'}")
        assert owner.read_text(encoding="ascii") == before
        assert first.pad(3).face == "welcome"
        first.printer(paper_out=True)  # fails unless the printer answers
        for window, shown in ((3, "001_0"), (4, "___001")):
            first.issue({3: "civil-affairs", 4: "residence"}[window])
            keypad = first.keypad(window)
            keypad.type(first.about["codes"]["demo"], "function")
            keypad.wait_for(lambda text: text != "000000")
            keypad.type("", "call")
            keypad.wait_for(lambda text, shown=shown: text == shown)  # type: ignore[misc]
    finally:
        assert first.stop() == 0


@pytest.mark.parametrize("form", ["--json", "for people"])
def test_a_hall_without_kiosks_pads_and_displays_has_a_demo_too(tmp_path: Path, form: str) -> None:
    config = write_config(tmp_path, _empty)
    options = ["--config", str(config), "--port", "0", "--data", str(tmp_path / "demo")]
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "server.cli", "demo", *options, *(["--json"] if form == "--json" else [])],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            lines = [process.stdout.readline()]
            if form == "for people":
                while lines[-1] and "Ctrl-C" not in lines[-1]:
                    lines.append(process.stdout.readline())
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
        finally:
            process.kill()  # else a test that failed would wait for it for ever
    if form == "--json":
        assert set(json.loads(lines[0])["tokens"]) == {"display", "evaluator"}
    else:
        assert not any("/kiosk/" in line or "/display/" in line for line in lines)
        assert any("/evaluator/1?token=" in line for line in lines)
