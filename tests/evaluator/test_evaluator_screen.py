"""The on-screen evaluator in Chromium, at its own size: what a citizen sees, and what a touch does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from chromium import OpenPage, violations
from hall_server import PASSWORD, USERNAME, HallServer, StartHall
from pad_hall import ADDRESS, KEYS, WINDOW
from playwright.sync_api import Page, expect

from evaluator.virtual_pad import VirtualPad

SIZE = (1024, 600)
LEVELS = {5: "非常满意", 4: "满意", 3: "基本满意", 2: "不满意", 1: "非常不满意"}


@pytest.fixture
def hall(start_hall: StartHall) -> HallServer:
    started = start_hall(evaluation={"timeout": 60})
    started.open(WINDOW)
    return started


@pytest.fixture
def screen(hall: HallServer, open_page: OpenPage) -> Page:
    page = open_page(f"{hall.base}/evaluator/{WINDOW}?token={hall.tokens['evaluator']}", SIZE)
    expect(page.locator("#evaluator")).to_have_attribute("data-phase", "idle")
    return page


def finish(hall: HallServer, window: int = WINDOW) -> str:
    """A citizen is served: the ticket's id."""
    ticket = hall.issue("social-insurance")
    hall.post(f"windows/{window}/call-next")
    hall.post(f"windows/{window}/finish")
    found: str = ticket["id"]
    return found


def votes(hall: HallServer, ticket: str) -> list[tuple[int, str]]:
    return [(vote["level"], vote["channel"]) for vote in hall.votes(ticket)]


def phase(page: Page, wanted: str) -> None:
    expect(page.locator("#evaluator")).to_have_attribute("data-phase", wanted)


def test_what_leaders_have_posted_is_read_while_nobody_is_served(hall: HallServer, screen: Page) -> None:
    """Not what begins later or is for other windows; and a citizen who is being served sees only their number."""
    notice, later = screen.locator("#idle-notice"), datetime.now(UTC) + timedelta(hours=1)
    expect(notice).to_be_hidden()
    hall.post("notices", {"text": "一小时后停电", "starts": later.isoformat()})
    hall.post("notices", {"text": "周五下午本厅盘点，请改日办理"})
    expect(notice).to_have_text("周五下午本厅盘点，请改日办理")
    assert violations(screen) == []
    longest = hall.post("notices", {"text": "因系统升级，请改日办理。" * 16})  # 192 characters
    screen.get_by_role("button", name="大字版").click()
    expect(notice).to_contain_text("因系统升级")
    box, foot = notice.bounding_box(), screen.locator("#foot-note").bounding_box()
    assert box is not None
    assert foot is not None
    assert box["y"] + box["height"] <= foot["y"]
    assert hall.call_api("DELETE", f"notices/{longest['id']}").ok
    hall.issue("social-insurance")
    hall.post(f"windows/{WINDOW}/call-next")
    expect(screen.locator("#idle-number")).to_have_text("A001")
    expect(notice).to_be_hidden()


def test_a_touch_on_a_face_is_one_vote_and_the_thanks_pass(hall: HallServer, screen: Page) -> None:
    ticket = finish(hall)
    phase(screen, "asking")
    screen.get_by_role("button", name="满意 Good", exact=True).click()
    phase(screen, "thanks")
    expect(screen.get_by_role("heading", name="已收到，谢谢")).to_be_visible()
    assert votes(hall, ticket) == [(4, "screen")]
    phase(screen, "idle")


def test_after_a_low_level_the_screen_asks_why_and_the_level_is_stored_already(hall: HallServer, screen: Page) -> None:
    ticket = finish(hall)
    phase(screen, "asking")
    screen.get_by_role("button", name="不满意 Poor", exact=True).click()
    phase(screen, "reasons")
    assert votes(hall, ticket) == [(2, "screen")]
    expect(screen.get_by_role("heading", name="您选了：不满意")).to_be_focused()
    screen.get_by_role("button", name="服务态度生硬").click()
    screen.get_by_role("button", name="没有提供材料样本").click()
    screen.get_by_role("button", name="没有提供材料样本").click()
    with screen.expect_response("**/evaluations/reasons"):
        screen.get_by_role("button", name="提交", exact=True).click()
    phase(screen, "thanks")
    (told,) = hall.votes(ticket)
    assert (told["level"], told["reasons"]) == (2, ["214"])
    phase(screen, "idle")


