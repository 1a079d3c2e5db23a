"""The control page of a virtual pad: press its keys, see its display, read its record.

    GET  /            the page            GET  /state    PadState
    GET  /face        what is printed on the pad and around it, constant
    POST /press       {"key": n}          200 {"sent": bool}, 400 for a key the pad does not have
    POST /garbage     {"hex": "FF 68"}    200 {"sent": bool}
    POST /unplug      POST /plug          200 {"plugged": bool}

Standard library only and on 127.0.0.1 only: it is a test instrument, not a part of the hall's web.
"""

from __future__ import annotations

import json
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import TYPE_CHECKING, Any, ClassVar

from evaluator.virtual_pad.faces import FACES, KEY_WORDS, PAGE_WORDS

if TYPE_CHECKING:
    from evaluator.virtual_pad.pad import VirtualPad

STATIC = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/pad.css": ("pad.css", "text/css; charset=utf-8"),
    "/seal.svg": ("seal.svg", "image/svg+xml"),
    "/pad.js": ("pad.js", "text/javascript; charset=utf-8"),
}
LONGEST_BODY = 4096
STOP_POLL_SECONDS = 0.1


class ControlServer:
    """The page of one pad, on a thread of its own. `port` 0 takes a free one."""

    def __init__(self, pad: VirtualPad, port: int) -> None:
        handler = type("PadHandler", (_Handler,), {"pad": pad})
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(STOP_POLL_SECONDS,), name=f"pad-{pad.window}-page", daemon=True
        )

    @property
    def url(self) -> str:
        """The page's address, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> None:
        """Serve from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Stop serving and free the port."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """One request. The pad is a class attribute, because http.server makes the handlers itself."""

    pad: ClassVar[VirtualPad]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The page, its files, and what it draws."""
        if self.path in STATIC:
            name, kind = STATIC[self.path]
            self._answer(HTTPStatus.OK, files("evaluator.virtual_pad").joinpath("static", name).read_bytes(), kind)
        elif self.path == "/state":
            self._json(HTTPStatus.OK, self.pad.state())
        elif self.path == "/face":
            self._json(HTTPStatus.OK, self._face())
        else:
            self._json(HTTPStatus.NOT_FOUND, {"error": f"nothing at {self.path}"})

    def do_POST(self) -> None:
        """Things done to the pad."""
        try:
            body = self._body()
            if self.path == "/press":
                answer = {"sent": self.pad.press(int(body["key"]))}
            elif self.path == "/garbage":
                answer = {"sent": self.pad.garbage(bytes.fromhex(body["hex"]))}
            elif self.path in ("/plug", "/unplug"):
                (self.pad.plug if self.path == "/plug" else self.pad.unplug)()
                answer = {"plugged": self.path == "/plug"}
            else:
                self._json(HTTPStatus.NOT_FOUND, {"error": f"nothing at {self.path}"})
                return
        except (KeyError, TypeError, ValueError) as error:
            self._json(HTTPStatus.BAD_REQUEST, {"error": str(error)})
        else:
            self._json(HTTPStatus.OK, answer)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name is http.server's
        """Say nothing: the page asks several times a second."""

    def _face(self) -> dict[str, Any]:
        keys = [{"key": key, "zh": word, "en": KEY_WORDS[word]} for key, word in self.pad.dialect.keys.items()]
        words = {
            name: {"zh": text.zh.format(window=self.pad.window), "en": text.en.format(window=self.pad.window)}
            for name, text in PAGE_WORDS.items()
        }
        return {"keys": keys, "words": words, "displays": {name: text._asdict() for name, text in FACES.items()}}

    def _body(self) -> dict[str, Any]:
        """The request's JSON object, {} without a body. Raises ValueError for anything else."""
        length = int(self.headers.get("Content-Length") or 0)
        if not 0 <= length <= LONGEST_BODY:
            self.close_connection = True  # the unread body would be taken for the next request
            raise ValueError(f"a body of {length} bytes")
        body = json.loads(self.rfile.read(length) or b"{}")
        if not isinstance(body, dict):
            raise ValueError("expected a JSON object")  # noqa: TRY004  one kind of bad request
        return body

    def _json(self, status: HTTPStatus, answer: object) -> None:
        self._answer(status, json.dumps(answer, ensure_ascii=False).encode(), "application/json; charset=utf-8")

    def _answer(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write(body)
