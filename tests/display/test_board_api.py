"""The board over HTTP, the screen's page and its recordings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import requests
from hall_server import PATIENCE, HallServer, StartHall


def get(hall: HallServer, path: str, **more: Any) -> requests.Response:
    """As a stranger: no session, no device."""
    return requests.get(f"{hall.base}{path}", timeout=PATIENCE, **more)


def test_anybody_may_read_the_board(hall: HallServer, call: Callable[[str, int], str]) -> None:
    before = get(hall, "/api/v1/board/hall").json()
    call("social-insurance", 3)
    answer = get(hall, "/api/v1/board/hall")
    assert answer.headers["Cache-Control"] == "no-store"
    board = answer.json()
    assert (board["call"]["number"], board["call"]["window"]) == ("A001", 3)
    assert [(call["number"], call["window"]) for call in board["fresh"]] == [("A001", 3)]
    assert board["seq"] > before["seq"]


def test_the_board_says_nothing_of_clerks_or_citizens(hall: HallServer, call: Callable[[str, int], str]) -> None:
    call("social-insurance", 3)
    text = get(hall, "/api/v1/board/hall").text
    token = hall.call_api("GET", "windows/3").json()["ticket"]["id"]
    assert "chen" not in text
    assert "陈晓兰" not in text
    assert token not in text


def test_a_screen_that_is_not_there_is_not_found(hall: HallServer) -> None:
    assert get(hall, "/api/v1/board/attic").json()["error"]["code"] == "not_found"
    assert get(hall, "/display/attic", headers=hall.device("display")).status_code == 404


def test_only_a_registered_screen_gets_the_page(hall: HallServer) -> None:
    assert get(hall, "/display/hall").status_code == 401
    assert get(hall, "/display/hall", headers=hall.device("kiosk")).status_code == 401
    assert get(hall, "/display/hall", headers=hall.device("display")).status_code == 200


def test_recordings_are_kept_by_the_browser_and_nothing_else_can_be_fetched(hall: HallServer) -> None:
    clip = get(hall, "/voice/clips/zh/qing.wav?v=1")
    assert (clip.status_code, clip.headers["Content-Type"]) == (200, "audio/wav")
    assert clip.content.startswith(b"RIFF")
    assert "max-age=31536000" in clip.headers["Cache-Control"]
    assert "immutable" in clip.headers["Cache-Control"]
    assert get(hall, "/voice/clips/chime.wav").status_code == 200
    for path in ("zh/nobody.wav", "..%2f..%2fpyproject.wav", "zh/qing.py"):
        assert get(hall, f"/voice/clips/{path}").status_code == 404


def test_a_halls_own_recording_is_heard_in_place_of_the_default(start_hall: StartHall, tmp_path: Any) -> None:
    own = tmp_path / "voice"
    (own / "zh").mkdir(parents=True)
    recording = b"RIFF\x2c\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x22\x56\0\0\x44\xac\0\0\2\0\x10\0data\x08\0\0\0" + bytes(8)
    (own / "zh" / "qing.wav").write_bytes(recording)
    hall = start_hall(voice={"recordings": str(own)})
    assert get(hall, "/voice/clips/zh/qing.wav").content == recording
    assert get(hall, "/voice/clips/zh/hao.wav").content != recording
