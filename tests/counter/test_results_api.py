"""Outcomes, notices of missing documents and first contacts, as the desk's page asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from hall_server import PATIENCE, ROOT, HallServer

PRINTER = {"link": "tcp://127.0.0.1:9"}


@pytest.fixture(scope="module")
def results_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallServer]:
    """Window 1 handles social insurance and has a printer that nobody answers at, window 3 everything and none."""
    sample = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    for window in sample["windows"]:
        window.pop("overflow", None)
    sample["windows"][0]["printer"] = PRINTER
    sample["services"][1]["result"] = "accepted"
    for service in sample["services"]:
        service.pop("booking", None)
    sections = {"windows": sample["windows"], "services": sample["services"], "priority": {}, "rules": {}}
    server = HallServer(tmp_path_factory.mktemp("results"), **sections)
    server.add_staff("liu", "刘伟")
    server.add_staff("li", "李静")
    server.start()
    server.login()
    yield server
    server.kill()


@pytest.fixture
def desk(results_hall: HallServer, sign_in_at: Callable[..., Any]) -> Iterator[Any]:
    """刘伟 at window 3, and nobody left there afterwards."""
    clerk = sign_in_at(results_hall, "liu")
    clerk.done(3, "login")
    yield clerk
    clerk.at(3, "finish")


def issue(hall: HallServer, service: str = "social-insurance", person: str | None = None) -> dict[str, Any]:
    answer = hall.call_api("POST", "tickets", json={"service": service, "person": person}, headers=hall.device("kiosk"))
    assert answer.status_code == 201, answer.text
    ticket: dict[str, Any] = answer.json()
    return ticket


def serve(desk: Any, ticket: dict[str, Any]) -> None:
    assert desk.at(3, "call", {"ticket": ticket["id"], "reason": "带着婴儿"}).ok
    desk.done(3, "start")


def name(desk: Any, **more: Any) -> Any:
    return desk.at(3, "documents", {"documents": [{"code": "id-card"}], **more})


def legs(hall: HallServer, ticket: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hall.call_api("GET", f"tickets/{ticket['id']}").json()["legs"]
    return found


def test_a_finish_says_what_came_of_it(results_hall: HallServer, desk: Any) -> None:
    ticket = issue(results_hall)
    serve(desk, ticket)
    said = {"kind": "supplement", "quantity": 2, "note": "缺照片"}
    shown = desk.at(3, "finish", {"seen": ticket["id"], "result": said}).json()["ticket"]
    assert shown["legs"][0]["result"] == said
    assert legs(results_hall, ticket)[0]["result"] == said


def test_without_a_word_it_is_what_the_service_usually_comes_to(results_hall: HallServer, desk: Any) -> None:
    usual, own = issue(results_hall), issue(results_hall, "residence")
    serve(desk, usual)
    desk.done(3, "finish")
    serve(desk, own)
    desk.at(3, "call-next", {"result": None})
    assert legs(results_hall, usual)[0]["result"]["kind"] == "done"
    assert legs(results_hall, own)[0]["result"]["kind"] == "accepted"


@pytest.mark.parametrize("result", [{"kind": "done", "quantity": 0}, {"kind": "done", "quantity": 1000}, {"kind": "?"}])
def test_what_is_no_result_is_refused_and_nobody_is_finished(
    results_hall: HallServer, desk: Any, result: dict[str, Any]
) -> None:
    ticket = issue(results_hall)
    serve(desk, ticket)
    assert desk.at(3, "finish", {"result": result}).status_code == 400
    assert results_hall.call_api("GET", f"tickets/{ticket['id']}").json()["state"] == "serving"


def test_the_citizen_is_not_told_of_outcomes_and_notices(results_hall: HallServer, desk: Any) -> None:
    ticket = issue(results_hall)
    serve(desk, ticket)
    assert name(desk).status_code == 201
    desk.done(3, "finish")
    token = ticket["url"].rsplit("/", 1)[1]
    seen = results_hall.call_api("GET", f"tickets/{token}", headers=results_hall.device("kiosk")).json()
    assert seen["legs"][0]["result"] is None
    assert seen["legs"][0]["notices"] == []


def test_an_outcome_is_corrected_by_whoever_served_or_a_leader(
    results_hall: HallServer, desk: Any, sign_in_at: Callable[..., Any]
) -> None:
    ticket = issue(results_hall)
    serve(desk, ticket)
    desk.done(3, "finish")
    url = f"{results_hall.base}/api/v1/tickets/{ticket['id']}/legs/1/result"
    body = {"result": {"kind": "returned"}, "reason": "点错了"}
    other = sign_in_at(results_hall, "li").session.post(url, json=body, timeout=PATIENCE)
    assert (other.status_code, other.json()["error"]["code"]) == (409, "not_your_service")
    assert desk.session.post(url, json={**body, "reason": " "}, timeout=PATIENCE).status_code == 400
    assert desk.session.post(url, json=body, timeout=PATIENCE).ok
    assert legs(results_hall, ticket)[0]["result"]["kind"] == "returned"
    assert results_hall.session.post(url, json={**body, "result": {"kind": "done"}}, timeout=PATIENCE).ok
    assert legs(results_hall, ticket)[0]["result"]["kind"] == "done"


def test_a_notice_has_a_number_and_the_guides_words_and_is_kept(results_hall: HallServer, desk: Any) -> None:
    ticket = issue(results_hall)
    serve(desk, ticket)
    papers = [{"code": "id-card", "reason": "已过有效期"}, {"name": "近期一寸照片"}]
    answer = name(desk, documents=papers)
    named = answer.json()
    assert answer.status_code == 201, answer.text
    assert named["notice"]["number"] == f"{ticket['id']}-1"
    assert named["print"] is None
    assert [(one["name"], one["reason"]) for one in named["notice"]["documents"]] == [
        ("居民身份证或户口簿", "已过有效期"),
        ("近期一寸照片", ""),
    ]
    assert name(desk).json()["notice"]["number"] == f"{ticket['id']}-2"
    assert [notice["number"] for notice in legs(results_hall, ticket)[0]["notices"]] == [
        f"{ticket['id']}-1",
        f"{ticket['id']}-2",
    ]
    page = desk.session.get(f"{results_hall.base}{named['page']}", timeout=PATIENCE)
    assert page.ok
    for words in (f"{ticket['id']}-1", "居民身份证或户口簿", "近期一寸照片", "刘伟 0307", "12345", "社会保险法"):
        assert words in page.text


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"documents": [{"code": "passport"}]}, 400, "bad_input"),
        ({"documents": [{"name": " "}]}, 400, "text_length"),
        ({"documents": []}, 400, "bad_input"),
        ({"due": "2001-01-01"}, 400, "due_out_of_reach"),
        ({"earlier": "260111A012-1"}, 404, "unknown_document_notice"),
        ({"earlier": "nonsense"}, 404, "unknown_document_notice"),
        ({"printer": "window:3"}, 409, "no_printer"),
        ({"printer": "window:99"}, 404, "not_found"),
    ],
)
def test_what_cannot_be_named_is_refused_by_name(
    results_hall: HallServer, desk: Any, change: dict[str, Any], status: int, code: str
) -> None:
    ticket = issue(results_hall)
    serve(desk, ticket)
    answer = name(desk, **change)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert legs(results_hall, ticket)[0]["notices"] == []


def test_it_is_printed_once_whatever_is_sent_twice_and_again_as_a_copy(results_hall: HallServer, desk: Any) -> None:
    ticket = issue(results_hall)
    serve(desk, ticket)
    key = {"Idempotency-Key": "one press"}
    body = {"documents": [{"code": "id-card"}], "printer": "window:1"}
    first, second = (desk.at(3, "documents", body, headers=key).json() for _ in range(2))
    assert first["notice"] == second["notice"]
    assert first["print"]["job"] == second["print"]["job"]
    assert (first["print"]["slip"], first["print"]["printer"]) == ("missing-documents", "window:1")
    url = f"{results_hall.base}/api/v1/documents/{first['notice']['number']}"
    assert desk.session.get(url, timeout=PATIENCE).json() == first["notice"]
    coming = desk.session.post(f"{url}/print", json={"printer": "window:1"}, timeout=PATIENCE)
    assert coming.status_code in (201, 409)
    if coming.status_code == 201:
        assert coming.json()["nth"] == 2


def test_the_same_person_again_is_known_with_what_was_named_and_by_whom(results_hall: HallServer, desk: Any) -> None:
    before = issue(results_hall, person="110101199001011234")
    serve(desk, before)
    name(desk)
    desk.at(3, "finish", {"result": {"kind": "supplement"}})
    again = issue(results_hall, person="110101199001011234")
    serve(desk, again)
    (known,) = desk.session.get(f"{results_hall.base}/api/v1/windows/3/documents", timeout=PATIENCE).json()["earlier"]
    assert (known["number"], known["name"], known["result"]["kind"]) == (before["number"], "刘伟", "supplement")
    assert [paper["name"] for paper in known["notices"][0]["documents"]] == ["居民身份证或户口簿"]
    assert name(desk).json()["notice"]["earlier"] == f"{before['id']}-1"


def test_the_number_of_an_earlier_notice_finds_it_too(results_hall: HallServer, desk: Any) -> None:
    before, again = issue(results_hall), issue(results_hall)
    serve(desk, before)
    number = name(desk).json()["notice"]["number"]
    same = name(desk, earlier=number)
    assert (same.status_code, same.json()["error"]["code"]) == (409, "notice_of_this_visit")
    desk.at(3, "finish", {"result": {"kind": "returned"}})
    serve(desk, again)
    url = f"{results_hall.base}/api/v1/windows/3/documents?notice={number.lower()}"
    (known,) = desk.session.get(url, timeout=PATIENCE).json()["earlier"]
    assert known["ticket"] == before["id"]
    assert name(desk, earlier=number).json()["notice"]["earlier"] == number


def test_whoever_is_sent_on_keeps_who_was_asked_first(
    results_hall: HallServer, desk: Any, sign_in_at: Callable[..., Any]
) -> None:
    ticket = issue(results_hall)
    serve(desk, ticket)
    sent = desk.at(3, "refer", {"service": "residence", "note": "要先办居住证", "phone": "1234"}).json()
    assert sent["new"] is False
    other = sign_in_at(results_hall, "li")
    other.done(2, "login")
    assert other.at(2, "call", {"ticket": ticket["id"], "reason": "首问"}).ok
    other.done(2, "start")
    shown = other.at(2, "transfer", {"service": "social-insurance"}).json()["ticket"]
    first = shown["first"]
    assert (first["name"], first["window"], first["note"], first["phone"]) == ("刘伟", 3, "要先办居住证", "1234")
    assert [leg["result"] and leg["result"]["kind"] for leg in shown["legs"]] == ["referred", None, None]


def test_somebody_without_a_number_gets_one_that_can_be_shown(results_hall: HallServer, desk: Any) -> None:
    sent = desk.at(3, "refer", {"seen": "", "service": "residence"}).json()
    assert sent["new"] is True
    assert sent["ticket"]["state"] == "waiting"
    assert sent["ticket"]["qr_svg_url"]
    assert sent["place"] == "一层东侧 B 等候区"
    assert sent["ticket"]["print"]["state"] == "none"
    kept = results_hall.call_api("GET", f"tickets/{sent['ticket']['id']}").json()
    assert kept["first"]["name"] == "刘伟"
    nowhere = desk.at(3, "refer", {"seen": "", "to_window": 1})
    assert (nowhere.status_code, nowhere.json()["error"]["code"]) == (404, "unknown_target")
