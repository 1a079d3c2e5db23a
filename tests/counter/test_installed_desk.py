"""The desk as an application of its own: it can be installed, and a server that is away is told in the hall's words."""

from __future__ import annotations

import json
from typing import Any

import requests
from chromium import violations
from hall_server import HallServer
from playwright.sync_api import Page, expect

AT_WORK = "() => navigator.serviceWorker.ready.then(() => true)"


def caches_of(page: Page) -> list[str]:
    names: list[str] = page.evaluate("() => caches.keys()")
    return names


def test_a_browser_finds_nothing_against_installing_it(hall: HallServer, open_desk: Any) -> None:
    page = open_desk(hall).page
    page.evaluate(AT_WORK)
    devtools = page.context.new_cdp_session(page)
    found = devtools.send("Page.getAppManifest")
    assert found["errors"] == []
    manifest = json.loads(found["data"])
    assert manifest["name"] == "窗口叫号 – 青禾镇便民服务中心"
    assert (manifest["display"], manifest["scope"]) == ("standalone", "/counter")
    # A page of a test has no profile, as a window that leaves no traces: that alone stands against it.
    errors = {error["errorId"] for error in devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert errors <= {"in-incognito"}
    for icon in manifest["icons"]:
        picture = requests.get(f"{hall.base}{icon['src']}", timeout=10)
        assert picture.headers["Content-Type"] == "image/png"
        side = int(icon["sizes"].split("x")[0])
        assert [int.from_bytes(picture.content[at : at + 4]) for at in (16, 20)] == [side, side]
    english = requests.get(f"{hall.base}/counter/manifest.webmanifest?lang=en", timeout=10).json()
    assert english["name"] == "Counter – Qinghe Town Public Service Centre"


def test_the_worker_is_asked_for_anew_each_time_and_stays_at_the_counter(hall: HallServer) -> None:
    answer = requests.get(f"{hall.base}/counter/sw.js", timeout=10)
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Service-Worker-Allowed"] == "/counter"
    assert answer.headers["Content-Type"].startswith("text/javascript")


def test_a_server_that_is_away_is_told_and_the_desk_comes_back_by_itself(own_hall: HallServer, open_desk: Any) -> None:
    desk = open_desk(own_hall)
    page = desk.page
    ticket = own_hall.issue("general")
    page.evaluate(AT_WORK)
    kept = page.evaluate(
        "async () => Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys())"
        ".map((request) => new URL(request.url).pathname)))"
    )
    assert not any(path.startswith("/api/") or path == "/counter" for paths in kept for path in paths)
    own_hall.kill()
    page.reload()
    expect(page.locator("h1")).to_have_text("服务器没有回答")
    expect(page.locator("#desk")).to_have_count(0)
    assert violations(page) == []
    own_hall.start()
    expect(page.locator("#desk")).to_have_attribute("data-link", "online", timeout=20_000)
    desk.press("F8")
    desk.shows(ticket["number"], "called")


def test_a_new_version_takes_the_place_of_the_old_one(own_hall: HallServer, open_desk: Any) -> None:
    page = open_desk(own_hall).page
    page.evaluate(AT_WORK)
    [before] = caches_of(page)
    own_hall.edit_config(lambda content: content["hall"].update(name="河口镇便民服务中心"))
    own_hall.kill()
    own_hall.start()
    page.reload()
    while before in caches_of(page):
        page.wait_for_timeout(50)
    own_hall.kill()
    page.reload()
    expect(page.locator(".staff-code")).to_have_text("河口镇便民服务中心")
