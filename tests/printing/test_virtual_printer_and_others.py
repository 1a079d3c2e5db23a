"""Programs that nobody here wrote agree with the virtual printer: emupos prints the same bytes, zxing-cpp reads the
codes off the paper, python-escpos composes what is printed.
"""

from __future__ import annotations

import itertools

import pytest
import zxingcpp
from escpos.constants import QR_ECLEVEL_H
from escpos.printer import Dummy
from other_printer import read, status
from PIL import Image, ImageChops, ImageDraw
from slips import body_of, changed

from kiosk.printer.profile import PrinterProfile
from kiosk.slip.fonts import chinese_font
from kiosk.virtual_printer import Faults, answers
from kiosk.virtual_printer.preview import Preview, render
from server.messages.slips import TicketSlip

LEFT, TOP = 32, 64  # where printing begins on the bare paper
MARK = b"\x1b@\x1dv0\x00\x01\x00\x01\x00\xff"
"""A last row of dots, so that blank feed before it counts."""


def printed(data: bytes, width_dots: int = 576) -> Preview:
    preview = render(data, width_dots=width_dots)
    assert preview.errors == ()
    return preview


def ink(data: bytes, width_dots: int = 576) -> Image.Image:
    [picture] = printed(data, width_dots).pictures
    return picture.crop((LEFT, TOP, LEFT + width_dots, picture.height)).convert("1")


def lines(text: str) -> list[str]:
    """As emupos writes them, which does not end a paper with blank lines."""
    found = [line.replace("[QR]", "[qr]") for line in text.splitlines()]
    while found and not found[-1]:
        found.pop()
    return [line.replace("[qr] ", "[qr ") + "]" if line.startswith("[qr]") else line for line in found]


@pytest.fixture(params=[(80, False), (80, True), (58, False), (58, True)], ids=["80", "80-long", "58", "58-long"])
def ticket(request: pytest.FixtureRequest, slip: TicketSlip) -> tuple[bytes, int]:
    """Tickets for wide and narrow paper, and how many dots that is."""
    paper, long = request.param
    profile = PrinterProfile() if paper == 80 else PrinterProfile(width_dots=384, columns=32)
    more = changed(slip, priority="老年人", then=("不动产登记", "户籍"))
    return body_of(more if long else slip, profile, marked=long), profile.width_dots


def test_the_other_printer_reads_the_same_words_in_the_same_lines(ticket: tuple[bytes, int]) -> None:
    data, width = ticket
    theirs = read(data, width_dots=width)
    assert theirs.unknown == []
    assert theirs.lines == lines(printed(data, width).texts[0])


def test_the_other_printer_needs_as_much_paper(ticket: tuple[bytes, int]) -> None:
    data, width = ticket
    # the cut is left out: after it neither of them would print the mark on this paper
    data = data[: data.rindex(b"\x1dV")] + MARK
    assert read(data, width_dots=width).ink.height == ink(data, width).height


def test_the_other_printer_draws_the_same_qr_code_in_the_same_place(
    ticket: tuple[bytes, int], slip: TicketSlip
) -> None:
    data, width = ticket
    ours, theirs = ink(data, width), read(data, width_dots=width).ink
    [code] = zxingcpp.read_barcodes(ours.convert("L"))
    assert (code.text, code.format.name) == (slip.url, "QRCode")
    corners = code.position
    around = (corners.top_left.x - 6, corners.top_left.y - 6, corners.bottom_right.x + 6, corners.bottom_right.y + 6)
    assert ImageChops.difference(ours.crop(around).convert("L"), theirs.crop(around).convert("L")).getbbox() is None


def drawing(width: int = 384, height: int = 100) -> Image.Image:
    """Words and lines in black and white, as a ticket drawn by the server would be."""
    picture = Image.new("1", (width, height), 1)
    pen = ImageDraw.Draw(picture)
    pen.text((10, 10), "排队号 A012 㙍", fill=0, font=chinese_font(48, bold=True))
    pen.rectangle((0, 80, width - 1, height - 1), outline=0)
    return picture


@pytest.mark.parametrize("how", ["bitImageRaster", "graphics", "bitImageColumn"])
def test_a_drawn_ticket_comes_out_dot_for_dot_at_both_printers(how: str) -> None:
    composer = Dummy()
    composer.image(drawing(), impl=how)
    composer.cut(feed=False)
    data = bytes(composer.output)
    ours, theirs = ink(data), read(data)
    assert theirs.unknown == []
    for picture in (ours, theirs.ink):
        got = picture.crop((0, 0, 384, 100)).convert("L")
        assert ImageChops.difference(got, drawing().convert("L")).getbbox() is None


def test_both_printers_place_and_size_the_same_boxes() -> None:
    reverse = b"\x1dB\x01"  # blanks in reverse are black boxes in every font
    data = reverse + b"".join(
        (
            b"\x1d!\x21   \x1d!\x00 \n",
            b"\x1ba\x02  \n\x1ba\x01  \n\x1ba\x00",
            b"\x1dL\x30\x00\x1dW\x00\x01  \x1b$\x64\x00 \x1b\\\x10\x00 \n\x1dL\x00\x00\x1dW\x40\x02",
            b"\x1bM\x01  \x1bM\x00 \n\x1bD\x05\x0a\x00 \t \t \n",
            b"\x1b3\x50 \n\x1b2\x1bJ\x11 \n\x1bd\x02 \n\x1b!\x30 \n",
        )
    )
    theirs = read(data)
    assert theirs.unknown == []
    ours = ink(data)
    assert (
        ImageChops.difference(ours.convert("L").crop((0, 0, *theirs.ink.size)), theirs.ink.convert("L")).getbbox()
        is None
    )


