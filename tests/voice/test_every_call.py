"""The words of every call, A001 to Z999 at windows 1 to 120, against tables written out for this test.

`expected/` was not made by the code under test: `windows-*.txt` and `signs-*.txt` hold what each number and each sign
is called and the clips that say it, `sentences.txt` whole sentences as one would write them down.
"""

from __future__ import annotations

from pathlib import Path
from string import ascii_uppercase

import pytest

from display.voice import announcement
from server.voice.clip_pack import ClipPack
from server.voice.numbers import One

EXPECTED = Path(__file__).parent / "expected"
WINDOWS = range(1, 121)
Said = tuple[str, tuple[str, ...]]
FRAMES: dict[str, tuple[Said, Said, Said]] = {
    "zh": (
        ("请", ("zh/qing",)),
        ("号到", ("zh/hao", "zh/dao")),
        ("号窗口办理", ("zh/hao", "zh/chuangkou", "zh/banli")),
    ),
    "yue": (
        ("请", ("yue/qing",)),
        ("号到", ("yue/hao", "yue/dao")),
        ("号窗口办理", ("yue/hao", "yue/chuangkou", "yue/banli")),
    ),
    "en": (("Number ", ("en/number",)), (", please go to window ", ("en/please-go-to-window",)), ("", ())),
}
SPEECHES: list[tuple[str, One, str]] = [
    ("zh", "yi", "signs-zh"),
    ("zh", "yao", "signs-zh-yao"),
    ("yue", "yi", "signs-yue"),
    ("en", "yi", "signs-en"),
]


def rows(name: str) -> list[list[str]]:
    lines = (EXPECTED / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.split(" | ") for line in lines]


def table(name: str, language: str) -> dict[str, Said]:
    return {key: (words, tuple(f"{language}/{clip}" for clip in clips.split())) for key, words, clips in rows(name)}


def numbers() -> list[str]:
    return [f"{letter}{digits:03}" for letter in ascii_uppercase for digits in range(1, 1000)]


def together(*parts: Said) -> Said:
    return "".join(text for text, _ in parts), tuple(clip for _, clips in parts for clip in clips)


@pytest.mark.parametrize(("language", "one", "signs"), SPEECHES)
def test_every_number_at_every_window_is_spoken_as_it_is_written_down(language: str, one: One, signs: str) -> None:
    sign, plate = table(signs, language), table(f"windows-{language}", language)
    before, between, after = FRAMES[language]
    tails = [together(between, plate[str(window)], after) for window in WINDOWS]
    gap = " " if language == "en" else ""
    walked, wrong = 0, []
    for number in numbers():
        said = [sign[letter] for letter in number]
        head_text, head_clips = together(before, (gap.join(text for text, _ in said), ()), *(("", c) for _, c in said))
        for window, (text, clips) in zip(WINDOWS, tails, strict=True):
            call = announcement(number, window, language, one)
            walked += 1
            if call.text != head_text + text or call.clips != head_clips + clips:
                wrong.append((number, window, call))
        assert wrong == []
    assert walked == 26 * 999 * 120


@pytest.mark.parametrize(("language", "one", "number", "window", "text"), rows("sentences"))
def test_a_sentence_is_as_one_would_write_it_down(language: str, one: One, number: str, window: str, text: str) -> None:
    assert announcement(number, int(window), language, one).text == text


def test_the_tables_are_whole_and_no_two_windows_are_called_the_same() -> None:
    for language in FRAMES:
        plates = table(f"windows-{language}", language)
        assert list(plates) == [str(window) for window in WINDOWS]
        assert len({words for words, _ in plates.values()}) == len({clips for _, clips in plates.values()}) == 120


@pytest.mark.parametrize(("language", "one", "signs"), SPEECHES)
def test_every_clip_of_every_call_is_in_the_built_pack(clips: Path, language: str, one: One, signs: str) -> None:
    said = [*table(signs, language).values(), *table(f"windows-{language}", language).values(), *FRAMES[language]]
    named = {clip for _, names in said for clip in names}
    called = {clip for number in numbers() for clip in announcement(number, 1, language, one).clips}
    assert called <= named
    assert [clip for clip in sorted(named) if not ClipPack(clips).has(clip)] == []
