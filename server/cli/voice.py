"""`jiaohao voice`: the clips that calls are spoken with."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import click

from display.sentences import call_clip_names, sentences
from server.cli.speakable import speakable
from server.cli.words import in_words, tell
from server.config import Settings, load_settings
from server.told import at, told, told_of
from server.voice.building import build_clips
from server.voice.checking import faults, stock
from server.voice.clip_pack import ClipPack, MissingClipError
from server.voice.clip_set import CHIME, CLIPS, PROMPT_CLIPS, model
from server.voice.hints import language_of
from server.voice.joining import joined
from server.voice.numbers import UnspeakableError
from server.voice.pages import CLIPS as MADE
from server.voice.pages import hall_pack
from server.voice.recording import BadRecordingError, decode
from server.voice.sound import write_wav
from server.voice.typed import typed_clip

_NAMES = {"zh": "普通话", "yue": "粤语", "en": "English"}
_MANY = 8
_config = click.option(
    "--config", "config_file", type=click.Path(path_type=Path), default=Path("config.yaml"), show_default=True
)


class VoiceFailed(Exception):
    """It cannot be said here; the message says why."""


@click.group()
def voice() -> None:
    """The voice that calls, and the hall's own recordings."""


@voice.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=MADE, help="Folder for the files.")
def build(out: Path) -> None:
    """Make the default clips that are missing or out of date."""
    tell(told("%(count)s clips made in %(folder)s", count=build_clips(out), folder=out))


@voice.command()
@_config
def check(config_file: Path) -> None:
    """Say for each language what is recorded, default or missing, and what will sound wrong.

    Ends with 1 if a call would not be spoken in one of the hall's languages.
    """
    settings = speakable(load_settings(config_file), config_file)
    pack = hall_pack(settings)
    silent = [language for language in _languages(settings) if not _tell(language, settings, pack)]
    for fault in faults(pack):
        tell(at(fault.file, fault.what))
    if silent:
        raise SystemExit(1)


@voice.command()
@_config
@click.argument("number", required=False)
@click.option("--window", type=click.IntRange(1, 999), help="To which window NUMBER is called.")
@click.option("--service", help="The code of the service, where the wording names it.")
@click.option("--text", help="Say this instead of calling a number.")
@click.option("--language", help="In this language alone; of a text, what it is written in is known.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write a WAV file instead of playing.")
def say(
    config_file: Path,
    number: str | None,
    window: int | None,
    service: str | None,
    text: str | None,
    language: str | None,
    out: Path | None,
) -> None:
    """Call NUMBER as the hall would, or say a text."""
    if (text is None) == (number is None) or (number is not None and window is None):
        raise click.UsageError(in_words(told("give NUMBER and --window, or --text")))
    settings = load_settings(config_file)
    if language is not None and language not in (*_NAMES, *settings.voice.dialect_codes()):
        raise VoiceFailed(told("there is no language %(language)r in %(file)s", language=language, file=config_file))
    if text is not None:
        clips = [[typed_clip(text, language or language_of(text), settings)]]
    else:
        clips = _call(str(number), window or 0, service, language, settings)
    sound = _joined(clips, settings)
    if out is None:
        _play(sound)
    else:
        write_wav(out, *sound)
        click.echo(out)


def _languages(settings: Settings) -> tuple[str, ...]:
    """Those of the calls, and those that kiosks read aloud in."""
    prompts = tuple(PROMPT_CLIPS) if settings.kiosks else ()
    return tuple(dict.fromkeys((*settings.voice.languages, *prompts)))


def _tell(language: str, settings: Settings, pack: ClipPack) -> bool:
    """Whether everything in the language can be spoken."""
    names = {CHIME}
    if language in settings.voice.languages:
        names |= call_clip_names(language, settings, pack)
    if settings.kiosks and language in PROMPT_CLIPS:
        names |= {name for name in CLIPS if name.startswith(f"{language}/")}
    found = stock(pack, names)
    dialects = {dialect.code: dialect.name for dialect in settings.voice.dialects}
    tell(
        told(
            "%(language)s %(name)s: %(recorded)s recorded, %(default)s default, %(missing)s missing",
            language=language,
            name=_NAMES.get(language) or dialects[language],
            recorded=len(found.recorded),
            default=len(found.default),
            missing=len(found.missing),
        )
    )
    if found.recorded and found.default:
        tell(told("  default: %(clips)s", clips=_list(found.default)))
    if found.missing:
        tell(told("  missing: %(clips)s", clips=" ".join(found.missing)))
        if language != model(language):
            tell(told("  calls that need one of them are not spoken in %(name)s", name=dialects[language]))
    return not found.missing


def _list(names: Iterable[str]) -> str:
    shown = list(names)
    if len(shown) <= _MANY:
        return " ".join(shown)
    return told("%(some)s and %(more)s more", some=" ".join(shown[:_MANY]), more=len(shown) - _MANY)


def _call(number: str, window: int, service: str | None, language: str | None, settings: Settings) -> list[list[str]]:
    pack = hall_pack(settings)
    codes = [known.code for known in settings.services]
    if service is not None and service not in codes:
        raise VoiceFailed(
            told("there is no service %(service)r; there are %(known)s", service=service, known=", ".join(codes))
        )
    if language is not None:
        settings = settings.model_copy(update={"voice": settings.voice.model_copy(update={"languages": (language,)})})
    try:
        said = sentences(number, window, service or codes[0], settings, pack)
    except UnspeakableError as error:
        raise VoiceFailed(told_of(error)) from error
    if language is not None and not all(clip.startswith(f"{language}/") for clip in said[0].clips):
        raise VoiceFailed(
            at(language, told("not all of this call is recorded; jiaohao voice check names what is missing"))
        )
    for sentence in said:
        click.echo(sentence.text, err=True)
    return [list(sentence.clips) for sentence in said]


def _joined(said: list[list[str]], settings: Settings) -> tuple[list[float], int]:
    pack = hall_pack(settings)
    try:
        return joined([[decode(pack.file(name).read_bytes()) for name in clips] for clips in said])
    except (MissingClipError, BadRecordingError) as error:
        raise VoiceFailed(
            told("%(error)s: jiaohao voice build makes the default clips", error=told_of(error))
        ) from error


def _play(sound: tuple[list[float], int]) -> None:
    player = shutil.which("aplay")
    if player is None:
        raise VoiceFailed(told("there is no aplay here to play it with: give --out FILE.wav"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "said.wav"
        write_wav(file, *sound)
        played = subprocess.run([player, "-q", str(file)], capture_output=True, check=False)  # noqa: S603
    if played.returncode:
        said = played.stderr.decode(errors="replace").splitlines()
        raise VoiceFailed(told(said[-1]) if said else told("exit code %(code)s", code=played.returncode))
