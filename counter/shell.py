"""The desk as an installed application: its manifest, and the worker that stands in for a server that is away."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Response, jsonify, render_template, url_for
from flask_babel import get_locale, gettext

from counter.pages import pages as pages
from server.web.context import context

_SCOPE = "/counter"
_STATIC = Path(__file__).parent / "static"
_WEB_STATIC = Path(__file__).parents[1] / "server" / "web" / "static"
_NEEDED = (*(f"css/{sheet}.css" for sheet in ("tokens", "base", "controls", "shapes", "notices")), "js/retry.js")
"""What the page of the worker is made of, beside itself."""


@pages.get("/counter/manifest.webmanifest")
def manifest() -> Response:
    """What a browser installs: the desk, under the hall's name in the page's language."""
    hall = context().settings.hall
    name = hall.name_en or hall.name if _language() == "en" else hall.name
    kept: dict[str, Any] = {
        "id": _SCOPE,
        "name": gettext("Counter – %(hall)s", hall=name),
        "short_name": gettext("Counter"),
        "lang": "en" if _language() == "en" else "zh-CN",
        "start_url": f"{_SCOPE}?lang={_language()}",
        "scope": _SCOPE,
        "display": "standalone",
        "background_color": "#edf2f8",
        "theme_color": "#081b3d",
        "icons": [
            {"src": _icon("192"), "sizes": "192x192", "type": "image/png"},
            {"src": _icon("512"), "sizes": "512x512", "type": "image/png"},
            {"src": _icon("maskable"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        ],
    }
    answer = jsonify(kept)
    answer.mimetype = "application/manifest+json"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@pages.get("/counter/offline")
def offline() -> str:
    """What the worker shows while the server is away. It has no data of anybody."""
    return render_template("counter/offline.html", hall=context().settings.hall)


@pages.get("/counter/sw.js")
def worker() -> Response:
    """The worker's script. It differs whenever a file of its page does, so that a browser takes the new one."""
    source = (_STATIC / "worker.js").read_text(encoding="utf-8")
    page = offline()
    parts = [source, page, *((_WEB_STATIC / needed).read_text(encoding="utf-8") for needed in _NEEDED)]
    shell = {
        "version": sha256("\n".join(parts).encode()).hexdigest()[:16],
        "page": url_for("counter.offline", lang=_language()),
        "files": [url_for("web.static", filename=needed) for needed in _NEEDED],
    }
    answer = Response(f"const SHELL = {json.dumps(shell)};\n\n{source}", mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    # The desk's own address has no slash at its end, so it lies outside the folder of the script.
    answer.headers["Service-Worker-Allowed"] = _SCOPE
    return answer


def _language() -> str:
    return "en" if str(get_locale()) == "en" else "zh"


def _icon(name: str) -> str:
    return url_for("counter.static", filename=f"icons/{name}.png")
