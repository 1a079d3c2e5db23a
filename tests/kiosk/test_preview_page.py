"""The page that shows what will be printed: for staff, from the printer's own bytes, with the hall's own templates."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from chromium import OpenPage, violations
from hall_server import PASSWORD, PATIENCE, USERNAME, HallServer, free_port
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from print_hall import PrintHall

from server.hall.printing import Slip

DESK = (1440, 900)


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("templates")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, templates: Path) -> Iterator[HallServer]:
    """A hall with one printer, on 58 mm paper, and a folder of its own templates."""
    ports = {"1": free_port()}
    hall = PrintHall(tmp_path_factory.mktemp("hall"), ports, printing={"templates": str(templates)})
    hall.server.edit_config(lambda content: content["kiosks"][0]["printer"].update(width=58))
    hall.server.start()
    yield hall.server
    hall.server.kill()


@pytest.fixture
def page(open_page: OpenPage, server: HallServer) -> Page:
    """Signed in."""
    opened = open_page(f"{server.base}/printing/preview", DESK)
    opened.get_by_label("用户名").fill(USERNAME)
    opened.get_by_label("密码").fill(PASSWORD)
    opened.get_by_role("button", name="登录").click()
    expect(opened.get_by_role("button", name="查看")).to_be_visible()
    return opened


def papers(page: Page) -> list[Image.Image]:
    """The pictures of the papers, as they came."""
    sources = page.locator(".preview-paper").evaluate_all("pictures => pictures.map(picture => picture.src)")
    return [Image.open(io.BytesIO(base64.b64decode(source.partition(",")[2]))) for source in sources]


def fact(page: Page, name: str) -> str:
    return page.locator(f"dt:has-text('{name}') + dd").inner_text()


def choice(page: Page, name: str) -> Locator:
    return page.locator(f"select[name={name}]")


def show(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="查看").click()


def test_a_stranger_is_asked_who_they_are(server: HallServer) -> None:
    answer = requests.get(f"{server.base}/printing/preview", timeout=PATIENCE)
    assert answer.ok
    assert "preview-paper" not in answer.text
    assert 'name="password"' in answer.text


def test_the_paper_is_shown_dot_for_dot_with_its_bytes_and_time(page: Page) -> None:
    [paper] = papers(page)
    assert paper.width == 384 + 64  # the hall's own printer is the first choice
    shown = page.locator(".preview-paper").bounding_box()
    assert shown is not None
    assert (shown["width"], shown["height"]) == paper.size
    assert 300 < int(fact(page, "字节数")) <= 600
    assert fact(page, "纸长") == f"{paper.height // 8} mm"
    assert fact(page, "打印用时") == f"约 {round(paper.height // 8 / 150, 1)} 秒"


def test_the_choice_is_kept_and_shown(page: Page) -> None:
    choice(page, "slip").select_option(Slip.MISSING_DOCUMENTS.value)
    choice(page, "printer").select_option(label="80 毫米，无汉字库")
    choice(page, "sample").select_option(label="内容最多、名称最长")
    page.get_by_label("作为补打").check()
    show(page)
    assert [paper.width for paper in papers(page)] == [576 + 64] * 2
    assert choice(page, "slip").input_value() == "missing-documents"
    assert choice(page, "printer").input_value() == "80-drawn"
    assert page.get_by_label("作为补打").is_checked()
    assert int(fact(page, "字节数")) > 20_000


def test_an_edited_template_is_seen_on_reload_and_its_mistake_is_named(page: Page, templates: Path) -> None:
    usual = papers(page)[0].height
    file = templates / "ticket.xml"
    file.write_text("<slip><number>{{ number }}</number></slip>", encoding="utf-8")
    try:
        page.reload()
        assert papers(page)[0].height < usual / 2
        file.write_text("<slip>\n<nummer>{{ number }}</nummer></slip>", encoding="utf-8")
        page.reload()
        assert f"{file}:2: unknown tag <nummer>" in page.get_by_role("alert").inner_text()
        assert papers(page)[0].height == usual
    finally:
        file.unlink()


def test_the_page_is_accessible(page: Page) -> None:
    assert violations(page) == []


def test_nonsense_in_the_address_shows_the_usual_ticket(server: HallServer) -> None:
    server.login()
    address = f"{server.base}/printing/preview?slip=poster&printer=none&sample=x"
    answer = server.session.get(address, timeout=PATIENCE)
    assert answer.ok
    assert '<option value="ticket" selected>' in answer.text


def test_the_map_of_pages_leads_there(server: HallServer) -> None:
    assert 'href="/printing/preview"' in requests.get(server.base, timeout=PATIENCE).text
