"""What has to be mended, for the pages that tell of it: from the devices' states alone."""

from __future__ import annotations

from typing import Any

import pytest
from hall_server import ROOT

from server.config import Settings, load_settings
from server.config.printers import PrinterSettings
from server.messages import AlertOut
from server.web.alerts import alerts, for_clerk

SHARED = PrinterSettings(link="tcp://192.168.1.70:9100")


@pytest.fixture(scope="module")
def settings() -> Settings:
    """The sample hall, with one printer between windows 2 and 3."""
    sample = load_settings(ROOT / "config.yaml")
    windows = tuple(
        window.model_copy(update={"printer": SHARED if window.number in (2, 3) else None}) for window in sample.windows
    )
    return sample.model_copy(update={"windows": windows})


def printer(name: str, state: str = "ready", reason: str | None = None, paper: str | None = "ok") -> dict[str, Any]:
    return {"kind": "printer", "id": name, "state": state, "reason": reason, "paper": paper, "cover": "closed"}


def pad(window: int, state: str) -> dict[str, Any]:
    return {"kind": "pad", "id": str(window), "window": window, "state": state, "reason": "no such port"}


def keypad(window: int, state: str, reason: str | None) -> dict[str, Any]:
    return {"kind": "keypad", "id": str(window), "window": window, "state": state, "reason": reason}


def strip(window: int, reason: str) -> dict[str, Any]:
    return {"kind": "strip", "id": str(window), "window": window, "state": "offline", "reason": reason}


def screen(state: str, reason: str | None = None) -> dict[str, Any]:
    return {"kind": "display", "id": "hall", "state": state, "reason": reason}


def speaker(state: str, reason: str | None = None) -> dict[str, Any]:
    return {"kind": "speaker", "id": "hall", "state": state, "reason": reason}


def told(found: list[AlertOut]) -> list[tuple[str, list[str]]]:
    return [(alert.what, [place.id for place in alert.places]) for alert in found]


def test_a_hall_that_is_well_or_only_settling_needs_nobody(settings: Settings) -> None:
    states = [printer("1"), printer("window:2", "unknown", None, None), pad(3, "settling"), screen("online")]
    assert alerts(states, settings) == []


def test_a_keypad_is_told_of_to_its_own_window_whether_its_cable_or_somebody_trying_codes(settings: Settings) -> None:
    found = alerts([keypad(3, "offline", "no such port"), keypad(4, "blocked", "keypad_locked")], settings)
    assert told(found) == [("keypad_offline", ["3"]), ("keypad_locked", ["4"])]
    assert told(for_clerk(found, 4)) == [("keypad_locked", ["4"])]


def test_the_worst_comes_first_and_paper_that_is_nearly_used_up_last(settings: Settings) -> None:
    states = [
        printer("1", paper="near"),
        pad(3, "offline"),
        screen("offline"),
        printer("window:2", "blocked", "cover_open", None),
    ]
    found = alerts(states, settings)
    assert [alert.what for alert in found] == ["cover_open", "display_offline", "pad_offline", "paper_near"]
    assert [alert.stops for alert in found] == [True, True, True, False]


@pytest.mark.parametrize("reason", ["sound_blocked", "clips_missing", "deaf"])
def test_a_speaker_that_would_not_be_heard_says_why_and_comes_before_the_screens(
    settings: Settings, reason: str
) -> None:
    found = alerts([screen("blocked", "blind"), speaker("blocked", reason)], settings)
    assert [(alert.device, alert.what, alert.stops) for alert in found] == [
        ("speaker", reason, True),
        ("display", "blind", True),
    ]
    assert [alert.places[0].name for alert in found] == ["大厅广播", "大厅主屏"]


def test_a_speaker_without_a_page_is_not_connected(settings: Settings) -> None:
    (alert,) = alerts([speaker("offline", "not_connected")], settings)
    assert alert.what == "speaker_offline"


def test_one_printer_between_two_windows_is_one_thing_to_mend(settings: Settings) -> None:
    states = [printer(name, "blocked", "paper_out", "out") for name in ("1", "window:2", "window:3")]
    assert told(alerts(states, settings)) == [("paper_out", ["1"]), ("paper_out", ["2", "3"])]


def test_places_have_the_names_of_the_configuration(settings: Settings) -> None:
    (alert,) = alerts([printer("1", "blocked", "mute", None)], settings)
    assert alert.places[0].model_dump() == {"kind": "kiosk", "id": "1", "name": "1 号取号机", "name_en": "Kiosk 1"}


def test_a_device_that_no_configuration_names_is_told_all_the_same(settings: Settings) -> None:
    strange = {"kind": "agent", "id": "pc-7", "state": "offline", "reason": None}
    assert told(alerts([strange, printer("9", "blocked", "mute", None)], settings)) == [
        ("mute", ["9"]),
        ("agent_offline", ["pc-7"]),
    ]


@pytest.mark.parametrize("what", ["paper_out", "cover_open"])
def test_a_clerk_is_told_of_paper_and_covers_at_kiosks_and_at_the_own_window(settings: Settings, what: str) -> None:
    found = alerts([printer(name, "blocked", what, None) for name in ("1", "window:2", "window:3")], settings)
    assert told(for_clerk(found, 3)) == [(what, ["1"]), (what, ["2", "3"])]
    assert told(for_clerk(found, 4)) == [(what, ["1"])]


def test_a_clerk_is_told_of_the_own_pad_and_not_of_what_only_others_can_mend(settings: Settings) -> None:
    states = [printer("1", "blocked", "unreachable", None), pad(2, "offline"), pad(3, "offline"), screen("offline")]
    assert told(for_clerk(alerts(states, settings), 3)) == [("pad_offline", ["3"])]


def test_the_same_trouble_keeps_its_name_and_another_one_has_another(settings: Settings) -> None:
    (near,), (out,) = (
        alerts([printer("1", paper="near")], settings),
        alerts([printer("1", "blocked", "paper_out", "out")], settings),
    )
    assert near.id == alerts([printer("1", paper="near"), pad(3, "offline")], settings)[-1].id
    assert near.id != out.id


def test_a_strip_without_a_line_is_told_from_one_that_does_not_answer(settings: Settings) -> None:
    states = [pad(3, "offline"), strip(2, "no such port"), strip(3, "not_answering")]
    found = alerts(states, settings)
    assert told(found) == [("strip_offline", ["2"]), ("strip_not_answering", ["3"]), ("pad_offline", ["3"])]
    assert told(for_clerk(found, 3)) == [("strip_not_answering", ["3"]), ("pad_offline", ["3"])]


def test_a_pad_that_is_shut_out_or_does_not_answer_is_told_of_as_what_it_is(settings: Settings) -> None:
    shut_out = {**pad(2, "blocked"), "reason": "chattering"}
    silent = {**pad(3, "offline"), "reason": "not_answering"}
    noisy = {**pad(4, "blocked"), "reason": "line_noisy"}
    found = alerts([shut_out, silent, noisy], settings)
    assert told(found) == [("chattering", ["2"]), ("pad_not_answering", ["3"]), ("line_noisy", ["4"])]
    assert told(for_clerk(found, 2)) == [("chattering", ["2"])]
