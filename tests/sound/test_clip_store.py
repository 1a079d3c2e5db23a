"""An agent's copies of the server's clips: fetched once, fetched anew when they change, good without a network."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest

from display.sound.clip_store import ClipStore
from display.sound.clips import ClipsMissing
from server.device.server_link import ServerLink


class ClipServer:
    """What it is asked for, oldest first; `contents` by name."""

    def __init__(self) -> None:
        self.contents = {"zh/qing": b"first", "zh/hao": b"hao"}
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                name = unquote(self.path.partition("?")[0].removeprefix("/h/1/voice/clips/").removesuffix(".wav"))
                content = outer.contents.get(name)
                self.send_response(200 if content is not None else 404)
                self.send_header("Content-Length", str(len(content or b"")))
                self.end_headers()
                self.wfile.write(content or b"")

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self._server.server_port}/h/1"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[ClipServer]:
    server = ClipServer()
    yield server
    server.close()


@pytest.fixture
def store(server: ClipServer, tmp_path: Path) -> Iterator[ClipStore]:
    link = ServerLink(server.base, "t" * 16)
    yield ClipStore(link, tmp_path / "clips")
    link.close()


def test_a_clip_is_fetched_once(server: ClipServer, store: ClipStore) -> None:
    store.expect({"zh/qing": "a1", "zh/hao": "b1"})
    first = store.files(["zh/qing", "zh/hao"])
    assert {name: file.read_bytes() for name, file in first.items()} == server.contents
    assert store.files(["zh/qing", "zh/hao"]) == first
    assert sorted(server.asked) == ["/h/1/voice/clips/zh/hao.wav?v=b1", "/h/1/voice/clips/zh/qing.wav?v=a1"]


def test_a_new_version_takes_the_place_of_the_old_one(server: ClipServer, store: ClipStore, tmp_path: Path) -> None:
    store.expect({"zh/qing": "a1"})
    store.files(["zh/qing"])
    server.contents["zh/qing"] = b"second"
    store.expect({"zh/qing": "a2"})
    assert store.files(["zh/qing"])["zh/qing"].read_bytes() == b"second"
    assert [file.read_bytes() for file in (tmp_path / "clips").iterdir()] == [b"second"]


def test_a_name_may_be_a_sentence(server: ClipServer, store: ClipStore) -> None:
    name = "zh/announcements/请 各位..保管/好 100% 财物?"
    server.contents[name] = b"sentence"
    store.expect({name: "a1"})
    assert store.files([name])[name].read_bytes() == b"sentence"


def test_without_a_network_what_was_heard_before_is_heard_again(server: ClipServer, tmp_path: Path) -> None:
    link = ServerLink(server.base, "t" * 16)
    earlier = ClipStore(link, tmp_path / "clips")
    earlier.expect({"zh/qing": "a1"})
    earlier.files(["zh/qing"])
    link.close()
    server.close()
    store = ClipStore(ServerLink(server.base, "t" * 16), tmp_path / "clips")
    store.expect({"zh/qing": "a2"})
    assert store.files(["zh/qing"])["zh/qing"].read_bytes() == b"first"


def test_what_the_server_does_not_have_is_missing(store: ClipStore) -> None:
    store.expect({"zh/qing": "a1", "typed/0a1b": "c1"})
    with pytest.raises(ClipsMissing, match=r"^typed/0a1b$"):
        store.files(["zh/qing", "typed/0a1b"])
