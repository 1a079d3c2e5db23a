"""What the command line says, in the language of whoever runs it."""

from __future__ import annotations

import os

import click

from server.told import Told
from server.web.i18n import TOLD, catalogue, terminal_language


def in_words(told: Told) -> str:
    """`told` as whoever runs the command reads it."""
    return told.translated(catalogue(terminal_language(os.environ), TOLD).gettext)


def tell(told: Told, *, err: bool = False) -> None:
    """A line, or several, to standard output or error."""
    click.echo(in_words(told), err=err)
