"""What the command line says, in the language of whoever runs it: docs/decisions/0059."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

import click

from server.told import Told
from server.web.i18n import CHINESE, ENGLISH, TOLD, catalogue

LANGUAGE: Final = "JIAOHAO_LANG"
_ENVIRONMENT: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
_NOBODYS: Final = ("", "c", "posix")
"""What a machine says of which nobody said what is spoken at it."""
_BARE_CONSOLE: Final = "linux"
"""The kernel's own terminal, which has no Chinese characters."""


def language(environment: Mapping[str, str] = os.environ) -> str:
    """The locale of a catalogue. Chinese is what is not another language by the environment's own words."""
    wanted = environment.get(LANGUAGE, "")
    if not wanted:
        if environment.get("TERM") == _BARE_CONSOLE:
            return ENGLISH
        wanted = next((environment[name] for name in _ENVIRONMENT if environment.get(name)), "")
    spoken = wanted.partition(".")[0].casefold()
    return CHINESE if spoken in _NOBODYS or spoken.startswith("zh") else ENGLISH


def in_words(told: Told) -> str:
    """`told` as whoever runs the command reads it."""
    return told.translated(catalogue(language(), TOLD).gettext)


def tell(told: Told, *, err: bool = False) -> None:
    """A line, or several, to standard output or error."""
    click.echo(in_words(told), err=err)
