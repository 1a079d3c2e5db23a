"""config.yaml read again by a running hall: all of it or nothing, and no number is lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from hall_server import PASSWORD, PATIENCE, HallServer, StartHall
from live_page import LivePage
from waiting import wait_until

from server.config import load_settings

ARCHIVE = {"code": "archive", "prefix": "J", "department": "housing", "name": "档案查询", "name_en": "Archives"}
CALLERS = 16
Content = dict[str, Any]


@pytest.fixture
def hall(start_hall: StartHall) -> HallServer:
    return start_hall()


def grow(content: Content) -> None:
    """A new service with a window of its own, and hours that are those of the whole day."""
    content["services"].append(ARCHIVE)
    content["windows"].append({"number": 7, "name": "档案", "name_en": "Archives", "services": ["archive"]})
    content["hall"]["hours"] = {"spans": ["00:00-23:59"], "weekdays": [1, 2, 3, 4, 5, 6, 7], "always": True}


def reload(hall: HallServer, language: str = "en") -> requests.Response:
    return hall.call_api("POST", "config/reload", headers={"X-Language": language})


def snapshot(hall: HallServer) -> Content:
    found: Content = hall.call_api("GET", "hall").json()
    return found


def windows(hall: HallServer) -> list[int]:
    return [window["number"] for window in snapshot(hall)["windows"]]


def test_what_is_new_is_there_at_once_and_no_number_is_lost(hall: HallServer) -> None:
    hall.open(2)
    tickets = [hall.issue("social-insurance")["id"] for _ in range(3)]
    hall.post("windows/2/call-next")
    before = [hall.call_api("GET", f"tickets/{ticket}").json() for ticket in tickets]
    screen, kiosk = LivePage(hall, "display", display="hall"), LivePage(hall, "kiosk", kiosk="1")
    revision = screen.view["config"]
    hall.edit_config(grow)
    answer = reload(hall)
    assert answer.status_code == 200, answer.text
    assert answer.json()["changed"] == ["hall", "services", "windows"]
    wait_until(lambda: 7 in [window["number"] for window in screen.view["windows"]], "the screen shows the window")
    wait_until(lambda: "archive" in [s["code"] for s in kiosk.view["services"]], "the kiosk offers the service")
    assert screen.view["config"] == kiosk.view["config"] == answer.json()["revision"] != revision
    assert kiosk.view["hours"] == ["00:00-23:59"]
    assert [hall.call_api("GET", f"tickets/{ticket}").json() for ticket in tickets] == before
    assert hall.issue("archive")["number"] == "J001"
    assert hall.issue("social-insurance")["number"] == "A004"
    hall.open(7)
    assert hall.post("windows/7/call-next")["ticket"]["number"] == "J001"
    assert hall.post("windows/2/call-next")["ticket"]["number"] == "A002"
    for page in (screen, kiosk):
        page.leave()


def test_names_notices_and_wording_change_without_a_new_plan(hall: HallServer) -> None:
    hall.open(1)
    screen = LivePage(hall, "display", display="hall", page="one")
    screen.tell("sound", {"state": "running", "missing": 0})
    hall.issue("social-insurance")
    hall.post("windows/1/call-next")
    wait_until(lambda: screen.view["speak"] is not None, "the call is to be spoken")
    assert "zh/digit-1-yao" not in screen.view["speak"]["clips"]

    def rename(content: Content) -> None:
        content["hall"].update(name="青禾镇政务中心", hotline="0571-12345")
        content["displays"][0]["notices"] = ["今日系统升级"]
        content["voice"]["one"] = "yao"

    hall.edit_config(rename)
    assert reload(hall).json()["changed"] == ["hall", "displays", "voice"]
    wait_until(lambda: screen.view["notices"] == ["今日系统升级"], "the screen shows the notice")
    assert screen.view["hall"] == {**screen.view["hall"], "name": "青禾镇政务中心", "hotline": "0571-12345"}
    screen.tell("spoke", {"order": screen.view["speak"]["id"], "phase": "began"})
    screen.tell("spoke", {"order": screen.view["speak"]["id"], "phase": "ended"})
    wait_until(lambda: (screen.view["speak"] or {}).get("id", "").endswith("/2"), "the call is spoken again")
    assert "zh/digit-1-yao" in screen.view["speak"]["clips"]
    assert reload(hall).json()["changed"] == []
    screen.leave()


def test_every_mistake_is_named_and_nothing_changes(hall: HallServer) -> None:
    hall.issue("tax")
    hall.open(6)
    before = snapshot(hall)

    def spoil(content: Content) -> None:
        grow(content)
        content["hall"].update(id="other", time_zone="Asia/Urumqi", name="新名")
        content["server"].update(port=1, public_url="http://10.0.0.1:8000")
        content["kiosks"][0]["printer"] = {"link": "tcp://10.0.0.1:9100"}
        content["pads"] = [{"window": 2, "link": "/dev/ttyUSB0", "address": 1, "keys": {3: 5}}]
        content["keypads"] = [{"window": 2, "link": "/dev/ttyUSB0", "address": 3}]
        content["strips"] = [{"window": 2, "link": "/dev/ttyUSB0", "address": 2}]
        content["services"] = [service for service in content["services"] if service["code"] != "tax"]
        content["windows"] = [window for window in content["windows"] if window["number"] != 6]

    hall.edit_config(spoil)
    answer = reload(hall)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert error["code"] == "config_refused"
    keep = "keep it in config.yaml until the day is over"
    assert error["details"] == [
        "hall.id: needs a restart",
        "hall.time_zone: needs a restart",
        "kiosks.0.printer: needs a restart",
        "pads: needs a restart",
        "keypads: needs a restart",
        "strips: needs a restart",
        "server.port: needs a restart",
        "server.public_url: needs a restart",
        f"windows: window 6 was used today: {keep}",
        f"services: numbers of service tax were given today: {keep}",
    ]
    details = reload(hall, "zh").json()["error"]["details"]
    assert (details[0], details[-1]) == (
        "hall.id: 要重新启动服务才能生效",
        "services: 业务 tax 今天已发过号，今天结束之前要保留在 config.yaml 里",
    )
    assert snapshot(hall) == before
    assert hall.issue("tax")["number"] == "D002"
    assert hall.call_api("POST", "tickets", json={"service": "archive"}).status_code == 404


def test_file_that_is_no_configuration_is_refused_by_path(hall: HallServer) -> None:
    hall.edit_config(lambda content: content["services"][0].update(prefix="O", colour="blue"))
    details = reload(hall).json()["error"]["details"]
    assert [detail.split(":")[0] for detail in details] == ["services.0.prefix", "services.0.colour"]
    hall.config.write_text("hall: [", encoding="utf-8")
    assert "not YAML" in reload(hall).json()["error"]["details"][0]
    assert len(windows(hall)) == 6


def test_only_a_leader_on_this_site_may_ask(hall: HallServer) -> None:
    hall.add_staff("liu", "刘伟")
    clerk = requests.Session()
    clerk.post(f"{hall.base}/api/v1/login", json={"username": "liu", "password": PASSWORD}, timeout=PATIENCE)
    hall.edit_config(grow)
    address = f"{hall.base}/api/v1/config/reload"
    assert clerk.post(address, timeout=PATIENCE).status_code == 403
    assert requests.post(address, timeout=PATIENCE).status_code == 401
    foreign = hall.call_api("POST", "config/reload", headers={"Origin": "http://elsewhere"})
    assert foreign.json()["error"]["code"] == "cross_origin"
    assert 7 not in windows(hall)


def test_sighup_reloads_and_a_mistake_does_not_end_the_server(hall: HallServer) -> None:
    hall.edit_config(grow)
    hall.hang_up()
    wait_until(lambda: 7 in windows(hall), "the new window is there")
    hall.edit_config(lambda content: content["server"].update(port=1))
    hall.hang_up()
    hall.issue("archive")
    hall.edit_config(lambda content: content["hall"].update(id="!"))
    hall.hang_up()
    hall.issue("archive")
    time.sleep(1)
    assert hall.issue("archive")["number"] == "J003"
    assert hall.process is not None
    assert hall.process.poll() is None


def test_killed_right_after_the_answer_it_comes_back_the_same(hall: HallServer) -> None:
    hall.open(2)
    for service in ("tax", "social-insurance", "tax"):
        hall.issue(service)
    hall.post("windows/2/call-next")
    hall.edit_config(grow)
    assert reload(hall).ok
    hall.open(7)
    hall.issue("archive")
    before = snapshot(hall)
    hall.kill()
    hall.start()
    assert snapshot(hall) == before
    assert hall.issue("archive")["number"] == "J002"


def test_screen_that_is_taken_out_goes_dark_and_the_others_go_on(start_hall: StartHall) -> None:
    screens = [{"id": name, "name": name} for name in ("side", "hall")]
    hall = start_hall(displays=screens)
    side, main = (LivePage(hall, "display", display=screen["id"]) for screen in screens)
    hall.edit_config(lambda content: (content["displays"].pop(0), grow(content)))
    assert reload(hall).ok
    wait_until(lambda: 7 in [window["number"] for window in main.view["windows"]], "the other screen goes on")
    wait_until(lambda: not side.connected, "the screen taken out is let go")
    assert main.connected
    main.leave()


def test_reloads_under_load_lose_no_acknowledged_number(hall: HallServer) -> None:
    services = ("tax", "residence", "social-insurance")
    ended = threading.Event()

    def take(caller: int) -> list[Content]:
        session, taken = requests.Session(), []
        session.headers.update(hall.device("kiosk"))
        while not ended.is_set():
            body = {"service": services[caller % len(services)]}
            answer = session.post(f"{hall.base}/api/v1/tickets", json=body, timeout=PATIENCE)
            assert answer.status_code == 201, answer.text
            taken.append(answer.json())
        return taken

    with ThreadPoolExecutor(CALLERS) as pool:
        taking = [pool.submit(take, caller) for caller in range(CALLERS)]
        try:
            for change in _changes():
                hall.edit_config(change)
                assert reload(hall).ok
        finally:
            ended.set()
        tickets = [ticket for done in taking for ticket in done.result()]
    numbers = [ticket["number"] for ticket in tickets]
    for prefix in "DBA":
        serials = sorted(int(number[1:]) for number in numbers if number[0] == prefix)
        assert serials == list(range(1, len(serials) + 1))
    waiting = {service["code"]: service["waiting"] for service in snapshot(hall)["services"]}
    assert sum(waiting.values()) == len(tickets)
    assert load_settings(hall.config).windows[-1].number == windows(hall)[-1]


def _changes() -> list[Callable[[Content], object]]:
    def add(number: int) -> Callable[[Content], object]:
        window = {"number": number, "name": "临时", "name_en": "Extra", "services": ["all"]}
        return lambda content: content["windows"].append(window)

    return [grow, *(add(number) for number in range(10, 16)), lambda content: content["windows"].pop()]
