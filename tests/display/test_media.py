"""A hall's own pictures and videos on its screens."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from chromium import OpenPage
from hall_server import PATIENCE, HallServer, StartHall
from PIL import Image
from playwright.sync_api import Page, expect

from server.config import warnings
from server.config.loading import load_settings

OpenScreen = Callable[..., Page]
RECORD = """() => new Promise((done) => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 64;
  const pen = canvas.getContext("2d");
  const recorder = new MediaRecorder(canvas.captureStream(10), { mimeType: "video/webm" });
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.onstop = () => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1]);
    reader.readAsDataURL(new Blob(parts));
  };
  recorder.start();
  let frames = 0;
  const timer = setInterval(() => {
    pen.fillStyle = frames % 2 ? "red" : "blue";
    pen.fillRect(0, 0, 64, 64);
    frames += 1;
    if (frames === 12) { clearInterval(timer); recorder.stop(); }
  }, 100);
})"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "media"
    made.mkdir()
    Image.new("RGB", (320, 180), "navy").save(made / "1 picture.png")
    (made / "notes.txt").write_text("not for the screen", encoding="utf-8")
    (made / ".hidden.png").write_bytes(b"")
    return made


@pytest.fixture
def hall(start_hall: StartHall, folder: Path) -> HallServer:
    screens = [
        {"id": "hall", "name": "主屏", "media": {"folder": str(folder), "seconds": 3}},
        {"id": "bare", "name": "副屏"},
    ]
    server = start_hall(displays=screens, speakers=[])
    server.open(3)
    return server


def get(hall: HallServer, path: str, **headers: str) -> requests.Response:
    return requests.get(f"{hall.base}{path}", headers={**hall.device("display"), **headers}, timeout=PATIENCE)


def test_the_folder_is_read_anew_and_only_what_a_page_can_show_is_listed(hall: HallServer, folder: Path) -> None:
    first = get(hall, "/display/hall/media").json()
    assert (first["seconds"], first["sound"]) == (3, False)
    assert [one["sort"] for one in first["media"]] == ["picture"]
    (folder / "2.webm").write_bytes(b"x" * 1000)
    assert [one["sort"] for one in get(hall, "/display/hall/media").json()["media"]] == ["picture", "video"]
    assert get(hall, "/display/bare/media").status_code == 404
    assert requests.get(f"{hall.base}/display/hall/media", timeout=PATIENCE).status_code == 401


def test_a_video_comes_in_the_ranges_that_are_asked_for_and_once(hall: HallServer, folder: Path) -> None:
    (folder / "2.webm").write_bytes(bytes(range(256)) * 4)
    url = get(hall, "/display/hall/media").json()["media"][1]["url"]
    part = get(hall, url, Range="bytes=10-19")
    assert (part.status_code, part.content) == (206, bytes(range(10, 20)))
    whole = get(hall, url)
    assert whole.headers["Content-Type"] == "video/webm"
    assert get(hall, url, **{"If-None-Match": whole.headers["ETag"]}).status_code == 304


def test_nothing_outside_the_folder_can_be_fetched(hall: HallServer, folder: Path) -> None:
    (folder.parent / "secret.png").write_bytes(b"secret")
    for name in ("notes.txt", ".hidden.png", "..%2fsecret.png", "%2e%2e/secret.png", "absent.png"):
        assert get(hall, f"/display/hall/media/{name}").status_code == 404


def test_pictures_and_silent_videos_fill_the_idle_panel_and_are_gone_at_once_for_a_call(
    hall: HallServer, folder: Path, open_screen: OpenScreen, open_page: OpenPage
) -> None:
    studio = open_page(f"{hall.base}/healthz", (200, 200))
    (folder / "2.webm").write_bytes(base64.b64decode(studio.evaluate(RECORD)))
    page = open_screen(hall)
    media = page.locator("#media")
    expect(media.locator("img")).to_be_visible()
    expect(media.locator("video")).to_be_visible()
    page.wait_for_function("() => document.querySelector('#media video').currentTime > 0")
    assert page.evaluate("document.querySelector('#media video').muted")
    hall.issue("social-insurance")
    hall.post("windows/3/call-next")
    expect(page.locator("#panel-number")).to_have_text("A001")
    expect(media).to_be_hidden()
    expect(media.locator("video, img")).to_have_count(0)
    hall.post("windows/3/start")
    hall.post("windows/3/finish")
    expect(media).to_be_visible()


def test_a_folder_that_is_not_there_is_named_when_the_configuration_is_checked(hall: HallServer, folder: Path) -> None:
    assert warnings(load_settings(hall.config)) == []
    hall.edit_config(lambda content: content["displays"][0]["media"].update(folder=str(folder / "gone")))
    ((path, message),) = warnings(load_settings(hall.config))
    assert path == "displays.0.media.folder"
    assert "gone" in message
