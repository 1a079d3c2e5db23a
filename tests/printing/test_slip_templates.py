"""A hall's own templates: what they may say, and how a mistake in one is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slips import LOOK, NARROW, body_of, lines_on_paper

from kiosk.slip.bitmap import scrubbed
from kiosk.slip.checking import look_mistakes
from kiosk.slip.samples import Sample, sample
from kiosk.slip.template import BUILT_IN
from server.config import load_settings
from server.hall.printing import Slip

CONFIG = Path(__file__).parents[2] / "config.yaml"
TICKET = sample(Slip.TICKET, Sample.USUAL)


def own(folder: Path, text: str, slip: Slip = Slip.TICKET) -> Path:
    """The hall's own template of a slip."""
    file = folder / f"{slip.value}.xml"
    file.write_text(text, encoding="utf-8")
    return file


def printed(folder: Path, text: str, content: Any = TICKET, **paper: Any) -> list[str]:
    own(folder, text)
    return lines_on_paper(body_of(content, look=replace(LOOK, templates=folder), **paper))


def mistakes(folder: Path) -> list[str]:
    settings = load_settings(CONFIG)
    printing = settings.printing.model_copy(update={"templates": str(folder)})
    return [f"{path}: {what}" for path, what in look_mistakes(settings.model_copy(update={"printing": printing}))]


def test_the_templates_that_come_along_have_no_mistake() -> None:
    assert mistakes(BUILT_IN) == []


def test_every_slip_has_a_template_that_comes_along() -> None:
    assert {file.stem for file in BUILT_IN.glob("*.xml")} == {slip.value for slip in Slip}


def test_a_hall_replaces_a_single_template(tmp_path: Path) -> None:
    assert printed(tmp_path, "<slip><title>{{ service }}</title><number>{{ number }}</number></slip>") == [
        "社保医保",
        "A012",
    ]
    receipt = sample(Slip.RECEIPT, Sample.USUAL)
    assert body_of(receipt, look=replace(LOOK, templates=tmp_path)) == body_of(receipt)


def test_an_edited_template_is_read_anew(tmp_path: Path) -> None:
    assert printed(tmp_path, "<slip><text>one</text></slip>") == ["one"]
    assert printed(tmp_path, "<slip><text>another</text></slip>") == ["another"]


def test_a_copy_is_marked_even_where_the_template_has_no_place_for_it(tmp_path: Path) -> None:
    assert printed(tmp_path, "<slip><text>{{ number }}</text></slip>", marked=True, nth=2) == ["补打", "A012"]


def test_a_template_may_set_words_of_its_own_and_those_of_the_catalogue(tmp_path: Path) -> None:
    text = '<slip><ends><left>{{ _("Valid today") }}</left><right>{{ "青禾" }}</right></ends></slip>'
    assert printed(tmp_path, text) == ["当日有效" + " " * 36 + "青禾"]


def test_templates_share_parts_that_stand_beside_them(tmp_path: Path) -> None:
    (tmp_path / "_head.xml").write_text("<title>{{ hall }}</title>", encoding="utf-8")
    assert printed(tmp_path, '<slip>{% include "_head.xml" %}<text>x</text></slip>') == [LOOK.hall, "x"]
    assert mistakes(tmp_path) == []


