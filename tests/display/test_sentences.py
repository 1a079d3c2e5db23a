"""A call in the hall's languages: in their order, a dialect whole or not at all, in the hall's own wording."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from display.sentences import needed_clips, sentences
from display.wording_checking import wording_mistakes
from server.config import Settings
from server.config.loading import parse_settings
from server.voice.pages import CLIPS, hall_pack
from server.voice.sound import bell, write_wav

CONFIG = Path(__file__).parents[2] / "config.yaml"
WU = [{"code": "wu", "name": "吴语"}]
CALL_OF_A012 = ("qing", "letter-A", "digit-0", "digit-1", "digit-2", "hao", "dao", "digit-3", "chuangkou", "banli")


class Voice:
    """The sample hall with a voice folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def record(self, *names: str) -> None:
        for name in names:
            file = self.folder / f"{name}.wav"
            file.parent.mkdir(parents=True, exist_ok=True)
            write_wav(file, bell(300, 0.2, 22050), 22050)

    def settings(self, zones: Any = (), **voice: Any) -> Settings:
        content = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
        content["voice"] = {"recordings": str(self.folder), **voice}
        content["zones"] = list(zones)
        return parse_settings(content)

    def texts(self, settings: Settings, number: str = "A012", window: int = 3) -> list[str]:
        return [said.text for said in sentences(number, window, "tax", settings, hall_pack(settings))]

    def languages(self, settings: Settings, number: str = "A012") -> list[str]:
        said = sentences(number, 3, "tax", settings, hall_pack(settings))
        return [sentence.clips[0].partition("/")[0] for sentence in said]

    def mistakes(self, settings: Settings) -> list[tuple[str, str]]:
        return list(wording_mistakes(settings, hall_pack(settings)))


@pytest.fixture
def voice(tmp_path: Path) -> Voice:
    return Voice(tmp_path)


def test_a_call_is_spoken_in_the_order_of_the_languages(voice: Voice) -> None:
    assert voice.texts(voice.settings(languages=["en", "yue", "zh"])) == [
        "Number A zero one two, please go to window three",
        "请A零一二号到三号窗口办理",
        "请A零一二号到三号窗口办理",
    ]
    assert voice.languages(voice.settings(languages=["en", "yue", "zh"])) == ["en", "yue", "zh"]


def test_a_dialect_is_spoken_where_all_of_the_call_is_recorded_and_else_left_out(voice: Voice) -> None:
    voice.record(*(f"wu/{name}" for name in CALL_OF_A012))
    settings = voice.settings(languages=["zh", "wu"], dialects=WU)
    assert voice.languages(settings) == ["zh", "wu"]
    assert voice.languages(settings, "A213") == ["zh", "wu"]
    assert voice.languages(settings, "A014") == ["zh"]
    (voice.folder / "wu" / "hao.wav").write_bytes(b"no WAV")
    assert voice.languages(settings) == ["zh"]


def test_a_call_that_no_dialect_can_say_is_spoken_in_mandarin(voice: Voice) -> None:
    settings = voice.settings(languages=["wu"], dialects=WU)
    assert voice.languages(settings) == ["zh"]


def test_the_page_loads_the_recorded_clips_of_a_dialect_and_all_of_the_others(voice: Voice) -> None:
    voice.record("wu/qing", "zh/phrases/欢迎光临")
    settings = voice.settings(languages=["wu"], dialects=WU, wording={"zh": "欢迎光临，请{number}号"})
    needed = needed_clips(settings, hall_pack(settings))
    assert {name for name in needed if name.startswith("wu/")} == {"wu/qing"}
    assert {"zh/qing", "zh/letter-Q", "zh/digit-7", "zh/phrases/欢迎光临"} <= needed


def test_a_hall_says_it_in_its_own_words(voice: Voice) -> None:
    voice.record("zh/phrases/欢迎光临", "zh/phrases/税务", "zh/phrases/东区")
    zone = {"id": "east", "name": "东区", "name_en": "East", "windows": [1, 2, 3, 4, 5, 6]}
    wording = {"zh": "欢迎光临，请{service}{number}号到{zone}{window}号窗口"}
    settings = voice.settings([zone], wording=wording)
    named = settings.service("tax").name
    voice.record(f"zh/phrases/{named}")
    assert voice.texts(settings) == [f"欢迎光临，请{named}A零一二号到东区三号窗口"]


def test_words_and_names_that_no_clip_says_are_mistakes_with_their_path(voice: Voice) -> None:
    zone = {"id": "east", "name": "东区", "name_en": "East", "windows": [1]}
    settings = voice.settings([zone], languages=["zh", "en"], wording={"en": "Hello, number {number}"})
    assert voice.mistakes(settings) == [("voice.wording.en", "no clip for 「Hello」")]
    told = voice.mistakes(voice.settings([zone], wording={"zh": "{service}{number}号到{zone}"}))
    assert ("voice.wording.zh", "zone east: no clip for 「东区」") in told
    assert ("voice.wording.zh", "window 2 is in no zone") in told
    services = [what for _, what in told if what.startswith("service tax: no clip for")]
    assert len(services) == 1


def test_a_wording_of_known_words_is_no_mistake(voice: Voice) -> None:
    wording = {"zh": "请{number}号到{window}号窗口", "en": "Please go to window {window}, number {number}"}
    assert voice.mistakes(voice.settings(languages=["zh", "en"], wording=wording)) == []


def test_when_a_phrase_was_taken_away_the_call_is_spoken_in_the_default_words(voice: Voice) -> None:
    voice.record("zh/phrases/欢迎光临")
    settings = voice.settings(wording={"zh": "欢迎光临{number}号"})
    assert voice.texts(settings) == ["欢迎光临A零一二号"]
    (voice.folder / "zh" / "phrases" / "欢迎光临.wav").unlink()
    assert voice.texts(settings) == ["请A零一二号到三号窗口办理"]


def test_the_sample_hall_needs_no_clip_that_set_up_does_not_build() -> None:
    content = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    content["voice"] = {"languages": ["zh", "yue", "en"]}
    settings = parse_settings(content)
    pack = hall_pack(settings)
    assert pack.default == CLIPS
    assert [name for name in needed_clips(settings, pack) if not pack.has(name)] == []
