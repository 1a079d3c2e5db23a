"""A call in each of the hall's languages, as its wording and its recordings have it at this moment.

A dialect has no defaults, so its sentence is left out whole where a clip of it is not recorded. A call that would then
be spoken in no language at all is spoken in Mandarin.
"""

from __future__ import annotations

import logging

from display.voice import NOWHERE, Announcement, Place, announcement
from server.config import Settings
from server.voice.clip_pack import ClipPack
from server.voice.clip_set import call_clips, model
from server.voice.wording import NoClipError, Wording, compiled

_log = logging.getLogger(__name__)


def sentences(number: str, window: int, service: str, settings: Settings, pack: ClipPack) -> tuple[Announcement, ...]:
    """What calls ticket `number` of `service` to `window`, in the order of `voice.languages`.

    Raises server.voice.numbers.UnspeakableError.
    """
    told = (
        (language, _sentence(number, window, service, language, settings, pack))
        for language in settings.voice.languages
    )
    spoken = tuple(said for language, said in told if language == model(language) or _is_recorded(said, pack))
    return spoken or (_sentence(number, window, service, "zh", settings, pack),)


def spoken_languages(settings: Settings) -> tuple[str, ...]:
    """In which calls may be spoken: Mandarin too where there are dialects alone."""
    languages = settings.voice.languages
    return languages if any(language == model(language) for language in languages) else (*languages, "zh")


def call_clip_names(language: str, settings: Settings, pack: ClipPack) -> set[str]:
    """Every clip that some call in this language may be made of, whether it is there or not."""
    names = {clip.name for clip in call_clips(language)}
    for window in settings.windows:
        for service in settings.services_of(window):
            names.update(_sentence("1", window.number, service, language, settings, pack).clips)
    return names


def needed_clips(settings: Settings, pack: ClipPack) -> set[str]:
    """What a page loads to speak any call; of a dialect only what is recorded."""
    names: set[str] = set()
    for language in spoken_languages(settings):
        wanted = call_clip_names(language, settings, pack)
        names.update(wanted if language == model(language) else filter(pack.has, wanted))
    return names


def wording_of(language: str, settings: Settings, pack: ClipPack) -> Wording | None:
    """The hall's own wording of a language, None where it has none. Raises NoClipError.

    A dialect is cut as the Mandarin is, phrases included, so that what it lacks is found to be missing.
    """
    template = settings.voice.wording.get(language) or settings.voice.wording.get(model(language))
    if template is None:
        return None
    phrases = {*pack.phrases(language), *pack.phrases(model(language))}
    return compiled(template, language, tuple(sorted(phrases)))


def place_of(window: int, service: str, language: str, settings: Settings) -> Place:
    """What the wording's other variables stand for: empty where it does not use them."""
    template = settings.voice.wording.get(language) or settings.voice.wording.get(model(language), "")
    english = model(language) == "en"
    asked = settings.service(service) if "{service}" in template else None
    zone = next((zone for zone in settings.zones if window in zone.windows), None) if "{zone}" in template else None
    return Place(
        ((asked.name_en if english else asked.name) if asked else ""),
        ((zone.name_en if english else zone.name) if zone else ""),
    )


def _sentence(
    number: str, window: int, service: str, language: str, settings: Settings, pack: ClipPack
) -> Announcement:
    """By the default wording where the hall's cannot be said, as when a phrase's recording was taken away."""
    one = settings.voice.one
    try:
        wording = wording_of(language, settings, pack)
        return announcement(number, window, language, one, wording, place_of(window, service, language, settings))
    except NoClipError as error:
        _log.warning("voice.wording.%s: %s; the default wording is spoken", language, error)
        return announcement(number, window, language, one, None, NOWHERE)


def _is_recorded(said: Announcement, pack: ClipPack) -> bool:
    return all(pack.has(clip) for clip in said.clips)
