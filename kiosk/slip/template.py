"""The template of each kind of slip: Jinja2 to the small XML of `kiosk.slip.markup`.

An installer may replace any of them, so they run in Jinja's sandbox, and whatever they print is escaped: what somebody
typed can neither become a tag nor command the printer.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from babel.dates import format_date
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.ext import Extension, InternationalizationExtension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from kiosk.slip.text import clean
from server.hall.printing import Slip
from server.told import Told, at, told, told_of
from server.web.i18n import CHINESE, ENGLISH, catalogue

Language = Literal["zh", "en"]
_DAYS: Final[Mapping[Language, str]] = {"zh": "M月d日 EEEE", "en": "EEEE d MMMM"}
BUILT_IN: Final = Path(__file__).parent / "templates"
SUFFIX: Final = ".xml"
LINE: Final = "at-line"
"""The attribute in which a tag carries the line of the template that it stands in."""
LOCALES: Final[Mapping[Language, str]] = {"zh": CHINESE, "en": ENGLISH}
_TAG: Final = re.compile(r"<[A-Za-z][\w-]*(?=[\s/>]|$)")
_MARKUP_MADE_ELSEWHERE: Final = ("safe", "tojson", "xmlattr", "urlize", "forceescape", "escape", "e", "pprint")


class TemplateMistake(Exception):
    """`line` of `file`: what is wrong there."""

    def __init__(self, file: Path, line: int, what: Told) -> None:
        self.file = file
        self.line = line
        self.what = what
        super().__init__(at(f"{file}:{line}", what))


def template_file(slip: Slip, folder: Path | None) -> Path:
    """The installer's own, where the folder has one of that name."""
    name = slip.value + SUFFIX
    return folder / name if folder is not None and (folder / name).is_file() else BUILT_IN / name


def render(file: Path, values: Mapping[str, Any], language: Language) -> str:
    """The slip as XML. An edited file is read anew. Raises TemplateMistake."""
    try:
        return _environment(file.parent, language).get_template(file.name).render(values)
    except TemplateNotFound as error:
        name = error.name or file.name
        raise TemplateMistake(file, _line_in(file, error), told("there is no template %(name)s", name=name)) from error
    except TemplateSyntaxError as error:
        raise TemplateMistake(Path(error.filename or file), error.lineno, told(str(error.message))) from error
    except (TemplateError, OSError, UnicodeDecodeError) as error:
        raise TemplateMistake(file, _line_in(file, error), told_of(error)) from error
    except Exception as error:
        # The template is a program of somebody else's: whatever it raises is its mistake, and never loses a slip.
        raise TemplateMistake(file, _line_in(file, error), at(type(error).__name__, told_of(error))) from error


class _Lines(Extension):
    """Has every tag tell in which line of the template it stands."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            yield token._replace(value=_numbered(token.value, token.lineno)) if token.type == "data" else token


def _numbered(text: str, first: int) -> str:
    def tag(found: re.Match[str]) -> str:
        return f'{found[0]} {LINE}="{first + text.count(chr(10), 0, found.start())}"'

    return _TAG.sub(tag, text)


@lru_cache(maxsize=16)
def _environment(folder: Path, language: Language) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        # Parts that a template includes are looked for beside it, then among those that come along.
        loader=FileSystemLoader([folder, BUILT_IN]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=True,
        extensions=[InternationalizationExtension, _Lines],
    )
    environment.install_gettext_translations(catalogue(LOCALES[language]), newstyle=True)  # type: ignore[attr-defined]
    for name in _MARKUP_MADE_ELSEWHERE:
        environment.filters.pop(name, None)
    for name, form in (("day", _day), ("time", _time), ("moment", _moment)):
        environment.filters[name] = form
    environment.filters["date_words"] = lambda value: format_date(value, _DAYS[language], locale=LOCALES[language])
    return environment


def _printed(value: Any) -> Any:
    """What `{{ }}` prints: on one line, escaped unless it is the template's own text."""
    if isinstance(value, Undefined):
        return value
    if isinstance(value, Markup):
        return Markup(clean(str(value)))  # noqa: S704 — escaped where it was made
    return escape(clean(str(value)))


def _day(value: date) -> str:
    return f"{value:%Y-%m-%d}"


def _time(value: datetime) -> str:
    return f"{value:%H:%M}"


def _moment(value: datetime) -> str:
    return f"{value:%Y-%m-%d %H:%M}"


def _line_in(file: Path, error: BaseException) -> int:
    """The last line of the template that the error passed through; 1 where it did not get into it."""
    found = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    return (found[-1] if found else None) or 1
