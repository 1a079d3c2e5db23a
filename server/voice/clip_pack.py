"""The clip files of a hall: the synthesised defaults, a hall's own recordings over them, and the list for the browser.

    python -m server.voice.clip_pack --out server/voice/clips

builds the defaults at set-up. espeak-ng is a robot, which is why every clip can be replaced (see
`server.voice.clip_set`).
"""

import argparse
import logging
from array import array
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, TypedDict, get_args

from server.voice.clip_set import CHIME, CLIPS, Clip, Language
from server.voice.sound import BadWavError, bell, levelled, trim, wav_seconds, write_wav
from server.voice.synthesis import Espeak

log = logging.getLogger(__name__)

VOICE_DB: Final = -20.0
"""Loudness of every spoken clip, dBFS: espeak's own levels differ by 8 dB from digit to digit."""

CHIME_DB: Final = VOICE_DB - 12
CHIME_BELLS: Final = (659.25, 523.25)  # E5, then C5, in Hz
CHIME_BELL_SECONDS: Final = 0.35


class Voice(NamedTuple):
    """An espeak-ng voice and its pace in words a minute."""

    name: str
    words_per_minute: int


# Never the voice `cmn`: espeak-ng 1.51 reads 请 as "king three" with it (espeak-ng issues 1236, 1370).
MANDARIN: Final = Voice("cmn-latn-pinyin", 175)
ENGLISH: Final = Voice("en-us", 160)


class UnknownClipError(LookupError):
    """No clip has this name."""


class MissingClipError(LookupError):
    """The clip exists in the set, but neither the hall nor the defaults have its file."""


def voice_of(clip: Clip) -> Voice:
    """Who speaks a clip. Letters are English in both languages: the Mandarin voice clips A to 0.15 s and says zed."""
    letter = "/letter-" in clip.name
    return ENGLISH if letter or clip.name.startswith("en/") else MANDARIN


def build_clips(target: Path) -> int:
    """Synthesise every default clip and the chime into `target`; returns how many files were written.

    Raises server.voice.synthesis.SynthesisError, OSError.
    """
    with Espeak() as espeak:
        rate = espeak.sample_rate
        for language in get_args(Language):
            (target / language).mkdir(parents=True, exist_ok=True)
        for clip in CLIPS.values():
            sound = espeak.say(clip.reading, *voice_of(clip))
            spoken = levelled(trim(_normal(sound), rate), rate, VOICE_DB)
            write_wav(target / f"{clip.name}.wav", spoken, rate)
    bells = [sample for frequency in CHIME_BELLS for sample in bell(frequency, CHIME_BELL_SECONDS, rate)]
    write_wav(target / f"{CHIME}.wav", levelled(bells, rate, CHIME_DB), rate)
    return len(CLIPS) + 1


def _normal(pcm: "array[int]") -> list[float]:
    return [sample / 32768 for sample in pcm]


class ManifestEntry(TypedDict):
    """Where the browser fetches a clip and how long it sounds."""

    url: str
    seconds: float


@dataclass(frozen=True, slots=True)
class ClipPack:
    """Clips by name: `override/<name>.wav` where the hall recorded one, else `default/<name>.wav`.

    A recording that is no WAV is logged and passed over: one bad file must not silence a hall.
    """

    default: Path
    override: Path | None = None

    def file(self, name: str) -> Path:
        """The file of clip `name`. Raises UnknownClipError (so no name walks out of the folders), MissingClipError."""
        if name != CHIME and name not in CLIPS:
            raise UnknownClipError(name)
        return self._find(name)[0]

    def _find(self, name: str) -> tuple[Path, float]:
        """The file of clip `name` and its seconds. Raises MissingClipError."""
        for folder in (self.override, self.default):
            if folder is not None and (file := folder / f"{name}.wav").is_file():
                try:
                    return file, wav_seconds(file)
                except BadWavError as error:
                    log.warning("%s; passed over", error)
        raise MissingClipError(name)

    def manifest(self, names: Iterable[str], url: Callable[[str], str]) -> dict[str, ManifestEntry]:
        """What `player.js` loads: every clip of `names` that has a file.

        `url` turns a clip's name into its address; the file's age is added to it, so that a new recording is heard at
        once although clips may be cached.
        """
        entries: dict[str, ManifestEntry] = {}
        for name in names:
            with suppress(MissingClipError):
                file, seconds = self._find(name)
                address = f"{url(name)}?v={file.stat().st_mtime_ns:x}"
                entries[name] = {"url": address, "seconds": round(seconds, 3)}
        return entries


def main() -> None:
    """Build the default clips from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m server.voice.clip_pack", description="Synthesise the default clips."
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the WAV files")
    target = parser.parse_args().out
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    log.info("%d clips in %s", build_clips(target), target)


if __name__ == "__main__":
    main()
