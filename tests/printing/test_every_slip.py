"""Every kind of slip on wide and narrow paper, set by the printer, drawn, and half of either."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from slips import LOOK, NARROW, WIDE, body_of, lines_on_paper, rows_on_paper, seen, text_width

from kiosk.printer.profile import PrinterProfile
from kiosk.slip.samples import Sample, sample
from kiosk.virtual_printer.sheet import RasterRow, TextRow
from server.hall.printing import Slip

PAPERS = Path(__file__).parent / "papers"
"""What one reads on each, seen by somebody and found good. `[QR]` and such stand for what is no text."""
HYBRID = {"draws_number": True, "draws_barcode": True}
WITHOUT_FONT = {"has_chinese": False, "draws_qr": True, "draws_barcode": True}
PROFILES = {
    f"{name}-{mode}": replace(profile, **abilities)
    for name, profile in (("80", WIDE), ("58", NARROW))
    for mode, abilities in (("native", {}), ("hybrid", HYBRID), ("drawn", WITHOUT_FONT))
}
MARGINS = 64
"""Dots of paper beside the print head."""
every_slip = pytest.mark.parametrize("slip", Slip, ids=lambda slip: slip.value)
every_sample = pytest.mark.parametrize("which", Sample, ids=lambda which: which.value)
every_profile = pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
CODES = {
    Slip.TICKET: {"https://qinghe.gov.cn/t/Jk3mZ9QwXr7Lb2Tn"},
    Slip.APPOINTMENT: {"83746502"},
    Slip.RECEIPT: {"https://qinghe.gov.cn/q/SL2026112300127", "SL2026112300127"},
    Slip.SELF_TEST: {"1"},
}
"""What scanners read on the usual one of each kind that has codes."""


def codes(picture: Image.Image) -> set[str]:
    return {code.text for code in zxingcpp.read_barcodes(picture.convert("L"))}


@every_slip
@pytest.mark.parametrize(("name", "profile"), [("80", WIDE), ("58", NARROW)], ids=["80", "58"])
def test_one_reads_what_somebody_found_good(slip: Slip, name: str, profile: PrinterProfile) -> None:
    printed = "".join(f"{text}\n" for text in seen(body_of(sample(slip, Sample.USUAL), profile), profile).texts)
    assert printed == (PAPERS / f"{slip.value}-{name}.txt").read_text("utf-8")


@every_slip
@every_sample
@every_profile
def test_nothing_is_beyond_the_edge_or_unknown_to_the_printer(
    slip: Slip, which: Sample, profile: PrinterProfile
) -> None:
    body = body_of(sample(slip, which), profile)
    pictures = seen(body, profile).pictures
    assert {picture.width for picture in pictures} == {profile.width_dots + MARGINS}
    assert max(text_width(row) for row in rows_on_paper(body, profile)) <= profile.width_dots


@pytest.mark.parametrize("slip", CODES, ids=lambda slip: slip.value)
@every_profile
def test_a_scanner_reads_the_codes(slip: Slip, profile: PrinterProfile) -> None:
    [picture] = seen(body_of(sample(slip, Sample.USUAL), profile), profile).pictures
    assert codes(picture) == CODES[slip]


@every_slip
def test_without_a_chinese_font_no_text_is_left_to_the_printer(slip: Slip) -> None:
    profile = PROFILES["80-drawn"]
    texts = [row.text for row in rows_on_paper(body_of(sample(slip, Sample.FULL), profile), profile) if row.text]
    assert all(set(text) == {"-"} or text.startswith("[image]") for text in texts)


@pytest.mark.parametrize("slip", [slip for slip in Slip if slip is not Slip.SELF_TEST], ids=lambda slip: slip.value)
def test_what_is_drawn_looks_as_what_the_printer_sets(slip: Slip) -> None:
    """Line for line: as many, equally long papers but for the number and its margins."""
    content = sample(slip, Sample.USUAL)
    native, drawn = (seen(body_of(content, PROFILES[f"80-{mode}"]), WIDE).pictures for mode in ("native", "drawn"))
    assert len(native) == len(drawn)
    for ours, theirs in zip(native, drawn, strict=True):
        assert abs(ours.height - theirs.height) <= 40


def test_a_drawn_number_is_as_high_as_a_set_one_and_costs_less_than_five_kilobytes() -> None:
    content = sample(Slip.TICKET, Sample.USUAL)
    body = body_of(content, PROFILES["80-hybrid"])
    drawn = [row for row in rows_on_paper(body) if isinstance(row, RasterRow)]
    assert sum(len(row.data) for row in drawn) < 9_000
    assert 120 <= sum(row.height for row in drawn) <= 192


@every_slip
def test_every_copy_is_marked_on_each_of_its_papers(slip: Slip) -> None:
    content = sample(slip, Sample.FULL)
    first, copy = seen(body_of(content)), seen(body_of(content, marked=True, nth=2))
    assert not any("补打" in text for text in first.texts)
    assert all("补打\n" in text for text in copy.texts)


def test_a_notice_of_missing_documents_comes_out_twice_for_the_citizen_and_the_window() -> None:
    papers = seen(body_of(sample(Slip.MISSING_DOCUMENTS, Sample.USUAL))).texts
    assert len(papers) == 2
    assert papers[0] == papers[1]
    assert len(seen(body_of(sample(Slip.MISSING_DOCUMENTS, Sample.SPARE))).texts) == 1


def test_no_line_of_a_notice_begins_with_what_closes_or_ends_with_what_opens() -> None:
    for profile in (WIDE, NARROW):
        for line in lines_on_paper(body_of(sample(Slip.MISSING_DOCUMENTS, Sample.FULL), profile), profile):
            assert line.strip()[0] not in "，。、；：？！）》”%"
            assert line.strip()[-1] not in "（《“"


def test_a_notice_hangs_what_goes_on_under_its_own_beginning() -> None:
    lines = lines_on_paper(body_of(sample(Slip.MISSING_DOCUMENTS, Sample.FULL), NARROW), NARROW)
    at = lines.index("1. 授权委托书（须写明委托事项和")
    assert lines[at + 1] == "   期限，由委托人签字并按手印）"


def test_the_self_test_shows_both_ways_to_enlarge_hanzi() -> None:
    def heights(gs_scales_hanzi: bool) -> dict[str, int]:
        rows = rows_on_paper(body_of(sample(Slip.SELF_TEST, Sample.USUAL)), gs_scales_hanzi=gs_scales_hanzi)
        found = (row for row in rows if isinstance(row, TextRow) and row.text.endswith("排队号"))
        return {row.text[:2]: row.glyphs[-1].height for row in found}

    assert heights(gs_scales_hanzi=True) == {"GS": 2, "FS": 2}
    assert heights(gs_scales_hanzi=False) == {"GS": 1, "FS": 2}


def test_a_logo_stands_at_the_head_of_every_slip_that_a_citizen_gets(tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    Image.new("L", (400, 200), 0).save(file)
    look = replace(LOOK, logo=file)
    for slip in (Slip.TICKET, Slip.APPOINTMENT, Slip.MISSING_DOCUMENTS, Slip.RECEIPT):
        first = rows_on_paper(body_of(sample(slip, Sample.SPARE), look=look))[0]
        assert isinstance(first, RasterRow)
        assert (first.width_bytes * 8, first.align) == (240, "center")


def test_a_logo_that_cannot_be_read_costs_no_ticket(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "logo.png"
    file.write_bytes(b"no picture")
    content = sample(Slip.TICKET, Sample.USUAL)
    assert body_of(content, look=replace(LOOK, logo=file)) == body_of(content)
    assert str(file) in caplog.text
