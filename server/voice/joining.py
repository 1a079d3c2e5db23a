"""Clips put together into one sound, with the pauses that the hall's screens make. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from server.voice.recording import Recording

GAP: Final = 0.06
"""Seconds between two clips of a sentence."""
BREAK: Final = 0.5
"""Seconds between two sentences."""


def joined(sentences: Sequence[Sequence[Recording]]) -> tuple[list[float], int]:
    """Samples from -1 to 1 and their rate: that of the best recording among them."""
    rate = max(recording.rate for sentence in sentences for recording in sentence)
    sound: list[float] = []
    for sentence in sentences:
        for at, recording in enumerate(sentence):
            if sound:
                sound += [0.0] * round((GAP if at else BREAK) * rate)
            sound += _resampled(recording, rate)
    return sound, rate


def _resampled(recording: Recording, rate: int) -> list[float]:
    """By straight lines between the samples: good enough for speech, and to a higher rate alone."""
    samples = [sample / 32768 for sample in recording.samples]
    if recording.rate == rate:
        return samples
    samples.append(samples[-1])
    step = recording.rate / rate
    resampled = []
    for index in range(round((len(samples) - 1) / step)):
        before = min(int(index * step), len(samples) - 2)
        part = index * step - before
        resampled.append(samples[before] * (1 - part) + samples[before + 1] * part)
    return resampled
