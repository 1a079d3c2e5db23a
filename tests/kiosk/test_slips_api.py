"""Slips that are no tickets, asked for over HTTP and printed: who may, where they come out, what stands on them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import requests
from hall_server import PATIENCE, HallServer
from morning import MORNING, today
from print_hall import PrintHall
from waiting import wait_until

from kiosk.virtual_printer import VirtualPrinter

Printers = dict[str, VirtualPrinter]
NOTICE = {"service": "社会保障卡补办", "documents": [{"name": "身份证原件", "reason": "已过有效期"}], "copies": 1}


def wanted(slip: str, content: dict[str, Any], printer: str = "1") -> dict[str, Any]:
    return {"slip": slip, "printer": printer, "content": content}


def texts(printer: VirtualPrinter, containing: str) -> list[str]:
    """What stands on its papers that contain these words."""
    papers = [path.with_suffix(".txt").read_text("utf-8") for path in printer.wait_for_papers(0, PATIENCE)]
    return [text for text in papers if containing in text]


def until_printed(server: HallServer, job: str) -> dict[str, Any]:
    def state() -> dict[str, Any]:
        found: dict[str, Any] = server.call_api("GET", f"slips/{job}").json()
        return found

    wait_until(lambda: state()["state"] == "printed", f"{job} is printed")
    return state()


def refused(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_a_notice_is_signed_by_whoever_asks_for_it(hall: PrintHall, printers: Printers) -> None:
    made = hall.server.post("slips", wanted("missing-documents", {**NOTICE, "name": "王甲"}))
    assert made | {"job": "", "state": ""} == {
        "job": "",
        "slip": "missing-documents",
        "printer": "1",
        "ticket": None,
        "nth": 1,
        "marked": False,
        "state": "",
        "reason": None,
    }
    until_printed(hall.server, made["job"])
    [paper] = texts(printers["1"], "王甲")
    lines = paper.splitlines()
    assert "一次性告知书" in lines
    assert "1. 身份证原件" in lines
    assert "   已过有效期" in lines
    assert "经办人：陈晓兰 0307" in lines
    assert f"日期：{today()}" in paper


def test_the_same_press_gives_one_paper(hall: PrintHall, printers: Printers) -> None:
    body = wanted("receipt", {"number": "SL7701", "service": "税务"})
    for path, asked in (("slips", body), ("slips/day", {"printer": "1"}), ("kiosk/self-test", {"printer": "1"})):
        first, second = (
            hall.server.call_api("POST", path, json=asked, headers={"Idempotency-Key": "once"}) for _ in range(2)
        )
        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json()["job"] == second.json()["job"]
    until_printed(hall.server, first.json()["job"])
    assert len(texts(printers["1"], "SL7701")) == 1


def test_a_key_is_not_taken_for_other_words(hall: PrintHall) -> None:
    headers = {"Idempotency-Key": "another"}
    for number, status in (("1", 201), ("1", 201), ("2", 409)):
        body = wanted("receipt", {"number": number, "service": "税务"})
        assert hall.server.call_api("POST", "slips", json=body, headers=headers).status_code == status


def test_a_copy_has_the_same_words_and_its_mark(hall: PrintHall, printers: Printers) -> None:
    made = hall.server.post("slips", wanted("receipt", {"number": "SL7702", "service": "税务", "name": "李乙"}))
    until_printed(hall.server, made["job"])
    again = hall.server.post(f"slips/{made['job']}/again", {"printer": "2"})
    assert (again["nth"], again["marked"], again["printer"]) == (2, True, "2")
    until_printed(hall.server, again["job"])
    [first], [copy] = texts(printers["1"], "SL7702"), texts(printers["2"], "SL7702")
    without_mark = copy.replace("补打\n\n", "")
    assert without_mark != copy
    assert without_mark == first


def test_a_slip_may_belong_to_a_number(hall: PrintHall) -> None:
    ticket = hall.take()
    made = hall.server.post("slips", {**wanted("receipt", {"number": "1", "service": "税务"}), "ticket": ticket})
    assert made["ticket"] == ticket


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        (wanted("receipt", {"number": "1", "service": "税务"}, "3"), (409, "no_printer")),
        (wanted("receipt", {"number": "1", "service": "税务"}, "window:1"), (409, "no_printer")),
        (wanted("receipt", {"number": "1", "service": "税务"}, "window:99"), (404, "not_found")),
        (wanted("receipt", {"number": "1", "service": "税务"}, "nowhere"), (404, "not_found")),
        (wanted("receipt", {"service": "税务"}), (400, "bad_input")),
        (wanted("receipt", {"number": "1", "service": "税务", "secret": "x"}), (400, "bad_input")),
        (wanted("missing-documents", {**NOTICE, "documents": []}), (400, "bad_input")),
        (wanted("ticket", {}), (409, "not_to_be_printed")),
        (wanted("day", {}), (409, "not_to_be_printed")),
        (wanted("poster", {}), (400, "bad_input")),
    ],
)
def test_what_cannot_be_printed_is_refused(hall: PrintHall, body: dict[str, Any], answer: tuple[int, str]) -> None:
    assert refused(hall.server.call_api("POST", "slips", json=body)) == answer


def test_what_is_wrong_with_a_slip_is_named(hall: PrintHall) -> None:
    answer = hall.server.call_api("POST", "slips", json=wanted("receipt", {"service": "税务"}))
    assert answer.json()["error"]["details"] == ["number: Field required"]


def test_a_stranger_prints_nothing(hall: PrintHall) -> None:
    for path in ("slips", "slips/day", "kiosk/self-test", "slips/x/again"):
        answer = requests.post(f"{hall.server.base}/api/v1/{path}", json=wanted("receipt", {}), timeout=PATIENCE)
        assert answer.status_code in (400, 401)
        assert not answer.ok
    assert requests.get(f"{hall.server.base}/api/v1/slips/x", timeout=PATIENCE).status_code == 401


def test_a_kiosk_tests_its_printer_for_whoever_opened_its_panel_alone(hall: PrintHall) -> None:
    for body in ({}, {"permit": "none"}):
        asked = hall.server.call_api("POST", "kiosk/self-test", json=body, headers=hall.server.device("kiosk"))
        assert refused(asked) == (403, "panel_closed")


def test_a_test_slip_says_how_its_printer_is_connected(hall: PrintHall, printers: Printers) -> None:
    made = hall.server.post("kiosk/self-test", {"printer": "1"})
    assert (made["slip"], made["printer"]) == ("self-test", "1")
    until_printed(hall.server, made["job"])
    assert f"连接：tcp://127.0.0.1:{printers['1'].port}" in texts(printers["1"], "打印机自检")[-1]
    shown = hall.server.call_api("GET", f"slips/{made['job']}", headers=hall.server.device("kiosk"))
    assert shown.json()["state"] == "printed"


def test_staff_must_say_which_printer_is_tested(hall: PrintHall) -> None:
    assert refused(hall.server.call_api("POST", "kiosk/self-test", json={})) == (400, "bad_input")
    assert hall.server.post("kiosk/self-test", {"printer": "2"})["printer"] == "2"


def test_a_leader_gets_the_day_on_paper(hall: PrintHall, printers: Printers) -> None:
    hall.take(service="tax")
    made = hall.server.post("slips/day", {"printer": "2"})
    until_printed(hall.server, made["job"])
    [paper] = texts(printers["2"], "当日小结")
    lines = paper.splitlines()
    taken = lines[lines.index("全厅合计") + 1].split()
    issued = hall.server.call_api("GET", "report/today").json()["tickets"]["issued"]
    assert int(taken[0]) == issued
    assert "陈晓兰 0307" in paper


def test_a_clerk_does_not_get_the_day(hall: PrintHall) -> None:
    hall.server.add_staff("ling", "凌")
    clerk = requests.Session()
    login = {"username": "ling", "password": "pw12345"}
    assert clerk.post(f"{hall.server.base}/api/v1/login", json=login, timeout=PATIENCE).ok
    answer = clerk.post(f"{hall.server.base}/api/v1/slips/day", json={"printer": "2"}, timeout=PATIENCE)
    assert refused(answer) == (403, "forbidden")


def test_a_booking_is_printed_with_its_code(hall: PrintHall, printers: Printers) -> None:
    tomorrow = today() + timedelta(days=1)
    slots: list[dict[str, Any]] = []
    for days in range(7):
        day = tomorrow + timedelta(days=days)
        slots += hall.server.call_api("GET", f"services/property/slots?day={day}").json()["slots"]
    booking = hall.server.post(
        "appointments", {"service": "property", "start": slots[0]["start"], "phone": "13800138000", "name": "赵丙"}
    )
    made = hall.server.post(f"appointments/{booking['id']}/slip", {"printer": "1"})
    until_printed(hall.server, made["job"])
    [paper] = texts(printers["1"], booking["code"])
    lines = paper.splitlines()
    assert {"预约单", "不动产登记", booking["code"], "姓名：赵丙"} <= set(lines)
    assert f"[QR] {booking['code']}" in lines
    start = datetime.fromisoformat(slots[0]["start"]).astimezone(ZoneInfo(MORNING))
    assert any(line.startswith(f"{start:%H:%M}-") for line in lines)


def test_an_unknown_booking_or_job_is_not_found(hall: PrintHall) -> None:
    for method, path in (("POST", "appointments/none/slip"), ("POST", "slips/none/again"), ("GET", "slips/none")):
        answer = hall.server.call_api(method, path, json={"printer": "1"} if method == "POST" else None)
        assert answer.status_code == 404
