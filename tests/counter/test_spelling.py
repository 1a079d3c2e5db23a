"""What a clerk may type for a colleague or a service."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from counter.spelling import spellings


def test_whole_and_by_initials() -> None:
    assert {"shebaoyibao", "sbyb"} <= {*spellings("社保医保")}
    assert {"lijing", "lj"} <= {*spellings("李静")}


def test_a_surname_is_found_both_ways() -> None:
    assert {"shanxiaolan", "danxiaolan"} <= {*spellings("单晓兰")}


def test_what_is_not_chinese_stays() -> None:
    assert "tax2" in spellings("Tax 2")
    assert spellings("") == ()


@given(st.text(max_size=12))
def test_any_name_has_spellings_without_gaps(name: str) -> None:
    assert all(" " not in text for text in spellings(name))
