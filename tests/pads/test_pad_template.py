"""Other makers' pads by template: what an installer may write, and what is refused with its path."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hall_server import ROOT
from pad_templates import ESCAPED, POLLED, SPONTANEOUS, TAXI, speaking, written

from evaluator.dialects import KeyPressed, NothingPressed, template
from evaluator.dialects.choosing import dialect_for, pad_mistakes
from evaluator.dialects.pattern import UNKNOWN, Pattern
from evaluator.dialects.template import TemplateDialect, load_template
from evaluator.virtual_pad.template_pad import TemplatePad
from server.config import Settings, load_settings
from server.config.devices import PadSettings
from server.device.frames.fields import ChecksumField, LengthField
from server.device.template_file import TemplateMistake

AT = 3
SHIPPED = sorted(Path(template.__file__).with_name("templates").glob("*.yaml"))


def test_a_template_is_spoken_as_it_is_written() -> None:
    maker = speaking(SPONTANEOUS)
    assert maker.decoder().receive(bytes.fromhex("7E 03 11 02 16 0D")) == [KeyPressed(AT, 2)]
    assert maker.acknowledge(AT, 2) == bytes.fromhex("7E 03 06 02 0B 0D")
    assert maker.ask(AT) == bytes.fromhex("7E 03 01 04 0D")
    assert (maker.thank_you(AT), maker.poll(AT)) == (None, None)
    assert len(maker.show_staff(AT, "陈" * 40) or b"") == 4 + 32 + 2
    assert maker.show_staff(AT, "A" + "陈" * 40) == maker.show_staff(AT, "A" + "陈" * 15)
    assert maker.show_staff(AT, "陈") == bytes.fromhex("7E 03 04 02 B3 C2 7E 0D")
    assert (maker.keys, maker.levels) == ({1: "非常满意", 2: "满意", 5: "不满意"}, {1: 5, 2: 4, 5: 2})


def test_a_pad_that_is_polled_answers_and_only_then() -> None:
    maker = speaking(POLLED)
    pad = TemplatePad(AT, maker.template, [].append)
    poll = maker.poll(AT) or b""
    (nothing,) = maker.decoder().receive(pad.receive(poll))
    assert nothing == NothingPressed(AT)
    assert (pad.press(1, 0.0), pad.due) == (b"", None)
    assert pad.receive(maker.poll(AT + 1) or b"") == b""
    for _ in range(2):
        assert maker.decoder().receive(pad.receive(poll)) == [KeyPressed(AT, 1)]
    pad.receive(maker.acknowledge(AT, 1) or b"")
    assert maker.decoder().receive(pad.receive(poll)) == [nothing]


def test_key_0_may_mean_that_nothing_was_pressed() -> None:
    maker = speaking(POLLED | {"frames": POLLED["frames"] | {"nothing": "AA {address} 21 00 {check}"}})
    assert maker.decoder().receive(maker.template.put("nothing", {"address": AT}) or b"") == [NothingPressed(AT)]
    assert maker.decoder().receive(maker.template.put("press", {"address": AT, "key": 2}) or b"") == [KeyPressed(AT, 2)]


def test_bytes_that_look_like_a_frames_end_are_escaped_both_ways() -> None:
    maker = speaking(ESCAPED)
    assert maker.acknowledge(0, 1, 0x7D) == bytes.fromhex("7E 11 7D 01 6C 7E")
    assert maker.decoder().receive(bytes.fromhex("7E 10 7D 02 01 6F 7E")) == [KeyPressed(None, 1, 0x7E)]
    for spoiled in ("7E 10 7E 01 6F 7E", "7E 10 7D 03 01 6F 7E", "7E 10 05 01 7D 7E"):
        assert not [event for event in maker.decoder().receive(bytes.fromhex(spoiled)) if type(event) is KeyPressed]


def test_a_pad_without_an_acknowledgement_sends_once_and_is_content() -> None:
    frames = {"press": TAXI["frames"]["press"]}
    pad = TemplatePad(AT, speaking(TAXI | {"frames": frames}).template, [].append)
    assert pad.press(1, 0.0) == bytes.fromhex("55 AA 00 05 06 00 00 10 01 12 55 AA")
    assert (pad.acked, pad.waiting, pad.due) == (True, False, None)


@pytest.mark.parametrize(
    ("kind", "made"),
    [("sum8", "DD"), ("neg-sum8", "23"), ("xor8", "31"), ("crc16-modbus", "4B37"), ("crc16-ccitt", "29B1")],
)
def test_checksums_are_the_published_ones(kind: Any, made: str) -> None:
    assert ChecksumField(kind=kind, endian="big").bytes_of(b"123456789") == bytes.fromhex(made)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"frames": {}}, "frames.press: a pad without it cannot be pressed"),
        ({"frames": {"press": "7E {address} 11 {check} 0D"}}, "frames.press: {key} is missing"),
        (
            {"frames": {"press": "7E {key}"}},
            "frames.press: with fewer than 3 fixed or checksum bytes",
        ),
        ({"frames": {"press": "7E 1 {key}"}}, "frames.press: '7E 1 {key}' is not made of hex bytes"),
        ({"frames": {"press": "7E ?? 11 {key} 0D"}}, "frames.press: ?? still stands where the maker's document has"),
        ({"frames": {"press": "{key} 7E 11 {key} 0D"}}, "frames.press: {key} stands there twice"),
        ({"frames": {"press": "7E 11 0D {kex}"}}, "frames.press: there is no {kex}"),
        ({"frames": {"press": "7E 11 0D {key} {text}"}}, "frames.press: {text} has no place in it"),
        ({"frames": SPONTANEOUS["frames"] | {"ask": "7E {length}"}}, "frames.ask: {length} counts {text}"),
        ({"frames": SPONTANEOUS["frames"] | {"dance": "7E"}}, "frames.dance: must be one of 'press', 'acknowledge'"),
        ({"checksum": {"kind": "sum8", "start": 4}}, "frames.press: the checksum does not cover {"),
        (
            {"frames": {"press": "7E {address} 11 {key} 15 0D"}},
            "frames.press: {check} is missing: the checksum would not be looked at",
        ),
        ({"frames": SPONTANEOUS["frames"] | {"poll": "7E {address} 05 {check} 0D"}}, "frames.nothing: goes with"),
        ({"frames": SPONTANEOUS["frames"] | {"nothing": "7E {address} 15 {check} 0D"}}, "frames.nothing: goes with"),
        (
            {"frames": SPONTANEOUS["frames"] | {"poll": "7E {address} 05 0D", "nothing": "7E {address} 15 0D"}},
            "frames.nothing: {check} is missing",
        ),
        ({"checksum": {"kind": "none"}}, ": {check} needs a checksum of some kind"),
        ({"length": {"bias": 240}}, ": 272 does not fit into a length of 1 bytes"),
        ({"keys": {}}, "keys: must have at least 1 entries"),
        ({"keys": {1: {"word": "好", "level": 6}}}, "keys.1.level: must be at most 5"),
        ({"golden": []}, "golden: must have at least 1 entries"),
        ({"golden": SPONTANEOUS["golden"][1:]}, "golden: at least one press"),
        ({"golden": [{"says": "press", "address": 3, "key": 2, "frame": "7E 03 11 01 15 0D"}]}, "golden.0: read [Key"),
        ({"golden": [*SPONTANEOUS["golden"], {"says": "ask", "frame": "7E"}]}, "golden.2: made 7E 00 01 01 0D, not 7E"),
        ({"golden": [*SPONTANEOUS["golden"], {"says": "hop", "frame": "7E"}]}, "golden.2: 'hop' is not a valid Say"),
        ({"golden": [{"says": "press", "frame": "7E ??"}]}, "golden.0.frame: ?? still stands"),
        ({"escape": {"byte": 0x7D, "codes": {1: 0x7E}}}, "escape: the escaping byte itself needs a code"),
        ({"escape": {"byte": 0x7D, "codes": {1: 0x7D, 2: 0x7D}}}, "escape: two codes stand for the same byte"),
        ({"colour": "red"}, "colour: there is no such setting"),
    ],
)
def test_a_template_that_cannot_be_used_says_where_and_why(
    tmp_path: Path, changed: dict[str, object], told: str
) -> None:
    file = written(tmp_path, SPONTANEOUS, **changed)
    with pytest.raises(TemplateMistake) as mistake:
        load_template(file)
    assert told in str(mistake.value)
    assert str(mistake.value).startswith(f"{file}: ")


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_template_that_comes_along_is_of_no_use_until_it_is_filled_in(file: Path, tmp_path: Path) -> None:
    with pytest.raises(TemplateMistake, match=re.escape(UNKNOWN)):
        load_template(file.stem)
    filled = yaml.safe_load(file.read_text(encoding="utf-8").replace(UNKNOWN, "A5"))
    checksum = ChecksumField.model_validate(filled["checksum"])
    (golden,) = filled["golden"]
    values = {"address": golden.get("address", 0), "key": golden["key"]}
    press = Pattern.parse(filled["frames"]["press"], checksum, LengthField()).build(values)
    golden["frame"] = press.hex(" ")
    loaded = TemplateDialect(load_template(written(tmp_path, filled)))
    assert loaded.decoder().receive(press) == [KeyPressed(golden.get("address"), golden["key"])]


def settings_with(*pads: PadSettings) -> Settings:
    return load_settings(ROOT / "config.yaml").model_copy(update={"pads": pads, "keypads": ()})


def test_check_config_names_the_pad_whose_template_is_wrong(tmp_path: Path) -> None:
    right = written(tmp_path, SPONTANEOUS)
    wrong = PadSettings(window=2, link="/dev/ttyS1", address=AT, dialect="template", template="/nowhere/maker.yaml")
    fine = wrong.model_copy(update={"window": 3, "template": right})
    ((path, why),) = pad_mistakes(settings_with(fine, wrong))
    assert (path, "/nowhere/maker.yaml" in why) == ("pads.1.template", True)
    assert dialect_for(fine, settings_with(fine)).keys[1] == "非常满意"


def test_check_config_names_the_pad_that_is_to_beep_and_cannot(tmp_path: Path) -> None:
    mute = {**SPONTANEOUS, "frames": {name: frame for name, frame in SPONTANEOUS["frames"].items() if name != "beep"}}
    serial = {"link": "/dev/ttyS1", "address": AT, "beep": True}
    usb = {"link": "input:///dev/input/event3", "dialect": "hid_keys", "beep": True}
    pads = [
        PadSettings(window=1, keys={1: 5}, **serial),
        PadSettings(window=2, dialect="template", template=written(tmp_path, mute), **serial),
        PadSettings(window=3, **usb),
        PadSettings(window=3, **usb | {"link": "agent://east"}),
        PadSettings(window=4, dialect="template", template="/there/maker.yaml", **serial | {"link": "agent://east"}),
    ]
    assert [path for path, _ in pad_mistakes(settings_with(*pads))] == ["pads.1.beep", "pads.2.beep", "pads.3.beep"]


def test_a_pad_without_an_address_is_alone_on_its_line(tmp_path: Path) -> None:
    taxi = PadSettings(
        window=2, link="/dev/ttyS1", address=0, dialect="template", template=written(tmp_path, TAXI), keys={1: 5}
    )
    assert list(pad_mistakes(settings_with(taxi))) == []
    other = PadSettings(window=3, link="/dev/ttyS1", address=1, keys={1: 5})
    ((path, why),) = pad_mistakes(settings_with(taxi, other))
    assert (path, "{address}" in why) == ("pads.0.template", True)
