"""What is told of a hall's recordings before it opens: what is missing, and what will sound wrong."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from server.voice.checking import faults, stock
from server.voice.clip_pack import ClipPack
from server.voice.clip_set import CALL_CLIPS
from server.voice.sound import gain, write_wav

RATE = 22050


def tone(seconds: float, db: float = -20.0, rate: int = RATE) -> list[float]:
    """A hum of this loudness, RMS."""
    height = gain(db) * math.sqrt(2)
    return [height * math.sin(2 * math.pi * 300 * index / rate) for index in range(round(seconds * rate))]


class Own:
    """A hall's folder of recordings over the default clips."""

    def __init__(self, folder: Path, default: Path) -> None:
        self.folder = folder
        self.pack = ClipPack(default, folder, dialects=("wu",))

    def record(self, name: str, samples: list[float], rate: int = RATE) -> None:
        file = self.folder / f"{name}.wav"
        file.parent.mkdir(parents=True, exist_ok=True)
        write_wav(file, samples, rate)

    def told(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for fault in faults(self.pack):
            found.setdefault(fault.file.relative_to(self.folder).as_posix(), []).append(fault.what)
        return found


@pytest.fixture
def own(tmp_path: Path, clips: Path) -> Own:
    return Own(tmp_path, clips)


def test_a_good_recording_is_not_remarked_upon(own: Own) -> None:
    own.record("zh/qing", tone(0.4))
    own.record("chime", tone(0.7, -32))
    own.record("zh/phrases/欢迎光临", tone(4))
    own.record("wu/hao", tone(0.4, -35))  # the only one of its dialect, so that nothing is louder or softer
    (own.folder / "zh" / "announcements").mkdir()
    (own.folder / "zh" / "announcements" / "fire.txt").write_text("请离开")
    assert own.told() == {}


@pytest.mark.parametrize(
    ("samples", "rate", "told"),
    [
        (tone(0.4, rate=8000), 8000, "recorded at 8000 Hz: record at 16000 Hz or more"),
        (tone(3), RATE, "3.00 s long: 0.08 to 2 s are wanted"),
        (tone(0.05), RATE, "0.05 s long: 0.08 to 2 s are wanted"),
        (tone(0.4, -12), RATE, "8 dB louder than the rest"),
        (tone(0.4, -27), RATE, "7 dB softer than the rest"),
        ([0.0] * RATE, RATE, "nothing is to be heard"),
        ([0.0] * (RATE // 4) + tone(0.4), RATE, "0.25 s of silence before it"),
        (tone(0.4) + [0.0] * (RATE // 2), RATE, "0.50 s of silence after it"),
    ],
)
def test_what_will_sound_wrong_is_told_of_its_file(own: Own, samples: list[float], rate: int, told: str) -> None:
    own.record("zh/qing", samples, rate)
    assert own.told() == {"zh/qing.wav": [told]}


def test_a_recording_cut_off_at_full_scale_is_told(own: Own) -> None:
    own.record("zh/qing", [max(-1.0, min(1.0, 3 * sample)) for sample in tone(0.4, -6)])
    assert "cut off at full scale: record it less loud" in own.told()["zh/qing.wav"]


def test_the_rest_is_what_the_language_speaks_with(own: Own) -> None:
    for clip in CALL_CLIPS["zh"]:
        own.record(clip.name, tone(0.3, -32))
    own.record("zh/hao", tone(0.3, -20))
    assert own.told() == {"zh/hao.wav": ["12 dB louder than the rest"]}


def test_files_that_replace_nothing_are_told(own: Own) -> None:
    own.record("zh/qign", tone(0.4))
    own.record("hak/qing", tone(0.4))
    (own.folder / "zh" / "hao.wav").write_bytes(b"ID3 an mp3")
    (own.folder / "zh" / "dao.mp3").write_bytes(b"ID3 an mp3")
    assert own.told() == {
        "hak/qing.wav": ["there is no such clip"],
        "zh/dao.mp3": ["only .wav files are used"],
        "zh/hao.wav": ["not a WAV file: the default is spoken instead, where there is one"],
        "zh/qign.wav": ["there is no such clip"],
    }


def test_each_clip_is_recorded_or_default_or_missing(own: Own) -> None:
    own.record("zh/qing", tone(0.4))
    found = stock(own.pack, ["zh/qing", "zh/hao", "wu/qing"])
    assert (found.recorded, found.default, found.missing) == (("zh/qing",), ("zh/hao",), ("wu/qing",))
