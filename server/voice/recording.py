"""What a WAV file holds, as samples at its own rate: mono, 16 bit.

Not by the standard `wave` module, which refuses the float recordings that sound editors save (see
`server.voice.sound.wav_seconds`), and on Python 3.11 the 24-bit ones whose header is the extensible one.
"""

from __future__ import annotations

import struct
import sys
from array import array
from dataclasses import dataclass
from typing import Final

from server.told import told

_HEADER: Final = struct.Struct("<4sI4s")
_CHUNK: Final = struct.Struct("<4sI")
_FORMAT: Final = struct.Struct("<HHIIHH")
_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_SUBFORMAT: Final = 24
"""Where the extensible format names the real one: in the first two bytes of its GUID."""
_SLOWEST, _FASTEST = 4_000, 192_000
_UNSIGNED: Final = bytes(value ^ 0x80 for value in range(256))
_FULL: Final = 32767


class BadRecordingError(ValueError):
    """A file that holds no sound that could be played."""


@dataclass(frozen=True, slots=True)
class Recording:
    """`rate` in Hz."""

    rate: int
    samples: array[int]


def decode(data: bytes) -> Recording:
    """The recording in a WAV file of 8, 16, 24 or 32 bit or float, of any number of channels, which are mixed.

    A recorder that was cut off leaves a size larger than the file: what is there is what sounds. Raises
    BadRecordingError.
    """
    if len(data) < _HEADER.size or _HEADER.unpack_from(data)[::2] != (b"RIFF", b"WAVE"):
        raise BadRecordingError(told("not a WAV file"))
    form: bytes | None = None
    offset = _HEADER.size
    while offset + _CHUNK.size <= len(data):
        name, size = _CHUNK.unpack_from(data, offset)
        offset += _CHUNK.size
        body = data[offset : offset + size]
        if name == b"fmt ":
            form = body
        if name == b"data" and form is not None:
            return _recording(form, body)
        offset += size + size % 2
    raise BadRecordingError(told("no sound in it"))


def _recording(form: bytes, body: bytes) -> Recording:
    if len(form) < _FORMAT.size:
        raise BadRecordingError(told("its format cannot be read"))
    tag, channels, rate, _, _, bits = _FORMAT.unpack_from(form)
    if tag == _EXTENSIBLE and len(form) >= _SUBFORMAT + 2:
        (tag,) = struct.unpack_from("<H", form, _SUBFORMAT)
    if channels < 1 or not _SLOWEST <= rate <= _FASTEST:
        raise BadRecordingError(told("%(channels)s channels at %(rate)s Hz", channels=channels, rate=rate))
    width = bits // 8
    frames = len(body) // (width * channels) if width else 0
    if not frames:
        raise BadRecordingError(told("no sound in it"))
    samples = _samples(tag, bits, body[: frames * width * channels])
    return Recording(rate, _mixed(samples, channels))


def _samples(tag: int, bits: int, body: bytes) -> array[int]:
    """16-bit samples; of more bits the lowest are dropped."""
    match tag, bits:
        case (1, 8):
            pairs = bytearray(2 * len(body))
            pairs[1::2] = body.translate(_UNSIGNED)
            return _little(pairs)
        case (1, 16):
            return _little(body)
        case (1, 24 | 32):
            width = bits // 8
            pairs = bytearray(2 * (len(body) // width))
            pairs[0::2], pairs[1::2] = body[width - 2 :: width], body[width - 1 :: width]
            return _little(pairs)
        case (3, 32 | 64):
            floats = array("f" if bits == 32 else "d", body)
            if sys.byteorder == "big":
                floats.byteswap()
            return array("h", (_from_float(sample) for sample in floats))
        case _:
            raise BadRecordingError(told("a WAV file of format %(tag)s with %(bits)s bits", tag=tag, bits=bits))


def _from_float(sample: float) -> int:
    """Not a number is silence."""
    return round(max(-1.0, min(1.0, sample)) * _FULL) if sample == sample else 0


def _little(pairs: bytes | bytearray) -> array[int]:
    samples = array("h", bytes(pairs))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def _mixed(samples: array[int], channels: int) -> array[int]:
    if channels == 1:
        return samples
    frames = zip(*(samples[channel::channels] for channel in range(channels)), strict=True)
    return array("h", (sum(frame) // channels for frame in frames))
