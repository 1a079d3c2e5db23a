"""Where speakers may sound, and what of that is a mistake."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hall_server import ROOT

from server.config import ConfigError
from server.config.loading import parse_settings


def mistakes(*places: str) -> list[str]:
    """The paths of what is wrong with speakers at these places."""
    content: dict[str, Any] = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    content["speakers"] = [{"id": f"s{number}", "name": "S", "at": at} for number, at in enumerate(places)]
    try:
        parse_settings(content)
    except ConfigError as error:
        return [path for path, _ in error.mistakes]
    return []


def test_a_card_has_one_voice_and_an_agent_may_have_several_cards() -> None:
    assert mistakes("alsa://default", "alsa://plughw:CARD=PCH,DEV=0", "agent://east", "agent://east") == []
    assert mistakes("alsa://default", "alsa://default") == ["speakers.1.at"]
    assert mistakes("display://hall", "display://hall") == ["speakers.1.at"]


@pytest.mark.parametrize("at", ["alsa://", "alsa://hw 0", "alsa://a'b", "agent://East", "pulse://x", "default"])
def test_what_is_no_place(at: str) -> None:
    assert mistakes(at) == ["speakers.0.at"]


def test_the_agents_of_speakers_can_be_registered() -> None:
    content: dict[str, Any] = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    content["speakers"] = [{"id": "hall", "name": "S", "at": "agent://east"}]
    assert "east" in parse_settings(content).agents()
