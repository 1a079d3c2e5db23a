"""Mistakes that whoever runs a command can mend, said in a sentence instead of a traceback."""

from __future__ import annotations

from typing import Any

import click

from evaluator.set_up import PadSetUpFailed
from kiosk.printer.set_up import SetUpFailed
from server.cli.device_place import PlaceUnknown
from server.cli.folder_lock import FolderTaken
from server.cli.serving import HallFailed, PortUnusable
from server.cli.staff_photo import PhotoUnusable
from server.cli.virtual_devices import DeviceFailed
from server.cli.voice import VoiceFailed
from server.cli.words import tell
from server.config import ConfigError
from server.device.template_file import TemplateMistake
from server.simulate.errors import SimulationError
from server.store.database import DatabaseError
from server.told import at, told_of
from server.voice.hints import UnreadableTextError
from server.voice.synthesis import SynthesisError
from server.web.keypad_codes import CodeUnusable
from server.web.security import SecretError

MISTAKE = 2
"""The exit code, as click's own for a wrong option."""
_PLAIN = (
    CodeUnusable,
    ConfigError,
    DatabaseError,
    DeviceFailed,
    FolderTaken,
    HallFailed,
    PadSetUpFailed,
    PhotoUnusable,
    PlaceUnknown,
    PortUnusable,
    SecretError,
    SetUpFailed,
    SimulationError,
    TemplateMistake,
    SynthesisError,
    UnreadableTextError,
    VoiceFailed,
)


class PlainGroup(click.Group):
    """The commands' outermost edge."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except _PLAIN as error:
            tell(told_of(error), err=True)
        except OSError as error:
            tell(at(error.filename, told_of(error)) if error.filename else told_of(error), err=True)
        raise SystemExit(MISTAKE)
