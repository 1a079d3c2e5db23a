"""The sentences that a kiosk reads aloud, and the clips they are made of."""

from __future__ import annotations

from typing import get_args

import pytest

from kiosk.speech import SENTENCES, Kind, needed_clips, sentence, vocabulary
from server.voice.clip_set import CALL_CLIPS, CLIPS, PROMPT_CLIPS, PromptLanguage
from server.voice.numbers import HIGHEST, UnspeakableError, words

WINDOWS = (1, 2, 12)


def text(phrases: list[list[str]], between: str = "") -> str:
    return " | ".join(words(phrase, between) for phrase in phrases)


@pytest.mark.parametrize(
    ("kind", "spoken"),
    [
        ("home", "请触摸您要办的业务"),
        ("closed", "现在不取号 | 请看屏幕上的办公时间"),
        ("stopped", "今天的号已经停止发放 | 请看屏幕上的办公时间"),
        ("checkin", "请输入预约码，或者手机号后四位"),
        ("lookup", "请输入小票上的号，先字母，后数字"),
        ("not-found", "没有找到，请再试一次"),
        ("still-there", "您还在吗"),
        ("doubt", "今天可能轮不到您 | 请看屏幕上的办法，也可以照样取号"),
        ("number", "您的号码是A零一二 | 前面还有五人"),
        ("done", "您的号码是A零一二 | 前面还有五人 | 请取走小票 | 请听叫号"),
        (
            "no-paper",
            "您的号码是A零一二 | 前面还有五人 | 打印机没有纸了 | 您的号码有效 | 请记住号码，或到服务台补打小票",
        ),
        (
            "no-print",
            "您的号码是A零一二 | 前面还有五人 | 现在不能打印小票 | 您的号码有效 | 请记住号码，或到服务台补打小票",
        ),
        ("rejoined", "您已经重新排队 | 您的号码是A零一二 | 前面还有五人 | 请听叫号"),
        ("in-line", "您已经在排队 | 您的号码是A零一二 | 前面还有五人 | 请听叫号"),
        ("called", "您的号码是A零一二 | 请到十二号窗口"),
    ],
)
def test_every_screen_has_its_mandarin_sentence(kind: Kind, spoken: str) -> None:
    assert text(sentence(kind, "zh", number="A012", ahead=5, window=12)) == spoken


def test_english_says_the_same() -> None:
    done = text(sentence("done", "en", number="A012", ahead=21), " ")
    assert done == (
        "Your number is A zero one two | There are twenty one people ahead of you | Please take your ticket"
        " | Please listen for your number"
    )
    assert text(sentence("called", "en", number="B7", window=3), " ") == (
        "Your number is B seven | please go to window three"
    )


@pytest.mark.parametrize(
    ("ahead", "spoken"),
    [
        (0, "前面没有人"),
        (1, "前面还有一人"),
        (2, "前面还有两人"),
        (12, "前面还有十二人"),
        (102, "前面还有一百零二人"),
        (999, "前面还有九百九十九人"),
    ],
)
def test_people_are_counted_as_one_speaks(ahead: int, spoken: str) -> None:
    assert text(sentence("number", "zh", number="A1", ahead=ahead)) == f"您的号码是A一 | {spoken}"


def test_more_people_than_the_voice_can_count_are_left_unsaid() -> None:
    assert text(sentence("number", "zh", number="A1", ahead=HIGHEST + 1)) == "您的号码是A一"


def test_one_is_yao_in_the_number_alone_where_the_hall_says_so() -> None:
    assert text(sentence("number", "zh", number="A111", ahead=11, one="yao")) == "您的号码是A幺幺幺 | 前面还有十一人"


def test_a_number_without_clips_is_refused() -> None:
    with pytest.raises(UnspeakableError):
        sentence("done", "zh", number="甲012", ahead=1)


@pytest.mark.parametrize("language", get_args(PromptLanguage))
def test_the_page_is_given_every_clip_that_some_sentence_needs(language: PromptLanguage) -> None:
    given = needed_clips(language, vocabulary(language, WINDOWS, "yi"))
    assert given <= set(CLIPS)
    for kind in SENTENCES:
        for ahead in range(HIGHEST + 2):
            phrases = sentence(kind, language, number="AZ0123456789", ahead=ahead, window=12)
            assert {clip for phrase in phrases for clip in phrase} <= given


@pytest.mark.parametrize("language", get_args(PromptLanguage))
def test_every_prompt_is_used_and_none_is_a_calls_clip(language: PromptLanguage) -> None:
    prompts = {clip.name for clip in PROMPT_CLIPS[language]}
    assert prompts <= needed_clips(language, vocabulary(language, WINDOWS, "yi"))
    assert prompts.isdisjoint(clip.name for clip in CALL_CLIPS[language])


def test_both_languages_have_the_same_prompts_but_for_the_mandarin_two() -> None:
    names = {language: {c.name.partition("/")[2] for c in clips} for language, clips in PROMPT_CLIPS.items()}
    assert names["zh"] - names["en"] == {"liang"}
    assert names["en"] <= names["zh"]
