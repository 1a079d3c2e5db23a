"""Mistakes in a hall's wording that its file alone does not show: words that no clip says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from display.sentences import wording_of
from server.config import Settings
from server.config.section import Mistake
from server.told import Told, at, told, told_of
from server.voice.clip_pack import ClipPack
from server.voice.clip_set import model
from server.voice.wording import NoClipError, Vocabulary


def wording_mistakes(settings: Settings, pack: ClipPack) -> Iterator[Mistake]:
    """(path, what is wrong) for each template that cannot be spoken with the clips of `pack`."""
    for language, template in settings.voice.wording.items():
        path = f"voice.wording.{language}"
        try:
            wording = wording_of(language, settings, pack)
        except NoClipError as error:
            yield path, told_of(error)
            continue
        if wording is None:
            continue
        if "{service}" in template:
            yield from _unsaid(path, wording.vocabulary, _services(settings, model(language) == "en"))
        if "{zone}" in template:
            yield from _unsaid(path, wording.vocabulary, _zones(settings, model(language) == "en"))
            zoned = {window for zone in settings.zones for window in zone.windows}
            for window in settings.windows:
                if window.number not in zoned:
                    yield path, told("window %(number)s is in no zone", number=window.number)


def _services(settings: Settings, english: bool) -> Iterator[tuple[Told, str]]:
    for service in settings.services:
        yield told("service %(code)s", code=service.code), service.name_en if english else service.name


def _zones(settings: Settings, english: bool) -> Iterator[tuple[Told, str]]:
    for zone in settings.zones:
        yield told("zone %(code)s", code=zone.id), zone.name_en if english else zone.name


def _unsaid(path: str, vocabulary: Vocabulary, names: Iterable[tuple[Told, str]]) -> Iterator[Mistake]:
    for what, name in names:
        try:
            vocabulary.cut(name)
        except NoClipError as error:
            yield path, at(what, told_of(error))
