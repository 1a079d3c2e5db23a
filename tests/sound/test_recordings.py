"""Whatever a recorder or a sound editor saves as WAV is heard, at its own pitch and length."""

from __future__ import annotations

import math
import struct
from array import array
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from display.sound.clips import ClipsMissing
from display.sound.composing import CLIP_GAP, FRAME, RATE, Composer, seconds
from display.sound.resampling import resampled
from server.voice.recording import BadRecordingError, decode

PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE
Pack = Callable[[int], bytes]
PACKED: dict[tuple[int, int], Pack] = {
    (PCM, 8): lambda sample: struct.pack("B", (sample >> 8) + 128),
    (PCM, 16): lambda sample: struct.pack("<h", sample),
    (PCM, 24): lambda sample: (sample << 8).to_bytes(3, "little", signed=True),
    (PCM, 32): lambda sample: struct.pack("<i", sample << 16),
    (FLOAT, 32): lambda sample: struct.pack("<f", sample / 32767),
    (FLOAT, 64): lambda sample: struct.pack("<d", sample / 32767),
}


def wav(
    samples: list[int],
    rate: int = 48_000,
    tag: int = PCM,
    bits: int = 16,
    channels: int = 1,
    *,
    extensible: bool = False,
) -> bytes:
    """A file with these 16-bit samples in the given format, the same in each channel."""
    body = b"".join(PACKED[tag, bits](sample) * channels for sample in samples)
    frame = bits // 8 * channels
    form = struct.pack("<HHIIHH", EXTENSIBLE if extensible else tag, channels, rate, rate * frame, frame, bits)
    if extensible:
        form += struct.pack("<HHIH14s", 22, bits, 0, tag, b"\0" * 14)
    odd = b"LIST\x03\0\0\0abc\0"
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + odd + b"data" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def tone(hertz: float, rate: int, length: float) -> list[int]:
    return [round(12_000 * math.sin(2 * math.pi * hertz * index / rate)) for index in range(round(length * rate))]


def crossings(samples: array[int]) -> int:
    """How often it rises through zero: a tone's pitch times its seconds."""
    return sum(before < 0 <= after for before, after in pairwise(samples))


@pytest.mark.parametrize("extensible", [False, True])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize(("tag", "bits"), PACKED)
def test_every_format(tag: int, bits: int, channels: int, extensible: bool) -> None:
    samples = [0, 1000, -1000, 32512, -32512]
    made = decode(wav(samples, 44_100, tag, bits, channels, extensible=extensible))
    assert made.rate == 44_100
    rough = 255 if bits == 8 else 1
    assert all(abs(got - sample) <= rough for got, sample in zip(made.samples, samples, strict=True))


@given(st.lists(st.integers(-32768, 32767), min_size=1, max_size=50))
def test_a_file_in_the_outlets_own_format_is_left_as_it_is(samples: list[int]) -> None:
    assert list(decode(wav(samples)).samples) == samples


@given(st.binary(max_size=200))
def test_what_is_no_recording_is_refused_and_nothing_else_goes_wrong(data: bytes) -> None:
    whole = wav([1, 2, 3])
    for broken in (data, whole[:40] + data):
        with suppress(BadRecordingError):
            assert len(decode(broken).samples) > 0


def test_a_recorder_that_was_cut_off() -> None:
    assert list(decode(wav([5] * 100)[:-50]).samples) == [5] * 75


@pytest.mark.parametrize("rate", [8000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 96_000])
def test_a_tone_keeps_its_pitch_its_length_and_its_loudness(rate: int) -> None:
    made = resampled(array("h", tone(997, rate, 0.5)), rate, RATE)
    assert abs(len(made) / RATE - round(rate * 0.5) / rate) < 1.1 / RATE
    assert abs(crossings(made) - 997 // 2) <= 1
    assert 11_800 <= max(made[1000:-1000]) <= 12_200


def test_what_is_too_high_for_the_rate_is_left_out_instead_of_heard_as_something_else() -> None:
    made = resampled(array("h", tone(30_000, 96_000, 0.2)), 96_000, RATE)
    assert max(map(abs, made[500:-500])) < 600


def test_clips_of_all_kinds_make_one_announcement(tmp_path: Path) -> None:
    files = []
    for index, (rate, tag, bits, channels) in enumerate(
        [(8000, PCM, 8, 1), (44_100, FLOAT, 32, 2), (48_000, PCM, 24, 1)]
    ):
        files.append(tmp_path / f"{index}.wav")
        files[-1].write_bytes(wav(tone(500, rate, 0.3), rate, tag, bits, channels))
    sound = Composer().compose(None, files, 1.0)
    assert len(sound) % FRAME == 0
    assert abs(seconds(sound) - 3 * 0.3 - 2 * CLIP_GAP) < 0.001
    both = array("h", sound)
    assert both[::2] == both[1::2]


def test_a_recording_that_was_replaced_is_heard_at_once(tmp_path: Path) -> None:
    file = tmp_path / "a.wav"
    composer = Composer()
    file.write_bytes(wav([100] * 10))
    assert set(array("h", composer.compose(None, [file], 1.0))) == {100}
    file.write_bytes(wav([200] * 11))
    assert set(array("h", composer.compose(None, [file], 1.0))) == {200}


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(ClipsMissing):
        Composer().compose(None, [tmp_path / "nosuch.wav"], 1.0)
