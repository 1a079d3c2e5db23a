"""The default clips, made by the synthesiser: what is missing, or was made from other words or by another voice.

espeak-ng is a robot, which is why every clip can be replaced (see `server.voice.clip_set`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from server.voice.clip_set import CHIME, CLIPS, Clip
from server.voice.sound import Samples, bell, levelled, trim, write_wav
from server.voice.synthesis import Espeak

VOICE_DB: Final = -20.0
"""Loudness of every spoken clip, dBFS: espeak's own levels differ by 8 dB from digit to digit."""

CHIME_DB: Final = VOICE_DB - 12
CHIME_BELLS: Final = (659.25, 523.25)  # E5, then C5, in Hz
CHIME_BELL_SECONDS: Final = 0.35

_MADE: Final = "made.json"
"""Beside the clips: what each was made from, by its name."""
_MAKING: Final = 1
"""Counts up with every change of how clips are made that their words and voices do not tell."""


class Voice(NamedTuple):
    """An espeak-ng voice and its pace in words a minute."""

    name: str
    words_per_minute: int


# Never the voice `cmn`: espeak-ng 1.51 reads 请 as "king three" with it (espeak-ng issues 1236, 1370).
MANDARIN: Final = Voice("cmn-latn-pinyin", 175)
CANTONESE: Final = Voice("yue", 160)
ENGLISH: Final = Voice("en-us", 160)


def voice_of(clip: Clip) -> Voice:
    """Who speaks a clip. Letters are English in every language: the Mandarin voice clips A to 0.15 s and says zed."""
    if "/letter-" in clip.name or clip.name.startswith("en/"):
        return ENGLISH
    return CANTONESE if clip.name.startswith("yue/") else MANDARIN


def build_clips(target: Path) -> int:
    """Make every default clip and the chime that `target` lacks or has of another making; returns how many.

    Raises server.voice.synthesis.SynthesisError, OSError.
    """
    wanted = {CHIME: _digest(CHIME_BELLS, CHIME_BELL_SECONDS, CHIME_DB)}
    wanted |= {clip.name: _digest(clip.reading, voice_of(clip), VOICE_DB) for clip in CLIPS.values()}
    made = _made(target)
    due = [name for name in wanted if made.get(name) != wanted[name] or not (target / f"{name}.wav").is_file()]
    if not due:
        return 0
    with Espeak() as espeak:
        for name in due:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            write_wav(target / f"{name}.wav", _sound(espeak, name), espeak.sample_rate)
    _remember(target, wanted)
    return len(due)


def spoken(espeak: Espeak, reading: str, voice: Voice) -> list[float]:
    """`reading` at the clips' loudness, without silence around it. Raises SynthesisError."""
    samples = [sample / 32768 for sample in espeak.say(reading, *voice)]
    return levelled(trim(samples, espeak.sample_rate), espeak.sample_rate, VOICE_DB)


def _sound(espeak: Espeak, name: str) -> Samples:
    if name == CHIME:
        rate = espeak.sample_rate
        bells = chain.from_iterable(bell(frequency, CHIME_BELL_SECONDS, rate) for frequency in CHIME_BELLS)
        return levelled(list(bells), rate, CHIME_DB)
    return spoken(espeak, CLIPS[name].reading, voice_of(CLIPS[name]))


def _digest(*making: object) -> str:
    return blake2b(repr((_MAKING, making)).encode(), digest_size=8).hexdigest()


def _made(target: Path) -> Mapping[str, object]:
    """Nothing where it cannot be read: then every clip is made anew."""
    try:
        made = json.loads((target / _MADE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return made if isinstance(made, dict) else {}


def _remember(target: Path, made: Mapping[str, str]) -> None:
    """Last, so that clips whose making was cut short are made again."""
    draft = target / f"{_MADE}.part"
    draft.write_text(json.dumps(made, indent=1), encoding="utf-8")
    draft.replace(target / _MADE)
