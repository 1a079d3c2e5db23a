"""`jiaohao voice`: the default clips are made, a hall's own are looked at, and a call can be listened to beforehand."""

from __future__ import annotations

import stat
import wave
from pathlib import Path
from typing import Any

import pytest
from command import jiaohao, refusal, write_config

from server.voice.clip_set import CALL_CLIPS, CHIME, CLIPS
from server.voice.sound import bell, levelled, wav_seconds, write_wav

WU = [{"code": "wu", "name": "吴语"}]


def config(folder: Path, **voice: Any) -> str:
    own = {"recordings": str(folder / "own"), **voice}
    return str(write_config(folder, lambda settings: settings.update(voice=own)))


def record(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / "own" / f"{name}.wav"
        file.parent.mkdir(parents=True, exist_ok=True)
        write_wav(file, levelled(bell(300, 0.3, 22050), 22050, -20), 22050)


def test_build_makes_the_default_clips_and_then_nothing_more(tmp_path: Path) -> None:
    out = str(tmp_path / "clips")
    assert jiaohao("voice", "build", "--out", out).stdout == f"{len(CLIPS) + 1} clips made in {out}\n"
    assert {file.relative_to(out).with_suffix("").as_posix() for file in Path(out).rglob("*.wav")} == {CHIME, *CLIPS}
    assert jiaohao("voice", "build", "--out", out).stdout == f"0 clips made in {out}\n"


def test_check_tells_of_each_language_and_of_each_file(tmp_path: Path) -> None:
    record(tmp_path, "zh/qing", "zh/qign")
    done = jiaohao("voice", "check", "--config", config(tmp_path, languages=["zh", "yue"]))
    assert done.returncode == 0, done
    zh, _, yue, en, stray = done.stdout.splitlines()
    assert zh.startswith("zh 普通话: 1 recorded, ")
    assert zh.endswith(" default, 0 missing")
    assert yue == f"yue 粤语: 0 recorded, {len(CALL_CLIPS['yue']) + 1} default, 0 missing"
    assert en.startswith("en English: 0 recorded, ")  # the kiosk's other language
    assert stray == f"{tmp_path / 'own' / 'zh' / 'qign.wav'}: there is no such clip"


def test_check_names_what_a_dialect_lacks_and_ends_with_1(tmp_path: Path) -> None:
    names = [f"wu/{clip.name.partition('/')[2]}" for clip in CALL_CLIPS["zh"]]
    file = config(tmp_path, languages=["zh", "wu"], dialects=WU)
    record(tmp_path, *(name for name in names if name not in ("wu/digit-7", "wu/liangbai")))
    lacking = jiaohao("voice", "check", "--config", file)
    assert lacking.returncode == 1
    assert "  missing: wu/digit-7 wu/liangbai" in lacking.stdout.splitlines()
    record(tmp_path, "wu/digit-7", "wu/liangbai")
    whole = jiaohao("voice", "check", "--config", file)
    assert (whole.returncode, "missing:" in whole.stdout) == (0, False)


@pytest.mark.parametrize("command", [("check-config",), ("voice", "check", "--config"), ("serve", "--config")])
def test_a_wording_without_clips_is_named_by_its_path_and_words(tmp_path: Path, command: tuple[str, ...]) -> None:
    file = config(tmp_path, wording={"zh": "请{number}号，谢谢"})
    assert refusal(*command, file) == f"{file}: voice.wording.zh: no clip for 「谢谢」"


def test_say_writes_the_call_as_the_hall_would_speak_it(tmp_path: Path) -> None:
    record(tmp_path, "zh/qing")
    out = tmp_path / "call.wav"
    file = config(tmp_path, languages=["zh", "en"], one="yao")
    done = jiaohao("voice", "say", "A012", "--window", "12", "--out", str(out), "--config", file)
    assert (done.returncode, done.stdout) == (0, f"{out}\n")
    assert done.stderr.splitlines() == [
        "请A零幺二号到十二号窗口办理",
        "Number A zero one two, please go to window twelve",
    ]
    both = wav_seconds(out)
    jiaohao("voice", "say", "A012", "--window", "12", "--language", "en", "--out", str(out), "--config", file)
    assert 2 < wav_seconds(out) < both - 2


def test_say_speaks_a_text(tmp_path: Path) -> None:
    out = tmp_path / "text.wav"
    done = jiaohao("voice", "say", "--text", "请安静", "--out", str(out), "--config", config(tmp_path))
    assert done.returncode == 0, done
    with wave.open(str(out)) as opened:
        assert 0.5 < opened.getnframes() / opened.getframerate() < 3


def test_without_a_file_it_is_played(tmp_path: Path) -> None:
    player = tmp_path / "bin" / "aplay"
    player.parent.mkdir()
    player.write_text(f'#!/bin/sh\ncp "$2" {tmp_path}/played.wav\n')
    player.chmod(player.stat().st_mode | stat.S_IXUSR)
    words = ("voice", "say", "A012", "--window", "1", "--config", config(tmp_path))
    done = jiaohao(*words, PATH=f"{player.parent}:/bin:/usr/bin")
    assert done.returncode == 0, done
    assert wav_seconds(tmp_path / "played.wav") > 2


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("A012", "--window", "3"), "there is no aplay here to play it with: give --out FILE.wav"),
        (("A-12", "--window", "3"), "a ticket number is letters A to Z and digits, not 'A-12'"),
        (("--text", "重{chong}庆"), "'{chong}庆' is no pinyin after a character, as in 重{chong2}庆"),
        (("--text", "。"), "there is nothing to say"),
        (("A012", "--window", "3", "--service", "sea"), "there is no service 'sea'; there are "),
        (("A012", "--window", "3", "--language", "fr"), "there is no language 'fr' in "),
        (("A012", "--window", "3", "--language", "wu"), "wu: not all of this call is recorded; "),
    ],
)
def test_what_cannot_be_said_is_told_in_a_line(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    file = config(tmp_path, dialects=WU)
    done = jiaohao("voice", "say", *words, "--config", file, PATH=str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(told)
