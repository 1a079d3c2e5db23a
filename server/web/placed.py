"""The hall's devices with the places where they stand, in the words of its configuration."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from server.config import Settings
from server.config.printer_address import agent_of, parse_printer
from server.hall.printing import printer_window
from server.messages import PlaceOut

States = Iterable[dict[str, Any]]
"""As `Agent.states` tells them."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One device. `ids`: several when places share it, such as two windows with one printer between them."""

    kind: str
    ids: tuple[str, ...]
    places: tuple[PlaceOut, ...]
    state: str
    reason: str | None
    paper: Literal["ok", "near", "out"] | None
    cover: Literal["open", "closed"] | None

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.ids[0]


def placed(states: States, settings: Settings) -> list[Placed]:
    """Every device once, in the order in which the agents tell of them."""
    # Of the printers at an agent only that knows which are the same.
    own = {name: printer for name, printer in settings.printers().items() if agent_of(printer.link) is None}
    links = {name: str(parse_printer(printer.link)) for name, printer in own.items()}
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for state in states:
        kind, name = str(state["kind"]), str(state["id"])
        shared = links.get(name, name) if kind == "printer" else name
        groups.setdefault((kind, shared), []).append(state)
    return [_one(group, settings) for group in groups.values()]


def printer_place(name: str, settings: Settings) -> PlaceOut:
    """Where a printer stands, by its name in `Settings.printers`."""
    window = printer_window(name)
    if window is not None:
        return _window(window, settings)
    found = next((kiosk for kiosk in settings.kiosks if kiosk.id == name), None)
    return _place("kiosk", name, found.name if found else name, found.name_en if found else name)


def _one(group: list[dict[str, Any]], settings: Settings) -> Placed:
    first = group[0]
    return Placed(
        kind=first["kind"],
        ids=tuple(state["id"] for state in group),
        places=tuple(_place_of(state, settings) for state in group),
        state=first["state"],
        reason=first["reason"],
        paper=first.get("paper"),
        cover=first.get("cover"),
    )


def _place_of(state: dict[str, Any], settings: Settings) -> PlaceOut:
    kind, name = state["kind"], state["id"]
    if kind == "printer":
        return printer_place(name, settings)
    if "window" in state:
        return _window(state["window"], settings)
    named = settings.displays if kind == "display" else settings.speakers if kind == "speaker" else ()
    found = next((one.name for one in named if one.id == name), name)
    return _place(kind, name, found, found)


def _window(number: int, settings: Settings) -> PlaceOut:
    found = next((window for window in settings.windows if window.number == number), None)
    return _place("window", str(number), found.name if found else "", found.name_en if found else "")


def _place(kind: str, name: str, words: str, words_en: str) -> PlaceOut:
    return PlaceOut(kind=kind, id=name, name=words, name_en=words_en)
