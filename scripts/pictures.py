"""Takes the pictures of docs/images from a running demo: every page at its real size, and the printed paper."""

from __future__ import annotations

import shutil
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

from chromium import Browsers, pages  # noqa: E402
from demo_process import Demo  # noqa: E402
from morning import today  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402
from waiting import wait_until  # noqa: E402

IMAGES = ROOT / "docs" / "images"
VISITS = {"social-insurance": 9, "residence": 5, "property": 6, "tax": 3, "civil-affairs": 2, "housing-fund": 2}
SERVED = {1: 2, 2: 3, 4: 2, 5: 2, 6: 1}
KEYS = {2: 3, 3: 2}
CLERKS = {1: "liuwei", 2: "zhangmin", 4: "huangzq", 5: "hejing", 6: "luowj"}


def fill_hall(demo: Demo) -> None:
    """A morning: numbers taken, some served and rated, one no-show, one window away."""
    for service, visits in VISITS.items():
        for _ in range(visits):
            demo.issue(service)
    for window, served in SERVED.items():
        demo.login(CLERKS[window])
        demo.api("POST", f"windows/{window}/login")
        for _ in range(served):
            demo.api("POST", f"windows/{window}/call-next")
            demo.api("POST", f"windows/{window}/start")
            demo.api("POST", f"windows/{window}/finish")
            if window in KEYS:
                demo.pad(window).wait_for("please_evaluate")
                demo.pad(window).press(KEYS[window])
                demo.pad(window).wait_for("thank_you")
        demo.api("POST", f"windows/{window}/call-next")
        demo.api("POST", f"windows/{window}/start")
    demo.login(CLERKS[5])
    demo.api("POST", "windows/5/finish")
    demo.api("POST", "windows/5/call-next")
    demo.api("POST", "windows/5/no-show")
    demo.login(CLERKS[4])
    demo.api("POST", "windows/4/finish")
    demo.api("POST", "windows/4/pause", {"reason": "设备检修", "minutes": 15})
    demo.login()
    demo.api("POST", "windows/3/login")
    post_up(demo)


def post_up(demo: Demo) -> None:
    """What a leader has written today."""
    for day in (today(), today() + timedelta(days=1)):
        duties = [{"role": "leader", "name": "周明远", "post": "副镇长"}]
        demo.api("PUT", f"roster/{day.isoformat()}", {"duties": duties})
    demo.api("POST", "notices", {"text": "本周六上午社保窗口照常办理"})


def shoot(page: Page, name: str) -> None:
    page.wait_for_timeout(900)
    page.screenshot(path=IMAGES / f"{name}.png")


def take(demo: Demo, browsers: Browsers) -> None:
    with pages(browsers) as open_page:
        kiosk = open_page(demo.page("/kiosk/1", "kiosk"), (1080, 1920))
        board = open_page(demo.page("/display/hall", "display"), (1920, 1080))
        shoot(kiosk, "kiosk")
        kiosk.locator("#services button", has_text="社保医保").click()
        kiosk.locator("#paper[data-state=ready]").wait_for(timeout=60_000)
        shoot(kiosk, "kiosk-done")
        kiosk.click("#done-home")
        kiosk.click("#tool-guide")
        kiosk.locator("#screen-guides button, #screen-guide button", has_text="社保医保").first.click()
        shoot(kiosk, "kiosk-guide")
        desk = open_page(demo.page("/counter"), (1366, 768))
        desk.fill("input[name=username]", demo.about["login"]["username"])
        desk.fill("input[name=password]", demo.about["login"]["password"])
        desk.click("#sign-in")
        desk.click("[data-window='3']")
        desk.locator("#desk[data-link=online]").wait_for()
        desk.keyboard.press("F8")
        board.locator("#panel-window", has_text="3").wait_for()
        board.wait_for_timeout(4_000)
        shoot(board, "board")
        window = open_page(demo.page("/display/window-3", "display"), (1024, 600))
        window.wait_for_timeout(4_000)
        shoot(window, "window")
        desk.keyboard.press("F8")
        desk.locator("#ticket[data-state=serving]").wait_for()
        shoot(desk, "counter")
        desk.keyboard.press("F9")
        screen = open_page(demo.page("/evaluator/3", "evaluator"), (1024, 600))
        shoot(screen, "evaluator")
        demo.pad(3).press(KEYS[3])
        demo.pad(3).wait_for("thank_you")
        desk.set_viewport_size({"width": 1440, "height": 900})
        desk.goto(demo.page("/report"))
        shoot(desk, "report")
        desk.goto(demo.page("/bulletin"))
        desk.get_by_text("周明远").first.wait_for()
        shoot(desk, "bulletin")
        desk.set_viewport_size({"width": 1366, "height": 768})
        desk.goto(demo.page("/devices"))
        desk.locator("#link[data-state=online]").wait_for()
        shoot(desk, "devices")
        phone = open_page(demo.issue("property")["url"], (390, 844), device_scale_factor=2)
        shoot(phone, "phone")
    newest = max((demo.folder / "papers").glob("*.png"))
    shutil.copy(newest, IMAGES / "paper.png")


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        demo = Demo(Path(folder) / "demo", [{"id": "window-3", "name": "3 号窗口屏", "window": 3}])
        demo.start()
        demo.login()
        try:
            fill_hall(demo)
            wait_until(lambda: len(demo.papers()) == sum(VISITS.values()), "all papers", timeout=120)
            browsers = Browsers(driver)
            take(demo, browsers)
            browsers.close()
        finally:
            demo.stop()


if __name__ == "__main__":
    main()
