"""Typed text made into one WAV file, in a process of its own.

    python -m server.voice.speaking --language zh --one yi --out FILE.wav   (the text on standard input)

A process, because espeak-ng keeps its state in globals and the work on the samples would hold up the server's hub.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final, cast

from server.voice.building import VOICE_DB, spoken
from server.voice.clip_set import Language
from server.voice.hints import UNREADABLE, UnreadableTextError
from server.voice.numbers import One
from server.voice.reading import Piece, pieces
from server.voice.sound import levelled, write_wav
from server.voice.synthesis import Espeak, SynthesisError

GAP: Final = 0.06
"""Seconds between what two voices say, as between clips."""
BREATH: Final = 0.25


def speak(text: str, language: Language, one: One, out: Path) -> None:
    """Write what `text` sounds like. Raises UnreadableTextError, SynthesisError, OSError."""
    said = pieces(text, language, one)
    with Espeak() as espeak:
        sound = _joined(espeak, said)
        write_wav(out, levelled(sound, espeak.sample_rate, VOICE_DB), espeak.sample_rate)


def _joined(espeak: Espeak, said: list[Piece]) -> list[float]:
    sound: list[float] = []
    pause = 0.0
    for piece in said:
        sound += [0.0] * round(pause * espeak.sample_rate)
        sound += spoken(espeak, piece.text, piece.voice)
        pause = BREATH if piece.pause else GAP
    return sound


def main() -> None:
    """The process's entry."""
    parser = argparse.ArgumentParser(prog="python -m server.voice.speaking")
    parser.add_argument("--language", choices=("zh", "yue", "en"), required=True)
    parser.add_argument("--one", choices=("yi", "yao"), required=True)
    parser.add_argument("--out", type=Path, required=True)
    wanted = parser.parse_args()
    text = sys.stdin.buffer.read().decode("utf-8")
    try:
        speak(text, cast(Language, wanted.language), cast(One, wanted.one), wanted.out)
    except UnreadableTextError as error:
        sys.stderr.write(str(error))
        sys.exit(UNREADABLE)
    except (SynthesisError, OSError) as error:
        sys.stderr.write(str(error))
        sys.exit(1)


if __name__ == "__main__":
    main()