def test_the_next_citizens_asking_ends_the_question_why(hall: HallServer, screen: Page) -> None:
    first = finish(hall)
    phase(screen, "asking")
    screen.locator("[data-level='1']").click()
    phase(screen, "reasons")
    second = finish(hall)
    phase(screen, "asking")
    screen.locator("[data-level='5']").click()
    phase(screen, "thanks")
    assert (votes(hall, first), votes(hall, second)) == ([(1, "screen")], [(5, "screen")])


def test_whoever_is_served_next_does_not_see_what_the_one_before_chose(hall: HallServer, screen: Page) -> None:
    """Called is not yet there: until the clerk begins, the question why stays, and what was chosen by then is kept."""
    ticket = finish(hall)
    phase(screen, "asking")
    screen.locator("[data-level='2']").click()
    phase(screen, "reasons")
    screen.get_by_role("button", name="服务态度生硬").click()
    second = hall.issue("social-insurance")
    hall.post(f"windows/{WINDOW}/call-next")
    hall.post(f"windows/{WINDOW}/recall")
    phase(screen, "reasons")
    with screen.expect_response("**/evaluations/reasons"):
        hall.post(f"windows/{WINDOW}/start")
    phase(screen, "idle")
    expect(screen.locator("#idle-number")).to_have_text(second["number"])
    (told,) = hall.votes(ticket)
    assert (told["level"], told["reasons"]) == (2, ["214"])


def test_the_five_faces_are_equals_and_none_is_chosen(hall: HallServer, screen: Page) -> None:
    finish(hall)
    phase(screen, "asking")
    faces = screen.locator("[data-level]")
    assert [word.split("\n")[0] for word in faces.all_inner_texts()] == list(LEVELS.values())
    boxes = [box for box in (face.bounding_box() for face in faces.all()) if box]
    assert len({(round(box["width"]), round(box["height"])) for box in boxes}) == 1
    assert screen.evaluate("document.activeElement.closest('[data-level]')") is None
    decline, large = screen.locator("#decline").bounding_box(), screen.locator("#big").bounding_box()
    assert decline is not None
    assert large is not None
    assert (decline["width"], decline["height"]) == (large["width"], large["height"])
    assert min(box["height"] for box in (*boxes, decline, large)) >= 64


def test_to_decline_looks_the_same_as_to_vote(hall: HallServer, screen: Page) -> None:
    ticket = finish(hall)
    phase(screen, "asking")
    screen.get_by_role("button", name="不评价").click()
    phase(screen, "thanks")
    assert votes(hall, ticket) == []
    phase(screen, "idle")


def test_keys_of_a_keyboard_do_not_vote_but_tab_and_enter_do(hall: HallServer, screen: Page) -> None:
    ticket = finish(hall)
    phase(screen, "asking")
    for key in "12345":
        screen.keyboard.press(key)
    screen.keyboard.press("Enter")
    phase(screen, "asking")
    assert votes(hall, ticket) == []
    screen.keyboard.press("Tab")
    screen.keyboard.press("Tab")
    screen.keyboard.press("Enter")
    phase(screen, "thanks")
    assert votes(hall, ticket) == [(4, "screen")]


def test_a_finger_that_came_down_for_one_citizen_does_not_vote_for_the_next(hall: HallServer, screen: Page) -> None:
    first = finish(hall)
    phase(screen, "asking")
    screen.locator("[data-level='5']").hover()
    screen.mouse.down()
    second = finish(hall)
    expect(screen.locator("#asking-number")).to_have_text(second[-4:])
    screen.mouse.up()
    expect(screen.locator("#foot-note")).to_have_text("评价已关闭。")
    phase(screen, "asking")
    assert (votes(hall, first), votes(hall, second)) == ([], [])


