"""The sentence that calls a citizen, and the clips that speak it."""

from string import ascii_uppercase, digits
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from display.voice import announcement
from server.voice.clip_set import CALL_CLIPS, CLIPS, Language
from server.voice.numbers import UnspeakableError

TAIL = ("hao", "chuangkou", "banli")


def zh(*names: str) -> tuple[str, ...]:
    return tuple(f"zh/{name}" for name in names)


@pytest.mark.parametrize(
    ("number", "ticket", "clips"),
    [
        ("A001", "A零零一", ("letter-A", "digit-0", "digit-0", "digit-1")),
        ("Z999", "Z九九九", ("letter-Z", "digit-9", "digit-9", "digit-9")),
        ("A1000", "A一零零零", ("letter-A", "digit-1", "digit-0", "digit-0", "digit-0")),
        ("b234", "B二三四", ("letter-B", "digit-2", "digit-3", "digit-4")),
        ("VIP56", "VIP五六", ("letter-V", "letter-I", "letter-P", "digit-5", "digit-6")),
        ("078", "零七八", ("digit-0", "digit-7", "digit-8")),
    ],
)
def test_a_mandarin_ticket_is_read_sign_by_sign(number: str, ticket: str, clips: tuple[str, ...]) -> None:
    call = announcement(number, 3)
    assert call.text == f"请{ticket}号到三号窗口办理"
    assert call.clips == zh("qing", *clips, "hao", "dao", "digit-3", *TAIL)


@pytest.mark.parametrize(
    ("window", "words", "clips"),
    [
        (1, "一", ("digit-1",)),
        (2, "二", ("digit-2",)),
        (10, "十", ("shi",)),
        (11, "十一", ("shi", "digit-1")),
        (12, "十二", ("shi", "digit-2")),
        (20, "二十", ("digit-2", "shi")),
        (21, "二十一", ("digit-2", "shi", "digit-1")),
        (99, "九十九", ("digit-9", "shi", "digit-9")),
        (100, "一百", ("yibai",)),
        (101, "一百零一", ("yibai", "digit-0", "digit-1")),
        (110, "一百一十", ("yibai", "digit-1", "shi")),
        (111, "一百一十一", ("yibai", "digit-1", "shi", "digit-1")),
        (120, "一百二十", ("yibai", "digit-2", "shi")),
        (200, "两百", ("liangbai",)),
        (202, "两百零二", ("liangbai", "digit-0", "digit-2")),
        (999, "九百九十九", ("digit-9", "bai", "digit-9", "shi", "digit-9")),
    ],
)
def test_a_mandarin_window_is_a_cardinal(window: int, words: str, clips: tuple[str, ...]) -> None:
    call = announcement("A7", window)
    assert call.text == f"请A七号到{words}号窗口办理"
    assert call.clips == zh("qing", "letter-A", "digit-7", "hao", "dao", *clips, *TAIL)


def test_one_is_yao_in_the_ticket_and_never_in_the_window_where_the_hall_says_so() -> None:
    call = announcement("A101", 11, one="yao")
    assert call.text == "请A幺零幺号到十一号窗口办理"
    ticket = ("letter-A", "digit-1-yao", "digit-0", "digit-1-yao")
    assert call.clips == zh("qing", *ticket, "hao", "dao", "shi", "digit-1", *TAIL)


@pytest.mark.parametrize(
    ("window", "words", "clips"),
    [
        (3, "three", ("digit-3",)),
        (10, "ten", ("cardinal-10",)),
        (12, "twelve", ("cardinal-12",)),
        (20, "twenty", ("cardinal-20",)),
        (21, "twenty one", ("cardinal-20", "digit-1")),
        (99, "ninety nine", ("cardinal-90", "digit-9")),
        (100, "one hundred", ("digit-1", "hundred")),
        (101, "one hundred and one", ("digit-1", "hundred", "and", "digit-1")),
        (110, "one hundred and ten", ("digit-1", "hundred", "and", "cardinal-10")),
        (120, "one hundred and twenty", ("digit-1", "hundred", "and", "cardinal-20")),
        (345, "three hundred and forty five", ("digit-3", "hundred", "and", "cardinal-40", "digit-5")),
    ],
)
def test_the_english_call(window: int, words: str, clips: tuple[str, ...]) -> None:
    call = announcement("A001", window, "en")
    assert call.text == f"Number A zero zero one, please go to window {words}"
    ticket = ("number", "letter-A", "digit-0", "digit-0", "digit-1", "please-go-to-window")
    assert call.clips == tuple(f"en/{name}" for name in (*ticket, *clips))


@pytest.mark.parametrize(
    ("number", "window"), [("", 1), ("甲001", 1), ("A-01", 1), ("A٣", 1), ("A001", 0), ("A1", 1000)]
)
@pytest.mark.parametrize("language", get_args(Language))
def test_what_no_clip_can_say_is_refused(number: str, window: int, language: Language) -> None:
    with pytest.raises(UnspeakableError):
        announcement(number, window, language)


@given(
    number=st.text(ascii_uppercase + digits, min_size=1, max_size=8),
    window=st.integers(1, 999),
    language=st.sampled_from(get_args(Language)),
    one=st.sampled_from(["yi", "yao"]),
)
def test_every_call_is_made_of_clips_the_set_has(number: str, window: int, language: Language, one: str) -> None:
    names = {clip.name for clip in CALL_CLIPS[language]}
    call = announcement(number, window, language, "yao" if one == "yao" else "yi")
    assert set(call.clips) <= names
    spoken = "".join(CLIPS[clip].words for clip in call.clips)
    assert spoken.replace(" ", "") == call.text.replace(" ", "").replace(",", "")


def test_a_dialect_is_spoken_with_clips_of_its_own_under_the_mandarin_names() -> None:
    mandarin, dialect = announcement("A101", 112, "zh", "yao"), announcement("A101", 112, "wu", "yao")
    assert dialect.text == mandarin.text
    assert dialect.clips == tuple(clip.replace("zh/", "wu/") for clip in mandarin.clips)


def test_cantonese_has_no_yao_and_calls_200_by_its_digit() -> None:
    call = announcement("A101", 200, "yue", "yao")
    assert call.text == "请A一零一号到二百号窗口办理"
    assert [clip for clip in call.clips if not clip.startswith("yue/")] == []


def test_every_clip_of_the_calls_is_used_by_some_call() -> None:
    used = {
        clip
        for language in get_args(Language)
        for one in ("yi", "yao")
        for window in range(1, 1000)
        for clip in announcement(ascii_uppercase + digits, window, language, one).clips
    }
    assert used == {clip.name for clips in CALL_CLIPS.values() for clip in clips}


def test_two_different_windows_never_sound_alike() -> None:
    for language in get_args(Language):
        assert len({announcement("A1", window, language).clips for window in range(1, 1000)}) == 999
