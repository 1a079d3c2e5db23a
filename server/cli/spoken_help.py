"""`--help` in the language of whoever asks. In the code it stands in English, beside what it tells of."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from inspect import cleandoc
from typing import Final
from unicodedata import east_asian_width

import click

from server.cli.words import in_words
from server.told import tellable, told
from server.web.i18n import CHINESE, TOLD, WORDS_OF_CLICK, terminal_language

CLICK: Final = (
    tellable("Usage:"),
    tellable("Options"),
    tellable("Positional arguments"),
    tellable("Commands"),
    tellable("Show this message and exit."),
    tellable("default: {default}"),
    tellable("required"),
    tellable("env var: {var}"),
    tellable("Error: {message}"),
    tellable("Try '{command} {option}' for help."),
    tellable("Invalid value: {message}"),
    tellable("Invalid value for {param_hint}: {message}"),
    tellable("Missing argument"),
    tellable("Missing option"),
    tellable("Missing command."),
    tellable("No such option {name!r}."),
    tellable("No such command {name!r}."),
    tellable("Option {name!r} does not take a value."),
    tellable("{value!r} is not a valid {number_type}."),
    tellable("{value} is not in the range {range}."),
    tellable("Repeat for confirmation"),
    tellable("Error: The two entered values do not match."),
    tellable("Aborted!"),
)
"""What click itself mostly says. It asks gettext, which knows a language by the environment alone."""
_WIDE, _BESIDE = 76, 44
"""Places of a terminal for a text of its own, and for one beside an option."""
_AS_IT_STANDS: Final = "\b\n"
"""Click breaks no lines below it; it counts a Chinese character as one place."""


class SpokenContext(click.Context):
    """Whoever asks for help has said by then in which language."""

    def get_help(self) -> str:
        if terminal_language(os.environ) == CHINESE:
            _translate(self.command)
        return super().get_help()


def speak_help(root: click.Command) -> None:
    """Have every command below `root` help in the reader's language."""
    for command in commands(root):
        command.context_class = SpokenContext


def speak_click() -> None:
    """To be called again when another language is asked for."""
    gettext.bindtextdomain(TOLD, WORDS_OF_CLICK)
    gettext.textdomain(TOLD)
    os.environ["LANGUAGE"] = terminal_language(os.environ)


def commands(root: click.Command) -> Iterator[click.Command]:
    """`root` and all below it."""
    yield root
    if isinstance(root, click.Group):
        for command in root.commands.values():
            yield from commands(command)


def help_texts(root: click.Command) -> Iterator[str]:
    """All that has to have its Chinese, for scripts/words.py."""
    for command in commands(root):
        yield _text(command)
        yield from (_text(option) for option in command.params if isinstance(option, click.Option))


def _translate(command: click.Command) -> None:
    command.help = _folded(in_words(told(_text(command))), _WIDE)
    for option in command.params:
        if isinstance(option, click.Option) and option.help:
            option.help = _folded(in_words(told(_text(option))), _BESIDE)
    if isinstance(command, click.Group):
        for below in command.commands.values():
            below.short_help = in_words(told(_text(below))).partition("。")[0]


def _text(about: click.Command | click.Option) -> str:
    """Its help, each paragraph on one line."""
    return "\n\n".join(" ".join(part.split()) for part in cleandoc(about.help or "").split("\n\n"))


def _folded(text: str, places: int) -> str:
    """Each paragraph in lines of at most so many places."""
    return "\n\n".join(_AS_IT_STANDS + "\n".join(_lines(paragraph, places)) for paragraph in text.split("\n\n"))


def _lines(paragraph: str, places: int) -> Iterator[str]:
    line, width = "", 0
    for sign in paragraph:
        wide = 2 if east_asian_width(sign) in "WF" else 1
        # Neither a word nor an option is cut, and no line begins with a full stop.
        if width + wide > places and not (sign in "，。；：、）" or (line[-1:] + sign).isascii()):
            yield line
            line, width = "", 0
        line, width = line + sign, width + wide
    yield line
