"""A typed text becomes a clip: made once, of the voice's loudness, and replaced by the hall's own recording."""

from __future__ import annotations

import os
import wave
from array import array
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from hall_server import StartHall

from server.config import Settings, load_settings
from server.config.loading import parse_settings
from server.voice import typed
from server.voice.building import VOICE_DB
from server.voice.hints import UnreadableTextError
from server.voice.pages import hall_pack
from server.voice.sound import bell, decibels, loudness, wav_seconds, write_wav
from server.voice.typed import typed_clip

CONFIG = Path(__file__).parents[2] / "config.yaml"
NOTICE = "今天下午17:30停止取号，请到VIP室"


def hall(folder: Path, **voice: Any) -> Settings:
    content = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    content["server"]["data"] = str(folder / "data")
    content["voice"] = {"recordings": str(folder / "own"), **voice}
    return parse_settings(content)


def own(folder: Path, language: str, name: str) -> Path:
    file = folder / "own" / language / "announcements" / f"{name}.wav"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_wav(file, bell(300, 0.5, 22050), 22050)
    return file


def test_a_typed_text_is_spoken_at_the_loudness_of_the_clips_and_made_once(tmp_path: Path) -> None:
    settings = hall(tmp_path)
    name = typed_clip(NOTICE, "zh", settings)
    file = hall_pack(settings).file(name)
    assert name.startswith("typed/")
    assert file.is_relative_to(tmp_path / "data" / "typed")
    with wave.open(str(file)) as opened:
        rate, samples = opened.getframerate(), array("h", opened.readframes(opened.getnframes()))
    assert 3 < len(samples) / rate < 9
    assert decibels(loudness([sample / 32768 for sample in samples], rate)) == pytest.approx(VOICE_DB, abs=1)
    made = file.stat().st_ino
    assert typed_clip(NOTICE, "zh", settings) == name
    assert file.stat().st_ino == made


def test_each_language_and_each_way_to_read_one_has_a_clip_of_its_own(tmp_path: Path) -> None:
    names = {
        typed_clip("A101", language, hall(tmp_path, one=one))
        for language in ("zh", "yue", "en")
        for one in ("yi", "yao")
    }
    assert len(names) == 6


def test_old_texts_are_dropped_and_one_that_is_asked_for_again_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typed, "KEPT", 2)
    settings = hall(tmp_path)
    first, second = typed_clip("一", "zh", settings), typed_clip("二", "zh", settings)
    folder = tmp_path / "data" / "typed"
    for age, name in enumerate((second, first)):
        os.utime(tmp_path / "data" / f"{name}.wav", (1_000_000 - age, 1_000_000 - age))
    assert typed_clip("一", "zh", settings) == first
    third = typed_clip("三", "zh", settings)
    assert {f"typed/{file.stem}" for file in folder.iterdir()} == {first, third}


@pytest.mark.parametrize("name", ["今天停电 请慢慢离开", "今天停电请慢慢离开"])
def test_the_halls_recording_of_the_text_is_spoken_instead(tmp_path: Path, name: str) -> None:
    file = own(tmp_path, "zh", name)
    settings = hall(tmp_path)
    clip = typed_clip("今天停电，请慢慢离开！", "zh", settings)
    assert hall_pack(settings).file(clip) == file
    assert not (tmp_path / "data").exists()


def test_a_recording_of_any_name_may_have_its_text_beside_it(tmp_path: Path) -> None:
    file = own(tmp_path, "zh", "power-cut")
    file.with_suffix(".txt").write_text("今天停电，\n请慢慢离开。\n", encoding="utf-8")
    settings = hall(tmp_path)
    assert typed_clip("今天停电，请慢慢离开", "zh", settings) == "zh/announcements/power-cut"
    assert typed_clip("今天停水", "zh", settings).startswith("typed/")


def test_a_dialect_says_only_what_is_recorded(tmp_path: Path) -> None:
    settings = hall(tmp_path, dialects=[{"code": "wu", "name": "吴语"}])
    with pytest.raises(UnreadableTextError, match="wu: a dialect is only recorded"):
        typed_clip("今天停电", "wu", settings)
    own(tmp_path, "wu", "今天停电")
    assert typed_clip("今天停电", "wu", settings) == "wu/announcements/今天停电"


def test_what_cannot_be_said_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableTextError, match="there is nothing to say"):
        typed_clip("……", "zh", hall(tmp_path))
    assert list((tmp_path / "data" / "typed").iterdir()) == []


def test_a_typed_clip_is_fetched_like_any_other(start_hall: StartHall) -> None:
    server = start_hall()
    settings = load_settings(server.folder / "config.yaml")
    name = typed_clip("请安静", "zh", settings)
    answer = requests.get(f"{server.base}/voice/clips/{name}.wav", timeout=10)
    file = hall_pack(settings).file(name)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "audio/wav")
    assert answer.content == file.read_bytes()
    assert wav_seconds(file) > 0.3
    gone = requests.get(f"{server.base}/voice/clips/typed/{'0' * 32}.wav", timeout=10)
    assert gone.status_code == 404
