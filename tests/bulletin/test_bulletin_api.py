"""What leaders post, roster and announce over HTTP, and what others may not."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
import socketio
from engines import log_of
from hall_server import USERNAME, HallServer, StartHall
from leaders_room import CLERK, ZONES, as_user
from morning import today
from photo_files import picture_file

from server.hall.events import WindowOpened
from server.hall.log import from_row
from server.hall.notice import LONGEST_NOTICE
from server.store import tables
from server.store.database import Database
from server.web.accounts import Accounts
from server.web.picture import LARGEST_FILE

JPEG = {"Content-Type": "image/jpeg"}


def error_of(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def in_hours(hours: float) -> str:
    return (datetime.now(UTC) + timedelta(hours=hours)).isoformat()


def test_notice_is_posted_changed_and_withdrawn(hall: HallServer) -> None:
    posted = hall.post("notices", {"text": " 周五  停电 ", "ends": in_hours(5), "zones": ["east"]})
    assert (posted["text"], posted["state"], posted["zones"], posted["staff"]) == (
        "周五 停电",
        "showing",
        ["east"],
        USERNAME,
    )
    changed = hall.call_api("PUT", f"notices/{posted['id']}", json={"text": "周六停电", "starts": in_hours(3)})
    assert (changed.status_code, changed.json()["state"]) == (200, "coming")
    listed = hall.call_api("GET", "notices").json()
    assert listed["notices"] == [changed.json()]
    assert {"display": "hall", "name": "大厅主屏", "text": "冬季作息 8:00–12:00，14:30–17:30"} in listed["fixed"]
    assert hall.call_api("DELETE", f"notices/{posted['id']}").status_code == 204
    assert hall.call_api("GET", "notices").json()["notices"] == []
    assert error_of(hall.call_api("DELETE", f"notices/{posted['id']}")) == (404, "unknown_notice")


def test_notice_that_has_ended_says_so(hall: HallServer) -> None:
    assert hall.post("notices", {"text": "上午停水", "ends": in_hours(-1)})["state"] == "ended"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"text": ""}, "text_length"),
        ({"text": "长" * (LONGEST_NOTICE + 1)}, "text_length"),
        ({"text": "x", "starts": in_hours(2), "ends": in_hours(1)}, "bad_span"),
        ({"text": "x", "starts": "0001-01-01T00:00:00+14:00"}, "bad_span"),
        ({"text": "x", "starts": "2026-12-01T09:00"}, "bad_input"),
        ({"text": "x", "zones": ["attic"]}, "bad_input"),
        ({"text": "x", "zone": "east"}, "bad_input"),
    ],
)
def test_wrong_notice_is_refused_by_name(hall: HallServer, body: dict[str, Any], code: str) -> None:
    assert error_of(hall.call_api("POST", "notices", json=body)) == (400, code)
    assert hall.call_api("GET", "notices").json()["notices"] == []


def test_unknown_place_is_refused_with_the_fields_name(hall: HallServer) -> None:
    body = {"kind": "general", "text": "x", "zones": ["east", "attic"]}
    (detail,) = hall.call_api("POST", "announcements", json=body).json()["error"]["details"]
    assert detail == "zones.1: there is no zone attic"
    duties = [{"role": "window", "window": 1}, {"role": "window", "window": 77}]
    answer = hall.call_api("PUT", f"roster/{today()}", json={"duties": duties})
    assert answer.status_code == 400
    assert answer.json()["error"]["details"] == ["duties.1.window: there is no window 77"]


def test_button_pressed_twice_posts_once(hall: HallServer) -> None:
    key = {"Idempotency-Key": "one"}
    first, second = (hall.call_api("POST", "notices", json={"text": "一次"}, headers=key) for _ in range(2))
    assert first.json() == second.json()
    assert len(hall.call_api("GET", "notices").json()["notices"]) == 1
    body = {"kind": "general", "text": "下班"}
    made = [hall.call_api("POST", "announcements", json=body, headers=key).json()["id"] for _ in range(2)]
    assert made[0] == made[1]
    assert error_of(hall.call_api("POST", "notices", json={"text": "另一条"}, headers=key)) == (409, "key_reused")


def test_roster_is_set_read_and_removed(hall: HallServer, photo: str) -> None:
    duties = [
        {"role": "leader", "name": " 周明远 ", "post": "副镇长", "phone": "0571-88", "photo": photo},
        {"role": "shift_leader", "name": "沈丽"},
        {"role": "window", "window": 3, "name": "王磊"},
    ]
    day = today() + timedelta(days=7)
    answer = hall.call_api("PUT", f"roster/{day}", json={"duties": duties})
    assert answer.status_code == 200, answer.text
    stands = hall.call_api("GET", f"roster/{day}").json()
    assert stands == answer.json()
    assert stands["duties"][0]["name"] == "周明远"
    assert [duty["photo_url"] for duty in stands["duties"]] == [f"/photos/{photo}", None, None]
    assert hall.call_api("PUT", f"roster/{day}", json={"duties": []}).json() == {
        "day": str(day),
        "revision": 0,
        "duties": [],
    }


@pytest.mark.parametrize(
    ("ahead", "duty", "code"),
    [
        (-1, {"role": "leader", "name": "周"}, "roster_out_of_reach"),
        (400, {"role": "leader", "name": "周"}, "roster_out_of_reach"),
        (0, {"role": "leader", "name": " "}, "duty_unclear"),
        (0, {"role": "window", "name": "周"}, "duty_unclear"),
        (0, {"role": "leader", "name": "长" * 41}, "text_length"),
        (0, {"role": "king", "name": "周"}, "bad_input"),
        (0, {"role": "leader", "name": "周", "photo": "../secret"}, "bad_input"),
        (0, {"role": "leader", "name": "周", "photo": "0" * 32}, "bad_input"),
    ],
)
def test_wrong_roster_is_refused_by_name(hall: HallServer, ahead: int, duty: dict[str, Any], code: str) -> None:
    answer = hall.call_api("PUT", f"roster/{today() + timedelta(days=ahead)}", json={"duties": [duty]})
    assert error_of(answer) == (400, code)


def test_day_that_is_none_is_refused(hall: HallServer) -> None:
    assert error_of(hall.call_api("GET", "roster/tomorrow")) == (400, "bad_input")


def test_announcement_is_made_and_ended(hall: HallServer) -> None:
    body = {"kind": "emergency", "text": "请有序撤离", "zones": ["west"], "times": 5, "minutes": 30}
    made = hall.post("announcements", body)
    assert (made["kind"], made["times"], made["zones"], made["showing"]) == ("emergency", 5, ["west"], True)
    shown = datetime.fromisoformat(made["ends"]) - datetime.fromisoformat(made["at"])
    assert shown == timedelta(minutes=30)
    ended = hall.post(f"announcements/{made['id']}/end")
    assert not ended["showing"]
    assert ended in hall.call_api("GET", "announcements").json()["announcements"]
    assert hall.post(f"announcements/{made['id']}/end") == ended
    assert error_of(hall.call_api("POST", "announcements/none/end")) == (404, "unknown_announcement")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": " "}, "text_length"),
        ({"times": 6}, "announcement_bounds"),
        ({"minutes": 0}, "bad_input"),
        ({"kind": "gossip"}, "bad_input"),
    ],
)
def test_wrong_announcement_is_refused_by_name(hall: HallServer, changes: dict[str, Any], code: str) -> None:
    answer = hall.call_api("POST", "announcements", json={"kind": "general", "text": "下班", **changes})
    assert error_of(answer) == (400, code)


def test_five_announcements_at_once_are_enough(hall: HallServer) -> None:
    body = {"kind": "general", "text": "下班"}
    for _ in range(5):
        hall.post("announcements", body)
    answer = hall.call_api("POST", "announcements", json=body)
    assert error_of(answer) == (409, "too_many_announcements")
    assert "5" in answer.json()["error"]["message"]


def test_photo_is_for_everybody_and_for_ever(hall: HallServer, photo: str) -> None:
    found = requests.get(f"{hall.base}/photos/{photo}", timeout=10)
    assert (found.status_code, found.headers["Content-Type"], found.content[:3]) == (200, "image/jpeg", b"\xff\xd8\xff")
    assert {"public", "immutable", "max-age=31536000"} <= set(found.headers["Cache-Control"].split(", "))
    assert requests.get(f"{hall.base}/photos/{'0' * 32}", timeout=10).status_code == 404


def test_large_photo_is_taken_and_a_larger_one_refused(hall: HallServer) -> None:
    large = picture_file((1300, 1300), "PNG", noise=True)
    assert 4_500_000 < len(large) < LARGEST_FILE
    assert hall.call_api("POST", "photos", data=large, headers={"Content-Type": "image/png"}).status_code == 201
    larger = large + bytes(LARGEST_FILE)
    assert error_of(hall.call_api("POST", "photos", data=larger, headers=JPEG)) == (413, "picture_too_large")
    assert error_of(hall.call_api("POST", "photos", data=b"GIF89a", headers=JPEG)) == (400, "no_picture")
    assert error_of(hall.call_api("POST", "photos", data=b"", headers=JPEG)) == (400, "no_picture")


CALLS = [
    ("GET", "notices"),
    ("POST", "notices"),
    ("PUT", "notices/x"),
    ("DELETE", "notices/x"),
    ("GET", "roster/2026-12-01"),
    ("PUT", "roster/2026-12-01"),
    ("GET", "announcements"),
    ("POST", "announcements"),
    ("POST", "announcements/x/end"),
    ("POST", "photos"),
]
BODIES: dict[str, Any] = {
    "notices": {"text": "x"},
    "roster": {"duties": []},
    "announcements": {"kind": "general", "text": "x"},
}


@pytest.mark.parametrize(("username", "expected"), [(None, (401, "login_required")), (CLERK, (403, "forbidden"))])
def test_all_this_is_for_leaders_alone(hall: HallServer, username: str | None, expected: tuple[int, str]) -> None:
    session = as_user(hall, username)
    for method, path in CALLS:
        body = BODIES.get(path.split("/")[0])
        answer = session.request(method, f"{hall.base}/api/v1/{path}", json=body, timeout=10)
        assert error_of(answer) == expected, (method, path)
    client = socketio.SimpleClient(http_session=session)
    with pytest.raises(socketio.exceptions.ConnectionError):
        client.connect(hall.base, namespace="/bulletin", transports=["websocket"], wait_timeout=10)


def test_the_document_of_the_api_names_the_room(hall: HallServer) -> None:
    paths = hall.call_api("GET", "openapi.json").json()["paths"]
    upload = paths["/api/v1/photos"]["post"]["requestBody"]["content"]
    assert set(upload) == {"image/jpeg", "image/png", "image/webp"}
    assert {"get", "put"} <= set(paths["/api/v1/roster/{day}"])
    assert {"put", "delete"} <= set(paths["/api/v1/notices/{id}"])


def test_clerk_shows_the_photo_that_was_given_to_the_account(hall: HallServer, tmp_path: Any) -> None:
    file = tmp_path / "li.png"
    file.write_bytes(picture_file((900, 900), "PNG"))
    hall.add_staff("li", "李静")
    address = hall.run("staff", "photo", "li", str(file)).strip().removeprefix("li: ")
    assert requests.get(f"{hall.base}{address}", timeout=10).headers["Content-Type"] == "image/jpeg"
    session = as_user(hall, "li")
    assert session.post(f"{hall.base}/api/v1/windows/2/login", timeout=10).ok
    with closing(Database(hall.database_url)) as database:
        opened = [from_row(row).event for row in log_of(database, hall.hall_id) if row.kind == WindowOpened.kind][-1]
    assert isinstance(opened, WindowOpened)
    assert (opened.staff, opened.photo) == ("li", address.removeprefix("/photos/"))


def test_roster_that_somebody_else_has_set_meanwhile_is_not_written_over(hall: HallServer) -> None:
    address = f"roster/{today() + timedelta(days=9)}"
    seen = hall.call_api("GET", address).json()["revision"]
    theirs = {"duties": [{"role": "leader", "name": "沈丽"}], "seen": seen}
    mine = {"duties": [{"role": "leader", "name": "周明远"}], "seen": seen}
    key = {"Idempotency-Key": "theirs"}
    saved = hall.call_api("PUT", address, json=theirs, headers=key).json()
    assert error_of(hall.call_api("PUT", address, json=mine)) == (409, "stale_roster")
    assert hall.call_api("GET", address).json() == saved
    assert hall.call_api("PUT", address, json=theirs, headers=key).json() == saved
    again = hall.call_api("PUT", address, json=mine | {"seen": saved["revision"]})
    assert [duty["name"] for duty in again.json()["duties"]] == ["周明远"]


@pytest.mark.parametrize("text", ["从重{chong}庆来", "请{移车", "{chong2}庆", "a{chong2}"])
def test_braces_that_hold_no_pinyin_are_refused_by_name(hall: HallServer, text: str) -> None:
    answer = hall.call_api("POST", "announcements", json={"kind": "general", "text": text})
    assert error_of(answer) == (400, "unreadable_text")
    assert answer.json()["error"]["details"][0].startswith("text: ")
    assert not any(made["showing"] for made in hall.call_api("GET", "announcements").json()["announcements"])


def test_pinyin_is_for_the_voice_and_not_for_people(hall: HallServer) -> None:
    made = hall.post("announcements", {"kind": "general", "text": "从重{chong2}庆来"})
    listed = hall.call_api("GET", "announcements").json()["announcements"][-1]
    ended = hall.post(f"announcements/{made['id']}/end")
    assert {one["text"] for one in (made, listed, ended)} == {"从重庆来"}


def test_notice_for_a_zone_that_is_gone_stays_there_until_it_is_changed(start_hall: StartHall) -> None:
    hall = start_hall(zones=ZONES)
    notice = hall.post("notices", {"text": "东侧停电", "zones": ["east"]})
    hall.edit_config(lambda content: content.update(zones=ZONES[1:]))
    assert hall.call_api("POST", "config/reload").ok
    address = f"notices/{notice['id']}"
    (listed,) = hall.call_api("GET", "notices").json()["notices"]
    assert listed["zones"] == ["east"]
    changed = hall.call_api("PUT", address, json={"text": "东侧停水", "zones": ["east", "west"]})
    assert (changed.status_code, changed.json()["zones"]) == (200, ["east", "west"])
    assert hall.call_api("PUT", address, json={"text": "停水", "zones": ["west"]}).ok
    assert error_of(hall.call_api("PUT", address, json={"text": "停水", "zones": ["east"]})) == (400, "bad_input")
    assert error_of(hall.call_api("POST", "notices", json={"text": "停水", "zones": ["east"]})) == (400, "bad_input")


def photo_of(hall: HallServer, width: int) -> str:
    answer = hall.call_api("POST", "photos", data=picture_file((width, 500)), headers=JPEG)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_photos_that_nobody_names_any_more_are_deleted(start_hall: StartHall, tmp_path: Any) -> None:
    hall = start_hall()
    rostered, led, nobodys = (photo_of(hall, width) for width in (401, 402, 403))
    for photo in (led, rostered):
        duty = {"role": "leader", "name": photo[:4], "photo": photo}
        assert hall.call_api("PUT", f"roster/{today()}", json={"duties": [duty]}).ok
    file = tmp_path / "face.png"
    accounts = []
    for width in (404, 405):
        file.write_bytes(picture_file((width, 500), "PNG"))
        accounts.append(hall.run("staff", "photo", USERNAME, str(file)).strip().rpartition("/")[2])
        if width == 404:
            assert hall.call_api("POST", "windows/1/login").ok
    with closing(Database(hall.database_url)) as database:
        long_ago = tables.photo.update().values(added_at=tables.photo.c.added_at - 25 * 3600 * 1_000_000)
        database.write(lambda connection: connection.execute(long_ago))
    newest = photo_of(hall, 406)

    def is_there(photo: str) -> bool:
        return requests.get(f"{hall.base}/photos/{photo}", timeout=10).status_code == 200

    kept = {"rostered": rostered, "led before": led, "at window 1": accounts[0], "account": accounts[1], "new": newest}
    assert {name: is_there(photo) for name, photo in kept.items()} == dict.fromkeys(kept, True)
    assert not is_there(nobodys)


def test_a_photo_given_a_moment_before_signing_in_is_shown_at_the_window(hall: HallServer) -> None:
    photo = photo_of(hall, 407)
    # The server has just looked the account up, and remembers it.
    assert hall.call_api("GET", "notices").ok
    with closing(Database(hall.database_url)) as database:
        assert Accounts(database, hall.hall_id).set_photo(USERNAME, photo)
        assert hall.call_api("POST", "windows/1/login").ok
        opened = [from_row(row).event for row in log_of(database, hall.hall_id) if row.kind == WindowOpened.kind][-1]
    assert isinstance(opened, WindowOpened)
    assert opened.photo == photo


@pytest.mark.parametrize("path", ["..%2f..%2fetc%2fpasswd", "%27%20OR%201=1", "0" * 31, "%00", "A" * 32])
def test_address_of_no_photo_is_none(hall: HallServer, path: str) -> None:
    assert requests.get(f"{hall.base}/photos/{path}", timeout=10).status_code == 404


def test_other_sites_cannot_press_the_leaders_buttons(hall: HallServer) -> None:
    other = {"Origin": "http://evil.example"}
    for method, path in CALLS:
        if method != "GET":
            answer = hall.call_api(method, path, json=BODIES.get(path.split("/")[0]), headers=other)
            assert error_of(answer) == (403, "cross_origin"), (method, path)
