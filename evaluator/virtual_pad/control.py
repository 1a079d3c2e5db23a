"""The control page of a virtual pad: press its keys, see its display, read its record.

GET  /            the page            GET  /state    PadState
GET  /face        what is printed on the pad and around it, constant
POST /press       {"key": n}          200 {"sent": bool}, 400 for a key the pad does not have
POST /garbage     {"hex": "FF 68"}    200 {"sent": bool}
POST /unplug      POST /plug          200 {"plugged": bool}
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evaluator.virtual_pad.faces import FACES, KEY_WORDS, PAGE_WORDS
from server.device.control_page import Content, ControlPage, as_json

if TYPE_CHECKING:
    from evaluator.virtual_pad.pad import VirtualPad

STATIC = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/pad.css": ("pad.css", "text/css; charset=utf-8"),
    "/seal.svg": ("seal.svg", "image/svg+xml"),
    "/pad.js": ("pad.js", "text/javascript; charset=utf-8"),
}


def pad_page(pad: VirtualPad, port: int) -> ControlPage:
    """The page of one pad. `port` 0 takes a free one."""
    gets: dict[str, Callable[[], Content]] = {
        "/state": lambda: as_json(pad.state()),
        "/face": lambda: as_json(_face(pad)),
    }
    gets |= {path: partial(_file, name, kind) for path, (name, kind) in STATIC.items()}

    def cable(plugged: bool, _: dict[str, Any]) -> dict[str, Any]:
        (pad.plug if plugged else pad.unplug)()
        return {"plugged": plugged}

    posts: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
        "/press": lambda body: {"sent": pad.press(int(body["key"]))},
        "/garbage": lambda body: {"sent": pad.garbage(bytes.fromhex(body["hex"]))},
        "/plug": partial(cable, True),
        "/unplug": partial(cable, False),
    }
    return ControlPage(f"pad-{pad.window}", port, gets, posts)


def _file(name: str, kind: str) -> Content:
    return Content(files("evaluator.virtual_pad").joinpath("static", name).read_bytes(), kind)


def _face(pad: VirtualPad) -> dict[str, Any]:
    keys = [{"key": key, "zh": word, "en": KEY_WORDS[word]} for key, word in pad.dialect.keys.items()]
    words = {
        name: {"zh": text.zh.format(window=pad.window), "en": text.en.format(window=pad.window)}
        for name, text in PAGE_WORDS.items()
    }
    return {"keys": keys, "words": words, "displays": {name: text._asdict() for name, text in FACES.items()}}
