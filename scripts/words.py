"""The gettext catalogues: `check` that every message has its Chinese, or `collect` new messages into them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path("translations/zh_Hans_CN/LC_MESSAGES")
# Nearest first: a message belongs to the innermost room that its file stands in.
ROOMS = (
    *("server/report", "server/device_board", "server/bulletin", "server"),
    *("kiosk", "display", "counter", "evaluator"),
)
METHODS = [
    ("**/static/vendor/**", "ignore"),
    ("**/virtual_*/**", "ignore"),
    ("**.py", "python"),
    ("**.html", "jinja2.ext:babel_extract"),
    ("**.xml", "jinja2.ext:babel_extract"),
    ("**.js", "javascript"),
]
# What pages say, and what is told at a terminal: no page carries that along.
DOMAINS = {
    "messages": ("_", "_l", "gettext", "lazy_gettext", "t", "msg", "phrase"),
    "told": ("told", "tellable"),
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
COMMENTS = re.compile(r"/\*.*?\*/|\{#.*?#\}|<!--.*?-->|(?m:(?<![:\"'])//.*$)", re.DOTALL)


def messages(domain: str) -> dict[str, dict[str, list[str]]]:
    """room -> message -> the files it stands in."""
    found: dict[str, dict[str, list[str]]] = {room: {} for room in ROOMS}
    keywords = dict.fromkeys(DOMAINS[domain])
    for top in {room.split("/")[0] for room in ROOMS}:
        for name, _, message, _, _ in extract_from_dir(ROOT / top, METHODS, keywords=keywords):
            path = f"{top}/{name}"
            room = next(room for room in ROOMS if path.startswith(f"{room}/"))
            for text in (message,) if isinstance(message, str) else message:
                places = found[room].setdefault(text, [])
                if Path(path).name not in places:
                    places.append(Path(path).name)
    if domain == "told":
        from server.cli.commands import cli
        from server.cli.spoken_help import help_texts

        for text in filter(None, help_texts(cli)):
            found["server"].setdefault(text, ["--help"])
    return found


def catalogue(room: str, domain: str) -> Catalog:
    file = ROOT / room / FOLDER / f"{domain}.po"
    if not file.exists():
        return Catalog(locale="zh_Hans_CN")
    with file.open("rb") as opened:
        return read_po(opened, locale="zh_Hans_CN")


def mistakes() -> Iterator[str]:
    """One line for each message without Chinese, entry without a use, and Chinese outside the catalogues."""
    said: dict[str, str] = {}
    # Literally: a message chosen by `a ? "one" : "other"` is used, though the extractor does not see it.
    sources = "".join(file.read_text(encoding="utf-8") for room in ROOMS for file in _sources(room))
    for domain in DOMAINS:
        found = messages(domain)
        known = {room: {str(m.id): str(m.string) for m in catalogue(room, domain) if m.id} for room in ROOMS}
        everything = {text: words for room in ROOMS for text, words in known[room].items()}
        used = {text for room in ROOMS for text in found[room]}
        for room in ROOMS:
            for text, places in sorted(found[room].items()):
                if not everything.get(text):
                    yield f"{room}: no Chinese for {text!r} ({', '.join(places)})"
            for text, words in sorted(known[room].items()):
                if text not in used and text not in sources and text.replace('"', '\\"') not in sources:
                    yield f"{room}: nothing uses {text!r}"
                if said.setdefault(text, words) != words:
                    yield f"{room}: {text!r} is {words!r} here and {said[text]!r} elsewhere"
    yield from _inline_chinese()


def _inline_chinese() -> Iterator[str]:
    for room in ROOMS:
        for file in _sources(room):
            if file.suffix == ".py":
                continue
            for number, line in enumerate(_without_comments(file.read_text(encoding="utf-8")).split("\n"), 1):
                if CHINESE.search(line):
                    yield f"{file.relative_to(ROOT)}:{number}: words belong into the catalogue: {line.strip()}"


def _sources(room: str) -> Iterator[Path]:
    for file in sorted((ROOT / room).rglob("*")):
        parts = file.relative_to(ROOT).parts
        if file.suffix in (".py", ".js", ".html", ".xml") and not any(
            p == "vendor" or p.startswith("virtual_") for p in parts
        ):
            yield file


def _without_comments(text: str) -> str:
    return COMMENTS.sub(lambda comment: "\n" * comment[0].count("\n"), text)


def collect() -> None:
    """Put what is new at the end of its room's catalogue, with no Chinese yet; all that stands there stays as it is."""
    for domain in DOMAINS:
        found = messages(domain)
        everything = {str(m.id) for room in ROOMS for m in catalogue(room, domain)}
        for room in ROOMS:
            fresh = Catalog(locale="zh_Hans_CN", fuzzy=False)
            for text, places in found[room].items():
                if text not in everything:
                    fresh.add(text, "", locations=[(place, None) for place in sorted(places)])
            _append(ROOT / room / FOLDER / f"{domain}.po", fresh)


def _append(file: Path, fresh: Catalog) -> None:
    if not len(fresh):
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab") as opened:
        if opened.tell():
            opened.write(b"\n")
        write_po(opened, fresh, width=0, omit_header=opened.tell() > 0, include_lineno=False)


if __name__ == "__main__":
    if sys.argv[1:] == ["collect"]:
        collect()
    else:
        wrong = list(mistakes())
        sys.stdout.write("".join(f"{line}\n" for line in dict.fromkeys(wrong)))
        sys.exit(1 if wrong else 0)
