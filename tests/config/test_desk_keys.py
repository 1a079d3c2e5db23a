"""`counter.keys` of config.yaml: which combinations a hall may give its clerks."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hall_server import ROOT
from hypothesis import given
from hypothesis import strategies as st

from counter.desk_actions import ACTIONS
from server.config.desk_keys import KeySettings, parse_keys
from server.config.loading import ConfigError, parse_settings


def with_keys(**keys: Any) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
    return {**content, "counter": {"keys": keys}}


def mistakes(**keys: Any) -> list[tuple[str, str]]:
    with pytest.raises(ConfigError) as refused:
        parse_settings(with_keys(**keys))
    return refused.value.mistakes


def test_every_action_has_a_key_of_its_own_and_every_key_an_action() -> None:
    assert {action.name for action in ACTIONS} == {*KeySettings.model_fields}
    keys = [field.default for field in KeySettings.model_fields.values()]
    assert len({*keys}) == len(keys)
    assert [parse_keys(combination) for combination in keys] == keys


def test_a_hall_may_choose_its_own_and_leave_one_out() -> None:
    keys = parse_settings(with_keys(hold="ctrl+shift+h", recall="alt+F2", undo=None)).counter.keys
    assert (keys.hold, keys.recall, keys.undo, keys.main) == ("Ctrl+Shift+H", "Alt+F2", None, "F8")


@pytest.mark.parametrize(
    "taken", ["F1", "F5", "F6", "F11", "F12", "Ctrl+F5", "Ctrl+T", "ctrl+w", "Ctrl+Shift+N", "Alt+F4"]
)
def test_what_is_the_browsers_own_is_refused_at_its_place(taken: str) -> None:
    [(path, why)] = mistakes(hold=taken)
    assert path == "counter.keys.hold"
    assert "the browser's own" in why


@pytest.mark.parametrize(
    "wrong", ["", "F13", "Alt", "M", "Shift+M", "Alt+Alt+M", "M+Alt", "Ctrl+Alt+M", "Alt+MM", "F8+F9"]
)
def test_what_is_no_combination_is_refused(wrong: str) -> None:
    assert [path for path, _ in mistakes(more=wrong)] == ["counter.keys.more"]


def test_two_actions_never_share_a_key_not_even_by_default() -> None:
    assert mistakes(hold="F9") == [("counter.keys.hold", "F9 is the key of 'finish' already")]
    assert mistakes(hold="alt+1", recall="Alt+1") == [("counter.keys.recall", "Alt+1 is the key of 'hold' already")]
    assert parse_settings(with_keys(hold="F9", finish="F7")).counter.keys.hold == "F9"


def test_an_action_that_is_none_is_told() -> None:
    assert [path for path, _ in mistakes(coffee="F8")] == ["counter.keys.coffee"]


@given(st.text(max_size=20))
def test_whatever_is_written_is_a_combination_or_refused(text: str) -> None:
    try:
        keys = parse_keys(text)
    except ValueError:
        return
    assert parse_keys(keys) == keys
