"""Typed text as it is read aloud: numbers, times, telephones, polyphones, and English in the middle."""

from __future__ import annotations

import re
from string import digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.voice.clip_set import Language
from server.voice.hints import UnreadableTextError, language_of, plain, readable
from server.voice.numbers import One
from server.voice.numerals import count, spelled
from server.voice.reading import LONGEST, pieces
from server.voice.synthesis import Espeak


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("今天17:30停止取号", "今天十七点三十分停止取号"),
        ("8:05开门", "八点零五分开门"),
        ("17:00", "十七点"),
        ("下午2:00", "下午两点"),
        ("8:00–12:00，14:30-17:30", "八点到十二点，十四点三十分到十七点三十分"),
        ("2026年12月31日", "二零二六年十二月三十一日"),
        ("2026-01-05", "二零二六年一月五日"),
        ("2008年以前", "二零零八年以前"),
        ("12月31日", "十二月三十一日"),
        ("电话0571-88001234", "电话零五七一，八八零零一二三四"),
        ("手机13812345678", "手机一三八一二三四五六七八"),
        ("拨打12345热线", "拨打一二三四五热线"),
        ("拨打110", "拨打一一零"),
        ("还有120人", "还有一百二十人"),
        ("2人，2号窗口，第2个", "两人，二号窗口，第二个"),
        ("200元，2200元，20000元", "两百元，两千二百元，两万元"),
        ("1,200元", "一千二百元"),
        ("12345元", "一万二千三百四十五元"),
        ("3-5号窗口", "三到五号窗口"),
        ("10%，12.5%，0.5元", "百分之十，百分之十二点五，零点五元"),
        ("请A012号到12号窗口", "请A零一二号到十二号窗口"),
        ("１２号", "十二号"),
        ("007", "零零七"),
        ("330102199001011234", "三三零一零二一九九零零一零一一二三四"),
    ],
)
def test_numbers_are_read_as_one_reads_them(text: str, read: str) -> None:
    assert spelled(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [("拨打110", "拨打幺幺零"), ("A101到11号", "A幺零幺到十一号"), ("2011年1月", "二零一一年一月")],
)
def test_one_is_yao_where_digits_are_told_one_by_one(text: str, read: str) -> None:
    assert spelled(text, "yao") == read


def test_cantonese_says_two_hundred_by_its_digit() -> None:
    assert spelled("200人", liang=False) == "二百人"


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (0, "零"),
        (10, "十"),
        (19, "十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (222, "两百二十二"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (10_000, "一万"),
        (10_010, "一万零一十"),
        (100_000, "十万"),
        (120_500, "十二万零五百"),
        (99_999_999, "九千九百九十九万九千九百九十九"),
    ],
)
def test_whole_numbers(value: int, read: str) -> None:
    assert count(value) == read


def backwards(read: str) -> int:
    """What a Chinese number is worth, by its units."""
    total = section = digit = 0
    for sign in read.replace("两", "二"):
        if sign == "万":
            total, section, digit = (section + digit) * 10_000, 0, 0
        elif sign in "千百十":
            section += (digit or 1) * {"千": 1000, "百": 100, "十": 10}[sign]
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(sign)
    return total + section + digit


@given(st.integers(0, 99_999_999))
def test_every_whole_number_can_be_told_from_what_is_read(value: int) -> None:
    assert backwards(count(value)) == value
    assert "零零" not in count(value)


@given(st.text(alphabet=digits + "年月日:：-.,%元人号AB第 ，", max_size=40), st.sampled_from(["yi", "yao"]))
def test_no_digit_is_left_for_the_voice_to_guess(text: str, one: One) -> None:
    assert not re.search(r"\d", spelled(text, one))


def sounds(text: str) -> list[str]:
    return [piece.text for piece in pieces(text, "zh")]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("重庆银行", ["chong2 qing4 yin2 hang2"]),
        ("重{zhong4}新来", ["zhong4 xin1 lai2"]),
        ("你好", ["ni2 hao3"]),  # of two third tones the first is a second one
        ("不要走，请等。", ["bu2 yao4 zou3 , qing3 deng3 ."]),
        ("请到VIP室", ["qing3 dao4", "V I P", "shi4"]),
        ("A口", ["eigh", "kou3"]),  # the letter's name, not the article
        ("扫描WiFi二维码", ["sao3 miao2", "WiFi", "er4 wei2 ma3"]),
        ("绿色通道", ["lv4 se4 tong1 dao4"]),
        ("绿{lü4}", ["lv4"]),
        ("17:30", ["shi2 qi1 dian3 san1 shi2 fen1"]),
        ("号☎", ["hao4"]),
        ("㐂㐂重{chong2}号", ["chong2 hao4"]),  # what no dictionary has is left out, and shifts nothing
    ],
)
def test_chinese_goes_to_the_mandarin_voice_as_pinyin_and_english_to_the_english(text: str, read: list[str]) -> None:
    assert sounds(text) == read


def test_the_mandarin_voice_reads_that_pinyin_with_its_tones() -> None:
    (piece,) = pieces("重{chong2}庆", "zh")
    with Espeak() as espeak:
        said = espeak.phonemes(piece.text, piece.voice.name, "espeak").replace("_|", "")
    assert said == "ts.h'ong35 tS;h'i51N"


def test_cantonese_is_read_from_characters() -> None:
    assert [(piece.text, piece.voice.name) for piece in pieces("请到2楼重{chong2}办", "yue")] == [
        ("请到二楼重办", "yue")
    ]


def test_english_reads_telephones_and_numbers_of_tickets_digit_by_digit() -> None:
    (piece,) = pieces("A012, please call 12345. A window is open at 17:30 in the VIP room", "en")
    assert piece.text == (
        "eigh zero one two, please call one two three four five. A window is open at 17:30 in the V I P room"
    )


def test_people_read_the_text_without_the_pinyin() -> None:
    assert plain("从重{chong2}庆来") == "从重庆来"


@pytest.mark.parametrize("text", ["重{chong}庆", "{chong2}", "a{chong2}", "重{", "重}", "\ud800号"])
@pytest.mark.parametrize("read", [plain, lambda text: pieces(text, "zh")])
def test_braces_that_hold_no_pinyin_are_refused(text: str, read: object) -> None:
    assert callable(read)
    with pytest.raises(UnreadableTextError):
        read(text)


@pytest.mark.parametrize("text", ["", "，。！", "☎ …", "号" * (LONGEST + 1)])
def test_nothing_and_too_much_are_refused(text: str) -> None:
    with pytest.raises(UnreadableTextError):
        pieces(text, "zh")


def test_the_language_of_a_text_is_known_by_its_characters() -> None:
    assert [language_of(text) for text in ("请到VIP室", "VIP room", "12345")] == ["zh", "en", "en"]


@given(st.text(max_size=60), st.sampled_from(["zh", "yue", "en"]))
def test_any_text_is_read_or_refused(text: str, language: Language) -> None:
    try:
        told = [
            piece.text for piece in pieces(text, "zh" if language == "zh" else "yue" if language == "yue" else "en")
        ]
    except UnreadableTextError as error:
        told = [str(error)]
    assert all(told)


@given(text=st.text(st.sampled_from("重{}chong2庆 a1\ud800")) | st.text())
def test_any_text_can_be_read_by_people(text: str) -> None:
    """Whatever an older version took: shown, and shown as the voice has it where the voice can have it."""
    shown = readable(text)
    try:
        assert shown == plain(text)
    except UnreadableTextError:
        assert shown
