"""Who may see the figures: leaders, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest
import socketio


def _join(told_server: Any, username: str | None) -> socketio.SimpleClient:
    client = socketio.SimpleClient(http_session=told_server.session(username))
    client.connect(told_server.base, namespace="/report", transports=["websocket"], wait_timeout=10)
    return client


def test_a_leader_gets_the_figures(told_server: Any) -> None:
    answer = told_server.session("leader").get(f"{told_server.base}/api/v1/report/today")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    report = answer.json()
    assert report["day"] == "2026-11-23"
    assert report["tickets"]["issued"] == sum(n for name, n in report["tickets"].items() if name != "issued")
    assert {clerk["username"]: clerk["name"] for clerk in report["clerks"]}["chen"] == "陈晓兰"


@pytest.mark.parametrize(("username", "status", "code"), [(None, 401, "login_required"), ("clerk", 403, "forbidden")])
def test_others_get_nothing(told_server: Any, username: str | None, status: int, code: str) -> None:
    answer = told_server.session(username).get(f"{told_server.base}/api/v1/report/today")
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert list(answer.json()) == ["error"]
    with pytest.raises(socketio.exceptions.ConnectionError):
        _join(told_server, username)


@pytest.mark.parametrize(("username", "status"), [(None, 200), ("clerk", 403)])
def test_others_get_the_way_in_instead_of_the_page(told_server: Any, username: str | None, status: int) -> None:
    answer = told_server.session(username).get(f"{told_server.base}/report")
    assert answer.status_code == status
    assert 'name="password"' in answer.text
    assert 'id="view"' not in answer.text


def test_the_live_view_tells_leaders_what_goes_on_and_that_the_figures_are_stale(told_server: Any) -> None:
    client = _join(told_server, "leader")
    name, snapshot = client.receive(timeout=10)
    assert name == "snapshot"
    view = snapshot["view"]
    session = told_server.session("leader")
    issued = session.post(f"{told_server.base}/api/v1/tickets", json={"service": "tax"})
    assert issued.status_code == 201
    name, patch = client.receive(timeout=10)
    client.disconnect()
    assert name == "patch"
    assert patch["set"]["waiting"]["count"] == view["waiting"]["count"] + 1
    assert patch["set"]["services"]["tax"] == view["services"]["tax"] + 1
    assert patch["set"]["stale"] > view["stale"]
    assert "windows" not in patch["set"]


def test_the_document_of_the_api_names_the_report(told_server: Any) -> None:
    document = told_server.session().get(f"{told_server.base}/api/v1/openapi.json").json()
    schema = document["paths"]["/api/v1/report/today"]["get"]["responses"]["200"]["content"]["application/json"]
    assert schema["schema"]["$ref"].endswith("/ReportTodayOut")