def test_time_runs_out_without_a_vote(start_hall: StartHall, open_page: OpenPage) -> None:
    hall = start_hall(evaluation={"timeout": 1})
    hall.open(WINDOW)
    page = open_page(f"{hall.base}/evaluator/{WINDOW}?token={hall.tokens['evaluator']}", SIZE)
    ticket = finish(hall)
    phase(page, "asking")
    phase(page, "idle")
    assert votes(hall, ticket) == []


def test_a_pause_tells_why_and_until_when_and_when_it_is_late(hall: HallServer, screen: Page) -> None:
    hall.post(f"windows/{WINDOW}/pause", {"reason": "设备检修", "minutes": 14})
    phase(screen, "paused")
    expect(screen.locator("#paused-reason")).to_have_text("设备检修")
    expect(screen.locator("#paused-left")).to_have_text("14 分钟")
    # The page's own clock is put an hour ahead, as if that much time had passed.
    screen.evaluate("{ const now = Date.now; Date.now = () => now() + 3600000; }")
    expect(screen.locator("#paused-left")).to_have_text("正在返回")
    hall.post(f"windows/{WINDOW}/reopen")
    phase(screen, "idle")


def test_without_its_server_the_screen_says_so_and_takes_no_touch(hall: HallServer, screen: Page) -> None:
    ticket = finish(hall)
    phase(screen, "asking")
    hall.kill()
    expect(screen.locator("#foot-note")).to_have_text("连接中断，正在重连")
    expect(screen.locator("[data-level='5']")).to_have_attribute("aria-disabled", "true")
    hall.start()
    expect(screen.locator("[data-level='5']")).to_have_attribute("aria-disabled", "false")
    screen.locator("[data-level='3']").click()
    phase(screen, "thanks")
    assert votes(hall, ticket) == [(3, "screen")]