BARCODES = [
    (b"\x1dk\x04A012-9\x00", "Code39", "A012-9"),
    (b"\x1dk\x45\x06A012-9", "Code39", "A012-9"),
    (b"\x1dk\x49\x0a{BA012{C\x0c\x22", "Code128", "A0121234"),
    (b"\x1dk\x49\x06{AA\x0012", "Code128", "A<NUL>12"),
    (b"\x1dk\x49\x09{AA{SbC12", "Code128", "AbC12"),
    (b"\x1dk\x49\x06{Ba{{b", "Code128", "a{b"),
    (b"\x1dk\x49\x06{C\x00\x0b\x16\x63", "Code128", "00112299"),
    (b"\x1dk\x02690123456789\x00", "EAN13", "6901234567892"),
    (b"\x1dk\x43\x0d6901234567892", "EAN13", "6901234567892"),
    (b"\x1dk\x44\x071234567", "EAN8", "12345670"),
    (b"\x1dk\x41\x0b12345678901", "EAN13", "0123456789012"),
    (b"\x1dk\x0512345678\x00", "ITF", "12345678"),
    (b"\x1dk\x46\x0a1234567890", "ITF", "1234567890"),
    (b"\x1dk\x47\x08A12-345B", "Codabar", "A12-345B"),
]


@pytest.mark.parametrize(("command", "kind", "content"), BARCODES)
@pytest.mark.parametrize("module", [2, 3])
@pytest.mark.parametrize("where", [0, 1, 2, 3])
def test_a_scanner_reads_the_barcodes(command: bytes, kind: str, content: str, module: int, where: int) -> None:
    look = b"\x1dh\x50\x1dw" + bytes((module,)) + b"\x1dH" + bytes((where,)) + b"\x1df\x01\x1ba\x01"
    [picture] = printed(look + command + b"\n").pictures
    assert picture.height == TOP + 80 + 17 * (0, 1, 1, 2)[where] + 30
    [found] = zxingcpp.read_barcodes(picture)
    assert (found.format.name, found.text) == (kind, content)


def test_the_other_printer_draws_the_same_bars() -> None:
    for command, kind, _ in BARCODES:
        if b"{S" not in command and kind != "Codabar":  # which it cannot draw
            data = b"\x1dh\x40\x1dw\x02" + command
            theirs = read(data)
            assert theirs.unknown == [], command
            assert ImageChops.difference(ink(data).convert("L"), theirs.ink.convert("L")).getbbox() is None, command


@pytest.mark.parametrize("level", ["L", "M", "Q", "H"])
def test_a_scanner_reads_qr_codes_of_every_level_and_content(level: str) -> None:
    for content in ("https://qinghe.gov.cn/t/Jk3mZ9QwXr7Lb2Tn", "0123456789", "青禾镇便民服务中心"):
        raw = content.encode()
        size = (len(raw) + 3).to_bytes(2, "little")
        data = b"\x1d(k\x03\x001E" + {"L": b"0", "M": b"1", "Q": b"2", "H": b"3"}[level]
        data += b"\x1d(k\x03\x001C\x04\x1d(k" + size + b"1P0" + raw + b"\x1d(k\x03\x001Q0"
        [found] = zxingcpp.read_barcodes(printed(data).pictures[0])
        assert found.text == content
        assert found.ec_level == level
        assert ImageChops.difference(ink(data).convert("L"), read(data).ink.convert("L")).getbbox() is None


def test_what_python_escpos_composes_is_understood() -> None:
    composer = Dummy()
    composer.set(align="center", bold=True, underline=2, double_width=True)
    composer.text("Hall 1\n")
    composer.set(align="left", font="b", invert=True, normal_textsize=True)
    composer.text("A012\n")
    composer.barcode("{BA012", "CODE128", function_type="B", pos="BELOW", height=64, width=3)
    composer.barcode("690123456789", "EAN13", pos="OFF")
    composer.qr("https://example.cn/", ec=QR_ECLEVEL_H, size=5, native=True)
    composer.cashdraw(2)
    composer.cut()
    [paper] = printed(bytes(composer.output)).texts
    assert [line for line in paper.splitlines() if line] == [
        "Hall 1",
        "A012",
        "[CODE128] A012",
        "[EAN13] 6901234567892",
        "[QR] https://example.cn/",
    ]


@pytest.mark.parametrize(
    "on", [on for count in range(5) for on in itertools.combinations(("near", "out", "cover", "offline"), count)]
)
def test_the_other_printer_answers_the_same_about_itself(on: tuple[str, ...]) -> None:
    ours = Faults(paper_near="near" in on, paper_out="out" in on, cover_open="cover" in on, offline="offline" in on)
    theirs = status.StatusState(
        paper_near_end="near" in on, paper_out="out" in on, cover_open="cover" in on, offline="offline" in on
    )
    for n in (1, 2, 3, 4):
        assert answers.real_time(n, ours) == status.dle_eot(n, theirs)
    assert answers.automatic(ours) == status.asb(theirs)
    assert answers.sensors(ours) == status.gs_r(1, theirs)
