"""A rendered template, which is XML, to the elements of the slip."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.parsers import expat

from kiosk.slip import elements as el
from kiosk.slip.template import LINE, TemplateMistake
from server.told import at, tellable, told, told_of

_ROOT: Final = "slip"
_ALIGNS: Final[Mapping[str, el.Align]] = {"left": "left", "center": "center", "right": "right"}
_MARKS: Final = {"none": "", "box": "□", "dot": "·"}
_LARGEST: Final = 8
_MOST_LINES: Final = 20
_NO_XML: Final = (
    tellable("mismatched tag"),
    tellable("not well-formed (invalid token)"),
    tellable("unclosed token"),
    tellable("no element found"),
    tellable("duplicate attribute"),
    tellable("undefined entity"),
    tellable("junk after document element"),
)
"""What expat mostly says."""
_AT_LINE: Final = re.compile(rf'{LINE}="(\d+)"')


class _Wrong(Exception):
    """What is wrong with the tag at hand."""


@dataclass
class _Tag:
    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list[_Tag] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Its text on one line."""
        return " ".join(self.text.split())

    def child(self, name: str) -> str:
        """The words of the child of that name, none without it."""
        return " ".join(child.words for child in self.children if child.name == name)

    def choice(self, name: str, known: Mapping[str, el.Align], default: el.Align) -> el.Align:
        value = self.attributes.get(name)
        if value is None:
            return default
        if value not in known:
            raise _Wrong(
                told('%(name)s="%(value)s" is none of %(known)s', name=name, value=value, known=", ".join(known))
            )
        return known[value]

    def yes(self, name: str) -> bool:
        value = self.attributes.get(name, "no")
        if value not in ("yes", "no"):
            raise _Wrong(told('%(name)s="%(value)s" is neither yes nor no', name=name, value=value))
        return value == "yes"

    def count(self, name: str, default: int, most: int) -> int:
        value = self.attributes.get(name, str(default))
        if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= most:
            raise _Wrong(
                told('%(name)s="%(value)s" is no number from 1 to %(most)s', name=name, value=value, most=most)
            )
        return int(value)

    def size(self) -> el.Size:
        """`2`, or `1x2` for twice as high only."""
        value = self.attributes.get("size", "1")
        parts = value.split("x")
        if len(parts) > 2 or not all(part in "12345678" and len(part) == 1 for part in parts):
            raise _Wrong(
                told(
                    'size="%(value)s" is neither a number from 1 to %(most)s nor such as 1x2',
                    value=value,
                    most=_LARGEST,
                )
            )
        return el.Size(int(parts[0]), int(parts[-1]))


def parse(xml: str, file: Path) -> tuple[el.Element, ...]:
    """Raises TemplateMistake: not XML, an unknown tag or attribute, or a value that it cannot have."""
    root = _tree(xml, file)
    if root.name != _ROOT:
        raise TemplateMistake(
            file, root.line, told("a slip begins with <%(root)s>, not with <%(tag)s>", root=_ROOT, tag=root.name)
        )
    _check(root, _FORMS[_ROOT], file)
    return tuple(element for tag in root.children for element in _elements(tag, file))


def _tree(xml: str, file: Path) -> _Tag:
    parser = expat.ParserCreate()
    top = _Tag("", {}, 1)
    open_tags = [top]

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = _Tag(name, attributes, int(attributes.pop(LINE, "0")) or open_tags[-1].line)
        open_tags[-1].children.append(tag)
        open_tags.append(tag)

    def text(data: str) -> None:
        open_tags[-1].text += data

    def doctype(*_: object) -> None:
        raise TemplateMistake(file, 1, told("a slip has no DOCTYPE"))

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: open_tags.pop()
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        what = expat.errors.messages[error.code]
        raise TemplateMistake(file, _template_line(xml, error), told("not XML: %(what)s", what=told(what))) from error
    return top.children[0]


def _template_line(xml: str, error: expat.ExpatError) -> int:
    """Where the template has what is not XML: so many lines after the last tag that was still well."""
    lines = xml.split("\n")
    before = "\n".join(lines[: error.lineno - 1]) + "\n" + lines[error.lineno - 1][: error.offset]
    tags = list(_AT_LINE.finditer(before))
    return int(tags[-1][1]) + before.count("\n", tags[-1].end()) if tags else error.lineno


@dataclass(frozen=True)
class _Form:
    """What a tag may have. `made`: the elements that it is, None for a part of the tag around it."""

    made: Callable[[_Tag], Iterator[el.Element]] | None = None
    attributes: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()
    text: bool = False


def _elements(tag: _Tag, file: Path) -> Iterator[el.Element]:
    form = _FORMS.get(tag.name)
    if form is None or form.made is None:
        raise TemplateMistake(file, tag.line, told("unknown tag <%(tag)s>", tag=tag.name))
    _check(tag, form, file)
    try:
        yield from form.made(tag)
    except _Wrong as error:
        raise TemplateMistake(file, tag.line, at(f"<{tag.name}>", told_of(error))) from error


