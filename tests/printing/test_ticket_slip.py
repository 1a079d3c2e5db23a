"""What a citizen reads on the ticket, and what the printer gets to make it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kiosk.slip.ticket import ACK_BYTES, MAX_BYTES, SlipWords, TicketSlip, ticket_slip

from kiosk.printer.profile import Ack, PrinterProfile
from kiosk.printer.status import ack_request
from kiosk.slip.text import cells, printable, unprintable
from kiosk.virtual_printer.commands import UNKNOWN, CommandParser
from kiosk.virtual_printer.sheet import QrRow, Row, TextRow
from kiosk.virtual_printer.typesetter import Typesetter

WIDE = PrinterProfile()
NARROW = PrinterProfile(width_dots=384, columns=32)
CLONE = PrinterProfile(chinese_needs_fs=True, ack=Ack.GS_R)


def rows(body: bytes, profile: PrinterProfile = WIDE, *, gs_scales_hanzi: bool = True) -> list[Row]:
    typesetter = Typesetter(profile.width_dots, gs_scales_hanzi=gs_scales_hanzi)
    return [row for command in CommandParser().feed(body) for row in typesetter.apply(command)]


def lines(body: bytes, profile: PrinterProfile = WIDE) -> list[str]:
    return [row.text for row in rows(body, profile) if row.text]


def test_the_citizen_reads_everything_in_order(slip: TicketSlip) -> None:
    assert lines(ticket_slip(slip, WIDE)) == [
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
        "过号不用急：3 个号以内，到服务台续号",
        "2026-11-23 09:41" + " " * 22 + "1 号取号机",
        "当日有效" + " " * 26 + "监督电话 12345",
    ]


def test_the_frame_is_initialise_chinese_on_and_a_cut(slip: TicketSlip) -> None:
    body = ticket_slip(slip, WIDE)
    assert body.startswith(b"\x1b@\x1c&")
    assert body.endswith(b"\x1dVB\x00")
    assert body.count(b"\x1dV") == 1


def test_the_number_is_the_largest_thing(slip: TicketSlip) -> None:
    sizes = {
        row.text: row.glyphs[0].height
        for row in rows(ticket_slip(slip, WIDE))
        if isinstance(row, TextRow) and row.glyphs
    }
    assert sizes.pop("A012") == 8
    assert max(sizes.values()) == 2
    assert sizes["青禾镇便民服务中心"] == sizes["社保医保"] == sizes["请到 一层东侧 B 等候区"] == 2


@pytest.mark.parametrize(("number", "scale"), [("A1234", 8), ("A012", 8), ("AB123456", 6), ("社012", 8), ("A" * 60, 1)])
def test_a_long_number_shrinks_until_it_fits(slip: TicketSlip, number: str, scale: int) -> None:
    assert bytes((0x1D, 0x21, (scale - 1) * 0x11)) in ticket_slip(replace(slip, number=number), WIDE) or scale == 1
    printed = [row for row in rows(ticket_slip(replace(slip, number=number), WIDE)) if isinstance(row, TextRow)]
    assert max(glyph.height for row in printed for glyph in row.glyphs if glyph.char == number[0]) == max(scale, 1)
    assert sum(glyph.dots for glyph in next(row for row in printed if number[:4] in row.text).glyphs) <= 576


def test_the_qr_code_is_drawn_by_the_printer(slip: TicketSlip) -> None:
    [code] = [row for row in rows(ticket_slip(slip, WIDE)) if isinstance(row, QrRow)]
    assert (code.content, code.module, code.level, code.align) == (slip.url, 6, "M", "center")


def test_without_a_url_there_is_no_code_and_no_word_about_it(slip: TicketSlip) -> None:
    text = "".join(lines(ticket_slip(replace(slip, url=""), WIDE)))
    assert "[QR]" not in text
    assert "扫码" not in text


def test_an_unknown_wait_prints_no_wait_at_all(slip: TicketSlip) -> None:
    printed = lines(ticket_slip(replace(slip, wait=None), WIDE))
    assert "前面还有" in printed
    assert "5 人" in printed
    assert not any("预计" in line for line in printed)


def test_a_reprint_says_so(slip: TicketSlip) -> None:
    assert "补打" not in lines(ticket_slip(slip, WIDE))
    assert "补打" in lines(ticket_slip(replace(slip, reprint=True), WIDE))


def test_the_labels_can_be_in_another_language(slip: TicketSlip) -> None:
    words = SlipWords(
        "Ahead of you", "people", "Wait", "Please wait in", "Scan to follow", "Valid today", "Hotline", "Copy"
    )
    printed = "\n".join(lines(ticket_slip(slip, WIDE, words)))
    assert all(word in printed for word in ("Ahead of you", "5 people", "Wait", "Scan to follow", "Hotline 12345"))


def test_the_ticket_of_the_picture_fits_the_wire(slip: TicketSlip) -> None:
    assert len(ticket_slip(slip, WIDE)) + ACK_BYTES <= MAX_BYTES
    assert max(len(ack_request("0001", ack)) for ack in Ack) == ACK_BYTES


@pytest.mark.parametrize("profile", [WIDE, NARROW, CLONE])
def test_long_names_stay_within_the_wire_and_lose_no_word(slip: TicketSlip, profile: PrinterProfile) -> None:
    long = replace(
        slip,
        hall="青禾县经济技术开发区政务服务中心",
        service="城乡居民基本养老保险参保登记",
        place="二层西侧 C 区综合受理等候区",
        windows="在 12、13、14、15、16 号窗口办理，听到叫号再过去",
        url="https://zwfw.qinghe.gov.cn/t/AbCdEfGhIjKlMnOpQrStUv",
        reprint=True,
    )
    body = ticket_slip(long, profile)
    assert len(body) + ACK_BYTES <= MAX_BYTES
    printed = "".join(lines(body, profile)).replace(" ", "")
    for text in (long.hall, long.service, long.number, long.place, long.windows, long.url, *long.notices, long.kiosk):
        assert text.replace(" ", "") in printed


def test_narrow_paper_sets_no_line_beyond_its_edge(slip: TicketSlip) -> None:
    for row in rows(ticket_slip(slip, NARROW), NARROW):
        if isinstance(row, TextRow):
            assert sum(glyph.dots for glyph in row.glyphs) <= 384


def test_a_name_too_long_for_double_size_is_still_twice_as_high(slip: TicketSlip) -> None:
    for profile, gs_scales_hanzi in ((WIDE, True), (CLONE, False)):
        body = ticket_slip(replace(slip, hall="青禾县经济技术开发区政务服务中心"), profile)
        hall = rows(body, profile, gs_scales_hanzi=gs_scales_hanzi)[0]
        assert isinstance(hall, TextRow)
        assert {(glyph.width, glyph.height) for glyph in hall.glyphs} == {(1, 2)}


def test_a_clone_enlarges_chinese_too(slip: TicketSlip) -> None:
    def hall_height(profile: PrinterProfile) -> int:
        printed = rows(ticket_slip(slip, profile), profile, gs_scales_hanzi=False)
        return next(row.glyphs[0].height for row in printed if isinstance(row, TextRow) and row.text == slip.hall)

    assert hall_height(WIDE) == 1
    assert hall_height(CLONE) == 2
    small = next(row for row in rows(ticket_slip(slip, CLONE), CLONE, gs_scales_hanzi=False) if "续号" in row.text)
    assert isinstance(small, TextRow)
    assert {glyph.height for glyph in small.glyphs} == {1}


def test_characters_that_the_printer_lacks_are_marked_and_named(slip: TicketSlip) -> None:
    assert unprintable("㙍镇𠮷服务€¥") == {"㙍", "𠮷", "€"}
    assert printable("㙍镇 ¥5") == "〓镇 ￥5"
    assert "〓镇" in lines(ticket_slip(replace(slip, hall="𠮷镇"), WIDE))


def test_a_name_cannot_command_the_printer(slip: TicketSlip) -> None:
    body = ticket_slip(replace(slip, service="社\x1b@\x10\x04\x01\n保", url="https://x.cn/\x1dV\x00 卡"), WIDE)
    assert body.count(b"\x1b@") == 1
    assert body.count(b"\x1dV") == 1
    assert "[QR] https://x.cn/%1DV%00%20%E5%8D%A1" in lines(body)


@pytest.mark.parametrize("change", [{"number": " "}, {"ahead": -1}, {"url": "https://x.cn/" + "a" * 200}])
def test_what_is_no_ticket_is_refused(slip: TicketSlip, change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"number|ahead|URL"):
        replace(slip, **change)  # type: ignore[arg-type]


TEXT = st.text(max_size=14)
SLIPS = st.builds(
    TicketSlip,
    hall=TEXT,
    service=TEXT,
    number=st.from_regex(r"[A-Z]{1,2}[0-9]{3,4}", fullmatch=True),
    ahead=st.integers(0, 999),
    place=TEXT,
    issued_at=st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001
    wait=st.none() | st.text(max_size=8),
    windows=st.text(max_size=20),
    url=st.text(max_size=10).map(lambda text: "https://x.cn/t/" + text),
    notices=st.lists(st.text(max_size=20), max_size=1).map(tuple),
    kiosk=st.text(max_size=6),
    hotline=st.text(max_size=12),
    reprint=st.booleans(),
)


@given(SLIPS, st.sampled_from([WIDE, NARROW, CLONE]))
def test_any_text_gives_known_commands_gbk_and_no_hidden_request(slip: TicketSlip, profile: PrinterProfile) -> None:
    body = ticket_slip(slip, profile)
    assert not re.search(rb"\x10[\x04\x05\x14]", body)
    assert len(body) + ACK_BYTES <= MAX_BYTES
    for command in CommandParser().feed(body):
        assert command.name != UNKNOWN
        if command.name == "text":
            command.args.decode("gbk")
    assert body.endswith(b"\x1dVB\x00")
    assert [row for row in rows(body, profile) if row.text == slip.number]


@given(st.text())
def test_printable_text_is_gbk_on_one_line_and_counts_its_columns(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert cells(shown) == len(shown.encode("gbk"))
    assert all(char >= " " for char in shown)


def test_a_number_with_priority_says_which_beneath_it(slip: TicketSlip) -> None:
    printed = lines(ticket_slip(replace(slip, priority="优先号：高龄老人，请带好证件"), WIDE))
    assert printed[printed.index("A012") + 1] == "优先号：高龄老人，请带好证件"


def test_a_combined_visit_says_where_it_goes_afterwards_in_its_order(slip: TicketSlip) -> None:
    body = ticket_slip(replace(slip, then=("不动产登记", "公积金")), WIDE)
    printed = lines(body)
    assert printed[printed.index("在 2、3 号窗口办理，听到叫号再过去") + 1] == "接着办 不动产登记、公积金"
    assert not any("接着办" in line for line in lines(ticket_slip(slip, WIDE)))


def test_a_combined_visit_with_priority_still_fits_the_wire(slip: TicketSlip) -> None:
    full = replace(slip, priority="优先号：高龄老人，请带好证件", then=("不动产登记", "公积金"))
    assert len(ticket_slip(full, WIDE)) + ACK_BYTES <= MAX_BYTES