def test_a_row_shares_out_the_width(tmp_path: Path) -> None:
    row = '<row><cell share="2">事项名称很长的一项业务</cell><cell align="right" bold="yes">12</cell></row>'
    own(tmp_path, f"<slip>{row}</slip>")
    lines = lines_on_paper(body_of(TICKET, NARROW, look=replace(LOOK, templates=tmp_path)), NARROW)
    assert lines == ["事项名称很长的一项业" + " " * 10 + "12", "务"]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("<slip>\n  <titel>x</titel>\n</slip>", 2, "unknown tag <titel>"),
        ("<slip>\n\n<text>{{ numbr }}</text></slip>", 3, "'numbr' is undefined"),
        ("<slip>\n<text>{{ number }</text></slip>", 2, "unexpected '}'"),
        ("<slip>\n{% if url %}\n<text>x</text>\n</slip>", 3, "Unexpected end of template"),
        ("<slip>\n<text>x</text>\n<text>y</title>\n</slip>", 3, "not XML: mismatched tag"),
        ("<slip>\n<text>a & b</text></slip>", 2, "not XML: not well-formed (invalid token)"),
        ("<slip>\n<text size='9'>x</text></slip>", 2, '<text>: size="9" is neither a number from 1 to 8'),
        ("<slip>\n<text algin='left'>x</text></slip>", 2, '<text> has no attribute "algin"'),
        ("<slip>\n<text align='middle'>x</text></slip>", 2, '<text>: align="middle" is none of left, center, right'),
        ("<slip>\n<rule>x</rule></slip>", 2, "<rule> has no text of its own"),
        ("<slip>\n<list>\n<note>x</note></list></slip>", 3, "unknown tag <note> inside <list>"),
        ("<slip>\n<gap lines='0'/></slip>", 2, '<gap>: lines="0" is no number from 1 to 20'),
        ("<paper>\n<rule/></paper>", 1, "a slip begins with <slip>, not with <paper>"),
        ("<slip>\n{{ number|safe }}</slip>", 2, "No filter named 'safe'."),
        ("<slip>\n{{ hall.__class__ }}</slip>", 2, "access to attribute '__class__' of 'str' object is unsafe."),
        ("<slip>\n{{ 1 / 0 }}</slip>", 2, "ZeroDivisionError: division by zero"),
        ('<slip>\n{% include "_none.xml" %}</slip>', 2, "there is no template _none.xml"),
        ("<!DOCTYPE slip>\n<slip/>", 1, "a slip has no DOCTYPE"),
        ("<slip>\n{% if then %}\n<oops/>\n{% endif %}</slip>", 3, "unknown tag <oops>"),
    ],
)
def test_a_mistake_is_named_with_file_and_line_and_costs_no_ticket(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, text: str, line: int, what: str
) -> None:
    file = own(tmp_path, text)
    [mistake] = mistakes(tmp_path)
    assert mistake.startswith(f"printing.templates: {file}:{line}: {what}")
    full = sample(Slip.TICKET, Sample.FULL)
    assert body_of(full, look=replace(LOOK, templates=tmp_path)) == body_of(full)
    assert f"{file}:{line}: {what}" in caplog.text


def test_a_file_that_is_no_slips_is_a_mistake(tmp_path: Path) -> None:
    file = tmp_path / "tickets.xml"
    file.write_text("<slip/>", encoding="utf-8")
    [mistake] = mistakes(tmp_path)
    assert mistake.startswith(f"printing.templates: {file}: there is no such slip; there are appointment.xml, day.xml")


@pytest.mark.usefixtures("no_fonts")
def test_slips_that_must_be_drawn_without_a_font_are_a_mistake() -> None:
    settings = load_settings(CONFIG)
    assert list(look_mistakes(settings)) == []
    kiosk, printer = settings.kiosks[0], settings.kiosks[0].printer
    assert printer is not None
    drawn = kiosk.model_copy(update={"printer": printer.model_copy(update={"chinese": "none"})})
    [(path, what)] = look_mistakes(settings.model_copy(update={"kiosks": (drawn,)}))
    assert (path, "fonts-noto-cjk" in what) == ("printing", True)


def test_a_folder_or_logo_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    assert mistakes(tmp_path / "none") == [f"printing.templates: {tmp_path / 'none'}: no such folder"]
    settings = load_settings(CONFIG)
    printing = settings.printing.model_copy(update={"logo": str(tmp_path / "logo.png")})
    [mistake] = look_mistakes(settings.model_copy(update={"printing": printing}))
    assert mistake == ("printing.logo", f"{tmp_path / 'logo.png'}: No such file or directory")


@given(st.binary(max_size=400), st.sampled_from([b"", b"\x10\x04", b"\x10\x10\x05", b"\x10\x14\x10\x04"]))
def test_no_picture_holds_what_a_printer_would_obey(data: bytes, planted: bytes) -> None:
    picture = data[: len(data) // 2] + planted + data[len(data) // 2 :]
    clean = scrubbed(picture)
    assert not any(prefix in clean for prefix in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))
    assert len(clean) == len(picture)
    changed_bytes = [(old, new) for old, new in zip(picture, clean, strict=True) if old != new]
    assert all(new & old == old and (new ^ old).bit_count() == 1 for old, new in changed_bytes)
    assert len(changed_bytes) <= sum(picture.count(p) for p in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))
