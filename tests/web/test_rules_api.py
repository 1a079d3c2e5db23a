"""The rules of a real hall over HTTP: of many who want the same, exactly one gets it, and the others are told why."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import requests
from hall_server import PASSWORD, PATIENCE, HallServer, StartHall, sample_config
from morning import MORNING

from server.web.devices import Devices, Kind

SAMPLE = sample_config()
HALF_HOURS = [f"{h:02}:{m:02}-{h:02}:{m + 29:02}" for h in range(24) for m in (0, 30)]


def rules(**changes: Any) -> list[dict[str, Any]]:
    """The sample's services, the tax service with changes of its own."""
    plain = [
        {k: v for k, v in service.items() if k not in ("quota", "booking", "hours")} for service in SAMPLE["services"]
    ]
    return [service | changes if service["code"] == "tax" else service for service in plain]


@pytest.fixture(scope="module")
def shared_hall(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Tax has six numbers a day and one place in each half hour's slot; a no-show needs two calls."""
    server = HallServer(
        tmp_path_factory.mktemp("hall"),
        hall=SAMPLE["hall"] | {"hours": {"always": True}},
        services=rules(quota={"day": 6}, booking={"slots": HALF_HOURS, "places": 1, "early": 60, "late": 60}),
        priority={"classes": [{"code": "elderly", "name": "高龄老人", "name_en": "Elderly"}]},
        rules={"no_show": {"calls": 2}},
    )
    server.add_staff("liu", "刘伟")
    server.start()
    server.login()
    yield server
    server.kill()


@pytest.fixture
def hall(shared_hall: HallServer) -> HallServer:
    """With nobody at windows 2 and 3, which the leader has opened."""
    for window in (2, 3):
        answer = shared_hall.call_api("GET", f"windows/{window}").json()
        shared_hall.open(window)
        if answer["ticket"]:
            shared_hall.post(f"windows/{window}/finish")
    return shared_hall


def code(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def at_once(tasks: list[Callable[[], requests.Response]]) -> list[requests.Response]:
    with ThreadPoolExecutor(len(tasks)) as pool:
        return [done.result() for done in [pool.submit(task) for task in tasks]]


def take(hall: HallServer, service: str, **more: Any) -> requests.Response:
    return hall.call_api("POST", "tickets", json={"service": service, **more}, headers=hall.device("kiosk"))


def clerk(hall: HallServer) -> Callable[[str, dict[str, Any]], requests.Response]:
    """Liu, a clerk with a session of his own."""
    session = requests.Session()
    credentials = {"username": "liu", "password": PASSWORD}
    assert session.post(f"{hall.base}/api/v1/login", json=credentials, timeout=PATIENCE).ok
    return lambda path, body: session.post(f"{hall.base}/api/v1/{path}", json=body, timeout=PATIENCE)


def next_slot(hall: HallServer, ahead: int = 1) -> str:
    """The start of a half hour that is still to come."""
    now = datetime.now(ZoneInfo(MORNING))
    start = now.replace(minute=30 * (now.minute // 30), second=0, microsecond=0) + timedelta(minutes=30 * ahead)
    return start.isoformat()


def test_of_many_kiosks_exactly_as_many_get_a_number_as_there_are_places(hall: HallServer) -> None:
    answers = at_once([lambda: take(hall, "tax") for _ in range(12)])
    given = sorted(answer.json()["number"] for answer in answers if answer.status_code == 201)
    assert given == [f"D{n:03}" for n in range(1, 7)]
    refused = {code(answer) for answer in answers if answer.status_code != 201}
    assert refused == {(423, "quota_used")}


def test_two_windows_that_want_one_number_get_it_once(hall: HallServer) -> None:
    ticket = take(hall, "general").json()["id"]
    wanted = {"ticket": ticket, "reason": "熟悉情况"}
    answers = at_once([lambda w=w: hall.call_api("POST", f"windows/{w}/call", json=wanted) for w in (2, 3)])  # type: ignore[misc]
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert [code(a) for a in answers if a.status_code == 409] == [(409, "illegal_transition")]


def test_out_of_turn_only_with_a_reason(hall: HallServer) -> None:
    take(hall, "general")
    later = take(hall, "general").json()["id"]
    assert code(hall.call_api("POST", "windows/3/call", json={"ticket": later})) == (400, "reason_needed")
    called = hall.post("windows/3/call", {"ticket": later, "reason": "带着婴儿"})["ticket"]
    assert (called["id"], called["state"]) == (later, "called")


def test_the_same_button_twice_is_one_transfer(hall: HallServer) -> None:
    hall.post("windows/3/direct", {"service": "general"})
    url, body = "windows/3/transfer", {"service": "civil-affairs", "note": "材料齐全"}
    key = {"Idempotency-Key": "one-transfer"}
    answers = at_once([lambda: hall.call_api("POST", url, json=body, headers=key) for _ in range(4)])
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.content for answer in answers} == {answers[0].content}
    legs = answers[0].json()["ticket"]["legs"]
    assert [leg["service"] for leg in legs] == ["general", "civil-affairs"]
    assert legs[1]["note"] == "材料齐全"


def test_an_action_on_a_stale_screen_hits_nobody(hall: HallServer) -> None:
    first = hall.post("windows/3/direct", {"service": "general"})["ticket"]["id"]
    hall.post("windows/3/finish")
    second = hall.post("windows/3/direct", {"service": "general"})["ticket"]["id"]
    for path, body in (
        ("hold", {"kind": "with_papers"}),
        ("transfer", {"service": "tax"}),
        ("verify", {"verified": True}),
    ):
        answer = hall.call_api("POST", f"windows/3/{path}", json={**body, "seen": first})
        assert code(answer) == (409, "stale_screen")
    assert hall.call_api("GET", "windows/3").json()["ticket"]["id"] == second


def test_held_resumed_finished_and_taken_back(hall: HallServer) -> None:
    ticket = hall.post("windows/3/direct", {"service": "general", "priority": "elderly"})["ticket"]["id"]
    hall.post("windows/3/verify", {"verified": True})
    held = hall.post("windows/3/hold", {"kind": "without_papers", "reason": "去复印", "minutes": 10})["ticket"]
    assert (held["state"], held["hold"]["reason"], held["verified"]) == ("held", "去复印", True)
    assert code(hall.call_api("POST", "windows/2/resume", json={"ticket": ticket})) == (409, "held_elsewhere")
    assert hall.post("windows/3/resume", {"ticket": ticket})["ticket"]["state"] == "serving"
    hall.post("windows/3/finish")
    undone = hall.post("windows/3/undo", {"ticket": ticket})["ticket"]
    assert (undone["state"], undone["legs"][0]["evaluation"]) == ("serving", "withdrawn")


def test_waiting_needs_to_know_how_long(hall: HallServer) -> None:
    hall.post("windows/3/direct", {"service": "general"})
    assert code(hall.call_api("POST", "windows/3/hold", json={"kind": "waiting"})) == (400, "wake_time_needed")


def test_passed_after_two_calls_and_back_at_the_kiosk(hall: HallServer) -> None:
    ticket = take(hall, "civil-affairs").json()["id"]
    hall.post("windows/3/call", {"ticket": ticket, "reason": "试"})
    assert code(hall.call_api("POST", "windows/3/no-show")) == (409, "not_called_enough")
    hall.post("windows/3/recall")
    hall.post("windows/3/no-show")
    back = hall.call_api("POST", f"tickets/{ticket}/rejoin", json={}, headers=hall.device("kiosk"))
    assert (back.status_code, back.json()["state"]) == (200, "waiting")


def test_one_place_in_a_slot_is_booked_once_by_whoever_asks_first(hall: HallServer) -> None:
    devices = Devices(hall._database, hall.hall_id)
    city = {"Authorization": f"Bearer {devices.add(Kind.BOOKING, 'city')}"}
    body = {"service": "tax", "start": next_slot(hall), "phone": "13800001234", "name": "张*"}
    by_city = [lambda: hall.call_api("POST", "appointments", json=body, headers=city)] * 3
    by_staff = [lambda: hall.call_api("POST", "appointments", json=body)] * 3
    answers = at_once([*by_city, *by_staff])
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5
    assert {code(answer) for answer in answers if answer.status_code == 409} == {(409, "slot_full")}


def test_a_booking_becomes_one_ticket_at_whichever_kiosk(hall: HallServer) -> None:
    booked = hall.post("appointments", {"service": "tax", "start": next_slot(hall, 2), "phone": "9876"})
    assert [a["id"] for a in hall.call_api("GET", "appointments").json()["appointments"]].count(booked["id"]) == 1
    ask = {"json": {"ref": booked["code"]}, "headers": hall.device("kiosk")}
    answers = at_once([lambda: hall.call_api("POST", "check-in", **ask) for _ in range(6)])
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert answers[0].json()["priority"] == "appointment"
    moved = hall.call_api("POST", f"appointments/{booked['id']}/move", json={"start": next_slot(hall, 3)})
    assert code(moved) == (409, "illegal_booking")


def test_free_slots_are_those_to_come_with_the_places_left(hall: HallServer) -> None:
    start = next_slot(hall, 4)
    tomorrow = (datetime.fromisoformat(start) + timedelta(days=1)).date().isoformat()
    slots = requests.get(f"{hall.base}/api/v1/services/tax/slots?day={tomorrow}", timeout=PATIENCE).json()["slots"]
    assert [slot["left"] for slot in slots] == [1] * 48
    hall.post("appointments", {"service": "tax", "start": slots[5]["start"], "phone": "5555"})
    again = requests.get(f"{hall.base}/api/v1/services/tax/slots?day={tomorrow}", timeout=PATIENCE).json()["slots"]
    assert [slot["left"] for slot in again].count(0) == 1
    assert all(datetime.fromisoformat(slot["start"]) > datetime.now(UTC) for slot in again)


@pytest.mark.parametrize(
    "path", ["appointments", "services/tax/suspend", "windows/2/services", "tickets/none/priority"]
)
def test_who_is_not_staff_changes_nothing(hall: HallServer, path: str) -> None:
    body = {
        "service": "tax",
        "start": next_slot(hall),
        "phone": "1234",
        "reason": "x",
        "services": [],
        "priority": "elderly",
    }
    fields = {
        "appointments": ("service", "start", "phone"),
        "services/tax/suspend": ("reason",),
        "windows/2/services": ("services",),
        "tickets/none/priority": ("priority", "reason"),
    }[path]
    asked = {name: body[name] for name in fields}
    answer = hall.call_api("POST", path, json=asked, headers=hall.device("kiosk"))
    assert code(answer) == (401, "login_required")


def test_a_clerk_stops_no_service_and_sets_only_the_services_of_the_own_window(hall: HallServer) -> None:
    liu = clerk(hall)
    assert code(liu("services/general/suspend", {"reason": "停电"})) == (403, "forbidden")
    assert code(liu("windows/2/services", {"services": []})) == (403, "forbidden")
    assert liu("windows/5/login", {}).status_code == 200
    assert liu("windows/5/services", {"services": ["general"]}).status_code == 200
    window = next(w for w in hall.call_api("GET", "hall").json()["windows"] if w["number"] == 5)
    assert window["services"] == ["general"]
    assert liu("windows/5/services", {"services": None}).status_code == 200


def test_a_service_that_stops_says_why_and_goes_on(hall: HallServer) -> None:
    hall.post("services/company/suspend", {"reason": "系统升级"})
    refused = take(hall, "company")
    assert code(refused) == (423, "service_suspended")
    assert "系统升级" in refused.json()["error"]["message"]
    hall.post("services/company/resume")
    assert take(hall, "company").status_code == 201


def test_a_person_is_known_again_but_not_kept(start_hall: StartHall) -> None:
    hall = start_hall()
    identity = "110101199001011234"
    first = take(hall, "general", person=identity)
    assert first.status_code == 201
    second = take(hall, "general", person=f" {identity.lower()}")
    assert code(second) == (409, "person_has_number")
    assert first.json()["number"] in second.json()["error"]["message"]
    exception = {"service": "general", "person": identity, "exception": "代父亲办理"}
    assert hall.call_api("POST", "tickets", json=exception).status_code == 201
    hall.kill()
    assert all(identity.encode() not in file.read_bytes() for file in hall.folder.glob("hall.db*"))
