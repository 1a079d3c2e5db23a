"""What a window's PC still knows of its pads after it was switched off: all of it as it was, or nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.outpost import RemoteDesk
from evaluator.pad_memory import Known, PadMemory, Told
from evaluator.session import Showing, Sign
from evaluator.wire import Goal
from server.config.devices import PadSettings
from server.device.durable import checked, content
from server.device.outbox import Outbox

EAST = "east at http://192.168.1.10:8000"
PADS = [
    PadSettings(window=3, link="agent://east", address=0x83, keys={3: 5, 2: 4}),
    PadSettings(window=4, link="agent://east", dialect="hid_keys", keys={76: 5}),
]
ASK, PAUSED = Showing(Sign.ASK, "one", clerk="陈晓兰"), Showing(Sign.PAUSED)
DAY = 24 * 3600


def asked(outbox: Outbox, lasts: float = DAY) -> RemoteDesk:
    """Window 3's pad asks, and window 4's is paused."""
    desk = RemoteDesk(outbox)
    desk.take({3: Goal(showing=ASK, lasts=lasts), 4: Goal(showing=PAUSED)})
    return desk


def kept(folder: Path, told: dict[int, Told]) -> Known:
    """Written by one life of the agent, and read by the next one."""
    PadMemory(folder, EAST).write(PADS, told)
    known = PadMemory(folder, EAST).read()
    assert known is not None
    return known


def test_the_next_life_shows_what_the_last_one_did(outbox: Outbox, tmp_path: Path) -> None:
    known = kept(tmp_path, asked(outbox).told)
    desk = RemoteDesk(outbox)
    (left,) = desk.recall(known)
    assert known.pads == PADS
    assert (desk.wanted(3), desk.wanted(4)) == (ASK, PAUSED)
    assert DAY - 60 < left <= DAY


def test_an_invitation_that_is_over_by_then_is_not_made_again(outbox: Outbox, tmp_path: Path) -> None:
    desk = RemoteDesk(outbox)
    assert desk.recall(kept(tmp_path, asked(outbox, lasts=0).told)) == [0.0]
    assert desk.wanted(3) == Showing(Sign.IDLE, clerk="陈晓兰")


def test_after_the_pc_was_started_anew_nobody_is_asked_until_the_server_says_so(outbox: Outbox, tmp_path: Path) -> None:
    desk = RemoteDesk(outbox)
    assert desk.recall(kept(tmp_path, asked(outbox).told).model_copy(update={"boot": "b" * 36})) == []
    assert (desk.wanted(3), desk.wanted(4)) == (Showing(Sign.IDLE), Showing(Sign.IDLE))
    assert desk.take({3: Goal(showing=ASK, lasts=20)}) == [20]
    assert desk.wanted(3) == ASK


def test_a_pc_that_was_never_told_anything_knows_nothing(tmp_path: Path) -> None:
    assert PadMemory(tmp_path, EAST).read() is None


def test_what_another_server_said_is_not_believed(outbox: Outbox, tmp_path: Path) -> None:
    kept(tmp_path, asked(outbox).told)
    assert PadMemory(tmp_path, "east at http://192.168.1.11:8000").read() is None


@pytest.mark.parametrize("change", [('"format":1', '"format":0'), ('"hid_keys"', '"of_old"'), ('"boot"', '"start"')])
def test_what_another_version_wrote_is_as_if_unknown(outbox: Outbox, tmp_path: Path, change: tuple[str, str]) -> None:
    kept(tmp_path, asked(outbox).told)
    (file,) = tmp_path.glob("known*")
    line = content(file.read_bytes().rstrip(b"\n")).decode()
    assert change[0] in line
    file.write_bytes(checked(line.replace(*change)))
    assert PadMemory(tmp_path, EAST).read() is None


@pytest.fixture(scope="module")
def whole_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A file that can be read, and what is in it."""
    folder = tmp_path_factory.mktemp("known")
    kept(folder, {3: Told(showing=ASK, until=1.5)})
    (file,) = folder.glob("known*")
    return file, file.read_bytes()


@given(st.data())
def test_a_file_that_is_torn_or_spoilt_is_as_if_unknown(whole_file: tuple[Path, bytes], data: st.DataObject) -> None:
    file, whole = whole_file
    at = data.draw(st.integers(0, len(whole) - 2), "where")
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[at]), "byte")
    for spoilt in (whole[:at], whole[:at] + bytes([other]) + whole[at + 1 :], whole[at + 1 :], whole + whole):
        file.write_bytes(spoilt)
        assert PadMemory(file.parent, EAST).read() is None


def test_the_old_is_there_until_the_new_is_on_the_disk(
    outbox: Outbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept(tmp_path, asked(outbox).told)
    memory, forced, really = PadMemory(tmp_path, EAST), list[Known | None](), os.fsync

    def watched(fd: int) -> None:
        really(fd)
        forced.append(PadMemory(tmp_path, EAST).read())

    monkeypatch.setattr(os, "fsync", watched)
    memory.write(PADS[:1], {})
    after = memory.read()
    assert after is not None
    assert after.pads == PADS[:1]
    assert forced == [before, after]  # its bytes, and then its name
    memory.write(PADS[:1], {})
    assert len(forced) == 2


def test_a_disk_that_takes_nothing_does_not_keep_the_pads_from_working(tmp_path: Path) -> None:
    memory = PadMemory(tmp_path / "gone", EAST)
    memory.write(PADS, {})
    assert memory.read() is None
    (tmp_path / "gone").mkdir()
    memory.write(PADS, {})
    assert memory.read() is not None
