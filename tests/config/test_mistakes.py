"""Every mistake in config.yaml is named by its path before anything starts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from server.config import ConfigError, load_settings
from server.config.loading import parse_settings
from server.told import Told
from server.web.i18n import CHINESE, TOLD, catalogue

HAN = re.compile(r"[\u4e00-\u9fff]")
SAMPLE = Path(__file__).parents[2] / "config.yaml"


@pytest.fixture
def content() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))
    return loaded


def mistakes(content: Any) -> dict[str, Told]:
    with pytest.raises(ConfigError) as refusal:
        parse_settings(content)
    return dict(refusal.value.mistakes)


def season(first: str, last: str) -> dict[str, Any]:
    return {"from": first, "to": last, "spans": ["08:00-12:00"]}


def test_the_sample_is_a_credible_hall() -> None:
    settings = load_settings(SAMPLE)
    assert len(settings.services) == 8
    assert len(settings.departments) == 4
    assert len(settings.windows) == 6
    everything = settings.plan().windows[1].services
    assert set(everything) == {service.code for service in settings.services}
    assert [len(settings.plan().hours.spans), settings.hall.hours.spans[1]] == [2, "14:30-17:30"]


def _usb_keypad(window: int) -> dict[str, Any]:
    return {"window": window, "link": "input:///dev/input/event3", "dialect": "hid_keys", "keys": {76: 5}}


def test_a_usb_keypad_has_no_address(content: dict[str, Any]) -> None:
    content["pads"].append(_usb_keypad(4))
    assert parse_settings(content).pads[2].address == 0


def _pair(
    content: dict[str, Any], *, dialect: str = "queuesystem", pad_dialect: str = "hallqueue", pad_address: int = 0x83
) -> None:
    """Window 3's keypad at its pad's address."""
    content["pads"][1].update(dialect=pad_dialect, address=pad_address)
    content["keypads"][0].update(dialect=dialect, address=pad_address)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda c: c["windows"][0].update(pda=1), "windows.0.pda"),
        (lambda c: c["hall"].pop("name"), "hall.name"),
        (lambda c: c["hall"].update(time_zone="Mars/Base"), "hall.time_zone"),
        (lambda c: c["hall"]["hours"].update(spans=["12:00-08:00"]), "hall.hours.spans"),
        (lambda c: c["voice"].update(kiosk={"muted": ["noon"]}), "voice.kiosk.muted"),
        (lambda c: c["voice"].update(kiosk={"volume": 8}), "voice.kiosk.volume"),
        (lambda c: c["rules"]["redress"].update(verify_days=0), "rules.redress.verify_days"),
        (lambda c: c["rules"]["redress"].update(verify_days=6), "rules.redress"),
        (lambda c: c["rules"]["redress"].update(accept_days=1), "rules.redress.accept_days"),
        (lambda c: c["voice"].update(languages=["zh", "wu"]), "voice.languages"),
        (lambda c: c["voice"].update(languages=["zh", "zh"]), "voice.languages"),
        (lambda c: c["voice"].update(languages=[]), "voice.languages"),
        (lambda c: c["voice"].update(dialects=[{"code": "yue", "name": "粤语"}]), "voice.dialects"),
        (lambda c: c["voice"].update(dialects=[{"code": "typed", "name": "吴语"}]), "voice.dialects"),
        (lambda c: c["voice"].update(dialects=[{"code": "wu", "name": "吴语"}] * 2), "voice.dialects"),
        (lambda c: c["voice"].update(dialects=[{"code": "../wu", "name": "吴语"}]), "voice.dialects.0.code"),
        (lambda c: c["voice"].update(wording={"wu": "请{number}号"}), "voice.wording"),
        (lambda c: c["voice"].update(wording={"zh": "请{numbr}号"}), "voice.wording.zh"),
        (lambda c: c["voice"].update(wording={"en": "Number {number"}), "voice.wording.en"),
        (lambda c: c["hall"]["hours"].update(spans=["08:00-12:00", "11:00-17:00"]), "hall.hours.spans"),
        (lambda c: c["hall"]["hours"].update(spans=["morning"]), "hall.hours.spans"),
        (lambda c: c["hall"]["hours"].update(spans=[]), "hall.hours.spans"),
        (lambda c: c["hall"]["hours"].update(spans=["08:00+08:00-12:00"]), "hall.hours.spans"),
        (lambda c: c["hall"]["hours"].update(weekly={8: ["09:00-12:00"]}), "hall.hours.weekly.8"),
        (lambda c: c["hall"]["hours"].update(weekly={6: ["12:00-09:00"]}), "hall.hours.weekly.6"),
        (lambda c: c["hall"]["hours"]["seasons"][0].update({"from": "06-31"}), "hall.hours.seasons.0.from"),
        (lambda c: c["hall"]["hours"]["seasons"][0].update(to="Sept"), "hall.hours.seasons.0.to"),
        (lambda c: c["hall"]["hours"]["seasons"][0].pop("spans"), "hall.hours.seasons.0.spans"),
        (lambda c: c["hall"]["hours"]["seasons"].append(season("09-30", "10-31")), "hall.hours.seasons"),
        (lambda c: c["hall"]["hours"]["seasons"].append(season("12-01", "06-01")), "hall.hours.seasons"),
        (lambda c: c["hall"]["hours"].update(holidays="us"), "hall.hours.holidays"),
        (lambda c: c["hall"]["hours"].update(days={"2026-02-29": "closed"}), "hall.hours.days.2026-02-29"),
        (lambda c: c["hall"]["hours"].update(days={date(2026, 12, 31): "open"}), "hall.hours.days.2026-12-31"),
        (
            lambda c: c["hall"]["hours"].update(days={date(2026, 12, 31): {"spans": []}}),
            "hall.hours.days.2026-12-31.spans",
        ),
        (lambda c: c["hall"]["hours"].update(early=-1), "hall.hours.early"),
        (lambda c: c["hall"]["hours"].update(stop="soon"), "hall.hours.stop"),
        (lambda c: c["hall"]["hours"].update(stop=180), "hall.hours.stop"),
        (lambda c: c["services"][1].update(hours={"spans": ["09:00-09:10"]}), "services.1.hours.stop"),
        (lambda c: c["services"][1].update(hours={"spans": ["late"]}), "services.1.hours.spans"),
        (lambda c: c["windows"][2].update(hours={"stop": 500}), "windows.2.hours.stop"),
        (lambda c: c["services"][1].update(prefix="O"), "services.1.prefix"),
        (lambda c: c["services"][1].update(department="sea"), "services.1.department"),
        (lambda c: c["services"][1].update(code="tax"), "services.3.code"),
        (lambda c: c["windows"][2].update(number=1), "windows.2.number"),
        (lambda c: c["windows"][2].update(services=["tax", "fishing"]), "windows.2.services.1"),
        (lambda c: c["windows"][2].update(services=[]), "windows.2.services"),
        (lambda c: c["pads"][0].update(window=9), "pads.0.window"),
        (lambda c: c["pads"][0].update(keys={}), "pads.0.keys"),
        (lambda c: c["pads"][0].update(keys={3: 6}), "pads.0.keys.3"),
        (lambda c: c["pads"][0].update(dialect="klingon"), "pads.0.dialect"),
        (lambda c: c["pads"][0].update(dialect="hid_keys"), "pads.0"),
        (lambda c: c["pads"][0].update(link="input:///dev/input/event3"), "pads.0"),
        (lambda c: c["pads"][0].update(link="input://event3", dialect="hid_keys"), "pads.0.link"),
        (lambda c: c["pads"][0].update(link="input:///dev/input/event3", dialect="hid_keys"), "pads.0"),
        (lambda c: c["pads"][0].pop("address"), "pads.0"),
        (lambda c: c["pads"].extend([_usb_keypad(2), _usb_keypad(3)]), "pads.3.address"),
        (lambda c: c["pads"][0].pop("keys"), "pads.0.keys"),
        (lambda c: c["pads"][0].update(dialect="template"), "pads.0.template"),
        (lambda c: c["pads"][0].update(template="maker.yaml"), "pads.0.template"),
        (lambda c: c["pads"][1].update(link=c["pads"][0]["link"], address=0x82), "pads.1.address"),
        (lambda c: c["pads"][1].update(link=c["pads"][0]["link"], baudrate=4800), "pads.1.baudrate"),
        (lambda c: [pad.update(link="agent://east", window=3) for pad in c["pads"]], "pads.1.link"),
        (lambda c: c["strips"][0].update(baudrate=4800), "strips.0.baudrate"),
        (lambda c: c["strips"][1].update(link=c["strips"][0]["link"], address=2), "strips.1.address"),
        (lambda c: c["strips"][0].update(dialect="digits", size="digits", address=0x82), "strips.0.address"),
        (lambda c: c["strips"][1].update(window=2), "strips.1.window"),
        (lambda c: c["strips"][0].update(window=9), "strips.0.window"),
        (lambda c: c["strips"][0].update(size="65x16"), "strips.0.size"),
        (lambda c: c["strips"][0].update(size="digits"), "strips.0"),
        (lambda c: c["strips"][0].update(dialect="template"), "strips.0"),
        (lambda c: c["strips"][0].update(template="tongping"), "strips.0"),
        (lambda c: c["strips"][0].update(link="COM3"), "strips.0.link"),
        (lambda c: c["strips"][0].update(address=256), "strips.0.address"),
        (lambda c: c["strips"][0].update(colour="blue"), "strips.0.colour"),
        (lambda c: c["keypads"][0].update(window=9), "keypads.0.window"),
        (lambda c: c["keypads"][1].update(window=3), "keypads.1.window"),
        (lambda c: c["keypads"][0].update(link="COM3"), "keypads.0.link"),
        (lambda c: c["keypads"][0].update(address=-1), "keypads.0.address"),
        (lambda c: c["keypads"][0].update(address=0x83), "keypads.0"),
        (lambda c: c["keypads"][0].update(dialect="hallqueue"), "keypads.0.dialect"),
        (lambda c: c["keypads"][0].update(baudrate=300), "keypads.0.baudrate"),
        (lambda c: c["keypads"][0].update(baudrate=4800), "keypads.0.baudrate"),
        (lambda c: c["keypads"][0].update(keys={3: 5}), "keypads.0.keys"),
        (lambda c: c["keypads"][1].update(link=c["keypads"][0]["link"], address=3), "keypads.1.address"),
        # A pad's address is a keypad's too only where both are queuesystem's and one window's.
        (lambda c: c["keypads"][0].update(dialect="queuesystem", address=0x83, window=2), "keypads.0.address"),
        (lambda c: _pair(c, pad_dialect="hallqueuefront"), "keypads.0.address"),
        (lambda c: _pair(c, pad_address=3, dialect="hallqueuefront"), "keypads.0.address"),
        (
            lambda c: [_pair(c), c["strips"][1].update(dialect="digits", size="digits", address=0x83)],
            "strips.1.address",
        ),
        (lambda c: c["strips"][1].update(dialect="digits", size="digits"), "strips.1.address"),
        (lambda c: c["kiosks"][0]["printer"].update(link="lpt1"), "kiosks.0.printer.link"),
        (lambda c: c["kiosks"][0]["printer"].update(link="cups://tickets"), "kiosks.0.printer"),
        (lambda c: c["kiosks"][0].update(printer={"link": "cups://tickets"}), "kiosks.0.printer"),
        (lambda c: c["kiosks"][0]["printer"].update(baudrate=300), "kiosks.0.printer.baudrate"),
        (lambda c: c["kiosks"][0]["printer"].update(ack="gs_h", status=False), "kiosks.0.printer"),
        (lambda c: c["kiosks"][0]["printer"].update(dots=580), "kiosks.0.printer.dots"),
        (lambda c: c["windows"][1].update(printer={**c["kiosks"][0]["printer"], "width": 58}), "windows.1.printer"),
        (
            lambda c: c["windows"][1].update(printer={"link": "TCP://192.168.1.60:9100", "width": 58}),
            "windows.1.printer",
        ),
        (lambda c: c["printing"].update(too_old=0), "printing.too_old"),
        (lambda c: c["services"][1].update(code="all"), "services.1.code"),
        (lambda c: c["server"].update(host="0.0.0.0"), "server.public_url"),
        (lambda c: c["server"].update(host="::", public_url=None), "server.public_url"),
        (lambda c: c["evaluation"].update(timeout=0), "evaluation.timeout"),
        (lambda c: c["evaluation"].update(score={5: 10, 4: 8, 3: 6, 2: 3}), "evaluation.score"),
        (lambda c: c["evaluation"].update(score={5: 8, 4: 10, 3: 6, 2: 3, 1: 0}), "evaluation.score"),
        (lambda c: c["evaluation"].update(score={5: 10, 4: 8, 3: 6, 2: 3, 1: -1}), "evaluation.score.1"),
        (lambda c: c["evaluation"].update(rank_from=0), "evaluation.rank_from"),
        (lambda c: c.update(colour="blue"), "colour"),
    ],
)
def test_a_mistake_is_named_by_its_path(content: dict[str, Any], change: Any, path: str) -> None:
    change(content)
    found = mistakes(content)
    assert path in found
    assert all(HAN.search(what.translated(catalogue(CHINESE, TOLD).gettext)) for what in found.values())


LONG = "http://" + "hall." * 29 + "example"


@pytest.mark.parametrize(
    ("section", "field", "wrong"),
    [
        ("server", "host", ["", "a b", "256.1.1.1", "hall_1", "http://hall", "-hall", "127.0.0.1:8000"]),
        ("server", "public_url", ["", "hall:8000", "ftp://hall", "http://", "http://hall:99999", "http:// hall", LONG]),
        ("server", "public_url", ["http://hall/?a=1", "http://hall/#a"]),
        ("server", "database", ["", "hall.db", "sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///data/"]),
        ("server", "database", ["mysql://u@h/hall", "postgresql://", "postgresql://u@h", "postgresql://u@h:x/hall"]),
        ("kiosks.0.printer", "link", ["", "tcp://10.0.0.1", "tcp://10.0.0.1:0", "tcp://10.0.0.1:65536"]),
        ("kiosks.0.printer", "link", ["tcp://:9100", "tcp://10.0.0.1:9100/a", "10.0.0.1:9100"]),
        ("kiosks.0.printer", "link", ["usb://04b8", "file://lp0", "cups://", "agent://", "/dev/usb/lp0"]),
        ("pads.0", "link", ["", "ttyUSB0", "dev/ttyUSB0", "COM3", "socket://10.0.0.1", "socket://10.0.0.1:0"]),
        (
            "pads.0",
            "link",
            ["rfc2217://10.0.0.1:70000", "tcp://10.0.0.1:4001", "socket://:4001", "agent://", "agent://E"],
        ),
    ],
)
def test_an_address_that_is_none_is_named(content: dict[str, Any], section: str, field: str, wrong: list[str]) -> None:
    for text in wrong:
        _section(content, section)[field] = text
        assert set(mistakes(content)) == {f"{section}.{field}"}, text


@pytest.mark.parametrize(
    ("section", "field", "right"),
    [
        ("server", "host", ["0.0.0.0", "::", "::1", "10.0.0.7", "hall-pc", "hall.example.gov.cn"]),
        ("server", "public_url", ["http://10.0.0.7:8000", "https://hall.example/jiaohao/", "http://[fd00::7]:8000"]),
        ("server", "database", ["sqlite:////var/lib/jiaohao/hall.db", "sqlite:///hall.db"]),
        ("server", "database", ["postgresql://u:p@10.0.0.7:5432/hall", "postgresql:///hall?host=/run/postgresql"]),
        ("kiosks.0.printer", "link", ["tcp://10.0.0.1:65535", "tcp://printer:9100", "tcp://[fd00::7]:9100"]),
        ("kiosks.0.printer", "link", ["/dev/ttyUSB0?flow=rtscts", "usb://04b8:0202?port=1-1.3", "agent://hall-east"]),
        ("pads.0", "link", ["/dev/ttyUSB0", "socket://10.0.0.1:4001", "rfc2217://10.0.0.1:4001?ign_set_control"]),
        ("pads.0", "link", ["agent://hall-east"]),
    ],
)
def test_an_address_that_is_one_is_taken(content: dict[str, Any], section: str, field: str, right: list[str]) -> None:
    content["server"]["public_url"] = "http://10.0.0.7:8000"
    for text in right:
        _section(content, section)[field] = text
        parse_settings(content)


def test_a_queue_is_a_printer_that_acknowledges_nothing(content: dict[str, Any]) -> None:
    content["kiosks"][0]["printer"] = {"link": "cups://tickets", "ack": "none"}
    assert parse_settings(content).kiosks[0].printer is not None


def test_a_hall_without_paper_may_listen_everywhere(content: dict[str, Any]) -> None:
    content["server"]["host"] = "0.0.0.0"
    del content["kiosks"][0]["printer"]
    parse_settings(content)


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["pads"][1].update(link=c["pads"][0]["link"]),
        # Which lines an agent has is in its own file.
        lambda c: [pad.update(link="agent://east", address=0x82) for pad in c["pads"]],
        # A strip whose frames no pad understands may have a pad's address.
        lambda c: c["strips"][0].update(address=0x82),
        lambda c: [row.update(link="/dev/ttyS0", baudrate=4800) for row in (*c["pads"], *c["strips"])],
        lambda c: c["strips"][0].update(dialect="template", template="tongping"),
        lambda c: c["strips"][0].update(dialect="digits", size="digits"),
        lambda c: _pair(c),
        lambda c: c["keypads"][0].update(address=0x7F),
    ],
)
def test_devices_that_can_be_told_apart_share_a_line(content: dict[str, Any], change: Any) -> None:
    change(content)
    assert len(parse_settings(content).strips) == 2


def test_a_mistake_never_shows_the_databases_password(content: dict[str, Any]) -> None:
    content["server"]["database"] = "mysql://hall:geheim@10.0.0.7/hall"
    assert "geheim" not in mistakes(content)["server.database"]


def _section(content: Any, path: str) -> Any:
    for step in path.split("."):
        content = content[int(step) if step.isdigit() else step]
    return content


def test_all_mistakes_are_named_at_once_in_and_between_sections(content: dict[str, Any]) -> None:
    content["hall"]["time_zone"] = "Mars/Base"
    content["windows"][2]["pda"] = 1
    content["windows"][1]["services"] = ["fishing"]
    content["pads"][0]["window"] = 9
    assert set(mistakes(content)) == {
        "hall.time_zone",
        "windows.2.pda",
        "windows.1.services.0",
        "pads.0.window",
    }


@pytest.mark.parametrize("content", [None, 3, [], "hall", {}, {"services": 3, "windows": {"a": 1}}])
def test_any_shape_of_file_is_refused_with_a_reason(content: Any) -> None:
    found = mistakes(content)
    assert found
    assert all(HAN.search(what.translated(catalogue(CHINESE, TOLD).gettext)) for what in found.values())


def test_a_file_that_is_missing_or_no_yaml_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.yaml"):
        load_settings(tmp_path / "absent.yaml")
    broken = tmp_path / "broken.yaml"
    broken.write_text("hall: [", encoding="utf-8")
    with pytest.raises(ConfigError, match="not YAML"):
        load_settings(broken)
    broken.write_text("[" * 5000 + "]" * 5000, encoding="utf-8")
    with pytest.raises(ConfigError, match="not YAML"):
        load_settings(broken)
