"""What an agent has to say survives its death, a full disk and a network that loses answers: each thing once."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gevent
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.device.outbox import Outbox
from server.device.server_link import ServerAway, ServerLink
from server.device.uplink import Uplink
from server.engine.errors import WriteRefused
from server.hall.errors import UnknownPrintJob
from server.messages.letters import LettersIn
from server.web.letters import take_in

PATIENCE = 20.0


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    made = Outbox(tmp_path)
    yield made
    made.close()


def said(outbox: Outbox) -> list[Any]:
    return [letter.body["n"] for letter in outbox.waiting()]


def after_a_kill(folder: Path) -> list[Any]:
    """What a new process would find on the disk at this moment."""
    copy = shutil.copytree(folder, folder.with_name(f"{folder.name}-{secrets.token_hex(4)}"))
    found = Outbox(copy)
    found.close()
    return said(found)


def test_what_was_put_in_is_found_again_in_its_order(outbox: Outbox, tmp_path: Path) -> None:
    for n in range(5):
        outbox.put({"n": n})
    assert after_a_kill(tmp_path) == [0, 1, 2, 3, 4]


def test_what_was_acknowledged_is_not_told_again(outbox: Outbox, tmp_path: Path) -> None:
    for n in range(5):
        outbox.put({"n": n})
    outbox.acknowledge(outbox.waiting()[2].seq)
    assert said(outbox) == after_a_kill(tmp_path) == [3, 4]
    outbox.acknowledge(outbox.waiting()[-1].seq)
    assert (after_a_kill(tmp_path), outbox.wait(0)) == ([], False)


def test_a_letter_keeps_its_id_and_no_two_have_the_same(outbox: Outbox, tmp_path: Path) -> None:
    outbox.put({"n": 1})
    (before,) = outbox.waiting()
    again = Outbox(tmp_path)
    again.put({"n": 2})
    kept, fresh = again.waiting()
    again.close()
    assert (kept, fresh.id != kept.id, fresh.seq > kept.seq) == (before, True, True)


@settings(deadline=None, max_examples=40)  # it waits for the disk
@given(cut=st.integers(min_value=0, max_value=2000))
def test_power_that_goes_in_the_middle_of_a_line_costs_that_line_alone(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    folder = tmp_path_factory.mktemp("outbox")
    whole = Outbox(folder)
    for n in range(3):
        whole.put({"n": n})
    whole.close()
    (file,) = folder.iterdir()
    content = file.read_bytes()
    length = cut % (len(content) + 1)
    file.write_bytes(content[:length])
    # A line is whole also when only its end is missing.
    whole_lines = sum(length >= len(content[: end - 1]) for end in ends(content))
    found = Outbox(folder)
    assert said(found) == list(range(whole_lines))
    found.put({"n": 9})
    found.close()
    assert after_a_kill(folder) == [*range(whole_lines), 9]


def ends(content: bytes) -> list[int]:
    """Where each line ends, its line break included."""
    return [index + 1 for index, byte in enumerate(content) if byte == 0x0A]


def test_on_a_full_disk_it_is_still_said(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    outbox.close()  # whatever is written now fails
    outbox.put({"n": 1})
    assert said(outbox) == [1]


def test_a_file_that_has_become_long_starts_anew_once_all_is_told(outbox: Outbox, tmp_path: Path) -> None:
    for _ in range(3):
        outbox.put({"n": "x" * 100_000})
    outbox.acknowledge(outbox.waiting()[-1].seq)
    outbox.put({"n": 1})
    assert (tmp_path / "outbox.jsonl").stat().st_size < 1000
    assert after_a_kill(tmp_path) == [1]


class Server(ServerLink):
    """Does what each letter says, once for each key; loses every second answer, and is away at first."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:9", "x" * 16)
        self.calls = 0
        self.done: dict[str, Any] = {}

    def call(self, path: str, body: dict[str, Any], timeout: float) -> dict[str, Any]:
        assert path == "agent/things/letters"
        self.calls += 1
        if self.calls == 1:
            raise ServerAway("off")
        taken = take_in(LettersIn.model_validate_json(json.dumps(body)), "agent:east", self._take)
        if self.calls % 2 == 0:
            raise ServerAway("answer lost")
        return taken.model_dump()

    def _take(self, body: dict[str, Any], key: str) -> None:
        self.done.setdefault(key, body["n"])


def test_every_letter_has_its_effect_once_and_in_order_however_often_answers_get_lost(outbox: Outbox) -> None:
    server = Server()
    uplink = Uplink(server, outbox, "agent/things/letters")
    uplink.start()
    for n in range(250):
        outbox.put({"n": n})
    with gevent.Timeout(PATIENCE):
        while outbox.waiting():
            gevent.sleep(0.01)
    uplink.stop()
    assert list(server.done.values()) == list(range(250))


def letters(count: int) -> LettersIn:
    return LettersIn.model_validate(
        {"letters": [{"seq": seq, "id": f"{seq:08x}", "body": {"n": seq}} for seq in range(1, count + 1)]}
    )


def test_what_the_hall_refuses_holds_up_nothing_behind_it() -> None:
    done: list[int] = []

    def take(body: dict[str, Any], key: str) -> None:
        if body["n"] == 2:
            raise UnknownPrintJob(job="2")
        done.append(body["n"])

    assert (take_in(letters(3), "agent:east", take).acknowledged, done) == (3, [1, 3])


def test_what_could_not_be_written_is_not_acknowledged() -> None:
    def take(body: dict[str, Any], key: str) -> None:
        if body["n"] >= first:
            raise WriteRefused

    first = 3
    assert take_in(letters(4), "agent:east", take).acknowledged == 2
    first = 1
    with pytest.raises(WriteRefused):
        take_in(letters(4), "agent:east", take)


def test_a_letter_is_forced_onto_the_disk_before_anybody_may_send_it(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut takes what the system has not written yet; a killed process, as in the tests above, loses nothing."""
    forced: list[list[Any]] = []
    really = os.fsync

    def watched(fd: int) -> None:
        really(fd)
        forced.append(said(outbox))  # what may be sent at this moment

    monkeypatch.setattr(os, "fsync", watched)
    for n in (1, 2):
        outbox.put({"n": n})
    assert forced == [[], [1]]
