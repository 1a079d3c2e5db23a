"""办事指南 and a kiosk's own settings in config.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kiosk.guides import guide_of, guides
from server.config import ConfigError, load_settings, warnings
from server.config.live import LiveSettings
from server.config.loading import parse_settings
from server.web.errors import Refused

SAMPLE = Path(__file__).parents[2] / "config.yaml"


@pytest.fixture
def content() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))
    return loaded


def mistakes(content: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(ConfigError) as refusal:
        parse_settings(content)
    return dict(refusal.value.mistakes)


def test_the_samples_guides_are_whole_in_both_languages() -> None:
    found = guides(load_settings(SAMPLE))
    assert len(found) >= 3
    for guide in found:
        assert guide["windows"], guide["name"]
        assert len(guide["steps"]) == len(guide["steps_en"])
        for part in (guide, *guide["documents"]):
            missing = [key for key, text in part.items() if key.endswith("_en") and part[key[:-3]] and not text]
            assert missing == []


def test_a_guide_says_the_halls_hotline_unless_it_has_a_phone_of_its_own(content: dict[str, Any]) -> None:
    assert guide_of(parse_settings(content), "property")["phone"] == "12345"
    content["services"][2]["guide"]["phone"] = "0550-1234567"
    assert guide_of(parse_settings(content), "property")["phone"] == "0550-1234567"


def test_english_steps_that_are_missing_are_the_chinese_ones(content: dict[str, Any]) -> None:
    guide = content["services"][2]["guide"]
    del guide["steps_en"]
    assert guide_of(parse_settings(content), "property")["steps_en"] == guide["steps"]


def test_a_service_without_a_guide_has_no_page(content: dict[str, Any]) -> None:
    for code in ("tax", "nothing"):
        with pytest.raises(Refused) as refusal:
            guide_of(parse_settings(content), code)
        assert refusal.value.status == 404


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda g: g.pop("documents"), "documents"),
        (lambda g: g.update(documents=[]), "documents"),
        (lambda g: g["documents"].append(g["documents"][0]), "documents"),
        (lambda g: g["documents"][0].pop("code"), "documents.0.code"),
        (lambda g: g["documents"][0].update(code="身份证"), "documents.0.code"),
        (lambda g: g.update(basis=""), "basis"),
        (lambda g: g.update(price="80"), "price"),
    ],
)
def test_a_guide_with_a_mistake_names_it(content: dict[str, Any], change: Any, path: str) -> None:
    change(content["services"][2]["guide"])
    assert f"services.2.guide.{path}" in mistakes(content)


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", 1234, ""])
def test_a_pin_has_four_to_eight_digits(content: dict[str, Any], pin: Any) -> None:
    content["kiosks"][0]["staff_pin"] = pin
    assert "kiosks.0.staff_pin" in mistakes(content)


@pytest.mark.parametrize("time", ["24:00", "half past three", "3", 210])
def test_the_nightly_hour_is_a_time_of_day(content: dict[str, Any], time: Any) -> None:
    content["kiosks"][0]["reload_at"] = time
    assert "kiosks.0.reload_at" in mistakes(content)


@pytest.mark.parametrize(
    ("pin", "easy"),
    [("0000", True), ("1234", True), ("87654321", True), ("1212", True), ("2580", False), ("90417", False)],
)
def test_a_pin_that_anybody_tries_first_is_doubtful(content: dict[str, Any], pin: str, easy: bool) -> None:
    content["hall"]["hours"]["holidays"] = "none"
    content["kiosks"][0]["staff_pin"] = pin
    assert [path for path, _ in warnings(parse_settings(content))] == (["kiosks.0.staff_pin"] if easy else [])


def test_what_pages_carry_of_the_configuration_does_not_depend_on_a_pin(content: dict[str, Any]) -> None:
    revision = LiveSettings(parse_settings(content)).revision
    content["kiosks"][0]["staff_pin"] = "2580"
    assert LiveSettings(parse_settings(content)).revision == revision
    content["kiosks"][0]["name"] = "东门取号机"
    assert LiveSettings(parse_settings(content)).revision != revision
