"""Numbers in typed text, as one reads them aloud in Chinese. Pure.

2026年 二零二六年 · 17:30 十七点三十分 · 8:00-12:00 八点到十二点 · 0571-88001234 digit by digit · 12345热线 the same ·
120人 一百二十人 · 2人 两人 · A012 A零一二 · 12.5% 百分之十二点五
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from server.voice.numbers import One

_DIGITS: Final = "零一二三四五六七八九"
_LARGEST: Final = 99_999_999
_MEASURES: Final = "个人位名件份次天张家项台户种部间页元块万亿"
"""Words that a counted 2 is 两 before, and that make a long number a quantity."""
_COUNTED: Final = re.compile(rf"(?:多|余)?(?:[{_MEASURES}]|小时|分钟|平方)")
_TELEPHONE: Final = re.compile(r"(?:拨打|拨|致电|电话|热线|手机|号码|验证码)[:：是为]?\s*$")
_LONG: Final = 5
"""So many digits that count nothing are a telephone number or a code."""

_NUMBER: Final = re.compile(
    r"(?P<date>(?<!\d)\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?!\d)日?)"
    r"|(?P<year>(?<!\d)\d{4}(?=\s*年))"
    r"|(?P<time>(?<!\d)(?:[01]?\d|2[0-4])[:：][0-5]\d(?!\d))"
    r"|(?P<phone>(?<![\dA-Za-z])(?:0\d{2,3}[- ]\d{7,8}|[48]00-?\d{3}-?\d{4}|1\d{2}[- ]\d{4}[- ]\d{4})(?!\d))"
    r"|(?P<ticket>(?<![A-Za-z])[A-Z]{1,3}\d+)"
    r"|(?P<percent>\d+(?:\.\d+)?\s*[%％])"
    r"|(?P<decimal>\d+\.\d+)"
    r"|(?P<grouped>(?<!\d)\d{1,3}(?:,\d{3})+(?!\d))"
    r"|(?P<range>(?<=[\d%％])\s*[-–—~～]\s*(?=\d))"
    r"|(?P<whole>\d+)",
    re.ASCII,
)
_WIDE: Final = str.maketrans("０１２３４５６７８９", "0123456789")


def spelled(text: str, one: One = "yi", *, liang: bool = True) -> str:
    """`text` with every number written as it is read. `liang`: 两百 and 两千, as in Mandarin; else 二百."""
    text = text.translate(_WIDE)

    def read(found: re.Match[str]) -> str:
        kind = str(found.lastgroup)
        if kind == "whole":
            return _whole(found.group(), text[: found.start()], text[found.end() :], one, liang)
        return _READ[kind](found.group(), one, liang)

    return _NUMBER.sub(read, text)


def count(value: int, *, liang: bool = True) -> str:
    """A whole number from 0 to 99999999: 十二, 一百零五, 两千, 一万零一十."""
    high, low = divmod(value, 10_000)
    if not high:
        return _below_wan(low, liang)
    lead = "两" if liang and high == 2 else _below_wan(high, liang)
    if not low:
        return f"{lead}万"
    gap = "零" if low < 1000 else ""
    rest = _below_wan(low, liang, within=True)
    return f"{lead}万{gap}{rest}"


def _below_wan(value: int, liang: bool, *, within: bool = False) -> str:
    """`within` a larger number 10 is 一十."""
    if value == 0:
        return "零"
    text, waiting = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if not digit:
            waiting = bool(text)
            continue
        said = "两" if liang and digit == 2 and unit >= 100 and not (text or within) else _DIGITS[digit]
        if unit == 10 and digit == 1 and not text and not within:
            said = ""
        text += ("零" if waiting else "") + said + name
        waiting = False
    return text


def _one_by_one(digits: str, one: One) -> str:
    said = "".join(_DIGITS[int(digit)] for digit in digits if digit in "0123456789")
    return said.replace("一", "幺") if one == "yao" else said


def _whole(digits: str, before: str, after: str, one: One, liang: bool) -> str:
    value = int(digits)
    counted = _COUNTED.match(after.lstrip())
    if (digits[0] == "0" and len(digits) > 1) or value > _LARGEST or _TELEPHONE.search(before):
        return _one_by_one(digits, one)
    if len(digits) >= _LONG and not counted:
        return _one_by_one(digits, one)
    if value == 2 and counted and not before.endswith("第"):
        return "两"
    return count(value, liang=liang)


def _date(text: str, one: One, liang: bool) -> str:
    year, month, day = (part for part in re.split(r"\D+", text) if part)
    return f"{_one_by_one(year, 'yi')}年{count(int(month))}月{count(int(day))}日"


def _time(text: str, one: One, liang: bool) -> str:
    hour, minute = (int(part) for part in re.split("[:：]", text))
    said = "两" if hour == 2 else count(hour)
    if not minute:
        return f"{said}点"
    return f"{said}点{'零' if minute < 10 else ''}{count(minute)}分"


def _phone(text: str, one: One, liang: bool) -> str:
    """A comma where it is written apart, for a breath."""
    return "，".join(_one_by_one(part, one) for part in re.split(r"\D+", text))


def _ticket(text: str, one: One, liang: bool) -> str:
    letters = text.rstrip("0123456789")
    return letters + _one_by_one(text[len(letters) :], one)


def _decimal(text: str, one: One, liang: bool) -> str:
    whole, _, fraction = text.partition(".")
    return _quantity(whole, one, liang) + (f"点{_one_by_one(fraction, 'yi')}" if fraction else "")


def _quantity(digits: str, one: One, liang: bool) -> str:
    value = int(digits)
    return count(value, liang=liang) if value <= _LARGEST else _one_by_one(digits, one)


_READ: Final[dict[str, Callable[[str, One, bool], str]]] = {
    "date": _date,
    "year": lambda text, one, liang: _one_by_one(text, "yi"),
    "time": _time,
    "phone": _phone,
    "ticket": _ticket,
    "percent": lambda text, one, liang: f"百分之{_decimal(text.rstrip('%％ '), one, liang)}",
    "decimal": _decimal,
    "grouped": lambda text, one, liang: _quantity(text.replace(",", ""), one, liang),
    "range": lambda text, one, liang: "到",
}
