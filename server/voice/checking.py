"""What a hall has recorded, what it speaks by default, what is missing, and which recordings will sound wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from server.config.voice import MADE_LANGUAGES
from server.told import Told, told, told_of
from server.voice.clip_pack import ANNOUNCEMENTS, PHRASES, ClipPack, MissingClipError
from server.voice.clip_set import CHIME, CLIPS, PROMPT_CLIPS, model
from server.voice.recording import BadRecordingError, Recording, decode
from server.voice.sound import decibels, loudness, peak

_SLOWEST: Final = 16_000
"""Hz: below it s, x, sh and f lose what tells them apart."""
_SHORTEST: Final = 0.08
_LONGEST_WORD: Final = 2.0
_LONGEST_PHRASE: Final = 10.0
_LONGEST_ANNOUNCEMENT: Final = 120.0
_APART: Final = 6.0
"""Decibels: a step that everybody in the hall hears."""
_BEFORE, _AFTER = 0.15, 0.3
"""Seconds of silence before and after a word: more of it tears the sentence apart."""
_SILENCE_DB: Final = -40.0
_FULL: Final = 32_700
_CLIPPED: Final = 4
"""So many samples at full scale on end are no peak but a wave cut off."""


@dataclass(frozen=True, slots=True)
class Stock:
    """The clips of one language by where they come from, each sorted."""

    recorded: tuple[str, ...]
    default: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something about one file in the hall's folder."""

    file: Path
    what: Told


def stock(pack: ClipPack, names: Iterable[str]) -> Stock:
    """Where each clip of `names` comes from."""
    found: dict[str, list[str]] = {"recorded": [], "default": [], "missing": []}
    for name in sorted(names):
        try:
            file = pack.file(name)
        except MissingClipError:
            found["missing"].append(name)
            continue
        own = pack.override is not None and file.is_relative_to(pack.override)
        found["recorded" if own else "default"].append(name)
    return Stock(tuple(found["recorded"]), tuple(found["default"]), tuple(found["missing"]))


def faults(pack: ClipPack) -> list[Fault]:
    """Of every file in the hall's folder: those that replace nothing, and those that will sound wrong."""
    if pack.override is None:
        return []
    found: list[Fault] = []
    heard: dict[str, dict[Path, float]] = {}
    for file in sorted(file for file in pack.override.rglob("*") if file.is_file()):
        name = file.relative_to(pack.override).with_suffix("").as_posix()
        if file.suffix != ".wav":
            if file.suffix != ".txt" or file.parent.name != ANNOUNCEMENTS:
                found.append(Fault(file, told("only .wav files are used")))
            continue
        if not _is_used(pack, name):
            found.append(Fault(file, told("there is no such clip")))
            continue
        try:
            recording = decode(file.read_bytes())
        except BadRecordingError as error:
            found.append(
                Fault(file, told("%(error)s: the default is spoken instead, where there is one", error=told_of(error)))
            )
            continue
        found += [Fault(file, what) for what in _sound_faults(recording, _longest(name))]
        level = _level(recording)
        if level is not None and name != CHIME:
            heard.setdefault(name.partition("/")[0], {})[file] = level
    for language, levels in heard.items():
        found += _uneven(levels, _default_levels(pack, language))
    return sorted(found, key=lambda fault: str(fault.file))


def _is_used(pack: ClipPack, name: str) -> bool:
    language, _, bare = name.partition("/")
    if name == CHIME or name in CLIPS:
        return True
    if bare.partition("/")[0] in (PHRASES, ANNOUNCEMENTS):
        return language in (*MADE_LANGUAGES, *pack.dialects)
    return language in pack.dialects and f"{model(language)}/{bare}" in CLIPS


def _level(recording: Recording) -> float | None:
    """In dBFS; None for silence."""
    loud = loudness(recording.samples, recording.rate) / 32768
    return decibels(loud) if loud else None


def _longest(name: str) -> float:
    bare = name.partition("/")[2]
    if bare.startswith(f"{ANNOUNCEMENTS}/"):
        return _LONGEST_ANNOUNCEMENT
    prompts = {clip.name.partition("/")[2] for clips in PROMPT_CLIPS.values() for clip in clips}
    return _LONGEST_PHRASE if bare in prompts or bare.startswith(f"{PHRASES}/") else _LONGEST_WORD


def _sound_faults(recording: Recording, longest: float) -> Iterator[Told]:
    samples, rate = recording.samples, recording.rate
    seconds = len(samples) / rate
    if rate < _SLOWEST:
        yield told("recorded at %(rate)s Hz: record at %(least)s Hz or more", rate=rate, least=_SLOWEST)
    if not peak(samples):
        yield told("nothing is to be heard")
        return
    if not _SHORTEST <= seconds <= longest:
        yield told(
            "%(seconds)s s long: %(least)s to %(most)s s are wanted",
            seconds=format(seconds, ".2f"),
            least=format(_SHORTEST, "g"),
            most=format(longest, "g"),
        )
    if _is_clipped(recording):
        yield told("cut off at full scale: record it less loud")
    before, after = _edges(recording)
    if before > _BEFORE:
        yield told("%(seconds)s s of silence before it", seconds=format(before, ".2f"))
    if after > _AFTER:
        yield told("%(seconds)s s of silence after it", seconds=format(after, ".2f"))


def _is_clipped(recording: Recording) -> bool:
    run = 0
    for sample in recording.samples:
        run = run + 1 if abs(sample) >= _FULL else 0
        if run == _CLIPPED:
            return True
    return False


def _edges(recording: Recording) -> tuple[float, float]:
    """Seconds before the first sample that is heard, and after the last."""
    least = peak(recording.samples) * 10 ** (_SILENCE_DB / 20)
    heard = [index for index, sample in enumerate(recording.samples) if abs(sample) >= least]
    return heard[0] / recording.rate, (len(recording.samples) - 1 - heard[-1]) / recording.rate


def _default_levels(pack: ClipPack, language: str) -> list[float]:
    """Of the defaults that are still heard among the recordings."""
    names = [name for name in CLIPS if name.startswith(f"{language}/")]
    recordings = (decode(pack.file(name).read_bytes()) for name in stock(pack, names).default)
    return [level for recording in recordings if (level := _level(recording)) is not None]


def _uneven(levels: dict[Path, float], defaults: list[float]) -> Iterator[Fault]:
    """Louder or softer than the rest, by their middle: the rest is what else the language speaks with."""
    middle = median([*levels.values(), *defaults])
    for file, level in levels.items():
        if abs(level - middle) > _APART:
            apart = f"{abs(level - middle):.0f}"
            louder = told("%(decibels)s dB louder than the rest", decibels=apart)
            softer = told("%(decibels)s dB softer than the rest", decibels=apart)
            yield Fault(file, louder if level > middle else softer)
