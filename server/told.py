"""What a person is told, as a message of the catalogues and what stands in it: made where it is known, put into words
where somebody reads it, in that person's language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

Translate = Callable[[str], str]
"""A catalogue's `gettext`: the English message to that of a language."""


class Told(str):
    """Its own English, for logs and for programs, and what it was made of, for whoever reads another language.

    `message` is a key of the catalogues, with `values` in it by their names, `%(name)s`. A value that is itself told is
    put into the same language.
    """

    message: str
    values: dict[str, Any]

    def translated(self, translate: Translate) -> str:
        return _filled(translate(self.message), {name: _value(value, translate) for name, value in self.values.items()})


def told(message: str, /, **values: Any) -> Told:
    """`message` stands here for scripts/words.py to find."""
    made = Told(_filled(message, values))
    made.message, made.values = message, values
    return made


def tellable(message: str) -> str:
    """Marks what is told elsewhere for scripts/words.py."""
    return message


def at(place: object, what: str) -> Told:
    """What is told of a file, a line or a path."""
    return told("%(place)s: %(what)s", place=place, what=what)


def lines(all_told: Iterable[Told]) -> Told:
    """One below the other."""
    values = {f"line{number}": line for number, line in enumerate(all_told)}
    message = "\n".join(f"%({name})s" for name in values)
    return told(message, **values)


SYSTEM: Final = (
    tellable("No such file or directory"),
    tellable("Permission denied"),
    tellable("Is a directory"),
    tellable("Not a directory"),
    tellable("File exists"),
    tellable("Read-only file system"),
    tellable("No space left on device"),
    tellable("No such device"),
    tellable("No such device or address"),
    tellable("Device or resource busy"),
    tellable("Input/output error"),
    tellable("Address already in use"),
    tellable("Cannot assign requested address"),
    tellable("Connection refused"),
    tellable("Connection reset by peer"),
    tellable("Connection timed out"),
    tellable("No route to host"),
    tellable("Network is unreachable"),
    tellable("Name or service not known"),
    tellable("Temporary failure in name resolution"),
)
"""What an operating system mostly says, in its own words."""


def told_of(error: BaseException) -> Told:
    """What an error says; one that was made by somebody else's program speaks English, or as the system does."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror if isinstance(error.strerror, Told) else told(error.strerror)
    first = error.args[0] if error.args else None
    return first if isinstance(first, Told) else told(str(error))


def _filled(text: str, values: dict[str, Any]) -> str:
    # What is told without values may have a % of its own.
    return text % values if values else text


def _value(value: Any, translate: Translate) -> Any:
    return value.translated(translate) if isinstance(value, Told) else value
