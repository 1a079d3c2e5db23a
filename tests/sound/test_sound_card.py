"""A hall whose amplifier hangs on a sound card of the server: what the real aplay gives the card."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import gevent
import pytest
from hall_server import ROOT
from sound_card import RATE

from display.speech.outlet import Condition, Report

from .conftest import CHIME_GAP, GAP, Hall, order

READY = Condition("ready")


def players() -> list[int]:
    """The process ids of every aplay of this test."""
    config = os.environ["ALSA_CONFIG_PATH"].encode()
    found = []
    for process in Path("/proc").iterdir():
        try:
            program = (process / "cmdline").read_bytes().split(b"\0")[0]
            if program.rpartition(b"/")[2] == b"aplay" and config in (process / "environ").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found


def test_an_announcement_is_heard_once_with_its_bells_first_and_short_gaps(hall: Hall) -> None:
    hall.outlet.play(order("1", "a", "b", "a", chime=True))
    hall.until("1", "ended", "failed")
    assert hall.reports() == [("1", "began", None), ("1", "ended", None)]
    assert hall.heard(("chime", "a", "b", "a"))
    assert hall.outlet.condition == READY


def test_the_end_is_told_when_the_card_has_sounded_it(hall: Hall) -> None:
    hall.outlet.play(order("1", "long"))
    hall.until("1", "ended")
    # The card has taken all but what its pipe holds.
    assert hall.moment("1", "ended") - hall.card.taken[0].at > 1.9
    assert hall.moment("1", "ended") - hall.moment("1", "began") > 1.5


def test_orders_one_after_the_other_do_not_overlap_and_keep_their_pauses(hall: Hall) -> None:
    orders = [order("1", "a", "b"), order("2", "c", pause=0.4), order("3", "b", "c", chime=True, pause=0.2)]
    waiting = orders[1:]

    def next_one(report: Report) -> None:
        if report.phase == "ended" and waiting:
            hall.outlet.play(waiting.pop(0))

    hall.on_report = next_one
    hall.outlet.play(orders[0])
    hall.until("3", "ended", "failed")
    hall.all_sounded()
    assert [phase for _, phase, _ in hall.reports()] == ["began", "ended"] * 3
    assert hall.heard(("a", "b"), ("c",), ("chime", "b", "c"))
    assert hall.moment("2", "began") - hall.moment("1", "ended") >= 0.4
    assert hall.moment("3", "began") - hall.moment("2", "ended") >= 0.2


def test_a_quieter_hour(hall: Hall) -> None:
    hall.outlet.play(order("1", "b", volume=0.5))
    hall.until("1", "ended", "failed")
    hall.all_sounded()
    assert set(hall.card.samples) - {0} == {hall.clips.value("b") // 2}


def test_a_clip_that_is_missing_is_told_and_the_next_order_is_heard(hall: Hall) -> None:
    hall.outlet.play(order("1", "a", "nosuch"))
    assert hall.until("1", "ended", "failed").reason == "clips_missing"
    assert hall.outlet.condition == Condition("blocked", "clips_missing")
    hall.outlet.play(order("2", "a"))
    assert hall.until("2", "ended", "failed").phase == "ended"
    assert hall.heard(("a",))
    assert hall.outlet.condition == READY


def test_a_file_that_is_no_recording_is_a_missing_clip(hall: Hall) -> None:
    (hall.clips.folder / "a.wav").write_bytes(b"RIFF of nothing")
    hall.outlet.play(order("1", "a"))
    assert hall.until("1", "ended", "failed").reason == "clips_missing"


def test_an_order_that_waits_for_its_pause_is_dropped_unheard(hall: Hall) -> None:
    hall.outlet.play(order("1", "a"))
    hall.until("1", "ended")
    hall.outlet.play(order("2", "b", pause=60.0))
    hall.outlet.drop()
    assert hall.until("2", "ended", "failed").reason == "cancelled"
    hall.outlet.play(order("3", "c"))
    hall.until("3", "ended")
    assert hall.heard(("a",), ("c",))


def test_an_order_that_sounds_is_heard_to_its_end_although_it_was_dropped(hall: Hall) -> None:
    hall.outlet.play(order("1", "long", "a"))
    hall.until("1", "began")
    hall.outlet.drop()
    assert hall.until("1", "ended", "failed").phase == "ended"
    assert hall.heard(("long", "a"))


def test_stopping_cuts_the_sound_off_at_once(hall: Hall) -> None:
    hall.outlet.play(order("1", "long", "long"))
    hall.until("1", "began")
    hall.outlet.stop()
    assert players() == []
    assert hall.reports()[-1] == ("1", "failed", "cancelled")
    hall.all_sounded()
    assert len(hall.card.samples) < hall.clips.length("long")


def test_there_is_one_aplay_while_an_order_sounds(hall: Hall) -> None:
    hall.outlet.play(order("1", "long", "long"))
    hall.until("1", "began")
    seen = set()
    while hall.reports()[-1][1] != "ended":
        seen.add(len(players()))
        gevent.sleep(0.02)
    assert max(seen) == 1


def test_an_aplay_that_is_killed_is_a_failure_and_the_next_order_is_heard(hall: Hall) -> None:
    hall.outlet.play(order("1", "long"))
    hall.until("1", "began")
    (player,) = players()
    os.kill(player, signal.SIGKILL)
    assert hall.until("1", "ended", "failed").reason == "sound_card"
    hall.all_sounded()
    hall.card.clear()
    hall.outlet.play(order("2", "a"))
    assert hall.until("2", "ended", "failed").phase == "ended"
    assert hall.heard(("a",))


def test_a_card_pulled_out_in_the_middle(hall: Hall) -> None:
    hall.outlet.play(order("1", "long", "long"))
    hall.until("1", "began")
    hall.card.unplug()
    assert hall.until("1", "ended", "failed").reason == "sound_card"
    hall.wait(lambda: hall.outlet.condition == Condition("blocked", "no_sound_card"), "it is known to be gone")
    hall.card.clear()
    hall.card.plug_in()
    hall.wait(lambda: hall.outlet.condition == READY, "it is back")
    hall.outlet.play(order("2", "a"))
    assert hall.until("2", "ended", "failed").phase == "ended"
    assert hall.heard(("a",))


def test_a_card_pulled_out_is_known_before_the_next_call(hall: Hall) -> None:
    hall.card.unplug()
    hall.wait(lambda: hall.outlet.condition == Condition("blocked", "no_sound_card"), "nobody has called")
    hall.outlet.play(order("1", "a"))
    assert hall.until("1", "ended", "failed").reason == "sound_card"
    assert hall.reports() == [("1", "failed", "sound_card")]


def test_a_card_that_stops_in_the_middle_is_given_up(hall: Hall) -> None:
    hall.outlet.play(order("1", "long"))
    hall.until("1", "began")
    hall.card.freeze()
    assert hall.until("1", "ended", "failed").reason == "sound_card"
    assert players() == []
    assert hall.outlet.condition == Condition("blocked", "sound_card")
    hall.card.thaw()
    hall.wait(lambda: hall.outlet.condition == READY, "it works again")
    hall.all_sounded()
    hall.card.clear()
    hall.outlet.play(order("2", "a"))
    assert hall.until("2", "ended", "failed").phase == "ended"
    assert hall.heard(("a",))


def test_the_next_order_cuts_off_one_that_was_waited_for_too_long(hall: Hall) -> None:
    hall.outlet.play(order("1", "long"))
    hall.until("1", "began")
    hall.outlet.play(order("2", "a"))
    assert hall.until("2", "ended", "failed").phase == "ended"
    assert hall.reports() == [
        ("1", "began", None),
        ("1", "failed", "cancelled"),
        ("2", "began", None),
        ("2", "ended", None),
    ]


def test_a_card_that_takes_nothing(hall: Hall) -> None:
    hall.card.break_down()
    hall.outlet.play(order("1", "long"))
    assert hall.until("1", "ended", "failed").reason == "sound_card"
    assert hall.outlet.condition == Condition("blocked", "sound_card")


def test_without_aplay_it_says_so(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    hall.outlet.play(order("1", "a"))
    assert hall.until("1", "ended", "failed").reason == "sound_card"
    assert hall.outlet.condition == Condition("blocked", "no_aplay")


def test_the_gaps_are_those_of_the_pages() -> None:
    player = ROOT / "server/voice/static/player.js"
    assert f"const CLIP_GAP = {GAP / RATE};" in player.read_text(encoding="utf-8")
    scripts = (ROOT / "display/static").glob("*.js")
    assert any(f"const CHIME_GAP = {CHIME_GAP / RATE};" in script.read_text(encoding="utf-8") for script in scripts)
