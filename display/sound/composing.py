"""One announcement as samples for a sound card: its clips one after the other, all at one rate."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from display.sound.clips import ClipsMissing
from display.sound.resampling import resampled
from server.voice.recording import BadRecordingError, decode

RATE: Final = 48_000
"""What every sound card takes as it is, in stereo with 16 bit, also where ALSA converts nothing (`hw:`)."""
CHANNELS: Final = 2
FRAME: Final = 2 * CHANNELS
"""Bytes."""
CLIP_GAP: Final = 0.06
CHIME_GAP: Final = 0.15
"""Seconds of silence after a clip and after the bells; as the pages have them."""
_KEPT: Final = 600 * RATE
"""Samples that are kept once they are made: ten minutes, 58 MB, which no hall's clips fill but those of typed texts."""

_Version = tuple[Path, int, int]


class Composer:
    """Makes announcements. A clip is converted when it is first needed, which takes a tenth of its length."""

    def __init__(self) -> None:
        self._made: OrderedDict[_Version, array[int]] = OrderedDict()
        self._kept = 0

    def compose(self, chime: Path | None, clips: Sequence[Path], volume: float) -> bytes:
        """The bells, if there are any, and the clips in their order, `volume` 0 to 1. Blocks; one call at a time.

        Raises ClipsMissing for one that cannot be read.
        """
        sound = array("h")
        if chime is not None:
            sound += self._clip(chime) + _silence(CHIME_GAP)
        for index, file in enumerate(clips):
            sound += (_silence(CLIP_GAP) if index else array("h")) + self._clip(file)
        if volume < 1:
            sound = array("h", (round(volume * sample) for sample in sound))
        both = array("h", bytes(FRAME * len(sound)))
        for channel in range(CHANNELS):
            both[channel::CHANNELS] = sound
        return both.tobytes()

    def _clip(self, file: Path) -> array[int]:
        try:
            status = file.stat()
            version = (file, status.st_mtime_ns, status.st_size)
            if version not in self._made:
                recording = decode(file.read_bytes())
                self._keep(version, resampled(recording.samples, recording.rate, RATE))
        except (OSError, BadRecordingError) as error:
            raise ClipsMissing(f"{file}: {error}") from error
        self._made.move_to_end(version)
        return self._made[version]

    def _keep(self, version: _Version, samples: array[int]) -> None:
        self._made[version] = samples
        self._kept += len(samples)
        while self._kept > _KEPT and len(self._made) > 1:
            _, oldest = self._made.popitem(last=False)
            self._kept -= len(oldest)


def _silence(length: float) -> array[int]:
    return array("h", bytes(2 * round(length * RATE)))


def seconds(sound: bytes) -> float:
    return len(sound) / FRAME / RATE
