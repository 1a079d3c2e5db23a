"""Whatever somebody types into whatever field: it is printed as words, within the paper, and commands nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from slips import LOOK, NARROW, WIDE, body_of, lines_on_paper, rows_on_paper, text_width

from kiosk.printer.profile import Ack, PrinterProfile
from kiosk.slip.breaking import paragraph, title
from kiosk.slip.code128 import printer_content
from kiosk.slip.samples import Sample, sample
from kiosk.slip.text import cells, clean
from kiosk.virtual_printer.commands import UNKNOWN, CommandParser
from server.hall.printing import Slip
from server.messages.slips import SlipContent

OBEYED = re.compile(rb"\x10[\x04\x05\x14]")
CLONE = PrinterProfile(chinese_needs_fs=True, ack=Ack.GS_R)
DRAWN = replace(NARROW, has_chinese=False, draws_qr=True, draws_barcode=True)
HANZI = st.text(st.sampled_from("青禾镇便民服务中心社保医保，。、（）《》：；！？“”A1 %-"), max_size=40)
NASTY = st.text(
    st.sampled_from("\x00\x04\x05\x0a\x10\x14\x1b\x1c\x1d@!<>&'\"{}%\u202e\ud800\ufffe€㙍𠮷青A1 "), max_size=24
)
WORDS = st.text(max_size=40) | NASTY | HANZI


def spoken(value: Any, words: st.DataObject, kind: st.SearchStrategy[str]) -> Any:
    """The same value with other words in each of its texts that may be any."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            fresh = spoken(getattr(value, name), words, kind)
            try:
                value = type(value)(**(dict(value) | {name: fresh}))
            except ValidationError:
                continue  # a field that says itself what may stand in it
        return value
    if isinstance(value, tuple):
        return tuple(spoken(part, words, kind) for part in value)
    if isinstance(value, dict):
        return {key: spoken(part, words, kind) for key, part in value.items()}
    return words.draw(kind) if type(value) is str else value


def texts(value: Any) -> list[str]:
    if isinstance(value, BaseModel):
        return [text for name in type(value).model_fields for text in texts(getattr(value, name))]
    if isinstance(value, tuple):
        return [text for part in value for text in texts(part)]
    return [value] if type(value) is str else []


every_slip = pytest.mark.parametrize("slip", Slip, ids=lambda slip: slip.value)


@every_slip
@settings(deadline=None)  # the first one of each font loads it
@given(data=st.data(), profile=st.sampled_from([WIDE, NARROW, CLONE, DRAWN]))
def test_no_word_commands_the_printer_or_leaves_the_paper(
    slip: Slip, data: st.DataObject, profile: PrinterProfile
) -> None:
    content: SlipContent = spoken(sample(slip, Sample.FULL), data, WORDS)
    body = body_of(content, profile, replace(LOOK, hall=data.draw(WORDS), hotline=data.draw(WORDS)))
    assert not OBEYED.search(body)
    cuts = 0
    for command in CommandParser().feed(body):
        assert command.name != UNKNOWN
        cuts += command.name == "GS V"
        if command.name == "text":
            command.args.decode("gbk")
    assert cuts == (2 if slip is Slip.MISSING_DOCUMENTS else 1)
    assert max(text_width(row) for row in rows_on_paper(body, profile)) <= profile.width_dots


@every_slip
@settings(deadline=None)  # the first one of each font loads it
@given(data=st.data(), profile=st.sampled_from([WIDE, NARROW]))
def test_every_word_is_read_back_from_the_paper(slip: Slip, data: st.DataObject, profile: PrinterProfile) -> None:
    content: SlipContent = spoken(sample(slip, Sample.FULL), data, HANZI)
    printed = "".join(lines_on_paper(body_of(content, profile), profile)).replace(" ", "")
    for text in texts(content):
        if not text.startswith("http"):
            assert "".join(text.split()) in printed


@given(WORDS, st.integers(24, 69))
def test_a_broken_text_loses_nothing_and_fits(text: str, columns: int) -> None:
    for broken in (paragraph(clean(text), columns), title(clean(text), columns)):
        assert "".join(broken).replace(" ", "") == "".join(clean(text).split())
        assert all(cells(line) <= columns for line in broken)
        assert all(line == line.strip() and line for line in broken)


@given(HANZI, st.integers(24, 69))
def test_no_line_begins_with_what_closes_or_ends_with_what_opens(text: str, columns: int) -> None:
    lines = paragraph(text, columns)
    if any(cells(run) > columns for run in re.findall(r"\S+", text) if not re.search(r"[\u4e00-\u9fff]", run)):
        return  # a row of nothing but punctuation, which must be cut somewhere
    for line in lines[1:]:
        assert line[0] not in "，。、；：！？”）》%"
    for line in lines[:-1]:
        assert line[-1] not in "（《“"


def test_a_title_is_broken_between_words() -> None:
    assert title("城乡居民基本养老保险参保登记（新参保）", 24) == ["城乡居民基本养老保险", "参保登记（新参保）"]
    assert title("青禾县经济技术开发区政务服务中心", 24) == ["青禾县经济技术", "开发区政务服务中心"]
    assert title("请到 二层西侧 C 区综合受理等候区", 24) == ["请到 二层西侧", "C 区综合受理等候区"]


def test_a_number_stays_with_what_it_counts() -> None:
    for columns in range(24, 60):
        for line in paragraph("请在 60 分钟内到 12 号窗口补交 3 份材料和 1 张照片，过期须重新取号", columns):
            assert not line[-1].isdigit()


@given(st.from_regex(r"[0-9A-Z-]{1,20}", fullmatch=True))
def test_a_barcode_says_its_content_and_nothing_that_is_obeyed(content: str) -> None:
    coded = printer_content(content)
    assert coded is not None
    sent, modules = coded
    assert not OBEYED.search(sent)
    assert modules <= 11 * (2 * len(content) + 2) + 13
    assert printer_content(content + "号") is None
