"""The control page of a virtual keypad: press its keys, see its display, read its record.

GET  /            the page            GET  /state    KeypadState
GET  /face        what is printed on the keypad and around it, constant
POST /press       {"key": "call"}     200 {"sent": bool}, 400 for a key the keypad does not have
POST /garbage     {"hex": "FF 68"}    200 {"sent": bool}
POST /unplug      POST /plug          200 {"plugged": bool}
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from counter.virtual_keypad.faces import KEYS, PAGE_WORDS
from server.device.control_page import Content, ControlPage, as_json

if TYPE_CHECKING:
    from counter.virtual_keypad.keypad import VirtualKeypad

STATIC = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/keypad.css": ("keypad.css", "text/css; charset=utf-8"),
    "/keypad.js": ("keypad.js", "text/javascript; charset=utf-8"),
    "/segments.js": ("segments.js", "text/javascript; charset=utf-8"),
    "/keypad.svg": ("keypad.svg", "image/svg+xml"),
}


def keypad_page(keypad: VirtualKeypad, port: int) -> ControlPage:
    """The page of one keypad. `port` 0 takes a free one."""
    gets: dict[str, Callable[[], Content]] = {
        "/state": lambda: as_json(keypad.state()),
        "/face": lambda: as_json(_face(keypad)),
    }
    gets |= {path: partial(_file, name, kind) for path, (name, kind) in STATIC.items()}

    def cable(plugged: bool, _: dict[str, Any]) -> dict[str, Any]:
        (keypad.plug if plugged else keypad.unplug)()
        return {"plugged": plugged}

    posts: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
        "/press": lambda body: {"sent": keypad.press(body["key"])},
        "/garbage": lambda body: {"sent": keypad.garbage(bytes.fromhex(body["hex"]))},
        "/plug": partial(cable, True),
        "/unplug": partial(cable, False),
    }
    return ControlPage(f"keypad-{keypad.window}", port, gets, posts)


def _file(name: str, kind: str) -> Content:
    return Content(files("counter.virtual_keypad").joinpath("static", name).read_bytes(), kind)


def _face(keypad: VirtualKeypad) -> dict[str, Any]:
    words = {
        name: {"zh": text.zh.format(window=keypad.window), "en": text.en.format(window=keypad.window)}
        for name, text in PAGE_WORDS.items()
    }
    return {"keys": [key._asdict() for key in KEYS], "words": words}
