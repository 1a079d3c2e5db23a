"""A virtual device's control page: standard library only, on 127.0.0.1 only; a test instrument and no part of the hall.

Its paths are given as tables: what `GET` answers, and what `POST` does with its JSON object.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, NamedTuple

LONGEST_BODY = 4096
STOP_POLL_SECONDS = 0.1


class Content(NamedTuple):
    """One answer: the bytes and their media type."""

    body: bytes
    kind: str


Gets = Mapping[str, Callable[[], Content]]
Posts = Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]]
"""What is done raises KeyError, TypeError or ValueError for what it cannot do (400)."""


class ControlPage:
    """One device's page, on a thread of its own. `port` 0 takes a free one."""

    def __init__(self, name: str, port: int, gets: Gets, posts: Posts) -> None:
        handler = type("ControlHandler", (_Handler,), {"gets": gets, "posts": posts})
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(STOP_POLL_SECONDS,), name=f"{name}-page", daemon=True
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


def as_json(answer: object) -> Content:
    return Content(json.dumps(answer, ensure_ascii=False).encode(), "application/json; charset=utf-8")


class _Handler(BaseHTTPRequestHandler):
    """One request. The tables are class attributes, because http.server makes the handlers itself."""

    gets: ClassVar[Gets]
    posts: ClassVar[Posts]
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The page, its files, and what it draws."""
        get = self.gets.get(self.path.partition("?")[0])
        if get is None:
            self._answer(HTTPStatus.NOT_FOUND, as_json({"error": f"nothing at {self.path}"}))
        else:
            self._answer(HTTPStatus.OK, get())

    def do_POST(self) -> None:
        """Things done to the device."""
        post = self.posts.get(self.path)
        try:
            body = self._body()
            if post is None:
                self._answer(HTTPStatus.NOT_FOUND, as_json({"error": f"nothing at {self.path}"}))
                return
            answer = post(body)
        except (KeyError, TypeError, ValueError) as error:
            self._answer(HTTPStatus.BAD_REQUEST, as_json({"error": str(error)}))
        else:
            self._answer(HTTPStatus.OK, as_json(answer))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name is http.server's
        """Say nothing: the page asks several times a second."""

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

    def _answer(self, status: HTTPStatus, content: Content) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content.kind)
        self.send_header("Content-Length", str(len(content.body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write(content.body)
