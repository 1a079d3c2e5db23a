"""What the voice tests share: the built clip pack, Chromium, and a small web server for pages that make sound."""

import json
import queue
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from chromium import Browsers
from playwright.sync_api import Browser

from server.voice.building import build_clips
from server.voice.sound import bell, write_wav

ROOT = Path(__file__).parents[2]
SCRIPTS = [ROOT / "display" / "static", ROOT / "server" / "voice", ROOT / "server" / "web" / "static" / "vendor"]
TYPES = {".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".wav": "audio/wav"}
# The screens' own policy; a chart or a player that needs more would fail there.
POLICY = "default-src 'self'"

PAGE = """<!doctype html><meta charset="utf-8"><title>voice</title><script type="module" src="/page.js"></script>"""
# States are posted, not asked for: an evaluation from outside counts as a user's gesture and would start the sound.
PAGE_SCRIPT = """
import { openVoice } from "/voice.js";
const post = (line) => fetch("/said", { method: "POST", body: line });
window.told = [];
fetch("/manifest.json").then((answer) => answer.json()).then((manifest) => {
  const voice = openVoice({ display: "hall", voice: { speaks: true, missing: 0, manifest } }, "me", (state) => {
    window.shown = state;
  });
  voice.connect((event, message) => {
    window.told.push([event, message]);
    if (event === "sound") post(message.state);
  });
  window.voice = voice;
  window.order = (id, clips, more = {}) => voice.update(
    { id, page: "me", clips, chime: true, pause: 0.3, volume: 1, text: id, ...more });
  document.addEventListener("click", () => voice.unlock());
  voice.player.ready.then((failed) => post("loaded " + failed.join(" ")));
});
"""


class Site:
    """A folder of files on loopback, and the lines its pages post."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: queue.Queue[str] = queue.Queue()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, self))
        self.base = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def heard(self, wanted: str) -> list[str]:
        """Wait until a page has posted `wanted`; the lines up to it."""
        lines = [self.said.get(timeout=15)]
        while lines[-1] != wanted:
            lines.append(self.said.get(timeout=15))
        return lines

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, site: Site, *details: object) -> None:
        self.site = site
        super().__init__(*details)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        name = self.path.partition("?")[0].lstrip("/") or "index.html"
        name = name.replace("static/voice/", "static/")  # where the server's application has the player
        file = next((f for folder in (self.site.folder, *SCRIPTS) if (f := folder / name).is_file()), None)
        self.send_response(200 if file else 404)
        self.send_header("Content-Type", TYPES.get(Path(name).suffix, "text/plain"))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        if file:
            self.wfile.write(file.read_bytes())

    def do_POST(self) -> None:
        self.site.said.put(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Requests are no news here."""


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default clips, as set-up builds them."""
    folder = tmp_path_factory.mktemp("clips")
    build_clips(folder)
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A page with a voice, whose five clips are 0.1 s beeps; "gone" is promised and not there."""
    names = ["chime", "a", "b", "c", "d"]
    for step, name in enumerate(names):
        write_wav(tmp_path / f"{name}.wav", bell(400.0 + 100 * step, 0.1, 22050), 22050)
    manifest = {name: {"url": f"/{name}.wav", "seconds": 0.1} for name in [*names, "gone"]}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "page.js").write_text(PAGE_SCRIPT)
    opened = Site(tmp_path)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def screen_browser(browsers: Browsers) -> Browser:
    """Chromium as a hall screen runs it: sound without a touch."""
    return browsers.get()


@pytest.fixture(scope="session")
def plain_browser(browsers: Browsers) -> Browser:
    """Chromium as anybody starts it: silent until touched."""
    return browsers.get(touch=True)
