"""Digits on the pads' own frame, and other makers' frames by template."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hall_server import ROOT
from hypothesis import given
from hypothesis import strategies as st

from display.strip import digits, template
from display.strip.codec import NOTHING, Heard
from display.strip.codecs import strip_mistakes
from display.strip.picture import Picture
from display.strip.template import TemplateCodec, load_template
from server.config import load_settings
from server.config.strips import StripSettings
from server.device.template_file import TemplateMistake

FULL = {
    "header": "7E {address} 10",
    "length": {"width": 2, "endian": "little", "bias": 1},
    "charset": "gbk",
    "fill": False,
    "longest": 5,
    "checksum": {"kind": "crc16-modbus", "start": 1, "endian": "little"},
    "tail": "0D",
    "answer": "7E {address} 06",
    "golden": [{"address": 3, "text": "A", "frame": "7E 03 10 02 00 41 05 30 0D"}],
}


def written(folder: Path, **changed: object) -> str:
    file = folder / "maker.yaml"
    file.write_text(yaml.safe_dump(FULL | changed), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize(("address", "number", "frame"), digits.GOLDEN)
def test_digits_are_the_documented_bytes(address: int, number: str, frame: str) -> None:
    assert digits.DigitsCodec().show(address, Picture((), number)) == bytes.fromhex(frame)


def test_a_number_of_too_many_digits_shows_its_last_six() -> None:
    show = digits.DigitsCodec().show
    assert show(3, Picture((), "A12345678")) == show(3, Picture((), "345678"))


@given(st.binary(max_size=40))
def test_a_strip_of_digits_never_answers(noise: bytes) -> None:
    codec = digits.DigitsCodec()
    reader = codec.reader()
    assert not codec.answers
    assert {reader.hear(bytes([byte])) for byte in noise} <= {NOTHING}


def test_each_template_that_comes_along_makes_its_golden_frames() -> None:
    shipped = sorted(file.stem for file in Path(template.__file__).with_name("templates").glob("*.yaml"))
    assert shipped == ["tongping"]
    loaded = load_template("tongping")
    assert loaded.frame(3, "A012") == bytes.fromhex("AA 03 BB 01 00 00 04 41 30 31 32")


def test_a_template_says_header_length_text_checksum_tail_and_answer(tmp_path: Path) -> None:
    codec = TemplateCodec(load_template(written(tmp_path)), 3)
    assert codec.show(3, Picture(("   A    ",))) == bytes.fromhex("7E 03 10 02 00 41 05 30 0D")
    reader = codec.reader()
    assert [reader.hear(bytes([byte])) for byte in b"\x7e\x7e\x03\x06"] == [NOTHING] * 3 + [Heard(3, 3)]


def test_a_text_too_long_is_cut_at_a_whole_character(tmp_path: Path) -> None:
    loaded = load_template(written(tmp_path))
    assert loaded.frame(3, "窗口屏") == loaded.frame(3, "窗口")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"golden": [{"address": 3, "text": "A", "frame": "7E 03"}]}, "golden: made 7e 03 10 02 00 41"),
        ({"golden": []}, "golden: must have at least 1 entries"),
        ({"header": "7"}, "header: is not written as it must be: "),
        ({"colour": "red"}, "colour: there is no such setting"),
        ({"length": {"bias": -5}}, "does not fit into a length of 1 bytes"),
        ({"length": {"width": 2, "bias": -1}}, "-1 does not fit into a length of 2 bytes"),
        ({"length": {"bias": 251}}, "256 does not fit into a length of 1 bytes"),
        ({"answer": "06 " * 17}, "an answer has at most 16 bytes"),
    ],
)
def test_a_template_that_cannot_be_used_says_why(tmp_path: Path, changed: dict[str, object], told: str) -> None:
    with pytest.raises(TemplateMistake) as mistake:
        load_template(written(tmp_path, **changed))
    assert told in str(mistake.value)
    assert str(tmp_path / "maker.yaml") in str(mistake.value)


def test_a_template_that_is_not_there_says_so() -> None:
    with pytest.raises(TemplateMistake, match="No such file"):
        load_template("/nowhere/maker.yaml")


@given(st.text(max_size=60), st.integers(0, 255))
def test_a_template_takes_any_text(text: str, address: int) -> None:
    frame = load_template("tongping").frame(address, text)
    assert frame[1] == address
    assert int.from_bytes(frame[5:7], "big") == len(frame) - 7 <= 200


@pytest.mark.parametrize(
    ("answer", "alone", "told"),
    [
        ("06", False, ["strips.1.template: an answer of fewer than 3 bytes needs a line of its own"]),
        ("06", True, []),
        ("7E {address} 06", False, []),
        (None, False, []),
    ],
)
def test_an_answer_that_may_stand_in_a_pads_press_is_refused_on_its_line(
    tmp_path: Path, answer: str | None, alone: bool, told: list[str]
) -> None:
    settings = load_settings(ROOT / "config.yaml")
    link = "/dev/ttyS9" if alone else settings.pads[0].link
    strip = StripSettings(window=4, link=link, address=4, dialect="template", template=written(tmp_path, answer=answer))
    changed = settings.model_copy(update={"strips": (settings.strips[0], strip)})
    assert [f"{path}: {why}" for path, why in strip_mistakes(changed)] == told
