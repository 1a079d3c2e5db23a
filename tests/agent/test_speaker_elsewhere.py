"""A speaker on another PC: what was told to be heard was heard there, once, and nothing that was given up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from hall_server import PATIENCE
from sound_card import SoundCard

from .sound_site import LEVEL, LONG, SoundSite

QING, HAO, DAO, BANLI = (LEVEL * place for place in (1, 2, 3, 4))
HEARD = [("began", None), ("ended", None)]


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundSite]:
    site = SoundSite(tmp_path_factory.mktemp("sound"))
    yield site
    site.close()


@pytest.fixture
def site(shared_site: SoundSite) -> SoundSite:
    """All of it healthy and quiet, whatever the test before has done."""
    if shared_site.server.process is None:
        shared_site.server.start()
    shared_site.line.mend()
    if shared_site.agent.process is None:
        shared_site.agent.connect()
    shared_site.becomes("ready", None)
    shared_site.heard()
    shared_site.card.clear()
    return shared_site


def test_an_order_is_heard_there_once_in_its_order(site: SoundSite) -> None:
    site.play("whole", "zh/qing", "zh/hao", "zh/dao")
    assert site.end_of("whole") == ("ended", None)
    assert site.server.said_of("whole") == HEARD
    assert site.heard() == [QING, HAO, DAO]


def test_ten_orders_one_after_the_other(site: SoundSite) -> None:
    for number in range(10):
        site.play(f"ten{number}", "zh/qing" if number % 2 else "zh/hao")
        assert site.end_of(f"ten{number}") == ("ended", None)
    assert site.heard() == [HAO, QING] * 5


def test_a_new_recording_is_heard_at_once(site: SoundSite) -> None:
    site.play("old", "zh/dao")
    site.end_of("old")
    site.record("zh/dao", 7 * LEVEL)
    site.play("new", "zh/dao")
    assert site.end_of("new") == ("ended", None)
    site.record("zh/dao", DAO)
    assert site.heard() == [DAO, 7 * LEVEL]


def test_a_line_cut_before_an_order_gives_it_up_and_it_is_never_heard(site: SoundSite) -> None:
    site.line.cut()
    site.becomes("offline", "not_connected")
    site.play("cut", "zh/qing")
    assert site.end_of("cut") == ("failed", "not_connected")
    site.line.mend()
    site.becomes("ready", None)
    site.play("after", "zh/hao")
    assert site.end_of("after") == ("ended", None)
    assert site.heard() == [HAO]


def test_a_line_that_breaks_for_a_moment_is_not_heard(site: SoundSite) -> None:
    site.line.cut_after(b"/begin ")
    site.play("moment", "zh/qing", "zh/hao")
    assert site.line.was_cut.wait(PATIENCE)
    site.line.mend()
    assert site.end_of("moment") == ("ended", None)
    assert site.server.said_of("moment") == HEARD
    assert site.heard() == [QING, HAO]


def test_a_poll_whose_answer_is_lost_is_answered_again_and_the_order_heard_once(site: SoundSite) -> None:
    site.line.cut_after(b"/poll ")
    assert site.line.was_cut.wait(PATIENCE)
    site.play("lost", "zh/qing")
    site.line.mend()
    assert site.end_of("lost") == ("ended", None)
    assert site.heard() == [QING]


def test_what_waits_for_its_pause_when_the_line_is_cut_is_not_heard_later(site: SoundSite) -> None:
    site.play("first", "zh/qing")
    site.end_of("first")
    site.play("second", "zh/hao", pause=2.0)
    site.line.cut()
    assert site.end_of("second") == ("failed", "not_connected")
    site.line.mend()
    site.becomes("ready", None)
    site.play("third", "zh/dao")
    assert site.end_of("third") == ("ended", None)
    assert site.heard() == [QING, DAO]


def test_a_word_to_begin_that_never_arrives_lets_nothing_be_heard(site: SoundSite) -> None:
    site.line.cut_after(b"/begin ")
    site.play("wordless", "zh/qing")
    site.agent.says("not spoken: wordless")
    assert site.end_of("wordless") == ("failed", "not_connected")
    site.line.mend()
    site.becomes("ready", None)
    assert site.heard() == []


def test_what_sounds_when_the_line_is_cut_is_heard_to_its_end(site: SoundSite) -> None:
    site.play("long", LONG)
    site.until("long", "began")
    site.line.cut()
    assert site.end_of("long") == ("failed", "not_connected")
    site.line.mend()
    site.becomes("ready", None)
    site.play("next", "zh/qing")
    assert site.end_of("next") == ("ended", None)
    assert site.whole(BANLI, 2.0)
    assert site.heard() == [BANLI, QING]


def test_an_order_dropped_in_its_pause_is_not_heard_and_holds_nothing_up(site: SoundSite) -> None:
    site.play("before", "zh/qing")
    site.end_of("before")
    site.play("dropped", "zh/hao", pause=60.0)
    site.server.tell("east", "drop")
    assert site.end_of("dropped") == ("failed", "cancelled")
    site.play("urgent", "zh/dao")
    assert site.end_of("urgent") == ("ended", None)
    assert site.heard() == [QING, DAO]


def test_an_order_that_sounds_is_not_dropped(site: SoundSite) -> None:
    site.play("sounding", LONG)
    site.until("sounding", "began")
    site.server.tell("east", "drop")
    assert site.end_of("sounding") == ("ended", None)
    assert site.whole(BANLI, 2.0)


def test_an_agent_killed_in_the_middle_has_failed_and_the_next_order_goes_on_when_it_is_back(site: SoundSite) -> None:
    site.play("killed", LONG)
    site.until("killed", "began")
    site.agent.kill()
    assert site.end_of("killed") == ("failed", "not_connected")
    site.becomes("offline", "not_connected")
    site.heard()
    site.card.clear()
    site.agent.connect()
    site.becomes("ready", None)
    site.play("back", "zh/qing")
    assert site.end_of("back") == ("ended", None)
    assert site.heard() == [QING]


def test_an_agent_killed_and_back_at_once_does_not_leave_its_order_in_hand(site: SoundSite) -> None:
    site.play("lost-life", LONG)
    site.until("lost-life", "began")
    site.agent.kill()
    site.agent.start()
    assert site.end_of("lost-life") == ("failed", "not_connected")


def test_a_server_killed_in_the_middle_finds_the_agent_again(site: SoundSite) -> None:
    site.play("orphan", LONG)
    site.until("orphan", "began")
    site.server.kill()
    site.server.start()
    site.becomes("ready", None)
    site.play("again", "zh/qing")
    assert site.end_of("again") == ("ended", None)
    assert site.whole(BANLI, 2.0)
    assert site.heard() == [BANLI, QING]


def test_a_card_pulled_out_there_is_known_here(site: SoundSite) -> None:
    site.card.unplug()
    try:
        site.play("silent", "zh/qing")
        assert site.end_of("silent") == ("failed", "sound_card")
        site.becomes("blocked", "no_sound_card")
    finally:
        site.card.plug_in()
    site.becomes("ready", None)


def test_a_clip_that_the_server_does_not_have(site: SoundSite) -> None:
    site.play("unknown", "zh/nosuch")
    assert site.end_of("unknown") == ("failed", "clips_missing")


def test_speakers_that_are_nowhere(site: SoundSite) -> None:
    site.becomes("blocked", "no_speaker", "annex")
    site.becomes("offline", "not_connected", "west")
    site.play("nowhere", "zh/qing", speaker="annex")
    assert site.end_of("nowhere") == ("failed", "not_connected")
    assert site.heard() == []


def test_a_second_agent_with_the_same_token_is_refused_and_heard_nowhere(site: SoundSite, tmp_path: Path) -> None:
    # With a card of its own: both would try the same one, and the silence of that would fall into the sentence.
    card, second = SoundCard(tmp_path / "card"), site.new_agent("second")
    second.environment = {"ALSA_CONFIG_PATH": str(card.config)}
    second.start()
    try:
        second.says("the server refuses: 409 agent_elsewhere")
        site.play("once", "zh/qing", "zh/hao")
        assert site.end_of("once") == ("ended", None)
        assert site.heard() == [QING, HAO]
        assert not any(card.samples)
    finally:
        second.kill()
        card.close()


@pytest.mark.parametrize("path", ["poll", "begin", "said"])
def test_only_that_agent_is_listened_to(site: SoundSite, path: str) -> None:
    bodies = {
        "poll": {"turn": 1, "holding": [], "speakers": {}},
        "begin": {"order": "a" * 16},
        "said": {"order": "a" * 16, "phase": "ended"},
    }

    def ask(token: str, agent: str) -> int:
        return requests.post(
            f"{site.settings.base}/api/v1/agent/sound/{path}",
            json={"agent": agent, "run": "f" * 16, **bodies[path]},
            headers={"Authorization": f"Bearer {token}"},
            timeout=PATIENCE,
        ).status_code

    assert [ask("nobody's", "east"), ask(site.settings.tokens["kiosk"], "east"), ask(site.token, "west")] == [
        401,
        401,
        403,
    ]
