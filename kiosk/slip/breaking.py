"""Where Chinese text may go on in the next line.

After any hanzi, at a space; never before what closes or after what opens (GB/T 15834 5.1), never between a number and
what it counts, and never inside a number or a Latin word that fits a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kiosk.slip.text import cells

_NEVER_FIRST: Final = frozenset("，。、；：？！）》」』】〕〉”’…—～·％℃,.;:?!)]}%")
_NEVER_LAST: Final = frozenset("（《「『【〔〈“‘￥＄([{$")
_GOOD_BEFORE: Final = frozenset("（(《“")
_GOOD_AFTER: Final = frozenset("、，；：。）)》”/·-")
_COUNTED: Final = re.compile("(?<=[0-9A-Za-z]) (?=[号分人个天日月年层楼区元张份页次条款项])")
_GLUE: Final = "\u00a0"
# How ugly a break is, in squared columns of a ragged edge: at a comma or space, where Latin begins, between two hanzi,
# within a word.
_GOOD, _FAIR, _BAD, _TORN = 0, 40, 120, 400
_WORDS: Final = re.compile(
    "保险|参保|养老|医疗|失业|工伤|生育|公积金|居民|城乡|职工|退休|待遇|社会|社保|医保|卡证|不动产|房屋|土地|抵押|产权"
    "|户籍|户口|身份证|居住证|出入境|护照|婚姻|登记|变更|注销|备案|许可|审批|证明|证照|证件|执照|企业|个体|工商|税务"
    "|发票|纳税|缴费|申报|申请|受理|办理|查询|咨询|综合|业务|服务台|服务|中心|大厅|政务|便民|窗口|等候区|等候|取号机"
    "|取号|续号|叫号|过号|排队|排队号|预约码|预约|改期|取消|拨打|分钟内|经济|技术|开发区|自治区|街道|社区|乡镇|民政|救助"
    "|残疾|就业|创业|人才|档案|劳动|交通|车辆|驾驶证|驾驶|水电|燃气|基本|材料|齐全|补齐|提前|提交|进度|领取|妥善|保管"
    "|东侧|西侧|南侧|北侧|告知书|一式|两份|各留|出示|编号|迟到|超过|普通号"
)
"""Words of service and place names, which a title is not broken in; a guess, so that it only looks better with them."""


@dataclass(frozen=True)
class _Piece:
    """What stays together. `spaced`: a space stands before it, which is only seen inside a line."""

    text: str
    spaced: bool


def paragraph(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns`, each as full as it can be; no line for no text."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, columns):
        longer = line + " " * (piece.spaced and bool(line)) + piece.text
        if line and cells(longer) > columns:
            lines.append(line)
            line = piece.text
        else:
            line = longer
    return [_plain(line) for line in (*lines, line) if line]


def title(text: str, columns: int) -> list[str]:
    """`text` in as few lines of at most `columns` as it takes, evenly long, rather broken at a space or comma."""
    count = len(paragraph(text, columns))
    if count <= 1:
        return paragraph(text, columns)
    pieces = list(_pieces(text, columns))
    # The least ugly way to set the first so many pieces in so many lines, and its lines.
    best: dict[int, tuple[int, list[str]]] = {0: (0, [])}
    for _ in range(count):
        best = _one_line_more(best, pieces, columns)
    return [_plain(line) for line in best[len(pieces)][1]]


def _one_line_more(
    before: dict[int, tuple[int, list[str]]], pieces: list[_Piece], columns: int
) -> dict[int, tuple[int, list[str]]]:
    found: dict[int, tuple[int, list[str]]] = {}
    for start, (ugliness, lines) in before.items():
        for end in range(start + 1, len(pieces) + 1):
            line = pieces[start].text + "".join(" " * piece.spaced + piece.text for piece in pieces[start + 1 : end])
            if cells(line) > columns:
                break
            total = ugliness + (columns - cells(line)) ** 2 + _break_before(pieces, end)
            if end not in found or total < found[end][0]:
                found[end] = (total, [*lines, line])
    return found


def _break_before(pieces: list[_Piece], end: int) -> int:
    """How ugly a break before the piece `end` is; there is none after the last."""
    if end == len(pieces):
        return 0
    left, right = pieces[end - 1], pieces[end]
    if right.spaced and left.text[-1].isascii() == right.text[0].isascii():
        return _GOOD
    if right.text[0] in _GOOD_BEFORE or left.text[-1] in _GOOD_AFTER:
        return _GOOD
    if right.spaced:
        return _FAIR if right.text[0].isascii() else _BAD
    before = "".join(piece.text for piece in pieces[max(0, end - 2) : end])
    around = before + "".join(piece.text for piece in pieces[end : end + 2])
    torn = any(word.start() < len(before) < word.end() for word in _WORDS.finditer(around))
    return _TORN if torn else _BAD


def _plain(line: str) -> str:
    return line.replace(_GLUE, " ")


def _pieces(text: str, columns: int) -> Iterator[_Piece]:
    """Each at most `columns` wide."""
    for word in _COUNTED.sub(_GLUE, " ".join(text.split())).split(" "):
        spaced = True
        for piece in _unbroken(word):
            for part in _cut(piece, columns):
                yield _Piece(part, spaced)
                spaced = False


def _unbroken(word: str) -> Iterator[str]:
    """A word without spaces, where it may be broken."""
    start = 0
    for index in range(1, len(word)):
        if _may_break(word[index - 1], word[index]):
            yield word[start:index]
            start = index
    if word:
        yield word[start:]


def _may_break(left: str, right: str) -> bool:
    if right in _NEVER_FIRST or left in _NEVER_LAST or _GLUE in (left, right):
        return False
    return ord(left) >= 0x80 or ord(right) >= 0x80


def _cut(piece: str, columns: int) -> Iterator[str]:
    """A piece longer than a line, such as an address, is cut anywhere."""
    while cells(piece) > columns:
        end = 1
        while cells(piece[: end + 1]) <= columns:
            end += 1
        yield piece[:end]
        piece = piece[end:]
    yield piece
