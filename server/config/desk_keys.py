"""The keys of the clerk's desk: one combination for each action, as `F8`, `Alt+M`, `Ctrl+Shift+Z`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator

from server.config.section import Mistake, Section
from server.told import told

_MODIFIERS = ("Ctrl", "Alt", "Shift")
_ALONE = (*(f"F{n}" for n in range(1, 13)), "Insert", "Pause", "PageUp", "PageDown")
_LETTERS = (*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *"0123456789")
_NAMES = {name.casefold(): name for name in (*_MODIFIERS, *_ALONE, *_LETTERS)}
_KEPT_FREE = ("F1", "F5", "F6", "F11", "F12")
"""Help, loading anew, the address, the full screen and the browser's tools, whatever is held with them."""
_BROWSERS = frozenset(
    {
        *(f"Ctrl+{shift}{key}" for shift in ("", "Shift+") for key in "NQRTW"),
        *("Alt+F4", "Ctrl+F4", "Ctrl+PageUp", "Ctrl+PageDown", "Ctrl+Shift+PageUp", "Ctrl+Shift+PageDown"),
        *("Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X"),
    }
)
"""What a browser never gives to a page (a tab, a window), and what whoever writes in a field needs."""


def parse_keys(text: str) -> str:
    """The combination as it is written everywhere: modifiers first, in their order. Raises ValueError."""
    parts = [_NAMES.get(part.strip().casefold()) for part in text.split("+")]
    *held, key = parts
    if None in parts or key in _MODIFIERS or len(set(held)) < len(held) or not {*held} <= {*_MODIFIERS}:
        raise ValueError(told("%(text)r is no combination such as F8, Alt+M or Ctrl+Z", text=text))
    if key in _KEPT_FREE:
        raise ValueError(told("%(key)s is the browser's own", key=key))
    if key in _LETTERS and not {*held} & {"Ctrl", "Alt"}:
        raise ValueError(told("%(key)s alone is for writing: hold Ctrl or Alt with it", key=key))
    if {"Ctrl", "Alt"} <= {*held}:
        raise ValueError(told("Ctrl and Alt together write characters on many keyboards"))
    keys = "+".join([*(name for name in _MODIFIERS if name in held), str(key)])
    if keys in _BROWSERS:
        raise ValueError(told("%(keys)s is the browser's own", keys=keys))
    return keys


Keys = Annotated[str, AfterValidator(parse_keys)] | None


class KeySettings(Section):
    """One field for each action of `counter.desk_actions`; null leaves it without a key."""

    main: Keys = "F8"
    finish: Keys = "F9"
    hold: Keys = "F7"
    transfer: Keys = "F10"
    more: Keys = "Alt+M"
    recall: Keys = "F2"
    no_show: Keys = "F4"
    undo: Keys = "Ctrl+Z"
    verify: Keys = "Alt+Y"
    not_shown: Keys = "Alt+X"
    call: Keys = "Alt+C"
    direct: Keys = "Alt+N"
    resume: Keys = "Alt+R"
    rejoin: Keys = "Alt+J"
    put_back: Keys = "Alt+B"
    priority: Keys = "Alt+I"
    bookings: Keys = "Alt+A"
    services: Keys = "Alt+S"
    outcome: Keys = "Shift+F9"
    slip: Keys = "F3"
    refer: Keys = "Alt+Q"
    correct: Keys = "Alt+V"
    again: Keys = "Alt+T"
    issue: Keys = "Alt+Z"
    paper: Keys = "Shift+F3"
    hand_over: Keys = "Shift+F8"
    pause: Keys = "Alt+P"
    menu: Keys = "Alt+U"
    leave: Keys = "Alt+L"
    sign_out: Keys = "Alt+O"
    waiting: Keys = "Alt+W"
    aside: Keys = "Alt+H"
    devices: Keys = "Alt+G"
    help: Keys = "Alt+K"


class CounterSettings(Section):
    keys: KeySettings = KeySettings()


def keys_used_twice(content: Any) -> Iterator[Mistake]:
    """Two actions with one combination, also where one of them has it by default."""
    section = content.get("counter") if isinstance(content, dict) else None
    given = section.get("keys") if isinstance(section, dict) else None
    if not isinstance(given, dict):
        return
    defaults = {name: field.default for name, field in KeySettings.model_fields.items()}
    taken = {keys: name for name, keys in defaults.items() if name not in given}
    for name in (name for name in given if name in defaults):
        try:
            keys = parse_keys(str(given[name])) if given[name] is not None else None
        except ValueError:
            continue
        if keys is not None and keys in taken:
            yield (
                f"counter.keys.{name}",
                told("%(keys)s is the key of %(action)r already", keys=keys, action=taken[keys]),
            )
        taken.setdefault(keys, name)
