"""What the virtual printer makes of each command, on paper and in words."""

from __future__ import annotations

import pytest
from PIL import Image

from kiosk.virtual_printer.preview import Preview, render

WIDTH = 576
LEFT, TOP = 32, 64  # where printing begins on the bare paper
BLACK = (0, 0, 0)


def printed(data: bytes, width_dots: int = WIDTH, **kind: bool) -> Preview:
    """All of it understood."""
    preview = render(data, width_dots=width_dots, **kind)
    assert preview.errors == ()
    return preview


def text(data: bytes, **kind: bool) -> str:
    """The only paper's text without the end of its last line."""
    [paper] = printed(data, **kind).texts
    return paper.removesuffix("\n")


def ink(data: bytes, width_dots: int = WIDTH) -> Image.Image:
    """The only paper's print, 255 where there is none."""
    [picture] = printed(data, width_dots).pictures
    return picture.crop((LEFT, TOP, LEFT + width_dots, picture.height)).convert("L")


def box(data: bytes) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the black."""
    found = ink(data).point(lambda value: 255 - value).getbbox()
    assert found is not None
    return found


def chinese(words: str) -> bytes:
    return b"\x1c&" + words.encode("gbk")


def u16(value: int) -> bytes:
    return value.to_bytes(2, "little")


SQUARE = b"\x1dv0\x00" + u16(1) + u16(8) + b"\xff" * 8
"""Eight by eight black dots."""


def test_the_bare_paper_is_as_long_as_what_is_fed() -> None:
    [picture] = printed(b"one\ntwo\n\x1dVA\x00").pictures
    assert picture.size == (WIDTH + 2 * LEFT, TOP + 2 * 30)
    assert {colour for _, colour in picture.getcolors() or ()} == {BLACK, (255, 255, 255)}


def test_on_the_desk_it_is_the_same_print_with_torn_edges() -> None:
    data = b"one\n" + SQUARE
    bare, [desk] = ink(data), render(data, width_dots=WIDTH, desk=True).pictures
    assert desk.getpixel((0, 0)) == (221, 231, 243)
    assert desk.crop((40 + LEFT, 40 + TOP, 40 + LEFT + WIDTH, 40 + TOP + bare.height)).convert("L").tobytes() == (
        bare.tobytes()
    )


def test_each_cut_ends_a_paper_and_the_rest_hangs_out() -> None:
    assert printed(b"one\n\x1dV\x00two\n\x1dVB\x00three\n").texts == ("one\n", "two\n", "three\n")
    assert printed(b"").texts == ()


@pytest.mark.parametrize(("command", "dots"), [(b"\x1b2", 30), (b"\x1b3\x40", 64), (b"\x1b3\x05", 24)])
def test_line_spacing_is_at_least_as_high_as_the_line(command: bytes, dots: int) -> None:
    assert ink(command + b"a\n").height == dots


@pytest.mark.parametrize(
    ("command", "dots"), [(b"\x1bJ\x0a", 10), (b"\x1bd\x03", 90), (b"\x1b3\x0a\x1bd\x03", 30), (b"\x1dVB\x0a", 10)]
)
def test_feeding(command: bytes, dots: int) -> None:
    assert ink(SQUARE + command).height == 8 + dots


def test_a_line_is_printed_before_it_is_fed_or_cut() -> None:
    for command in (b"\x1bJ\x0a", b"\x1bd\x01", b"\x1dV\x00", SQUARE):
        assert printed(b"rest" + command).texts[0].startswith("rest\n")


def test_tabs_stand_at_every_eighth_column_or_where_they_were_set() -> None:
    assert text(b"a\tb\tc\n") == "a       b       c"
    assert text(b"\x1bD\x03\x05\x00a\tb\tc\n") == "a  b c"
    # without a tab to the right nothing moves
    assert text(b"\x1bD\x00a\tb\n") == "ab"


def test_positions_are_counted_from_the_margin() -> None:
    square = b"\x1b*\x21" + u16(24) + b"\xff" * 72
    assert box(b"\x1b$" + u16(100) + square + b"\n")[0] == 100
    assert box(b"\x1dL" + u16(50) + b"\x1b$" + u16(100) + square + b"\n")[0] == 150
    # ESC \ from where the last item ended, backwards too: over each other they add up
    assert box(square + b"\x1b\\" + u16(10) + square + b"\n")[2] == 24 + 10 + 24
    assert box(square + b"\x1b\\" + u16(0x10000 - 12) + square + b"\n")[2] == 36


def test_margin_and_width_make_the_print_area() -> None:
    area = b"\x1dL" + u16(96) + b"\x1dW" + u16(192)
    assert text(area + b"a" * 20 + b"\n") == "a" * 16 + "\n" + "a" * 4
    for align, left in ((b"\0", 96), (b"\x01", 96 + 92), (b"\x02", 96 + 184)):
        assert box(area + b"\x1ba" + align + SQUARE)[0] == left


def test_underline_of_one_or_two_dots() -> None:
    plain = ink(b"  \n").histogram()[0]
    for n in (1, 2):
        assert ink(b"\x1b-" + bytes((n,)) + b"  \n").histogram()[0] - plain == n * 24
        assert ink(b"\x1c&\x1c-" + bytes((n,)) + b"\xa1\xa1\n").histogram()[0] == n * 24
    assert ink(b"\x1b!\x80  \n").histogram()[0] == 24
    assert ink(b"\x1c&\x1c!\x80\xa1\xa1\n").histogram()[0] == 24


def test_reverse_is_white_on_black() -> None:
    assert ink(b"\x1dB\x01  \n").histogram()[0] == 24 * 24
    # the space that ESC SP sets belongs to the character, and there is no line under it
    assert ink(b"\x1dB\x01\x1b-\x02\x1b \x06  \n").histogram()[0] == 36 * 24
    assert 0 < ink(b"\x1dB\x01" + chinese("号") + b"\n").histogram()[0] < 24 * 24


def test_font_b_and_spacing_say_how_much_goes_into_a_line() -> None:
    assert printed(b"\x1bM\x01" + b"b" * 64).texts == ()  # full, and not printed before the next character
    assert text(b"\x1bM\x01" + b"b" * 65 + b"\n") == "b" * 64 + "\nb"
    assert text(b"\x1b!\x01" + b"b" * 65 + b"\n") == "b" * 64 + "\nb"
    assert text(b"\x1b \x0c" + b"a" * 25 + b"\n").splitlines()[1] == "a"


def test_bold_is_blacker_by_either_command() -> None:
    plain, emphasised, double = (ink(start + b"8\n").histogram()[0] for start in (b"", b"\x1bE\x01", b"\x1bG\x01"))
    assert plain < emphasised == double


@pytest.mark.parametrize(
    ("mode", "bits", "scale"), [(0, 8, (2, 3)), (1, 8, (1, 3)), (32, 24, (2, 1)), (33, 24, (1, 1))]
)
def test_bit_images_in_every_density(mode: int, bits: int, scale: tuple[int, int]) -> None:
    columns = [0x800001, 0x000000, 0xFFFFFF] if bits == 24 else [0x81, 0x00, 0xFF]
    data = b"".join(column.to_bytes(bits // 8, "big") for column in columns)
    picture = ink(b"\x1b3\x00\x1b*" + bytes((mode,)) + u16(3) + data + b"\n")
    assert picture.height == bits * scale[1]
    for x, column in enumerate(columns):
        for y in range(bits):
            dark = picture.getpixel((x * scale[0], y * scale[1])) == 0
            assert dark is bool(column >> (bits - 1 - y) & 1)
    assert picture.getpixel((3 * scale[0], 0)) == 255


@pytest.mark.parametrize("m", [0, 1, 2, 3, 48, 51])
def test_rasters_in_every_size(m: int) -> None:
    across, down = 1 + (m & 1), 1 + (m >> 1 & 1)
    picture = ink(b"\x1dv0" + bytes((m,)) + u16(2) + u16(3) + bytes((0x80, 0, 0, 0, 0, 1)))
    assert picture.height == 3 * down
    assert box(b"\x1dv0" + bytes((m,)) + u16(2) + u16(3) + bytes((0x80, 0, 0, 0, 0, 1))) == (
        0,
        0,
        16 * across,
        3 * down,
    )


@pytest.mark.parametrize(
    "head", [lambda size: b"\x1d(L" + u16(size), lambda size: b"\x1d8L" + size.to_bytes(4, "little")]
)
def test_graphics_are_stored_and_printed_once(head: object) -> None:
    stored = b"0p0\x02\x011" + u16(8) + u16(4) + b"\xff" * 4
    assert callable(head)
    show = b"\x1d(L\x02\x0002"
    assert box(head(len(stored)) + stored + show + show) == (0, 0, 16, 4)
    assert printed(head(len(stored)) + stored).texts == ()


def test_national_variants_and_code_pages() -> None:
    assert text(b"\x1bR\x0f$5 \x1bR\x03#5\n") == "¥5 £5"
    assert text(b"\x1bt\x10\x80 \x1bt\x11\x80\n") == "€ А"


def test_chinese_is_gbk_and_nothing_else() -> None:
    assert text(chinese("排队号：A012，￥5") + b"\n") == "排队号：A012，￥5"
    four = "㙍".encode("gb18030")
    wrong = text(b"\x1c&" + four + b"\n")
    assert len(wrong) == 2
    assert "㙍" not in wrong
    assert text(b"\x1c&" + four + b"\n", gb18030=True) == "㙍"
    # a yen sign in four bytes is a box and somebody else's hanzi
    box_and_hanzi = text(b"\x1c&" + "¥".encode("gb18030") + b"\n")
    assert box_and_hanzi[0] == "□"
    assert box_and_hanzi[1].encode("gbk")


def test_what_the_font_lacks_is_a_box_that_shows() -> None:
    assert text(b"\x1c&\xa2\xab\n") == "□"
    assert ink(b"\x1c&\xa2\xab\n").histogram()[0] > 20


def test_half_a_hanzi_spoils_itself_only() -> None:
    assert text(b"\x1c&\xba\n" + chinese("号") + b"\n") == "□\n号"


def test_a_printer_without_chinese_prints_garbage_and_does_not_know_the_command() -> None:
    preview = render(chinese("号") + b"\n", width_dots=WIDTH, chinese=False)
    assert preview.errors == ("FS &: this printer has no Chinese font",)
    [garbage] = preview.texts
    assert len(garbage) == 3
    assert "号" not in garbage


def test_a_clone_enlarges_hanzi_by_their_own_commands_only() -> None:
    for command, by_gs in ((b"\x1d!\x11", True), (b"\x1c!\x0c", False), (b"\x1cW\x01", False)):
        assert render(command + chinese("号") + b"\n", width_dots=WIDTH).pictures[0].height == TOP + 48
        clone = render(command + chinese("号") + b"\n", width_dots=WIDTH, gs_scales_hanzi=False)
        assert clone.pictures[0].height == TOP + (30 if by_gs else 48)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"\x1b~", "unknown command 1b 7e"),
        (b"\x1d(Z\x02\x00ab", "unknown command 1d 28 5a 02 00 61 62"),
        (b"\x1dV\x09", "GS V 9"),
        (b"\x1ba\x09", "ESC a 9"),
        (b"a\x1ba\x01", "ESC a in the middle of a line"),
        (b"a\x1dL\x01\x00", "GS L in the middle of a line"),
        (b"a\x1dW\x01\x00", "GS W in the middle of a line"),
        (b"\x1dL\x40\x02", "GS L 576"),
        (b"\x1dW\x00\x00", "GS W 0"),
        (b"\x1b$\x41\x02", "ESC $ to 577"),
        (b"\x1b\\\xff\xff", "ESC \\ to -1"),
        (b"\x1b-\x03", "ESC - 3"),
        (b"\x1c-\x03", "FS - 3"),
        (b"\x1bM\x02", "ESC M 2"),
        (b"\x1bR\x63", "ESC R 99"),
        (b"\x1bt\x63", "ESC t 99"),
        (b"\x1b!\x02", "ESC ! 2"),
        (b"\x1b*\x05\x01\x00a", "ESC * 5 with 1 bytes"),
        (b"\x1b*\x21\x00\x00", "ESC * 33 with 0 bytes"),
        (b"\x1dv0\x00\x49\x00\x01\x00" + bytes(73), "GS v 0: mode 0, 584×1 dots"),
        (b"\x1dv0\x07\x01\x00\x01\x00a", "GS v 0: mode 7, 8×1 dots"),
        (b"\x1d(L\x02\x000\x09", "GS ( L 30 09"),
        (b"\x1d(L\x0b\x000p4\x01\x011\x08\x00\x01\x00a", "GS ( L: 8×1 dots, 34 01 01 31"),
        (b"\x1dw\x07", "GS w 7"),
        (b"\x1dh\x00", "GS h 0"),
        (b"\x1dH\x04", "GS H 4"),
        (b"\x1dk\x01123456\x00", "GS k 1"),
        (b"\x1dk\x43\x03123", "GS k 67: b'123' is no content for it"),
        (b"\x1dk\x46\x03123", "GS k 70: b'123' is no content for it"),
        (b"\x1dk\x49\x03ABC", "GS k 73: b'ABC' is no content for it"),
        (b"\x1dk\x49\x04{CA\x7f", "GS k 73: b'{CA\\x7f' is no content for it"),
        (b"\x1dk\x45\x28" + b"A" * 40, "GS k 69: 1887 dots wide"),
        (b"\x1dr\x09", "GS r 09"),
        (b"\x1dI\x09", "GS I 09"),
        (b"\x1d(k\x03\x001C\x00", "GS ( k 31 43 00"),
        (b"\x1dv0\x00\x01", "incomplete command 1d 76 30 00 01"),
    ],
)
def test_what_does_not_exist_is_an_error_and_the_next_line_is_printed(data: bytes, error: str) -> None:
    preview = render(data + (b"" if error.startswith("incomplete") else b"\nnext\n"), width_dots=WIDTH)
    assert preview.errors == (error,)
    if not error.startswith("incomplete"):
        assert preview.texts[0].endswith("next\n")
