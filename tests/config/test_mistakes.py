"""Every mistake in config.yaml is named by its path before anything starts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from server.config import ConfigError, load_settings
from server.config.loading import parse_settings

SAMPLE = Path(__file__).parents[2] / "config.yaml"


@pytest.fixture
def content() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))
    return loaded


def mistakes(content: Any) -> dict[str, str]:
    with pytest.raises(ConfigError) as refusal:
        parse_settings(content)
    return dict(refusal.value.mistakes)


def test_the_sample_is_a_credible_hall() -> None:
    settings = load_settings(SAMPLE)
    assert len(settings.services) == 8
    assert len(settings.departments) == 4
    assert len(settings.windows) == 6
    everything = settings.plan().windows[1].services
    assert set(everything) == {service.code for service in settings.services}
    assert [len(settings.plan().hours.spans), settings.hall.hours.spans[1]] == [2, "14:30-17:30"]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda c: c["windows"][0].update(pda=1), "windows.0.pda"),
        (lambda c: c["hall"].pop("name"), "hall.name"),
        (lambda c: c["hall"].update(time_zone="Mars/Base"), "hall.time_zone"),
        (lambda c: c["hall"]["hours"].update(spans=["12:00-08:00"]), "hall.hours.spans"),
        (lambda c: c["hall"]["hours"].update(spans=["08:00-12:00", "11:00-17:00"]), "hall.hours.spans"),
        (lambda c: c["hall"]["hours"].update(spans=["morning"]), "hall.hours.spans"),
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
        (lambda c: c["kiosks"][0]["printer"].update(link="lpt1"), "kiosks.0.printer.link"),
        (lambda c: c["evaluation"].update(timeout=0), "evaluation.timeout"),
        (lambda c: c.update(colour="blue"), "colour"),
    ],
)
def test_a_mistake_is_named_by_its_path(content: dict[str, Any], change: Any, path: str) -> None:
    change(content)
    assert path in mistakes(content)


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
    assert mistakes(content)


def test_a_file_that_is_missing_or_no_yaml_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"absent\.yaml"):
        load_settings(tmp_path / "absent.yaml")
    broken = tmp_path / "broken.yaml"
    broken.write_text("hall: [", encoding="utf-8")
    with pytest.raises(ConfigError, match="not YAML"):
        load_settings(broken)