def test_large_type_is_for_one_citizen(hall: HallServer, screen: Page) -> None:
    finish(hall)
    phase(screen, "asking")
    plain = text_size(screen, ".face-word")
    screen.get_by_role("button", name="大字版").click()
    assert text_size(screen, ".face-word") >= 1.4 * plain
    assert overflowing(screen) == []
    screen.locator("[data-level='4']").click()
    phase(screen, "idle")
    expect(screen.locator("html.big")).to_have_count(0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_state_is_accessible_and_fits(hall: HallServer, open_page: OpenPage, language: str) -> None:
    address = f"{hall.base}/evaluator/{WINDOW}?lang={language}&token={hall.tokens['evaluator']}"
    page = open_page(address, SIZE, reduced_motion="reduce")
    phase(page, "idle")
    problems = look(page)
    finish(hall)
    phase(page, "asking")
    problems += look(page)
    page.locator("[data-level='1']").click()
    phase(page, "reasons")
    problems += violations(page) + overflowing(page)
    page.evaluate("document.documentElement.classList.add('big')")
    problems += overflowing(page)
    page.locator("#reasons-skip").click()
    phase(page, "thanks")
    problems += violations(page)
    hall.post(f"windows/{WINDOW}/pause", {"reason": "临时外出到二楼取材料，马上回来，请稍候", "minutes": 9})
    phase(page, "paused")
    problems += look(page)
    hall.post(f"windows/{WINDOW}/reopen")
    hall.post(f"windows/{WINDOW}/logout")
    phase(page, "closed")
    assert problems + look(page) == []


def test_pad_and_screen_are_one_evaluation(start_hall: StartHall, open_page: OpenPage, tmp_path: Path) -> None:
    """Whichever is pressed first has the vote; the other one stops asking."""
    pad = VirtualPad(WINDOW, ADDRESS, link=tmp_path / "pad", control=None)
    pad.start()
    device = {"window": WINDOW, "link": str(tmp_path / "pad"), "address": ADDRESS, "keys": KEYS}
    hall = start_hall(pads=[device], evaluation={"timeout": 60})
    hall.open(WINDOW)
    page = open_page(f"{hall.base}/evaluator/{WINDOW}?token={hall.tokens['evaluator']}", SIZE)
    wait_for_pads(page, hall)
    first = finish(hall)
    phase(page, "asking")
    assert pad.wait_for(showing="请评价")
    pad.press(1)
    phase(page, "thanks")
    second = finish(hall)
    phase(page, "asking")
    assert pad.wait_for(showing="请评价")
    page.locator("[data-level='5']").click()
    assert pad.wait_for(showing="欢迎")
    assert (votes(hall, first), votes(hall, second)) == ([(KEYS[1], "pad")], [(5, "screen")])
    pad.stop()


def wait_for_pads(page: Page, hall: HallServer) -> None:
    def states() -> list[Any]:
        devices = hall.call_api("GET", "hall").json()["devices"]
        return [device["state"] for device in devices if device["kind"] == "pad"]

    while states() != ["ready"]:
        page.wait_for_timeout(50)


def text_size(page: Page, selector: str) -> float:
    size: str = page.locator(selector).first.evaluate("element => getComputedStyle(element).fontSize")
    return float(size.removesuffix("px"))


def look(page: Page) -> list[str]:
    """What is wrong with a state, in plain and in large type."""
    problems = violations(page) + overflowing(page)
    page.locator("#big").click()
    problems += violations(page) + overflowing(page)
    page.locator("#big").click()
    return problems


def overflowing(page: Page) -> list[str]:
    """Texts that stick out of their own box or of the panel."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(".clerk *, .stage *")]
          .filter((e) => e.offsetParent && !e.closest("svg") && getComputedStyle(e).display !== "inline")
          .filter((e) => e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().bottom > innerHeight + 1
            || e.getBoundingClientRect().right > innerWidth + 1)
          .map((e) => `${e.tagName} ${e.id} ${e.className}: ${e.textContent.trim()}`)"""
    )
    return found


@pytest.mark.parametrize(("language", "words"), [("zh", "已登录工作人员账号"), ("en", "an account is signed in")])
def test_while_staff_is_signed_in_in_the_same_browser_the_screen_says_so_and_comes_back_by_itself(
    hall: HallServer, open_page: OpenPage, language: str, words: str
) -> None:
    """A clerk who signs in on another page of that browser presses for nobody; signing out here is enough."""
    screen = open_page(f"{hall.base}/evaluator/{WINDOW}?lang={language}&token={hall.tokens['evaluator']}", SIZE)
    phase(screen, "idle")
    desk = screen.context.new_page()
    desk.goto(f"{hall.base}/counter")
    desk.locator("[name=username]").fill(USERNAME)
    desk.locator("[name=password]").fill(PASSWORD)
    desk.locator("#sign-in").click()
    expect(screen.get_by_role("heading")).to_contain_text(words)
    expect(screen.locator("#evaluator")).to_have_count(0)
    assert violations(screen) == []
    assert screen.evaluate("document.documentElement.scrollHeight <= innerHeight")
    screen.locator("#sign-out").click()
    phase(screen, "idle")


def test_the_screen_comes_back_once_the_account_is_signed_out_elsewhere(hall: HallServer, open_page: OpenPage) -> None:
    screen = open_page(f"{hall.base}/counter", SIZE)
    cookies = [{"name": c.name, "value": c.value or "", "url": hall.base} for c in hall.session.cookies]
    screen.context.add_cookies(cookies)
    screen.goto(f"{hall.base}/evaluator/{WINDOW}?token={hall.tokens['evaluator']}")
    expect(screen.locator("#sign-out")).to_be_visible()
    assert screen.context.request.post(f"{hall.base}/api/v1/logout").ok
    phase(screen, "idle")
