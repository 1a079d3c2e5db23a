"""Where Chinese text may go on in the next line.

After any hanzi, at a space; never before what closes or after what opens (GB/T 15834 5.1), and never inside a number or
a Latin word that fits a line.
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
_BAD_BREAK: Final = 9
"""How much worse, in squared columns, a title's break between any two hanzi is than one at a space or comma."""
_TORN_WORD: Final = 64
_WORDS: Final = re.compile(
    "保险|参保|养老|医疗|失业|工伤|生育|公积金|居民|城乡|职工|退休|待遇|社会|社保|医保|卡证|不动产|房屋|土地|抵押|产权"
    "|户籍|户口|身份证|居住证|出入境|护照|婚姻|登记|变更|注销|备案|许可|审批|证明|证照|执照|企业|个体|工商|税务|发票"
    "|纳税|缴费|申报|申请|受理|办理|查询|咨询|综合|业务|服务|中心|大厅|政务|便民|窗口|等候区|等候|取号机|经济|技术"
    "|开发区|自治区|街道|社区|乡镇|民政|救助|残疾|就业|创业|人才|档案|劳动|交通|车辆|驾驶证|驾驶|水电|燃气|基本"
)
"""Words of service and place names, which a title is not broken in; a guess, so that it only looks better with them."""


@dataclass(frozen=True)
class _Piece:
    """What stays together. `spaced`: a space stands before it, which is only seen inside a line."""

    text: str
    spaced: bool

    @property
    def cells(self) -> int:
        return cells(self.text)


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
    return [*lines, line] if line else lines


def title(text: str, columns: int) -> list[str]:
    """`text` in as few lines of at most `columns` as it takes, evenly long, rather broken at a space or comma."""
    count = len(paragraph(text, columns))
    if count <= 1:
        return paragraph(text, columns)
    pieces = list(_pieces(text, columns))
    # best[n][i]: the least ugly way to set the first i pieces in n lines, with its lines.
    best: list[dict[int, tuple[int, list[str]]]] = [{0: (0, [])}]
    for _ in range(count):
        best.append(_one_line_more(best[-1], pieces, columns))
    found = best[count].get(len(pieces))
    return found[1] if found else paragraph(text, columns)


def _one_line_more(
    before: dict[int, tuple[int, list[str]]], pieces: list[_Piece], columns: int
) -> dict[int, tuple[int, list[str]]]:
    found: dict[int, tuple[int, list[str]]] = {}
    for start, (ugliness, lines) in before.items():
        for end in range(start + 1, len(pieces) + 1):
            line = _joined(pieces[start:end])
            if cells(line) > columns:
                break
            total = ugliness + (columns - cells(line)) ** 2 + _badness(pieces, end)
            if end not in found or total < found[end][0]:
                found[end] = (total, [*lines, line])
    return found


def _joined(pieces: list[_Piece]) -> str:
    return pieces[0].text + "".join(" " * piece.spaced + piece.text for piece in pieces[1:])


def _badness(pieces: list[_Piece], end: int) -> int:
    """Of a break before the piece `end`."""
    if end == len(pieces):
        return 0
    left, right = pieces[end - 1], pieces[end]
    if right.spaced or right.text[0] in _GOOD_BEFORE or left.text[-1] in _GOOD_AFTER:
        return 0
    around = "".join(piece.text for piece in pieces[max(0, end - 2) : end + 2])
    place = len("".join(piece.text for piece in pieces[max(0, end - 2) : end]))
    torn = any(word.start() < place < word.end() for word in _WORDS.finditer(around))
    return _TORN_WORD if torn else _BAD_BREAK


def _pieces(text: str, columns: int) -> Iterator[_Piece]:
    """Each at most `columns` wide."""
    for word in text.split():
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
    yield word[start:]


def _may_break(left: str, right: str) -> bool:
    if right in _NEVER_FIRST or left in _NEVER_LAST:
        return False
    return ord(left) >= 0x80 or ord(right) >= 0x80


def _cut(piece: str, columns: int) -> Iterator[str]:
    """A piece longer than a line, such as an address, is cut anywhere."""
    while cells(piece) > columns:
        taken = 0
        for index, char in enumerate(piece):  # noqa: B007 — the index is what is sought
            taken += cells(char)
            if taken > columns:
                break
        yield piece[: max(1, index)]
        piece = piece[max(1, index) :]
    yield piece
