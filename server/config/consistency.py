"""Mistakes between sections: names used twice, names that nothing has, and addresses that lead nowhere.

Works on the file's plain content, so that these are found even where a section has mistakes of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from server.config.addresses import AGENT
from server.config.desk_keys import keys_used_twice
from server.config.printer_address import AgentAddress, PrinterAddress, parse_printer
from server.config.section import Mistake
from server.config.settings import ALL_SERVICES
from server.config.shared_lines import shared_lines
from server.config.window_names import unknown_in_windows
from server.told import told

_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 — what is looked for, not what is listened on

_UNIQUE = (
    ("departments", "code"),
    ("services", "code"),
    ("windows", "number"),
    ("kiosks", "id"),
    ("zones", "id"),
    ("displays", "id"),
    ("speakers", "id"),
    ("keypads", "window"),
    ("strips", "window"),
)
_REFERENCES = (
    ("services", "department", "departments", "code"),
    ("windows", "services", "services", "code"),
    ("zones", "windows", "windows", "number"),
    ("displays", "zone", "zones", "id"),
    ("displays", "window", "windows", "number"),
    ("speakers", "zone", "zones", "id"),
    ("pads", "window", "windows", "number"),
    ("keypads", "window", "windows", "number"),
    ("strips", "window", "windows", "number"),
)


def inconsistencies(content: Any) -> Iterator[Mistake]:
    """(path, what is wrong) for each mistake that can be seen in `content`, whatever its shape."""
    for section, field in _UNIQUE:
        yield from _used_twice(content, section, field)
    for section, field, target, key in _REFERENCES:
        yield from _unknown(content, section, field, {value for _, value in _values(content, target, key)})
    yield from unknown_in_windows(content)
    yield from _two_speakers_in_one(content)
    yield from _speakers_without_screen(content)
    yield from _reserved(content)
    yield from _one_printer_two_ways(content)
    yield from shared_lines(content)
    yield from _two_pads_of_an_agent(content)
    yield from _ticket_without_address(content)
    yield from keys_used_twice(content)


def _values(content: Any, section: str, field: str) -> Iterator[tuple[str, Any]]:
    """(path, value) of a field in every row of a section; of each member where the value is a list."""
    rows = content.get(section) if isinstance(content, dict) else None
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        value = row.get(field) if isinstance(row, dict) else None
        members = enumerate(value) if isinstance(value, list) else ((None, value),)
        for place, member in members:
            if isinstance(member, str | int):
                where = f"{section}.{index}.{field}"
                yield (where if place is None else f"{where}.{place}"), member


def _used_twice(content: Any, section: str, field: str) -> Iterator[Mistake]:
    seen = set()
    for path, value in _values(content, section, field):
        if value in seen:
            yield path, told("%(value)r is used twice", value=value)
        seen.add(value)


def _unknown(content: Any, section: str, field: str, known: set[Any]) -> Iterator[Mistake]:
    for path, value in _values(content, section, field):
        if value not in known and not (field == "services" and value == ALL_SERVICES):
            yield path, told("there is no %(value)r", value=value)


def _two_speakers_in_one(content: Any) -> Iterator[Mistake]:
    """Two voices would speak at once. An agent may have several speakers, and says itself where each is."""
    seen = set()
    for path, value in _values(content, "speakers", "at"):
        if value in seen and not str(value).startswith("agent://"):
            yield path, told("%(value)r is used twice", value=value)
        seen.add(value)


def _speakers_without_screen(content: Any) -> Iterator[Mistake]:
    """A voice that comes from a page needs that screen; whose address is none is another mistake."""
    screens = {value for _, value in _values(content, "displays", "id")}
    for path, value in _values(content, "speakers", "at"):
        kind, _, name = str(value).partition("://")
        if kind == "display" and name not in screens:
            yield path, told("there is no display %(name)r", name=name)


def _reserved(content: Any) -> Iterator[Mistake]:
    for path, value in _values(content, "services", "code"):
        if value == ALL_SERVICES:
            yield path, told("%(word)r already means every service at a window", word=ALL_SERVICES)


def _one_printer_two_ways(content: Any) -> Iterator[Mistake]:
    """Two places may share a printer, but it cannot be two different ones."""
    seen: dict[PrinterAddress, Any] = {}
    for section in ("kiosks", "windows"):
        rows = content.get(section) if isinstance(content, dict) else None
        for index, row in enumerate(rows if isinstance(rows, list) else ()):
            printer = row.get("printer") if isinstance(row, dict) else None
            link = printer.get("link") if isinstance(printer, dict) else None
            # An agent may have several, and says itself how each is reached.
            address = _printer_address(link)
            if printer is None or address is None or isinstance(address, AgentAddress):
                continue
            described = {**printer, "link": address}
            if seen.setdefault(address, described) != described:
                yield f"{section}.{index}.printer", told("%(link)s is described in another way before", link=link)


def _two_pads_of_an_agent(content: Any) -> Iterator[Mistake]:
    """An agent knows its pads by their windows."""
    seen = set()
    rows = content.get("pads") if isinstance(content, dict) else None
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        link, window = (row.get("link"), row.get("window")) if isinstance(row, dict) else (None, None)
        if not str(link).startswith(AGENT) or not isinstance(window, int):
            continue
        if (link, window) in seen:
            yield (
                f"pads.{index}.link",
                told("%(link)s has a pad at window %(window)s already", link=link, window=window),
            )
        seen.add((link, window))


def _printer_address(link: Any) -> PrinterAddress | None:
    """None for what is no address: that is another mistake."""
    try:
        return parse_printer(link) if isinstance(link, str) else None
    except ValueError:
        return None


def _ticket_without_address(content: Any) -> Iterator[Mistake]:
    """A server that listens everywhere does not know at which address a phone reaches it."""
    server = content.get("server") if isinstance(content, dict) else None
    if not isinstance(server, dict) or server.get("host") not in _EVERYWHERE or server.get("public_url"):
        return
    kiosks = content.get("kiosks")
    if any(isinstance(kiosk, dict) and kiosk.get("printer") for kiosk in (kiosks if isinstance(kiosks, list) else ())):
        yield "server.public_url", told("needed for the tickets' QR code, because server.host is no address to reach")
