"""A small web page beside the virtual printer: look at the papers, pull the paper out, open the cover.

`GET /` page · `GET /state` JSON · `GET /papers/NNNN.png` · `POST /fault` JSON of changed faults · `POST /reload`.
"""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import Final

from kiosk.virtual_printer.faults import FaultInvalid
from kiosk.virtual_printer.printer import VirtualPrinter

_SHOWN: Final = 12
_MAX_BODY: Final = 10_000
_FILES: Final = {
    "/": ("page.html", "text/html; charset=utf-8"),
    "/page.js": ("page.js", "text/javascript; charset=utf-8"),
    "/page.css": ("page.css", "text/css; charset=utf-8"),
}


class Control:
    """The web page's server, on the loopback interface only, in a thread of its own."""

    def __init__(self, printer: VirtualPrinter, port: int = 0) -> None:
        handler = type("Handler", (_Handler,), {"printer": printer})
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, name="virtual-printer-control", daemon=True)

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> None:
        """Serve."""
        self._thread.start()

    def stop(self) -> None:
        """Stop serving and give the port back."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    printer: VirtualPrinter

    def do_GET(self) -> None:
        """The page, its parts, the state, a paper."""
        if self.path in _FILES:
            name, kind = _FILES[self.path]
            self._send(200, kind, (files("kiosk.virtual_printer") / name).read_bytes())
        elif self.path == "/state":
            self._send_json(200, self._state())
        elif self.path.startswith("/papers/") and self.path.endswith(".png"):
            picture = self.printer.archive.picture(self.path[len("/papers/") : -len(".png")])
            if picture is None:
                self._refuse(404, "no_such_paper", "there is no such paper")
            else:
                self._send(200, "image/png", picture)
        else:
            self._refuse(404, "not_found", "there is no such page")

    def do_POST(self) -> None:
        """Change faults."""
        # A foreign web page can post forms to the loopback interface, but not JSON without asking first.
        if self.headers.get_content_type() != "application/json":
            self._refuse(415, "not_json", "send application/json")
            return
        if self.path == "/reload":
            self.printer.reload_paper()
        elif self.path == "/fault":
            try:
                self.printer.faults = self.printer.faults.merged(self._body())
            except FaultInvalid as error:
                self._refuse(400, "fault_invalid", str(error))
                return
        else:
            self._refuse(404, "not_found", "there is no such page")
            return
        self._send_json(200, self._state())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base class's name
        """Say nothing: the program's output is one line of JSON."""

    def _state(self) -> dict[str, object]:
        printer = self.printer
        return {
            "faults": printer.faults.as_json(),
            "papers": printer.archive.names()[:_SHOWN],
            "errors": printer.errors[-_SHOWN:],
            "pulses": printer.pulses,
        }

    def _body(self) -> dict[str, object]:
        """The posted object. Raises FaultInvalid."""
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > _MAX_BODY:
            raise FaultInvalid(f"send between 0 and {_MAX_BODY} bytes")
        try:
            body = json.loads(self.rfile.read(int(length)))
        except ValueError as error:
            raise FaultInvalid(f"not JSON: {error}") from error
        if not isinstance(body, dict):
            raise FaultInvalid("send an object of faults")
        return body

    def _refuse(self, status: int, code: str, message: str) -> None:
        self._send_json(status, {"error": {"code": code, "message": message}})

    def _send_json(self, status: int, value: object) -> None:
        self._send(status, "application/json", json.dumps(value).encode("ascii"))

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write(body)
