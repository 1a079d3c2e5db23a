"""What a citizen reads on the ticket, and what the printer gets to make it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slips import LOOK, NARROW, WIDE, body_of, changed, lines_on_paper, rows_on_paper, text_width

from kiosk.printer.profile import Ack, Cut, PrinterProfile
from kiosk.printer.status import ack_request
from kiosk.slip.compose import ACK_BYTES, MAX_BYTES
from kiosk.slip.text import cells, clean, printable
from kiosk.virtual_printer.sheet import BarcodeRow, QrRow, RasterRow, TextRow
from server.messages.slips import TicketSlip

CLONE = PrinterProfile(chinese_needs_fs=True, ack=Ack.GS_R)


def test_the_citizen_reads_everything_in_order(slip: TicketSlip) -> None:
    assert lines_on_paper(body_of(slip, WIDE)) == [
        "青禾镇便民服务中心",
        "-" * 24,
        "社保医保",
        "A012",
        "前面还有" + " " * 32 + "预计等候",
        "5 人" + " " * 10 + "15-25 分钟",
        "-" * 24,
        "请到 一层东侧 B 等候区",
        "在 2、3 号窗口办理，听到叫号再过去",
        "-" * 24,
        "[QR] https://qinghe.gov.cn/t/Jk3mZ9QwXr7Lb2Tn",
        "扫码看排队进度，不扫也可以",
        "-" * 24,
        "过号不用急：60 分钟内到取号机扫此码续号",
        "2026-11-23 09:41" + " " * 22 + "1 号取号机",
        "当日有效" + " " * 26 + "监督电话 12345",
    ]


def test_the_frame_is_initialise_chinese_on_and_a_cut(slip: TicketSlip) -> None:
    body = body_of(slip, WIDE)
    assert body.startswith(b"\x1b@\x1c&")
    assert body.endswith(b"\x1dVB\x00")
    assert body.count(b"\x1dV") == 1


def test_the_number_is_the_largest_thing(slip: TicketSlip) -> None:
    sizes = {
        row.text: row.glyphs[0].height
        for row in rows_on_paper(body_of(slip))
        if isinstance(row, TextRow) and row.glyphs
    }
    assert sizes.pop("A012") == 8
    assert max(sizes.values()) == 2
    assert sizes["青禾镇便民服务中心"] == sizes["社保医保"] == sizes["请到 一层东侧 B 等候区"] == 2


@pytest.mark.parametrize(("number", "scale"), [("A1234", 8), ("A012", 8), ("AB123456", 6), ("社012", 8)])
def test_a_long_number_shrinks_until_it_fits(slip: TicketSlip, number: str, scale: int) -> None:
    assert bytes((0x1D, 0x21, (scale - 1) * 0x11)) in body_of(changed(slip, number=number))
    printed = [row for row in rows_on_paper(body_of(changed(slip, number=number), WIDE)) if isinstance(row, TextRow)]
    assert max(glyph.height for row in printed for glyph in row.glyphs if glyph.char == number[0]) == scale
    assert sum(glyph.dots for glyph in next(row for row in printed if number[:4] in row.text).glyphs) <= 576


def test_the_qr_code_is_drawn_by_the_printer(slip: TicketSlip) -> None:
    [code] = [row for row in rows_on_paper(body_of(slip)) if isinstance(row, QrRow)]
    assert (code.content, code.module, code.level, code.align) == (slip.url, 6, "M", "center")


def test_without_a_url_there_is_no_code_and_no_word_about_it(slip: TicketSlip) -> None:
    text = "".join(lines_on_paper(body_of(changed(slip, url=""), WIDE)))
    assert "[QR]" not in text
    assert "扫码" not in text


def test_an_unknown_wait_prints_no_wait_at_all(slip: TicketSlip) -> None:
    printed = lines_on_paper(body_of(changed(slip, wait=None), WIDE))
    assert "前面还有" in printed
    assert "5 人" in printed
    assert not any("预计" in line for line in printed)


def test_a_reprint_says_so(slip: TicketSlip) -> None:
    assert not any("补打" in line for line in lines_on_paper(body_of(slip)))
    assert "补打" in lines_on_paper(body_of(slip, marked=True, nth=2))


def test_the_third_paper_says_that_it_is_the_second_reprint(slip: TicketSlip) -> None:
    assert "补打 2" in lines_on_paper(body_of(slip, marked=True, nth=3))


def test_the_labels_can_be_in_english(slip: TicketSlip) -> None:
    english = changed(slip, service="Social insurance", place="Area B, east side, floor 1", kiosk="Kiosk 1")
    printed = lines_on_paper(body_of(english, look=replace(LOOK, hall="Qinghe Town Hall", language="en")))
    assert {
        "Qinghe Town Hall",
        "Social insurance",
        "People ahead" + " " * 22 + "Estimated wait",
        "5 people" + " " * 7 + "15-25 min",
        "Served at window 2, 3, go there when called",
        "Scan to follow the queue, or just wait",
        "2026-11-23 09:41" + " " * 25 + "Kiosk 1",
        "Valid today" + " " * 21 + "Complaints 12345",
    } <= set(printed)
    assert "Please wait in Area B, east side, floor 1" in " ".join(printed)
    assert all(line.isascii() for line in printed)


def test_the_number_is_a_barcode_too_where_the_hall_wants_it(slip: TicketSlip) -> None:
    assert not [row for row in rows_on_paper(body_of(slip)) if isinstance(row, BarcodeRow)]
    [code] = [row for row in rows_on_paper(body_of(changed(slip, barcode=True))) if isinstance(row, BarcodeRow)]
    assert code.bars.content == "A012"


def test_the_ticket_of_the_picture_fits_the_wire(slip: TicketSlip) -> None:
    assert len(body_of(slip, WIDE)) + ACK_BYTES <= MAX_BYTES
    assert max(len(ack_request("0001", ack)) for ack in Ack) == ACK_BYTES


@pytest.mark.parametrize("profile", [WIDE, NARROW, CLONE])
def test_long_names_stay_within_the_wire_and_lose_no_word(slip: TicketSlip, profile: PrinterProfile) -> None:
    long = changed(
        slip,
        service="城乡居民基本养老保险参保登记",
        place="二层西侧 C 区综合受理等候区",
        windows=(12, 13, 14, 15, 16),
        url="https://zwfw.qinghe.gov.cn/t/AbCdEfGhIjKlMnOpQrStUv",
    )
    hall = "青禾县经济技术开发区政务服务中心"
    body = body_of(long, profile, look=replace(LOOK, hall=hall), marked=True)
    assert len(body) + ACK_BYTES <= MAX_BYTES
    printed = "".join(lines_on_paper(body, profile)).replace(" ", "")
    where = "在12、13、14、15、16号窗口办理，听到叫号再过去"
    for text in (
        hall,
        long.service,
        long.number,
        long.place,
        where,
        long.url,
        "60分钟内到取号机扫此码续号",
        long.kiosk,
    ):
        assert text.replace(" ", "") in printed


def test_narrow_paper_sets_no_line_beyond_its_edge(slip: TicketSlip) -> None:
    assert max(text_width(row) for row in rows_on_paper(body_of(slip, NARROW), NARROW)) <= 384


def test_a_name_too_long_for_double_size_is_still_twice_as_high(slip: TicketSlip) -> None:
    look = replace(LOOK, hall="青禾县经济技术开发区政务服务中心")
    for profile, gs_scales_hanzi in ((WIDE, True), (CLONE, False)):
        body = body_of(slip, profile, look=look)
        hall = rows_on_paper(body, profile, gs_scales_hanzi=gs_scales_hanzi)[0]
        assert isinstance(hall, TextRow)
        assert {(glyph.width, glyph.height) for glyph in hall.glyphs} == {(1, 2)}


def test_a_long_service_goes_on_in_a_second_line_just_as_large(slip: TicketSlip) -> None:
    long = changed(slip, service="城乡居民基本养老保险参保登记（新参保）")
    printed = [row for row in rows_on_paper(body_of(long)) if isinstance(row, TextRow)]
    service = [row for row in printed if row.text in ("城乡居民基本养老保险", "参保登记（新参保）")]
    assert len(service) == 2
    assert {(glyph.width, glyph.height) for row in service for glyph in row.glyphs} == {(2, 2)}


def test_a_clone_enlarges_chinese_too(slip: TicketSlip) -> None:
    def hall_height(profile: PrinterProfile) -> int:
        printed = rows_on_paper(body_of(slip, profile), profile, gs_scales_hanzi=False)
        return next(row.glyphs[0].height for row in printed if isinstance(row, TextRow) and row.text == LOOK.hall)

    assert hall_height(WIDE) == 1
    assert hall_height(CLONE) == 2
    small = next(row for row in rows_on_paper(body_of(slip, CLONE), CLONE, gs_scales_hanzi=False) if "续号" in row.text)
    assert isinstance(small, TextRow)
    assert {glyph.height for glyph in small.glyphs} == {1}


def test_only_the_line_with_a_character_that_the_printer_lacks_is_drawn(slip: TicketSlip) -> None:
    body = body_of(changed(slip, service="㙍镇户籍"))
    drawn = [row for row in rows_on_paper(body) if isinstance(row, RasterRow)]
    assert {row.align for row in drawn} == {"center"}
    assert sum(row.height for row in drawn) == 48  # as high as the line would have been
    assert {"青禾镇便民服务中心", "A012", "请到 一层东侧 B 等候区"} <= set(lines_on_paper(body))


@pytest.mark.usefixtures("no_fonts")
def test_without_a_font_it_is_marked_rather_than_the_ticket_lost(slip: TicketSlip) -> None:
    assert "〓镇户籍" in lines_on_paper(body_of(changed(slip, service="𠮸镇户籍")))


@pytest.mark.usefixtures("no_fonts")
def test_without_a_font_on_the_server_a_drawn_number_is_printed_plain(slip: TicketSlip) -> None:
    assert "A012" in lines_on_paper(body_of(slip, PrinterProfile(draws_number=True)))


def test_the_yen_sign_is_the_one_that_chinese_printers_have(slip: TicketSlip) -> None:
    assert "工本费 ￥5" in lines_on_paper(body_of(changed(slip, service="工本费 ¥5")))


def test_a_printer_without_a_knife_feeds_to_the_bar(slip: TicketSlip) -> None:
    body = body_of(slip, PrinterProfile(cut=Cut.NONE))
    assert body.endswith(b"\x1bd\x06")
    assert b"\x1dV" not in body
    assert body_of(slip, PrinterProfile(cut=Cut.FULL)).endswith(b"\x1dVA\x00")


def test_a_name_cannot_command_the_printer(slip: TicketSlip) -> None:
    body = body_of(changed(slip, service="社\x1b@\x10\x04\x01\n<cut/>保"))
    assert body.count(b"\x1b@") == 1
    assert body.count(b"\x1dV") == 1
    assert "社 @ <cut/>保" in lines_on_paper(body)


@pytest.mark.parametrize(
    "change", [{"number": " "}, {"ahead": -1}, {"url": "https://x.cn/" + "a" * 200}, {"url": "https://x.cn/ 卡"}]
)
def test_what_is_no_ticket_is_refused(slip: TicketSlip, change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"number|ahead|url"):
        changed(slip, **change)


@given(st.text())
def test_printable_text_is_gbk_on_one_line_and_counts_its_columns(text: str) -> None:
    shown = printable(clean(text))
    assert len(shown) == len(text)
    assert cells(shown) == len(shown.encode("gbk"))
    assert all(char >= " " for char in shown)


def test_a_number_with_priority_says_which_beneath_it(slip: TicketSlip) -> None:
    printed = lines_on_paper(body_of(changed(slip, priority="高龄老人"), WIDE))
    assert printed[printed.index("A012") + 1] == "优先号：高龄老人，请带好证件"


def test_a_combined_visit_says_where_it_goes_afterwards_in_its_order(slip: TicketSlip) -> None:
    body = body_of(changed(slip, then=("不动产登记", "公积金")), WIDE)
    printed = lines_on_paper(body)
    after = printed.index("在 2、3 号窗口办理，听到叫号再过去") + 1
    assert printed[after : after + 2] == ["接着办 不动产登记、", "公积金"]
    assert not any("接着办" in line for line in lines_on_paper(body_of(slip, WIDE)))


def test_a_combined_visit_with_priority_still_fits_the_wire(slip: TicketSlip) -> None:
    full = changed(slip, priority="高龄老人", then=("不动产登记", "公积金"))
    assert len(body_of(full, WIDE)) + ACK_BYTES <= MAX_BYTES
