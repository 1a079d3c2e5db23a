"""Speech from typed text, such as a leader's announcement: a clip like the others, made once and kept for a while."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Final

from server.config import Settings
from server.told import at, told
from server.voice.building import VOICE_DB
from server.voice.clip_pack import ANNOUNCEMENTS, TYPED, ClipPack
from server.voice.clip_set import Language, model
from server.voice.hints import UNREADABLE, UnreadableTextError, plain
from server.voice.pages import hall_pack
from server.voice.synthesis import SynthesisError

KEPT: Final = 200
"""Files: the oldest, by when they were last asked for, go first."""
_PATIENCE: Final = 60
_MAKING: Final = 1
"""Counts up with every change of how text is read."""
_one_at_a_time: Final = Lock()


def typed_clip(text: str, language: str, settings: Settings) -> str:
    """The name of the clip that says `text` in a language or dialect, to be found as any other in `hall_pack`.

    The hall's own recording where it has one: `<recordings>/<language>/announcements/<the text>.wav`, or one of any
    name with the text in a `.txt` of the same name beside it. Else what the synthesiser makes of it, in a process of
    its own: the caller waits, the hub does not. Raises UnreadableTextError, which is also what a dialect without a
    recording gives; SynthesisError; OSError.
    """
    pack = hall_pack(settings)
    shown = plain(text)
    recorded = _recorded(pack, shown, language)
    if recorded is not None:
        return recorded
    own = model(language)
    if own != language:
        raise UnreadableTextError(at(language, told("a dialect is only recorded, and this text is not")))
    one = settings.voice.one
    making = repr((_MAKING, VOICE_DB, own, one, text))
    name = f"{TYPED}/{blake2b(making.encode(), digest_size=16).hexdigest()}"
    file = Path(settings.server.data).absolute() / f"{name}.wav"
    with _one_at_a_time:
        if file.is_file():
            os.utime(file)
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            _make(text, own, one, file)
            _tidy(file.parent)
    return name


def _recorded(pack: ClipPack, shown: str, language: str) -> str | None:
    wanted = _bare(shown)
    for stem in pack.announcements(language):
        name = f"{language}/{ANNOUNCEMENTS}/{stem}"
        if pack.has(name) and wanted in (_bare(stem), _text_beside(pack.file(name))):
            return name
    return None


def _text_beside(recording: Path) -> str | None:
    try:
        return _bare(plain(recording.with_suffix(".txt").read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, UnreadableTextError):
        return None


def _bare(text: str) -> str:
    """Without what a file's name may not hold, or nobody hears."""
    return re.sub(r"[\W_]+", "", text).casefold()


def _make(text: str, language: Language, one: str, file: Path) -> None:
    command = [sys.executable, "-m", "server.voice.speaking", "--language", language, "--one", one, "--out", str(file)]
    try:
        # The interpreter of this server, and a text that goes in by standard input.
        done = subprocess.run(command, input=text.encode(), capture_output=True, check=False, timeout=_PATIENCE)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise SynthesisError(
            told("%(text)r was not spoken within %(patience)s s", text=text, patience=_PATIENCE)
        ) from error
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode == UNREADABLE:
        raise UnreadableTextError(told(said))
    if done.returncode:
        raise SynthesisError(told(said) if said else told("exit code %(code)s", code=done.returncode))


def _tidy(folder: Path) -> None:
    files = sorted(folder.glob("*.wav"), key=lambda file: file.stat().st_mtime_ns)
    for file in files[:-KEPT]:
        file.unlink(missing_ok=True)