def _check(tag: _Tag, form: _Form, file: Path) -> None:
    for name in tag.attributes:
        if name not in form.attributes:
            raise TemplateMistake(
                file, tag.line, told('<%(tag)s> has no attribute "%(name)s"', tag=tag.name, name=name)
            )
    if tag.words and not form.text:
        raise TemplateMistake(
            file, tag.line, told("<%(tag)s> has no text of its own: %(words)r", tag=tag.name, words=tag.words[:20])
        )
    if tag.name == _ROOT:
        return
    for child in tag.children:
        if child.name not in form.children:
            raise TemplateMistake(
                file, child.line, told("unknown tag <%(tag)s> inside <%(outer)s>", tag=child.name, outer=tag.name)
            )
        _check(child, _FORMS[child.name], file)


def _title(tag: _Tag) -> Iterator[el.Element]:
    yield el.Title(tag.words, tag.yes("narrow"))


def _text(tag: _Tag) -> Iterator[el.Element]:
    enlarge = tag.attributes.get("enlarge")
    if enlarge not in (None, "gs", "fs"):
        raise _Wrong(told('enlarge="%(enlarge)s" is neither gs nor fs', enlarge=enlarge))
    by: el.Enlarge | None = "gs" if enlarge == "gs" else "fs" if enlarge == "fs" else None
    yield el.Text(tag.words, tag.choice("align", _ALIGNS, "left"), tag.size(), tag.yes("bold"), by)


def _ends(tag: _Tag) -> Iterator[el.Element]:
    yield el.Ends(tag.child("left"), tag.child("right"), tag.count("size", 1, _LARGEST))


def _field(tag: _Tag) -> Iterator[el.Element]:
    yield el.Field(" ".join(tag.attributes.get("label", "").split()), tag.words, tag.size(), tag.yes("bold"))


def _list(tag: _Tag) -> Iterator[el.Element]:
    mark = tag.attributes.get("mark", "number")
    if mark != "number" and mark not in _MARKS:
        raise _Wrong(told('mark="%(mark)s" is none of number, %(known)s', mark=mark, known=", ".join(_MARKS)))
    for index, item in enumerate(tag.children, 1):
        yield el.Item(_MARKS.get(mark, f"{index}."), item.words, item.child("note"), tag.size(), tag.yes("bold"))


def _row(tag: _Tag) -> Iterator[el.Element]:
    if not tag.children:
        raise _Wrong(told("a row needs a <cell>"))
    yield el.Row(
        tuple(
            el.Cell(
                cell.words,
                cell.count("share", 1, 100),
                cell.choice("align", _ALIGNS, "left"),
                cell.yes("bold"),
            )
            for cell in tag.children
        )
    )


def _gap(tag: _Tag) -> Iterator[el.Element]:
    yield el.Gap(tag.count("lines", 1, _MOST_LINES))


def _sign(tag: _Tag) -> Iterator[el.Element]:
    yield el.Sign(" ".join(tag.attributes.get("label", "").split()))


def _plain(make: Callable[[], el.Element]) -> _Form:
    return _Form(lambda _tag: iter((make(),)))


def _of_words(make: Callable[[str], el.Element]) -> _Form:
    return _Form(lambda tag: iter((make(tag.words),)), text=True)


_FORMS: Final = {
    _ROOT: _Form(),
    "logo": _plain(el.Logo),
    "title": _Form(_title, frozenset({"narrow"}), text=True),
    "text": _Form(_text, frozenset({"align", "size", "bold", "enlarge"}), text=True),
    "number": _of_words(el.Number),
    "ends": _Form(_ends, frozenset({"size"}), frozenset({"left", "right"})),
    "left": _Form(text=True),
    "right": _Form(text=True),
    "field": _Form(_field, frozenset({"label", "size", "bold"}), text=True),
    "list": _Form(_list, frozenset({"mark", "size", "bold"}), frozenset({"item"})),
    "item": _Form(children=frozenset({"note"}), text=True),
    "note": _Form(text=True),
    "row": _Form(_row, children=frozenset({"cell"})),
    "cell": _Form(attributes=frozenset({"share", "align", "bold"}), text=True),
    "rule": _plain(el.Rule),
    "gap": _Form(_gap, frozenset({"lines"})),
    "qr": _of_words(el.Qr),
    "barcode": _of_words(el.Barcode),
    "sign": _Form(_sign, frozenset({"label"})),
    "reprint": _plain(el.Reprint),
    "ruler": _plain(el.Ruler),
    "block": _plain(el.Block),
    "cut": _plain(el.Cut),
}
