"""What a hall can be run with, and what somebody should look at all the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from server.config.hours_checks import Note, unknown_holidays
from server.config.settings import Settings
from server.config.staff_pin import is_easy_to_guess
from server.told import told


def warnings(settings: Settings, today: date | None = None) -> list[Note]:
    folders = (*_missing_media(settings), *_missing_recordings(settings))
    return [*unknown_holidays(settings, today), *_easy_pins(settings), *folders]


def _easy_pins(settings: Settings) -> Iterator[Note]:
    for place, kiosk in enumerate(settings.kiosks):
        if kiosk.staff_pin is not None and is_easy_to_guess(kiosk.staff_pin):
            yield f"kiosks.{place}.staff_pin", told("is one of those that anybody tries first: choose another")


def _missing_media(settings: Settings) -> Iterator[Note]:
    for place, screen in enumerate(settings.displays):
        if screen.media is not None and not Path(screen.media.folder).is_dir():
            yield (
                f"displays.{place}.media.folder",
                told("there is no folder %(folder)s: the screen shows none", folder=screen.media.folder),
            )


def _missing_recordings(settings: Settings) -> Iterator[Note]:
    folder = settings.voice.recordings
    if folder is not None and not Path(folder).is_dir():
        yield (
            "voice.recordings",
            told("there is no folder %(folder)s: the made voice is heard instead", folder=folder),
        )
