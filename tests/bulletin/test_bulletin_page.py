"""The leader's room in real Chromium: two leaders, one hall."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from chromium import OpenPage, violations
from hall_server import PASSWORD, USERNAME, HallServer, StartHall
from leaders_room import CLERK, LEADERS_DESK, OTHER_LEADER, ZONES, OpenRoom, as_user
from morning import MORNING, today
from photo_files import picture_file
from playwright.sync_api import Page, expect
from waiting import wait_until

ENGLISH = {"query": "?lang=en"}


def notices_of(hall: HallServer) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hall.call_api("GET", "notices").json()["notices"]
    return found


def next_monday() -> Any:
    return today() + timedelta(days=7 - today().weekday())


def test_two_leaders_see_each_others_notices(open_room: OpenRoom, hall: HallServer) -> None:
    mine, theirs = open_room(), open_room(OTHER_LEADER, **ENGLISH)
    mine.click("#notice-new")
    mine.fill("#notice-text", "周五下午系统检修")
    mine.locator("#notice-form").get_by_label("一层东侧等候区").check()
    mine.click("#notice-yes")
    expect(mine.locator("#notice-dialog")).not_to_be_visible()
    row = theirs.locator("#notices .row", has_text="周五下午系统检修")
    expect(row).to_contain_text("On the screens")
    expect(row).to_contain_text("East, floor 1")
    row.get_by_role("button", name="Change: 周五下午系统检修").click()
    theirs.fill("#notice-text", "周六下午系统检修")
    theirs.click("#notice-yes")
    expect(mine.locator("#notices .row", has_text="周六下午系统检修")).to_contain_text("现在显示")
    assert [(one["text"], one["zones"], one["staff"]) for one in notices_of(hall)] == [
        ("周六下午系统检修", ["east"], OTHER_LEADER)
    ]


def test_notice_is_withdrawn_by_two_presses(open_room: OpenRoom, hall: HallServer) -> None:
    hall.post("notices", {"text": "上午停水"})
    page = open_room()
    button = page.locator("[data-key^=withdraw]")
    button.click()
    expect(button).to_have_text("再按一次")
    assert len(notices_of(hall)) == 1
    button.click()
    expect(page.locator("#told")).to_have_text("通知已撤下")
    expect(button).to_have_count(0)
    assert notices_of(hall) == []


def test_times_are_the_halls_wherever_the_browser_thinks_it_is(open_room: OpenRoom, hall: HallServer) -> None:
    page = open_room(timezone_id="Asia/Kathmandu")  # no hall of the tests has its quarters of an hour
    page.click("#notice-new")
    page.fill("#notice-text", "明天上午停水")
    tomorrow = today() + timedelta(days=1)
    page.fill("#notice-starts", f"{tomorrow}T09:00")
    page.fill("#notice-ends", f"{tomorrow}T12:30")
    page.click("#notice-yes")
    row = page.locator("#notices .row", has_text="明天上午停水")
    expect(row).to_contain_text("未到时间")
    expect(row).to_contain_text("09:00 至")
    (notice,) = notices_of(hall)
    assert datetime.fromisoformat(notice["starts"]) == datetime.combine(tomorrow, time(9), ZoneInfo(MORNING))
    row.get_by_role("button", name="修改").click()
    expect(page.locator("#notice-starts")).to_have_value(f"{tomorrow}T09:00")
    expect(page.locator("#notice-ends")).to_have_value(f"{tomorrow}T12:30")


@pytest.mark.parametrize(
    ("wall", "zone", "instant"),
    [
        ("2026-12-01T09:00", "Asia/Shanghai", "2026-12-01T01:00:00.000Z"),
        ("2026-03-29T01:30", "Europe/Berlin", "2026-03-29T00:30:00.000Z"),
        ("2026-03-29T03:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"),
        ("2026-10-25T12:00", "Europe/Berlin", "2026-10-25T11:00:00.000Z"),
        ("2026-11-01T00:30", "America/New_York", "2026-11-01T04:30:00.000Z"),
    ],
)
def test_wall_time_is_an_instant_also_where_clocks_change(
    open_room: OpenRoom, wall: str, zone: str, instant: str
) -> None:
    script = """async ([wall, zone]) => {
      const { instantOf, wallOf } = await import("/bulletin/static/wall-time.js");
      const found = instantOf(wall, zone);
      return [found.toISOString(), wallOf(found, zone)];
    }"""
    assert open_room().evaluate(script, [wall, zone]) == [instant, wall]


def test_what_is_refused_stays_in_the_form_and_says_why(open_room: OpenRoom, hall: HallServer) -> None:
    page = open_room()
    page.click("#notice-new")
    page.click("#notice-yes")
    expect(page.locator("#notice-strip")).to_have_text("请写通知内容")
    page.fill("#notice-text", "停水")
    page.fill("#notice-starts", f"{today()}T12:00")
    page.fill("#notice-ends", f"{today()}T11:00")
    page.click("#notice-yes")
    expect(page.locator("#notice-strip")).to_contain_text("结束时间早于开始时间")
    expect(page.locator("#notice-text")).to_have_value("停水")
    assert violations(page) == []
    page.click("#notice-no")
    assert notices_of(hall) == []


def test_notice_is_posted_by_the_keyboard_alone(open_room: OpenRoom, hall: HallServer) -> None:
    page = open_room()
    page.focus("#notice-new")
    page.keyboard.press("Enter")
    expect(page.locator("#notice-text")).to_be_focused()
    page.keyboard.type("keys")
    for _ in range(40):
        if page.evaluate("document.activeElement.id") == "notice-yes":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#notices .row", has_text="keys")).to_have_count(1)
    expect(page.locator("#notice-new")).to_be_focused()
    page.focus("[data-key^=change]")
    page.keyboard.press("Enter")
    expect(page.locator("#notice-dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#notice-dialog")).not_to_be_visible()
    expect(page.locator("[data-key^=change]")).to_be_focused()


def go_to_next_week(page: Page) -> None:
    page.click("#week-after")
    expect(page.locator(f'[data-day="{next_monday()}"]')).to_be_visible()


def test_week_is_rostered_from_one_day(open_room: OpenRoom, hall: HallServer, tmp_path: Any) -> None:
    file = tmp_path / "zhou.jpg"
    file.write_bytes(picture_file((1200, 1600), turned=6))
    page = open_room()
    go_to_next_week(page)
    page.click(f'[data-key="edit-{next_monday()}"]')
    page.get_by_role("button", name="添加值班领导").click()
    page.keyboard.type("周明远")
    page.get_by_label("职务").fill("副镇长")
    page.get_by_label("电话").fill("0571-8812345")
    page.locator(".photo-input").set_input_files(str(file))
    expect(page.get_by_alt_text("周明远的照片")).to_be_visible()
    page.get_by_role("button", name="添加值班窗口").click()
    page.locator(".duty-window select").select_option("3")
    page.locator("[data-role=window] .duty-name input").fill("王磊")
    assert violations(page) == []
    page.click("#day-yes")
    card = page.locator(f'[data-day="{next_monday()}"]')
    expect(card).to_contain_text("周明远")
    expect(card).to_contain_text("3 号窗口")
    assert card.locator("img").evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 480

    page.click(f'[data-key="copy-{next_monday()}"]')
    page.get_by_label("本周其余各天").check()
    assert violations(page) == []
    page.click("#copy-yes")
    expect(page.locator("#week-note")).to_have_text("7 天中 7 天已安排")
    rosters = [hall.call_api("GET", f"roster/{next_monday() + timedelta(days=n)}").json()["duties"] for n in range(7)]
    assert rosters == [rosters[0]] * 7
    assert [(duty["role"], duty["name"], duty["window"]) for duty in rosters[0]] == [
        ("leader", "周明远", None),
        ("window", "王磊", 3),
    ]


def test_whoever_led_before_is_offered_again_with_everything_known(
    open_room: OpenRoom, hall: HallServer, photo: str
) -> None:
    day = today() + timedelta(days=1)
    known = {"role": "leader", "name": "沈丽", "post": "中心副主任", "phone": "0571-66", "photo": photo}
    hall.call_api("PUT", f"roster/{day}", json={"duties": [known]})
    hall.call_api("PUT", f"roster/{day}", json={"duties": []})
    page = open_room()
    go_to_next_week(page)
    page.click(f'[data-key="edit-{next_monday()}"]')
    page.get_by_role("button", name="添加带班领导").click()
    assert "沈丽" in page.locator("#day-people option").evaluate_all("(all) => all.map((one) => one.value)")
    assert "刘伟" in page.locator("#day-staff option").evaluate_all("(all) => all.map((one) => one.value)")
    page.keyboard.type("沈丽")
    page.keyboard.press("Tab")
    expect(page.get_by_label("职务")).to_have_value("中心副主任")
    expect(page.get_by_alt_text("沈丽的照片")).to_be_visible()
    page.click("#day-yes")
    expect(page.locator(f'[data-day="{next_monday()}"]')).to_contain_text("带班领导")
    (duty,) = hall.call_api("GET", f"roster/{next_monday()}").json()["duties"]
    assert (duty["role"], duty["phone"], duty["photo"]) == ("shift_leader", "0571-66", photo)


def test_leader_is_told_when_somebody_saves_the_same_day_meanwhile(open_room: OpenRoom, hall: HallServer) -> None:
    page = open_room()
    go_to_next_week(page)
    page.click(f'[data-key="edit-{next_monday()}"]')
    expect(page.locator("#day-meanwhile")).not_to_be_visible()
    hall.call_api("PUT", f"roster/{next_monday()}", json={"duties": [{"role": "leader", "name": "沈丽"}]})
    expect(page.locator("#day-meanwhile")).to_be_visible()
    assert violations(page) == []


def leaders_of(hall: HallServer, day: Any) -> list[str]:
    return [duty["name"] for duty in hall.call_api("GET", f"roster/{day}").json()["duties"]]


@pytest.mark.parametrize(("choice", "stands"), [("#day-theirs", ["沈丽"]), ("#day-mine", ["周明远"])])
def test_leader_chooses_between_two_rosters_of_one_day(
    open_room: OpenRoom, hall: HallServer, choice: str, stands: list[str]
) -> None:
    page = open_room()
    go_to_next_week(page)
    page.click(f'[data-key="edit-{next_monday()}"]')
    page.get_by_role("button", name="添加值班领导").click()
    page.keyboard.type("周明远")
    hall.call_api("PUT", f"roster/{next_monday()}", json={"duties": [{"role": "leader", "name": "沈丽"}]})
    expect(page.locator("#day-meanwhile")).to_be_visible()
    page.click("#day-yes")
    expect(page.locator("#day-strip")).to_have_text("这一天的值班表刚才已被别人改过。")
    assert leaders_of(hall, next_monday()) == ["沈丽"]
    page.click(choice)
    expect(page.locator("#day-meanwhile")).not_to_be_visible()
    expect(page.locator("[data-role=leader] .duty-name input")).to_have_value(stands[0])
    page.click("#day-yes")
    expect(page.locator("#day-dialog")).not_to_be_visible()
    assert leaders_of(hall, next_monday()) == stands


def test_leader_sees_what_names_a_place_that_is_gone(start_hall: StartHall, open_page: OpenPage) -> None:
    hall = start_hall(zones=ZONES)
    hall.post("notices", {"text": "东侧停电", "zones": ["east"]})
    duties = [{"role": "window", "window": 6}, {"role": "leader", "name": "沈丽"}]
    hall.call_api("PUT", f"roster/{today()}", json={"duties": duties})

    def shrink(content: dict[str, Any]) -> None:
        content["zones"] = []
        content["windows"] = [window for window in content["windows"] if window["number"] != 6]

    hall.edit_config(shrink)
    assert hall.call_api("POST", "config/reload").ok
    page = open_page(f"{hall.base}/bulletin", LEADERS_DESK)
    page.fill("input[name=username]", USERNAME)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#notices .row", has_text="东侧停电")).to_contain_text("east（配置中已没有）")
    page.click("[data-key^=change]")
    page.fill("#notice-text", "东侧停水")
    page.click("#notice-yes")
    expect(page.locator("#notice-dialog")).not_to_be_visible()
    assert [(one["text"], one["zones"]) for one in notices_of(hall)] == [("东侧停水", ["east"])]
    expect(page.locator(".day-windows")).to_have_text("6 号窗口（配置中已没有）")
    page.click(f'[data-key="edit-{today()}"]')
    expect(page.locator("#day-gone")).to_have_text("保存时将去掉：6 号窗口（配置中已没有）")
    assert violations(page) == []


HOSTILE = '<img src=x onerror="document.title=1">'


def test_words_are_words_and_never_a_part_of_the_page(
    open_room: OpenRoom, open_page: OpenPage, hall: HallServer
) -> None:
    hall.post("notices", {"text": HOSTILE})
    hall.post("announcements", {"kind": "general", "text": HOSTILE})
    duty = {"role": "leader", "name": HOSTILE, "post": HOSTILE, "phone": HOSTILE}
    assert hall.call_api("PUT", f"roster/{today()}", json={"duties": [duty]}).ok
    page = open_room()
    for place in ("#notices .row", "#running .row", ".day-today"):
        expect(page.locator(place).first).to_contain_text(HOSTILE)
    page.click(f'[data-key="edit-{today()}"]')
    expect(page.locator("[data-role=leader] .duty-name input")).to_have_value(HOSTILE)
    board = open_page(f"{hall.base}/display/hall?token={hall.tokens['display']}", (1920, 1080))
    expect(board.locator("#notices")).to_contain_text(HOSTILE)
    expect(board.locator("#duty")).to_contain_text(HOSTILE)
    expect(board.locator("body")).to_contain_text(HOSTILE)
    assert [shown.locator("img[src=x]").count() for shown in (page, board)] == [0, 0]


def test_notice_comes_to_the_screens_and_leaves_them_by_itself(open_page: OpenPage, hall: HallServer) -> None:
    board = open_page(f"{hall.base}/display/hall?token={hall.tokens['display']}", (1920, 1080))
    expect(board.locator("#notices")).to_contain_text("冬季作息")
    starts = datetime.now(UTC) + timedelta(seconds=3)
    ends = starts + timedelta(seconds=8)  # so long that a busy machine shows it in between
    hall.post("notices", {"text": "马上停电", "starts": starts.isoformat(), "ends": ends.isoformat()})
    expect(board.locator("#notices")).to_contain_text("马上停电")
    assert datetime.now(UTC) >= starts
    expect(board.locator("#notices")).not_to_contain_text("马上停电")
    assert datetime.now(UTC) >= ends


def test_nobody_is_shown_with_the_face_of_whoever_stood_there_before(
    open_room: OpenRoom, hall: HallServer, photo: str, tmp_path: Any
) -> None:
    shown = {"role": "leader", "name": "周明远", "photo": photo}
    hall.call_api("PUT", f"roster/{next_monday()}", json={"duties": [shown]})
    file = tmp_path / "qian.jpg"
    file.write_bytes(picture_file((700, 900)))
    page = open_room()
    go_to_next_week(page)
    page.click(f'[data-key="edit-{next_monday()}"]')
    name = page.locator("[data-role=leader] .duty-name input")
    name.fill("钱进")
    page.keyboard.press("Tab")
    expect(page.locator("[data-role=leader] .photo img")).to_have_count(0)
    page.get_by_role("button", name="添加值班领导").click()
    page.locator(".photo-input").nth(1).set_input_files(str(file))
    expect(page.locator("[data-role=leader] .photo img")).to_have_count(1)
    name.nth(1).fill("孙立")
    page.keyboard.press("Tab")
    page.click("#day-yes")
    expect(page.locator("#day-dialog")).not_to_be_visible()
    duties = hall.call_api("GET", f"roster/{next_monday()}").json()["duties"]
    assert [(duty["name"], duty["photo"] is not None) for duty in duties] == [("钱进", False), ("孙立", True)]


def test_what_is_no_picture_is_refused_in_the_form(open_room: OpenRoom, tmp_path: Any) -> None:
    file = tmp_path / "letter.jpg"
    file.write_text("a letter", encoding="utf-8")
    page = open_room()
    page.click(f'[data-key="edit-{today()}"]')
    page.get_by_role("button", name="添加值班领导").click()
    page.locator(".photo-input").set_input_files(str(file))
    expect(page.locator("#day-strip")).to_contain_text("这不是照片")


def announcements_of(hall: HallServer) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hall.call_api("GET", "announcements").json()["announcements"]
    return [made for made in found if made["showing"]]


def test_emergency_wants_a_second_press(open_room: OpenRoom, hall: HallServer) -> None:
    page, other = open_room(), open_room(OTHER_LEADER)
    page.get_by_label("紧急：立即播").check()
    page.select_option(
        "#announce-choice", label="请大家不要惊慌，听从工作人员指挥，从最近的安全出口有序撤离，不要乘坐电梯。"
    )
    page.locator("#announce-form").get_by_label("二层等候区").check()
    page.select_option("#announce-times", "5")
    page.click("#announce-yes")
    expect(page.locator("#announce-yes")).to_have_text("再按一次：立即打断叫号播出")
    assert announcements_of(hall) == []
    assert violations(page) == []
    page.click("#announce-yes")
    expect(other.locator("#running .row")).to_contain_text("从最近的安全出口有序撤离")
    (made,) = announcements_of(hall)
    assert (made["kind"], made["zones"], made["times"]) == ("emergency", ["west"], 5)
    expect(page.locator("#announce-text")).to_have_value("")
    other.click("[data-key^=end]")
    expect(page.locator("#running .row")).to_have_count(0)
    assert announcements_of(hall) == []


def test_second_press_is_for_the_words_of_the_first(open_room: OpenRoom, hall: HallServer) -> None:
    page = open_room()
    page.get_by_label("紧急：立即播").check()
    page.fill("#announce-text", "请撤离")
    page.click("#announce-yes")
    page.fill("#announce-text", "请全部撤离")
    expect(page.locator("#announce-yes")).to_have_text("播出紧急广播")
    page.click("#announce-yes")
    expect(page.locator("#announce-yes")).to_have_text("再按一次：立即打断叫号播出")
    assert announcements_of(hall) == []


def test_general_announcement_needs_one_press(open_room: OpenRoom, hall: HallServer) -> None:
    page = open_room()
    page.click("#announce-yes")
    expect(page.locator("#announce-strip")).to_have_text("请写广播内容，或者从常用语里选")
    page.fill("#announce-text", "还有半小时下班")
    page.click("#announce-yes")
    expect(page.locator("#running .row")).to_contain_text("还有半小时下班")
    (made,) = announcements_of(hall)
    assert (made["kind"], made["times"], made["zones"]) == ("general", 2, [])


@pytest.mark.parametrize("query", ["", "?lang=en"])
@pytest.mark.parametrize("size", [LEADERS_DESK, (390, 844)])
def test_room_is_for_everybody_to_use(
    open_room: OpenRoom, hall: HallServer, photo: str, query: str, size: tuple[int, int]
) -> None:
    hall.post("notices", {"text": "周五停电", "zones": ["east", "west"]})
    hall.post("announcements", {"kind": "emergency", "text": "请撤离"})
    leader = {"role": "leader", "name": "周明远", "post": "副镇长", "photo": photo}
    hall.call_api("PUT", f"roster/{today()}", json={"duties": [leader, {"role": "window", "window": 2}]})
    page = open_room(query=query, size=size)
    expect(page.locator(".day-today img")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(("username", "status"), [(None, 200), (CLERK, 403)])
def test_others_get_the_way_in_instead_of_the_page(hall: HallServer, username: str | None, status: int) -> None:
    answer = as_user(hall, username).get(f"{hall.base}/bulletin", timeout=10)
    assert answer.status_code == status
    assert 'name="password"' in answer.text
    assert 'id="place"' not in answer.text


def test_room_is_found_from_the_leaders_page_and_the_map(hall: HallServer) -> None:
    for path in ("/report", "/"):
        assert 'href="/bulletin"' in hall.session.get(f"{hall.base}{path}", timeout=10).text


def test_page_says_when_the_server_is_away_and_comes_back_by_itself(start_hall: StartHall, open_page: OpenPage) -> None:
    hall = start_hall()
    hall.post("notices", {"text": "周五停电"})
    page = open_page(f"{hall.base}/bulletin", LEADERS_DESK)
    page.fill("input[name=username]", USERNAME)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#notices .row", has_text="周五停电")).to_be_visible()
    hall.kill()
    expect(page.locator("#offline")).to_be_visible()
    page.click("[data-key^=withdraw]")
    page.click("[data-key^=withdraw]")
    expect(page.locator("#told")).to_have_text("服务器没有回答", timeout=40_000)
    hall.start()
    expect(page.locator("#offline")).not_to_be_visible()
    page.click("[data-key^=withdraw]")
    page.click("[data-key^=withdraw]")
    wait_until(lambda: notices_of(hall) == [], "the notice is withdrawn")
