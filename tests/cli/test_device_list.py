"""`jiaohao device list` on this machine, whatever is plugged into it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from command import jiaohao
from cups_server import CupsServer


@pytest.fixture
def cups() -> Iterator[CupsServer]:
    server = CupsServer()
    yield server
    server.remove()


def test_it_shows_what_is_there_with_its_address(cups: CupsServer) -> None:
    cups.add_queue("tickets", 9100)
    done = jiaohao("device", "list", **cups.environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "cups    cups://tickets" in done.stdout.splitlines()
    assert {line.split()[0] for line in done.stdout.splitlines()} <= {"serial", "input", "usb", "file", "sound", "cups"}


def test_it_shows_the_sound_cards(tmp_path: Path) -> None:
    config = tmp_path / "asound.conf"
    config.write_text(
        'pcm.hall { type null hint { show on description "Hall amplifier" } }\n'
        'pcm.null { type null hint { show on description "Nothing" } }\n',
        encoding="ascii",
    )
    done = jiaohao("device", "list", ALSA_CONFIG_PATH=str(config))
    assert [line for line in done.stdout.splitlines() if line.startswith("sound")] == [
        "sound   alsa://hall  Hall amplifier"
    ]


def test_it_says_what_it_could_not_look_at(tmp_path: Path) -> None:
    done = jiaohao("device", "list", CUPS_SERVER=str(tmp_path / "cups.sock"))
    assert done.returncode == 0
    assert done.stderr.startswith(f"warning: no scheduler of CUPS is running at {tmp_path}/cups.sock")
    assert done.stderr.endswith("apt-get install cups\n")
