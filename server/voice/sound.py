"""Sound as numbers: level, trimming, the chime, and WAV files. Mono, samples from -1 to 1, standard library only."""

import math
import struct
import sys
import wave
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from server.told import told

FRAME_SECONDS: Final = 0.005
_FULL_SCALE: Final = 32767
_WAV_HEADER: Final = struct.Struct("<4sI4s")
_WAV_CHUNK: Final = struct.Struct("<4sI")
_BYTES_PER_SECOND_OFFSET: Final = 8  # in the fmt chunk: after format tag, channels and sample rate

Samples = Sequence[float]


class BadWavError(ValueError):
    """A file that should be a WAV recording is not one, or holds no sound."""


def decibels(level: float) -> float:
    """`level` (1 is full scale) in dBFS; silence is minus infinity."""
    return 20 * math.log10(level) if level > 0 else -math.inf


def gain(db: float) -> float:
    """The factor of `db` decibels."""
    return math.pow(10, db / 20)


def peak(samples: Samples) -> float:
    """The largest deviation from zero."""
    return max(map(abs, samples), default=0.0)


def _frames(samples: Samples, sample_rate: int) -> list[float]:
    """RMS of each whole frame of FRAME_SECONDS."""
    size = round(FRAME_SECONDS * sample_rate)
    starts = range(0, len(samples) - size + 1, size)
    return [math.sqrt(sum(x * x for x in samples[start : start + size]) / size) for start in starts]


def loudness(samples: Samples, sample_rate: int, floor_db: float = -30) -> float:
    """RMS over the sounding frames: those no more than `floor_db` under the loudest, so that pauses do not count."""
    levels = _frames(samples, sample_rate)
    least = max(levels, default=0.0) * gain(floor_db)
    sounding = [level * level for level in levels if level > 0 and level >= least]
    return math.sqrt(sum(sounding) / len(sounding)) if sounding else 0.0


def trim(samples: Samples, sample_rate: int, floor_db: float = -40, margin: float = 0.01) -> list[float]:
    """`samples` without the silence around them, keeping `margin` seconds, with edges faded so that they do not click.

    Silence is what lies more than `floor_db` under the loudest frame: low enough to keep the breath of 请 and 口.
    """
    levels = _frames(samples, sample_rate)
    least = max(levels, default=0.0) * gain(floor_db)
    sounding = [index for index, level in enumerate(levels) if level > least]
    if not sounding:
        return []
    size = round(FRAME_SECONDS * sample_rate)
    keep = round(margin * sample_rate)
    kept = list(samples[max(0, sounding[0] * size - keep) : (sounding[-1] + 1) * size + keep])
    edge = min(size, len(kept) // 2)
    for index in range(edge):
        kept[index] *= index / edge
        kept[-1 - index] *= index / edge
    return kept


def levelled(samples: Samples, sample_rate: int, target_db: float, ceiling_db: float = -1) -> list[float]:
    """`samples` brought to a loudness of `target_db` dBFS, or less where a peak would pass `ceiling_db`."""
    loud = loudness(samples, sample_rate)
    if loud == 0:
        return list(samples)
    factor = min(gain(target_db) / loud, gain(ceiling_db) / peak(samples))
    return [factor * sample for sample in samples]


def bell(frequency: float, seconds: float, sample_rate: int) -> list[float]:
    """A soft struck bell: a few partials, the higher ones weaker and sooner gone, faded out to silence at the end."""
    partials = ((1.0, 1.0, 7.0), (2.0, 0.35, 11.0), (3.01, 0.12, 18.0))  # times the frequency, strength, decay a second
    attack = 0.006  # long enough not to click
    sound = []
    for index in range(round(seconds * sample_rate)):
        at = index / sample_rate
        tone = sum(
            strength * math.exp(-decay * at) * math.sin(2 * math.pi * times * frequency * at)
            for times, strength, decay in partials
        )
        sound.append(tone * min(1, at / attack) * math.cos(math.pi / 2 * at / seconds))
    return sound


def write_wav(path: Path, samples: Samples, sample_rate: int) -> None:
    """Write 16-bit mono PCM. The file appears whole or not at all, for a hall may be reading the folder."""
    pcm = array("h", (round(max(-1.0, min(1.0, sample)) * _FULL_SCALE) for sample in samples))
    if sys.byteorder == "big":
        pcm.byteswap()
    draft = path.with_suffix(".part")
    with wave.open(str(draft), "wb") as file:
        file.setparams((1, 2, sample_rate, len(pcm), "NONE", "not compressed"))
        file.writeframes(pcm.tobytes())
    draft.replace(path)


def wav_seconds(path: Path) -> float:
    """How long a WAV file sounds, from its header. Raises BadWavError, or OSError when it cannot be read.

    Not the standard `wave` module: that refuses the 24-bit and float recordings which sound editors save and browsers
    play. RIFF: a header, then chunks of id, size and body, each body padded to an even length.
    """
    data = path.read_bytes()
    if len(data) < _WAV_HEADER.size or _WAV_HEADER.unpack_from(data)[::2] != (b"RIFF", b"WAVE"):
        raise BadWavError(told("%(path)s is not a WAV file", path=path))
    bytes_per_second, offset = 0, _WAV_HEADER.size
    while offset + _WAV_CHUNK.size <= len(data):
        name, size = _WAV_CHUNK.unpack_from(data, offset)
        body = offset + _WAV_CHUNK.size
        if name == b"fmt " and body + 12 <= len(data):
            (bytes_per_second,) = struct.unpack_from("<I", data, body + _BYTES_PER_SECOND_OFFSET)
        if name == b"data" and bytes_per_second:
            # A recorder that was cut off leaves a size larger than the file; what is there is what sounds.
            sound = min(size, len(data) - body)
            if sound == 0:
                break
            return float(sound / bytes_per_second)
        offset = body + size + size % 2
    raise BadWavError(told("%(path)s holds no sound", path=path))
