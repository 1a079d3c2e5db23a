"""A hall's own wording: what can be said of it, and what cannot."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from display.voice import Place, announcement
from server.config.wording import VARIABLES, wording_parts
from server.voice.clip_set import CLIPS, Language
from server.voice.numbers import words
from server.voice.wording import DEFAULT_WORDING, NoClipError, Vocabulary, compiled

PHRASES = ("欢迎光临", "来", "二楼", "社保医保", "东区")


def test_the_default_wording_is_the_one_of_the_sentences_without_any() -> None:
    for language in get_args(Language):
        wording = compiled(DEFAULT_WORDING[language], language)
        assert announcement("A012", 12, language, wording=wording) == announcement("A012", 12, language)


def test_a_wording_of_the_hall_is_spoken_with_its_phrases() -> None:
    wording = compiled("欢迎光临！{window}号窗口，请{number}号来办理。", "zh", PHRASES)
    call = announcement("A1", 12, "zh", wording=wording)
    assert call.text == "欢迎光临！十二号窗口，请A一号来办理。"
    said = ("phrases/欢迎光临", "shi", "digit-2", "hao", "chuangkou", "qing", "letter-A", "digit-1", "hao")
    assert call.clips == tuple(f"zh/{name}" for name in (*said, "phrases/来", "banli"))


def test_the_service_and_the_zone_are_named() -> None:
    wording = compiled("{service}：请{number}号到{zone}{window}号窗口", "zh", PHRASES)
    call = announcement("A1", 3, "zh", wording=wording, place=Place("社保医保", "东区"))
    assert call.text == "社保医保：请A一号到东区三号窗口"
    assert call.clips[0] == "zh/phrases/社保医保"
    assert "zh/phrases/东区" in call.clips


def test_a_number_may_be_said_twice() -> None:
    call = announcement("A2", 3, "en", wording=compiled("Number {number}, number {number}", "en"))
    assert call.text == "Number A two, number A two"
    assert call.clips == ("en/number", "en/letter-A", "en/digit-2") * 2


def test_english_words_are_found_in_small_letters_and_never_inside_another() -> None:
    assert compiled("please go to WINDOW {number}", "en").parts[0] == (
        "please go to WINDOW ",
        ("en/please-go-to-window",),
    )
    with pytest.raises(NoClipError, match="no clip for 「numbers」"):
        compiled("numbers {number}", "en")


def test_the_longest_clip_is_taken_unless_the_rest_could_not_be_said() -> None:
    known = Vocabulary({"一": "one", "一百": "hundred", "百货": "shop", "货": "ware"})
    assert known.cut("一百") == ("hundred",)
    assert known.cut("一百货") == ("hundred", "ware")
    assert Vocabulary({"一": "one", "一百": "hundred", "百货": "shop"}).cut("一百货") == ("one", "shop")


@pytest.mark.parametrize(
    ("template", "unsaid"),
    [
        ("请张某{number}号", "张某"),
        ("请{number}号到3号窗口", "3"),
        ("请{number}号，谢谢！", "谢谢"),
        ("有请{number}号", "有"),
    ],
)
def test_words_without_a_clip_are_named(template: str, unsaid: str) -> None:
    with pytest.raises(NoClipError, match=f"^no clip for 「{unsaid}」$"):
        compiled(template, "zh")


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("请{numbr}号", "there is no variable {numbr}"),
        ("请{number号", "'{' belongs to no variable"),
        ("请number}号{number}", "'}' belongs to no variable"),
        ("请{{number}}号", "belongs to no variable"),
        ("请｛number｝号{number}", "'｛' belongs to no variable"),
        ("请到{window}号窗口", "nobody is called without {number}"),
        ("", "nobody is called without {number}"),
        ("{number!r:>9}", "there is no variable {number!r:>9}"),
    ],
)
def test_a_template_that_is_none_is_refused(template: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        wording_parts(template)


@pytest.mark.parametrize("language", get_args(Language))
@given(data=st.data())
def test_any_sentence_of_known_words_is_cut_into_clips_that_say_it(language: str, data: st.DataObject) -> None:
    known = [clip.words for clip in CLIPS.values() if clip.name.startswith(f"{language}/")]
    part = st.one_of(st.sampled_from(known), st.sampled_from(["{number}", "{window}", "，", " . "]))
    parts = [*data.draw(st.lists(part, max_size=8)), "{number}"]
    template = (" " if language == "en" else "").join(parts)
    call = announcement("Q7", 45, language, wording=compiled(template, language))

    def bare(text: str) -> str:
        return "".join(sign for sign in text.casefold() if sign.isalnum())

    assert bare(words(call.clips)) == bare(call.text)
    assert call.clips.count(f"{language}/letter-Q") >= template.count("{number}")


@given(template=st.text(alphabet="请号到张a {}numberwido，", max_size=30))
def test_any_template_is_spoken_or_refused_by_name(template: str) -> None:
    try:
        wording = compiled(template, "zh")
    except ValueError as error:
        told = str(error)
    else:
        told = announcement("A1", 1, "zh", wording=wording).text
    assert told


@given(st.lists(st.sampled_from(VARIABLES), max_size=5))
def test_a_template_keeps_its_order(variables: list[str]) -> None:
    template = "请".join(f"{{{variable}}}" for variable in ["number", *variables])
    assert [part.variable for part in wording_parts(template) if part.variable] == ["number", *variables]
