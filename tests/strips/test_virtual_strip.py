"""The strip that is a program: what its LEDs show, and its control page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from chromium import OpenPage, violations
from PIL import Image

from display.strip.hallqueuefront import HallQueueFrontCodec
from display.strip.picture import EXTENTS, Picture
from display.virtual_strip import VirtualStrip, leds
from display.virtual_strip.leds import CELL, FontMissing, dots_of
from display.virtual_strip.panel import Glyph
from server.config.strips import StripColour
from server.device.serial_port import open_serial

CODEC = HallQueueFrontCodec()


@pytest.fixture
def strip(tmp_path: Path) -> Iterator[VirtualStrip]:
    made = VirtualStrip(3, 3, link=tmp_path / "strip")
    made.start()
    yield made
    made.stop()


def tell(strip: VirtualStrip, text: str, colour: StripColour = "red", address: int = 3) -> bytes:
    """What it answers within 0.3 s."""
    link = open_serial(strip.link)
    try:
        link.write(CODEC.show(address, Picture((text,), colour=colour)))
        return link.read(0.3)
    finally:
        link.close()


def test_it_shows_what_it_was_told_and_confirms(strip: VirtualStrip) -> None:
    assert tell(strip, "请A012号", "green") == bytes.fromhex("A0 90 03 A5 AA")
    state = strip.state()
    assert (state["text"], state["colours"]) == ("请A012号", ["green"])


def test_it_minds_its_own_address(strip: VirtualStrip) -> None:
    assert tell(strip, "请A012号", address=4) == b""
    assert strip.state()["text"] == ""


@pytest.mark.parametrize(
    ("fault", "answer", "text"),
    [("mute", b"", "请A012号"), ("corrupt", bytes.fromhex("A0 90 03 A5 AB"), "请A012号"), ("off", b"", "")],
)
def test_it_has_the_faults_of_real_ones(strip: VirtualStrip, fault: str, answer: bytes, text: str) -> None:
    requests.post(f"{strip.control_url}/fault", json={fault: True}, timeout=20).raise_for_status()
    assert tell(strip, "请A012号") == answer
    assert strip.state()["text"] == text


def test_power_that_goes_takes_the_text_along(strip: VirtualStrip) -> None:
    tell(strip, "请A012号")
    strip.fault(off=True)
    strip.fault(off=False)
    assert strip.state()["text"] == ""


def test_a_fault_it_does_not_know_is_refused(strip: VirtualStrip) -> None:
    answer = requests.post(f"{strip.control_url}/fault", json={"burnt": True}, timeout=20)
    assert answer.status_code == 400
    assert requests.get(f"{strip.control_url}/nothing", timeout=20).status_code == 404


def test_its_picture_has_the_colour_and_the_dots_of_its_text(strip: VirtualStrip) -> None:
    dark = Image.open(io.BytesIO(strip.picture()))
    tell(strip, "请A012号", "yellow")
    answer = requests.get(f"{strip.control_url}/picture.png", timeout=20)
    lit = Image.open(io.BytesIO(answer.content))
    assert answer.headers["Content-Type"] == "image/png"
    assert lit.size == dark.size == (64 * leds.PITCH + 24, 16 * leds.PITCH + 24)
    assert (255, 200, 48) in {colour for _, colour in lit.getcolors()}
    assert (255, 200, 48) not in {colour for _, colour in dark.getcolors()}


def test_its_page_shows_the_leds_and_pulls_the_plug(strip: VirtualStrip, open_page: OpenPage) -> None:
    tell(strip, "请A012号", "yellow")
    page = open_page(strip.control_url, (1280, 800))
    page.wait_for_function("() => document.querySelector('#leds').alt === '请A012号'")
    page.wait_for_function("() => document.querySelector('#leds').naturalWidth > 400")
    assert violations(page) == []
    page.click("#off")
    page.wait_for_function("() => document.querySelector('#leds').alt === ''")
    assert page.get_attribute("#off", "aria-pressed") == "true"


def test_a_character_is_sixteen_dots_high_and_the_next_begins_beside_it() -> None:
    one = "\n".join("".join("#" if dot else "." for dot in line[8:16]) for line in _dots(" 1"))
    assert [line for line in one.split("\n") if "#" in line] == [
        "....#...",
        "...##...",
        "..#.#...",
        "....#...",
        "....#...",
        "....#...",
        "....#...",
        "....#...",
        "....#...",
        "..#####.",
    ]
    wide = _dots("号1")
    assert any(line[15] or line[0] or line[8] for line in wide)
    assert [line[16:24] for line in wide] == [line[8:16] for line in _dots(" 1")]


def _dots(text: str) -> leds.Dots:
    dots = dots_of((tuple(Glyph(sign, "red") for sign in text),), EXTENTS["64x16"])
    assert len(dots) == CELL
    return dots


def test_a_missing_font_names_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    leds._font.cache_clear()
    leds._bitmap.cache_clear()
    monkeypatch.setattr(leds, "FONT", tmp_path / "none.otf")
    with pytest.raises(FontMissing, match="install fonts-unifont"):
        _dots("1")
